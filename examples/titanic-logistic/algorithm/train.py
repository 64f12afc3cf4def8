"""Logistic regression on categories, by Nesterov's accelerated gradient.

Made to be interrupted: after each epoch the whole state goes to the checkpoint folder, and a
program that is started again continues there and ends with the same numbers, to the last bit.
Python's standard library only.
"""

import argparse
import csv
import hashlib
import json
import math
import os
import signal
import sys
import time
from pathlib import Path

CONFIG = Path(os.environ.get("SM_INPUT_CONFIG_DIR", "/opt/ml/input/config"))
TRAINING = Path(os.environ.get("SM_CHANNEL_TRAINING", "/opt/ml/input/data/training"))
MODEL = Path(os.environ.get("SM_MODEL_DIR", "/opt/ml/model"))
OUTPUT = Path(os.environ.get("SM_OUTPUT_DIR", "/opt/ml/output"))

EXIT_BAD_INPUT = 2
EXIT_STOPPED = 128 + signal.SIGTERM  # not 0: an unfinished training must not pass for a finished one


class BadInput(Exception):
    """Input that the person who launched the job has to correct."""


class StopRequest:
    """SIGTERM as a flag. The handler only notes it, so that no file is left half-written."""

    def __init__(self):
        self.seen = False
        signal.signal(signal.SIGTERM, self._note)

    def _note(self, _signal, _frame):
        self.seen = True

    def pause(self, seconds):
        """Sleeps, but wakes within a tenth of a second after a stop request."""
        end = time.monotonic() + seconds
        while not self.seen and (left := end - time.monotonic()) > 0:
            time.sleep(min(left, 0.1))


class Rows:
    """Labels, and for each row the indices of the features that are 1. Feature 0 is the intercept."""

    def __init__(self, labels, active):
        self.labels = labels
        self.active = active

    def __len__(self):
        return len(self.labels)

    def scores(self, weights):
        return [sum(weights[i] for i in row) for row in self.active]

    def loss(self, weights):
        """Mean negative log-likelihood, in nats."""
        total = 0.0
        for label, score in zip(self.labels, self.scores(weights)):
            margin = score if label else -score
            total += math.log1p(math.exp(-abs(margin))) + max(-margin, 0.0)
        return total / len(self)

    def accuracy(self, weights):
        right = sum((score > 0) == label for label, score in zip(self.labels, self.scores(weights)))
        return right / len(self)

    def gradient(self, weights, l2):
        sums = [0.0] * len(weights)
        for row, label, score in zip(self.active, self.labels, self.scores(weights)):
            error = sigmoid(score) - label
            for i in row:
                sums[i] += error
        penalty = [0.0] + [l2 * weight for weight in weights[1:]]
        return [s / len(self) + p for s, p in zip(sums, penalty)]


def sigmoid(x):
    if x >= 0:
        return 1.0 / (1.0 + math.exp(-x))
    e = math.exp(x)
    return e / (1.0 + e)


def read_table(folder):
    """All CSV files of the channel, in the order of their names: (header, rows)."""
    files = sorted(folder.rglob("*.csv"))
    if not files:
        raise BadInput(f"The channel 'training' holds no .csv file ({folder}).")
    header, rows = None, []
    for file in files:
        with file.open(newline="", encoding="utf-8") as stream:
            reader = csv.reader(stream)
            own = next(reader, None)
            if own is None or len(own) < 2:
                raise BadInput(f"{file.name}: a header with a label and at least one category is needed.")
            if header is not None and own != header:
                raise BadInput(f"{file.name}: its header {own} differs from {header} of {files[0].name}.")
            header = own
            for row in reader:
                if len(row) != len(header):
                    raise BadInput(f"{file.name}, line {reader.line_num}: {len(row)} fields, {len(header)} expected.")
                if row[0] not in ("0", "1"):
                    raise BadInput(f"{file.name}, line {reader.line_num}: the label is '{row[0]}', 0 or 1 expected.")
                rows.append(row)
    return header, rows


def encode(header, rows):
    """Names of the features, and the rows. The first level of each category is the baseline."""
    names = ["(intercept)"]
    index = {}
    for column in range(1, len(header)):
        for level in sorted({row[column] for row in rows})[1:]:
            index[column, level] = len(names)
            names.append(f"{header[column]}={level}")
    labels = [row[0] == "1" for row in rows]
    active = [
        [0] + [index[c, row[c]] for c in range(1, len(header)) if (c, row[c]) in index] for row in rows
    ]
    return names, labels, active


def split(labels, active, every):
    """Every n-th row for validation: no chance involved, so that a number can be checked."""
    def part(wanted):
        chosen = [i for i in range(len(labels)) if (i % every == every - 1) == wanted]
        return Rows([labels[i] for i in chosen], [active[i] for i in chosen])

    training, validation = part(False), part(True)
    if not len(training) or not len(validation):
        raise BadInput(f"{len(labels)} rows are too few to keep every {every}th for validation.")
    return training, validation


