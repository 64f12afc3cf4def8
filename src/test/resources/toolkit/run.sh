#!/bin/bash
# Arrays exist in bash alone: the first line is honoured.
words=("$@")
exec python3 dump.py "$0" "${words[@]}"
