"""Ridge regression of one column on all others. Replace it with what you have to train."""

import argparse
import csv
import json
import os
import sys
from pathlib import Path

import numpy as np

# The platform says where things are. The defaults are the same places, for a container of your own.
TRAINING = Path(os.environ.get("SM_CHANNEL_TRAINING", "/opt/ml/input/data/training"))
MODEL = Path(os.environ.get("SM_MODEL_DIR", "/opt/ml/model"))
OUTPUT = Path(os.environ.get("SM_OUTPUT_DIR", "/opt/ml/output"))


class BadInput(Exception):
    """Input that the person who launched the job has to correct."""


def read_table(folder):
    """All CSV files of the channel, in the order of their names: (column names, numbers)."""
    header, rows = None, []
    for file in sorted(folder.rglob("*.csv")):
        with file.open(newline="", encoding="utf-8") as stream:
            reader = csv.reader(stream)
            own = next(reader, [])
            if header is not None and own != header:
                raise BadInput(f"{file.name}: its header differs from the other files'.")
            header = own
            for row in reader:
                if len(row) != len(header):
                    raise BadInput(f"{file.name}, line {reader.line_num}: {len(row)} fields, {len(header)} expected.")
                try:
                    rows.append([float(value) for value in row])
                except ValueError as problem:
                    raise BadInput(f"{file.name}, line {reader.line_num}: {problem}.") from None
    if not rows:
        raise BadInput("The channel 'training' holds no rows in .csv files.")
    return header, np.array(rows)


def train(target, l2):
    header, table = read_table(TRAINING)
    if target not in header:
        raise BadInput(f"There is no column '{target}'; the columns are {', '.join(header)}.")
    position = header.index(target)
    y, x = table[:, position], np.delete(table, position, axis=1)
    if x.shape[1] == 0:
        raise BadInput(f"'{target}' is the only column; at least one other is needed.")

    # Centred and scaled, so that l2 means the same for every column.
    centre, scale = x.mean(axis=0), x.std(axis=0)
    scale[scale == 0] = 1
    standard = (x - centre) / scale
    left = np.vstack([standard, np.sqrt(l2) * np.eye(x.shape[1])])
    right = np.concatenate([y - y.mean(), np.zeros(x.shape[1])])
    weights = np.linalg.lstsq(left, right, rcond=None)[0] / scale
    intercept = y.mean() - centre @ weights

    errors = y - (x @ weights + intercept)
    spread = ((y - y.mean()) ** 2).sum()
    r_squared = 1 - (errors**2).sum() / spread if spread else 0.0
    # Metrics are read from lines like this one; algorithm.json says how.
    print(f"rows={len(y)} r_squared={r_squared:.9f} rmse={np.sqrt((errors**2).mean()):.9f}", flush=True)

    names = [name for name in header if name != target]
    MODEL.mkdir(parents=True, exist_ok=True)
    model = {"target": target, "intercept": float(intercept), "weights": dict(zip(names, weights.tolist()))}
    (MODEL / "model.json").write_text(json.dumps(model, indent=2) + "\n", encoding="utf-8")

    # What is not the model, but worth keeping, goes to output/data.
    (OUTPUT / "data").mkdir(parents=True, exist_ok=True)
    np.savetxt(OUTPUT / "data" / "residuals.csv", errors, fmt="%.9g", header="residual", comments="")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--target", default="population")
    parser.add_argument("--l2", type=float, default=0.0)
    options = parser.parse_args()
    try:
        train(options.target, options.l2)
    except BadInput as problem:
        # The first 1,024 characters of this file become the job's failure.
        OUTPUT.mkdir(parents=True, exist_ok=True)
        (OUTPUT / "failure").write_text(f"{problem}\n", encoding="utf-8")
        print(problem, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
