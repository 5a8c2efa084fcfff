"""`make mutate`: small faults put into calculations and rules, and those that no test finds.

mutmut makes the faults and runs the tests that reach each of them. There are thousands, so a sample
is drawn by a seed: the same seed draws the same faults as long as the code is the same.
"""

from __future__ import annotations

import argparse
import ast
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CHAPTERS = ROOT / "hscb_report" / "chapters"
FIRST = "hscb_report.calculations.membership.*"
"""A few faults to begin with: mutmut writes all of them before it runs any."""


def main(seed: int, sample: int) -> None:
    """Run a sample of the faults and print how many were found, and each that was not."""
    mutmut("run", FIRST)
    names = sorted(name for name in outcomes() if is_wanted(name))
    chosen = sorted(random.Random(seed).sample(names, min(sample, len(names))))
    mutmut("run", *chosen)
    found = outcomes()
    survivors = [name for name in chosen if found[name] != "killed"]
    print(
        f"seed {seed}: {len(chosen)} of {len(names)} faults; {len(chosen) - len(survivors)} found."
    )
    for name in survivors:
        print(f"\n{name}: {found[name]}")
        print("\n".join(changed_lines(name)))


def outcomes() -> dict[str, str]:
    """Return what became of every fault, by its name."""
    lines = mutmut("results", "--all", "true").splitlines()
    return dict(line.strip().rsplit(": ", 1) for line in lines if "__mutmut_" in line)


def is_wanted(name: str) -> bool:
    """Whether a fault is in a calculation or in a rule; what a chapter only words is not."""
    module, _, function = name.rpartition(".")
    if ".calculations." in name:
        return True
    function = re.sub(r"^x_|__mutmut_\d+$", "", function)
    path = CHAPTERS / f"{module.rsplit('.', 1)[-1]}.py"
    return path.exists() and function in rule_functions(path)


def rule_functions(path: Path) -> set[str]:
    """Return the names of a chapter's functions that yield breaches."""
    return {
        node.name
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef)
        and ast.unparse(node.returns or ast.Name("")) == "Breaches"
    }


def changed_lines(name: str) -> Iterator[str]:
    """Yield what a fault takes out and puts in."""
    for line in mutmut("show", name).splitlines():
        if re.match(r"[-+](?![-+])", line):
            yield line


def mutmut(*arguments: str) -> str:
    """Run a command of mutmut in the project; return what it prints, without its spinner."""
    done = subprocess.run(
        [str(Path(sys.executable).with_name("mutmut")), *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if done.returncode and "failed" in done.stdout + done.stderr:
        sys.exit(done.stdout[-2000:] + done.stderr[-2000:])
    return done.stdout


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sample", type=int, default=200)
    options = parser.parse_args()
    # mutmut keeps what an earlier run copied, files that are gone by now included.
    shutil.rmtree(ROOT / "mutants", ignore_errors=True)
    main(options.seed, options.sample)
