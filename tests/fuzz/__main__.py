"""`make fuzz`: N damaged inputs of a SEED; prints what fails, each cause once. ONE: only that."""

from __future__ import annotations

import argparse
import os
import sys

from tests.fuzz.run import fuzz, upwards

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="make fuzz", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--inputs", type=int, default=2000)
    parser.add_argument("--one", type=int, help="the number of the only input to try")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    is_one = options.one is not None
    numbers = [options.one] if is_one else upwards(0, options.inputs)
    outcome = fuzz(options.seed, numbers, 1 if is_one else options.workers)
    print("\n".join(outcome.lines()))
    sys.exit(bool(outcome.causes))
