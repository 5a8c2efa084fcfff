"""`make fuzz`: N damaged inputs of a SEED; prints what fails, each cause once. ONE: only that."""

from __future__ import annotations

import argparse
import os
import sys

from tests.fuzz.run import fuzz, upwards

EACH = 2000
"""Of how many inputs one report is made: of about 25 of those that a check lets through."""

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="make fuzz", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--inputs", type=int, default=2000)
    parser.add_argument("--one", type=int, help="the number of the only input to try")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--renders", type=int, help="how many reports of what passes are made")
    options = parser.parse_args()
    is_one = options.one is not None
    numbers = [options.one] if is_one else upwards(0, options.inputs)
    renders = options.inputs // EACH if options.renders is None else options.renders
    outcome = fuzz(
        options.seed, numbers, 1 if is_one else options.workers, renders=1 if is_one else renders
    )
    print("\n".join(outcome.lines()))
    sys.exit(bool(outcome.causes))
