"""A decision tree: labelled rows in, a scikit-learn model and its confusion matrix out."""

import argparse
import csv
import os
import sys
from pathlib import Path

import joblib
import numpy as np
from sklearn.metrics import accuracy_score, confusion_matrix, f1_score
from sklearn.tree import DecisionTreeClassifier, export_text

TRAINING = Path(os.environ.get("SM_CHANNEL_TRAINING", "/opt/ml/input/data/training"))
MODEL = Path(os.environ.get("SM_MODEL_DIR", "/opt/ml/model"))
OUTPUT = Path(os.environ.get("SM_OUTPUT_DIR", "/opt/ml/output"))


class BadInput(Exception):
    """Input that the person who launched the job has to correct."""


def read_rows(folder):
    """All CSV files of the channel, in the order of their names: (labels, numbers)."""
    labels, numbers = [], []
    for file in sorted(folder.rglob("*.csv")):
        with file.open(newline="", encoding="utf-8") as stream:
            for place, row in enumerate(csv.reader(stream), start=1):
                try:
                    values = [float(value) for value in row[1:]]
                except ValueError as problem:
                    raise BadInput(f"{file.name}, line {place}: {problem}.") from None
                if not values or (numbers and len(values) != len(numbers[0])):
                    raise BadInput(f"{file.name}, line {place}: {len(row)} fields; all lines need the same, at least 2.")
                labels.append(row[0])
                numbers.append(values)
    if not labels:
        raise BadInput(f"The channel 'training' holds no rows in .csv files ({folder}).")
    return np.array(labels), np.array(numbers)


def testing_rows(labels, every):
    """A mask of the rows kept for testing: every n-th of each class, so no chance is involved."""
    mask = np.zeros(len(labels), dtype=bool)
    for label in np.unique(labels):
        mask[np.flatnonzero(labels == label)[every - 1 :: every]] = True
    if not mask.any():
        raise BadInput(f"No class has the {every} rows that it takes to keep one for testing.")
    return mask


def write_confusion(file, classes, matrix):
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["actual", *(f"predicted {label}" for label in classes)])
        for label, counts in zip(classes, matrix):
            writer.writerow([label, *counts])


def train(options):
    labels, numbers = read_rows(TRAINING)
    testing = testing_rows(labels, options.test_every)
    tree = DecisionTreeClassifier(
        max_leaf_nodes=options.max_leaf_nodes, criterion=options.criterion, random_state=options.seed
    )
    tree.fit(numbers[~testing], labels[~testing])

    actual, predicted = labels[testing], tree.predict(numbers[testing])
    accuracy = accuracy_score(actual, predicted)
    macro_f1 = f1_score(actual, predicted, average="macro")
    print(f"rows={len(labels)} tested={testing.sum()} leaves={tree.get_n_leaves()}")
    print(f"accuracy={accuracy:.6f} macro_f1={macro_f1:.6f}", flush=True)

    MODEL.mkdir(parents=True, exist_ok=True)
    joblib.dump(tree, MODEL / "model.joblib")
    write_confusion(OUTPUT / "data" / "confusion.csv", tree.classes_, confusion_matrix(actual, predicted, labels=tree.classes_))
    (OUTPUT / "data" / "tree.txt").write_text(export_text(tree), encoding="utf-8")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--max_leaf_nodes", type=int, default=8)
    parser.add_argument("--criterion", choices=["gini", "entropy"], default="gini")
    parser.add_argument("--test_every", type=int, default=3)
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


def main():
    try:
        train(arguments())
    except BadInput as problem:
        (OUTPUT / "failure").write_text(f"{problem}\n", encoding="utf-8")
        print(problem, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
