"""Every year of one board or several, each made by a process of its own, some at a time."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from hscb_report.errors import UsageError
from hscb_report.keeping.shelf import VARIABLE, cache_folder
from hscb_report.report import PROJECT
from hscb_report.store.year import available_years
from hscb_report.wording import quoted


@dataclass(frozen=True)
class Made:
    """What came of one report: whether it was made, in which time, and what its run said."""

    data: Path
    year: str
    seconds: float
    code: int
    said: str

    def __str__(self) -> str:
        told = f"{self.data.name} {self.year}: "
        lines = [line for line in self.said.splitlines() if line.strip()]
        if self.code == 0:
            return "\n".join([f"{told}made in {self.seconds:.1f} s", *lines])
        errors = [line for line in lines if line.startswith("error")]
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        why = next(iter(errors), lines[-1] if lines else "it ended without a word")
        return f"{told}not made: {why}{more}"


def render_all(
    roots: Sequence[Path], out: Path, arguments: Sequence[str], jobs: int
) -> Iterator[Made]:
    """Make the report of every year of every data root; yield each as it is done.

    One that fails stops no other. Of several roots each has a folder of its name in `out`. The
    `arguments` are those of `render` for each of them.

    Raises UsageError if a root holds no year, or if two roots have one name.
    """
    names = Counter(root.resolve().name for root in roots)
    doubled = [name for name, times in names.items() if times > 1]
    if doubled:
        raise UsageError(
            f"Two data roots are called {quoted(doubled[0])}, so their reports would lie in one "
            "folder. Make them one after the other, each with an --out of its own."
        )
    work = []
    for root in roots:
        years = available_years(root)
        if not years:
            raise UsageError(f'"{root}" holds no year. Name a data root such as data.')
        place = out / root.resolve().name if len(roots) > 1 else out
        work += [(root, str(year), place) for year in years]
    with ThreadPoolExecutor(max_workers=jobs) as pool:
        running = [pool.submit(_made, *one, arguments) for one in work]
        for done in as_completed(running):
            yield done.result()


def _made(data: Path, year: str, out: Path, arguments: Sequence[str]) -> Made:
    began = time.perf_counter()
    command = [sys.executable, "-m", "hscb_report", "render", year, "--data", str(data.resolve())]
    done = subprocess.run(
        [*command, "--out", str(out.resolve()), *arguments],
        cwd=PROJECT,
        env={**os.environ, VARIABLE: str(cache_folder().resolve())},
        capture_output=True,
        text=True,
        check=False,
    )
    return Made(data, year, time.perf_counter() - began, done.returncode, done.stderr)
