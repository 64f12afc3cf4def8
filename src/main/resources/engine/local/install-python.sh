# Installs what a requirements file lists: INTERPRETER ENVIRONMENT FILE
set -e
"$1" -m venv "$2"
"$2/bin/python" -m pip install --no-warn-script-location -r "$3"
"$2/bin/python" -m pip freeze --all >"$2/byoa-packages.txt"
