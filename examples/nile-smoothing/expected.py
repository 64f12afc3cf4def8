"""The numbers of expected.json, found another way than the program finds them.

The program squeezes the sum of squares with a golden section. Here its derivative by alpha,
carried along the series, is brought to zero by bisection, in 50 decimal digits.
"""

import csv
from decimal import Decimal, getcontext
from pathlib import Path

getcontext().prec = 50
with (Path(__file__).parent / "data" / "nile.csv").open() as stream:
    flows = [Decimal(row["flow"]) for row in csv.DictReader(stream)]


def smooth(alpha):
    """(last level, sum of squares, its derivative by alpha)."""
    level, slope = flows[0], Decimal(0)
    squares = derivative = Decimal(0)
    for flow in flows[1:]:
        error = flow - level
        squares += error * error
        derivative -= 2 * error * slope
        slope = slope * (1 - alpha) + error
        level += alpha * error
    return level, squares, derivative


low, high = Decimal("0.1"), Decimal("0.9")
assert smooth(low)[2] < 0 < smooth(high)[2]
while high - low > Decimal("1e-30"):
    middle = (low + high) / 2
    low, high = (middle, high) if smooth(middle)[2] < 0 else (low, middle)

level, squares, _ = smooth(low)
print(f"alpha {low:.10f}")
print(f"level {level:.10f}")
print(f"rmse  {(squares / (len(flows) - 1)).sqrt():.10f}")
