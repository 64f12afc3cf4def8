"""The numbers of expected.json, found another way than the program finds them.

R solves least squares by a QR decomposition in floating point, and takes the leave-one-out errors
from the hat matrix. Here the normal equations are solved in exact fractions, and each year is
really left out and the rest fitted anew. The results equal what NIST has certified for this data
(Statistical Reference Datasets, "Longley"): R squared 0.995479004577296, residual standard
deviation 304.854073561965, in thousands of people where this file has millions.
"""

import csv
from fractions import Fraction
from pathlib import Path

with (Path(__file__).parent / "data" / "longley.csv").open() as stream:
    table = [{name: Fraction(value) for name, value in row.items()} for row in csv.DictReader(stream)]
names = [name for name in table[0] if name != "Employed"]
rows = [([Fraction(1)] + [line[name] for name in names], line["Employed"]) for line in table]


def fit(rows):
    size = len(rows[0][0])
    system = [
        [sum(x[i] * x[j] for x, _ in rows) for j in range(size)] + [sum(x[i] * y for x, y in rows)]
        for i in range(size)
    ]
    for k in range(size):
        pivot = next(i for i in range(k, size) if system[i][k])
        system[k], system[pivot] = system[pivot], system[k]
        system[k] = [value / system[k][k] for value in system[k]]
        for i in range(size):
            if i != k:
                system[i] = [a - system[i][k] * b for a, b in zip(system[i], system[k])]
    return [line[-1] for line in system]


def error(weights, row):
    return row[1] - sum(w * x for w, x in zip(weights, row[0]))


weights = fit(rows)
residual = sum(error(weights, row) ** 2 for row in rows)
mean = sum(y for _, y in rows) / len(rows)
total = sum((y - mean) ** 2 for _, y in rows)
left_out = sum(error(fit(rows[:i] + rows[i + 1 :]), row) ** 2 for i, row in enumerate(rows))

print(f"r_squared   {float(1 - residual / total):.15f}")
print(f"rmse        {float(residual / len(rows)) ** 0.5:.12f}")
print(f"residual_sd {float(residual / (len(rows) - len(weights))) ** 0.5:.12f}")
print(f"loo_rmse    {float(left_out / len(rows)) ** 0.5:.12f}")
for name, weight in zip(["(Intercept)"] + names, weights):
    print(f"{name:12} {float(weight):.12g}")
