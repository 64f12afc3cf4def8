"""The numbers of expected.json, found another way than the program finds them.

A decision tree written out by hand, with exact fractions and no library: split where the Gini
impurity falls most, until the leaves are pure (which takes fewer leaves than the limit allows).
Equally good splits exist; all 24 orders of preference between the four columns are tried, and all
must classify the test rows alike.
"""

import csv
from collections import Counter
from fractions import Fraction
from itertools import permutations
from pathlib import Path

with (Path(__file__).parent / "data" / "iris.csv").open(newline="") as stream:
    rows = [(line[0], [Fraction(x) for x in line[1:]]) for line in csv.reader(stream)]
classes = sorted({label for label, _ in rows})
training, testing = [], []
for wanted in classes:
    for i, row in enumerate(row for row in rows if row[0] == wanted):
        (testing if i % 3 == 2 else training).append(row)


def impurity(part):
    return len(part) - Fraction(sum(n * n for n in Counter(label for label, _ in part).values()), len(part))


def grow(part, columns):
    if len({label for label, _ in part}) == 1:
        return part[0][0]
    best = None
    for column in columns:
        values = sorted({numbers[column] for _, numbers in part})
        for below, above in zip(values, values[1:]):
            cut = (below + above) / 2
            left = [row for row in part if row[1][column] <= cut]
            right = [row for row in part if row[1][column] > cut]
            cost = impurity(left) + impurity(right)
            if best is None or cost < best[0]:
                best = (cost, column, cut, left, right)
    _, column, cut, left, right = best
    return column, cut, grow(left, columns), grow(right, columns)


def leaves(tree):
    return 1 if isinstance(tree, str) else leaves(tree[2]) + leaves(tree[3])


def classify(tree, numbers):
    while not isinstance(tree, str):
        column, cut, left, right = tree
        tree = left if numbers[column] <= cut else right
    return tree


outcomes = set()
for columns in permutations(range(4)):
    tree = grow(training, columns)
    outcomes.add((leaves(tree), tuple(classify(tree, numbers) for _, numbers in testing)))
assert len(outcomes) == 1, "the answer depends on the order of preference"

count, predicted = outcomes.pop()
table = Counter(zip((label for label, _ in testing), predicted))
accuracy = Fraction(sum(table[c, c] for c in classes), len(testing))
f1 = [
    Fraction(2 * table[c, c], sum(table[c, p] for p in classes) + sum(table[a, c] for a in classes)) for c in classes
]
print(f"accuracy {float(accuracy):.10f}")
print(f"macro_f1 {float(sum(f1) / len(f1)):.10f}")
print(f"leaves   {count}")
for actual in classes:
    print(actual, *(table[actual, p] for p in classes))
