"""Runs the public training toolkit over many rendered contracts in one process.

Reads cases from stdin, one JSON object a line: the folder's configuration files, the variables the
platform would set, the entry point. Answers with what the toolkit would start the program with, one
JSON object a line. The files lie in SAGEMAKER_BASE_DIR, where the toolkit itself reads them.
"""

import json
import logging
import os
import sys

logging.disable(logging.CRITICAL)

from sagemaker_training import environment  # noqa: E402


def answer(case):
    for name, content in case["files"].items():
        path = os.path.join(environment.base_dir, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="ascii") as file:
            file.write(content)
    before = dict(os.environ)
    os.environ.update(case["platform"])
    os.environ["SAGEMAKER_PROGRAM"] = case["entry"]
    try:
        env = environment.Environment()
        environment.write_env_vars(env.to_env_vars())
        variables = {k: v for k, v in os.environ.items() if k.startswith("SM_")}
        del variables["SM_STUDIO_LOCAL_MODE"]
        return {"argv": env.to_cmd_args(), "variables": variables}
    except Exception as e:  # the comparison shows it
        return {"error": "%s: %s" % (type(e).__name__, e)}
    finally:
        os.environ.clear()
        os.environ.update(before)


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
