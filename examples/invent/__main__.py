"""Write the data root of an invented board: `python -m examples.invent --seed 1 --out DIR`."""

from __future__ import annotations

import argparse
from pathlib import Path

from examples.invent.root import root
from examples.invent.world import MOST_YEARS
from examples.invent.writing import write_root


def main() -> None:
    """Read the command line and write the board."""
    parser = argparse.ArgumentParser(prog="python -m examples.invent", description=__doc__)
    parser.add_argument("--seed", type=int, required=True, help="1 is Northshire")
    parser.add_argument("--out", type=Path, required=True, help="the folder; it is replaced")
    years = range(1, MOST_YEARS + 1)
    parser.add_argument("--years", type=int, default=5, choices=years, help="up to 2024-25")
    given = parser.parse_args()
    write_root(root(given.seed, given.years), given.out)
    print(f"{given.out}: {given.years} years")


if __name__ == "__main__":
    main()
