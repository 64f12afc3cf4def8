"""A user's script: writes down how it was started."""

import json
import os
import sys

with open(os.path.join(os.environ["SM_OUTPUT_DATA_DIR"], "started.json"), "w") as file:
    json.dump(
        {
            "argv": sys.argv,
            "variables": dict(os.environ),
            "cwd": os.getcwd(),
            "imports": sys.path,
        },
        file,
    )