def write_whole(file, text):
    """The file is the old one or the new one, whole, whenever the machine goes away."""
    file.parent.mkdir(parents=True, exist_ok=True)
    temporary = file.with_name(f".{file.name}.tmp")
    with temporary.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(temporary, file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


class Checkpoint:
    """The state of the training after an epoch, in one file.

    It carries a digest of the data and of the parameters that shape the numbers, because a
    checkpoint folder may be handed to another job.
    """

    def __init__(self, folder, identity):
        self.file = folder / "state.json"
        self.identity = hashlib.sha256(json.dumps(identity).encode()).hexdigest()

    def save(self, state):
        write_whole(self.file, json.dumps({"identity": self.identity, **state}))

    def load(self, fresh):
        try:
            state = json.loads(self.file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return fresh
        except ValueError:
            print(f"{self.file} is unreadable: starting anew.", flush=True)
            return fresh
        if state.pop("identity", None) != self.identity:
            print(f"{self.file} belongs to other data or parameters: starting anew.", flush=True)
            return fresh
        print(f"Resuming after epoch {state['epoch']}.", flush=True)
        return state


def checkpoint_folder():
    """Where checkpoints go; the platform names the place in checkpointconfig.json."""
    try:
        return Path(json.loads((CONFIG / "checkpointconfig.json").read_text())["LocalPath"])
    except FileNotFoundError:
        return Path("/opt/ml/checkpoints")


def tell(row, epochs):
    epoch, train_loss, validation_loss, validation_accuracy = row
    print(
        f"epoch={epoch}/{epochs} train_loss={train_loss:.9f} validation_loss={validation_loss:.9f} "
        f"validation_accuracy={validation_accuracy:.9f} progress={min(epoch / epochs, 1.0):.4f}",
        flush=True,
    )


def save_results(names, state, epochs):
    model = {
        "kind": "logistic-regression",
        "epochs": state["epoch"],
        "complete": state["epoch"] >= epochs,
        "weights": dict(zip(names, state["weights"])),
    }
    write_whole(MODEL / "model.json", json.dumps(model, indent=2) + "\n")
    lines = ["epoch,train_loss,validation_loss,validation_accuracy"]
    lines += [",".join(map(repr, row)) for row in state["history"]]
    write_whole(OUTPUT / "data" / "history.csv", "\n".join(lines) + "\n")


def train(options, stop):
    header, table = read_table(TRAINING)
    names, labels, active = encode(header, table)
    training, validation = split(labels, active, options.validation_every)
    print(f"{len(training)} rows for training, {len(validation)} for validation, {len(names)} coefficients.", flush=True)

    checkpoint = Checkpoint(
        checkpoint_folder(),
        [header, table, options.learning_rate, options.momentum, options.l2, options.validation_every],
    )
    zeros = [0.0] * len(names)
    state = checkpoint.load({"epoch": 0, "weights": zeros, "velocity": zeros, "history": []})
    if state["history"]:
        # The machine may have gone between saving an epoch and telling of it. Better told twice.
        tell(state["history"][-1], options.epochs)

    while state["epoch"] < options.epochs and not stop.seen:
        ahead = [w + options.momentum * v for w, v in zip(state["weights"], state["velocity"])]
        slope = training.gradient(ahead, options.l2)
        velocity = [options.momentum * v - options.learning_rate * g for v, g in zip(state["velocity"], slope)]
        weights = [w + v for w, v in zip(state["weights"], velocity)]
        epoch = state["epoch"] + 1
        row = [epoch, training.loss(weights), validation.loss(weights), validation.accuracy(weights)]
        state = {"epoch": epoch, "weights": weights, "velocity": velocity, "history": state["history"] + [row]}
        if not all(map(math.isfinite, row)):
            raise BadInput(f"The loss is no longer finite in epoch {epoch}: choose a smaller learning_rate.")
        # Saved first, told second: what a client has read is never taken back.
        if epoch % options.checkpoint_every == 0 or epoch == options.epochs:
            checkpoint.save(state)
        tell(row, options.epochs)
        stop.pause(options.seconds_per_epoch)

    save_results(names, state, options.epochs)
    if state["epoch"] < options.epochs:
        checkpoint.save(state)
        print(f"Asked to stop: saved after epoch {state['epoch']} of {options.epochs}.", flush=True)
        return EXIT_STOPPED
    return 0


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--epochs", type=int, default=200)
    parser.add_argument("--learning_rate", type=float, default=1.0)
    parser.add_argument("--momentum", type=float, default=0.9)
    parser.add_argument("--l2", type=float, default=0.001)
    parser.add_argument("--validation_every", type=int, default=5)
    parser.add_argument("--checkpoint_every", type=int, default=1)
    parser.add_argument("--seconds_per_epoch", type=float, default=0.0)
    return parser.parse_args()


def main():
    stop = StopRequest()
    try:
        return train(arguments(), stop)
    except BadInput as problem:
        write_whole(OUTPUT / "failure", f"{problem}\n")
        print(problem, file=sys.stderr)
        return EXIT_BAD_INPUT


if __name__ == "__main__":
    sys.exit(main())
