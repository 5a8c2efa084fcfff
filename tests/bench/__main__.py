"""`make bench`: what a report costs, ours and the plain way in turn; prints, asserts nothing.

Each contestant has a copy of the project and a cache of its own. After a cold run each edit is made
several times, and after it both make the report again: the machine's other work weighs on all
alike. With --against, another checkout (the commit before, say) is a third contestant.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from tests.bench import fleet
from tests.bench.cost import Cost, adopt_orphans, cost_of
from tests.bench.edits import CASES, NORTHSHIRE, PREVIEWED, REAL, Board, Edit
from tests.bench.previewed import previewed
from tests.copies import project_copied

ROOT = Path(__file__).resolve().parents[2]
_PYTHON = ROOT / ".venv/bin/python"
FLEET = "fleet"
BOARDS = {board.name: board for board in (REAL, NORTHSHIRE)}


@dataclass(frozen=True)
class Contestant:
    """A way to make the report, in a copy of the project of its own."""

    name: str
    project: Path
    is_plain: bool = False

    def cost(self, board: Board, *goals: str) -> Cost:
        """Return what it costs to make the report now; of the plain way, parts of it alone."""
        out, environment = self.project / "_out", self.environment
        if self.is_plain:
            makefile = "tests/bench/plain/Makefile"
            given = [f"YEAR={board.year}", f"DATA={board.data}", f"OUT={out}", f"PYTHON={_PYTHON}"]
            jobs = f"-j{os.cpu_count() or 1}"
            return cost_of(
                ["make", jobs, "-f", makefile, *given, *(f"{out}/{goal}" for goal in goals)],
                self.project,
                environment,
            )
        arguments = ["render", board.year, "--data", board.data, "--out", str(out)]
        command = [_PYTHON, "-m", "hscb_report", *arguments]
        return cost_of(command, self.project, environment)

    def costs_in_preview(self, board: Board, edits: Sequence[Edit], runs: int) -> list[list[Cost]]:
        """Return what each edit costs in one preview, each so many times."""
        command = [_PYTHON, "-m", "hscb_report", "preview", board.year, "--data", board.data]
        with previewed(command, self.project, self.environment) as running:
            return [
                [
                    running.cost_of(partial(edit, self.project, board, 100 * runs + times))
                    for times in range(runs)
                ]
                for edit in edits
            ]

    @property
    def environment(self) -> dict[str, str]:
        """What is set for its commands: its own code, and a cache of its own."""
        return {
            "PYTHONPATH": str(self.project),
            "HSCB_REPORT_CACHE": str(self.project / "_cache"),
            "PYTHONDONTWRITEBYTECODE": "",
        }

    def forget(self) -> None:
        """Delete what it has made and kept."""
        for name in ("_out", "_cache"):
            shutil.rmtree(self.project / name, ignore_errors=True)


def main() -> None:
    """Measure what is asked for; print a table and write the same as JSON."""
    asked = _asked()
    adopt_orphans()
    found: dict[str, dict[str, dict[str, list[Cost]]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        contestants = list(_contestants(Path(folder), asked.against))
        names = asked.board or [*BOARDS, FLEET]
        for name in (name for name in names if name != FLEET):
            found[name] = _measured(contestants, BOARDS[name], asked.case, asked.runs)
            print("\n".join(_table(name, found[name])), flush=True)
        if FLEET in names:
            ours = contestants[0]
            table = fleet.lines(ours.project, _PYTHON, ours.environment)
            print(*table, sep="\n", flush=True)
    if asked.json:
        told = {
            board: {
                case: {who: [asdict(cost) for cost in costs] for who, costs in by.items()}
                for case, by in cases.items()
            }
            for board, cases in found.items()
        }
        asked.json.write_text(json.dumps(told, indent=1) + "\n", "utf-8")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument(
        "--board", action="append", choices=[*BOARDS, FLEET], help="one board alone"
    )
    parser.add_argument(
        "--case",
        action="append",
        choices=["cold", *CASES, *(f"{case}, preview" for case in PREVIEWED)],
        help="one case alone",
    )
    parser.add_argument("--runs", type=int, default=3, help="how often each case is run")
    parser.add_argument("--against", type=Path, help="another checkout, as a third contestant")
    parser.add_argument("--json", type=Path, help="a file for every cost that was measured")
    return parser.parse_args()


def _contestants(folder: Path, against: Path | None) -> Iterator[Contestant]:
    for name, source in (("ours", ROOT), ("plain", ROOT), ("before", against)):
        if source:
            project = project_copied(folder / name, source=source)
            yield Contestant(name, project, name == "plain")


def _measured(
    contestants: Sequence[Contestant], board: Board, cases: Sequence[str] | None, runs: int
) -> dict[str, dict[str, list[Cost]]]:
    found: dict[str, dict[str, list[Cost]]] = {}
    for contestant in contestants:
        board.begin(contestant.project)
    for case in ["cold", *CASES]:
        is_asked = not cases or case in cases
        for times in range(runs if is_asked else 0):
            for contestant in contestants:
                if case == "cold":
                    contestant.forget()
                else:
                    CASES[case](contestant.project, board, times)
                cost = contestant.cost(board)
                found.setdefault(case, {}).setdefault(contestant.name, []).append(cost)
        if case == "cold" and not is_asked:
            for contestant in contestants:
                contestant.forget()
                contestant.cost(board)
    previews = [case for case in PREVIEWED if not cases or f"{case}, preview" in cases]
    _measure_previews(contestants, board, previews, runs, found)
    return found


def _measure_previews(
    contestants: Sequence[Contestant],
    board: Board,
    cases: Sequence[str],
    runs: int,
    found: dict[str, dict[str, list[Cost]]],
) -> None:
    """Measure edits in a preview, ours; the others make what they make, the plain way HTML."""
    ours, *others = contestants
    if not cases:
        return
    in_preview = ours.costs_in_preview(board, [CASES[case] for case in cases], runs)
    for case, costs in zip(cases, in_preview, strict=True):
        by = found.setdefault(f"{case}, preview", {ours.name: costs})
        for times in range(runs):
            for other in others:
                CASES[case](other.project, board, 100 * runs + times)
                goals = ("html.done",) if other.is_plain else ()
                by.setdefault(other.name, []).append(other.cost(board, *goals))


def _table(board: str, found: dict[str, dict[str, list[Cost]]]) -> Iterator[str]:
    """Yield medians: processor seconds, by the clock, and ours as a part of each other's."""
    names = list(next(iter(found.values()), {}))
    yield f"{board}, medians of {len(next(iter(next(iter(found.values())).values())))}:"
    heads = "".join(f"{name + ' cpu':>12}{'wall':>7}{'MiB':>6}" for name in names)
    others = "".join(f"{'of ' + name:>11}" for name in names[1:])
    yield f"  {'case':<16}{heads}{others}"
    for case, by in found.items():
        cells = "".join(
            f"{_median(costs, 'processor'):>12.2f}{_median(costs, 'wall'):>7.1f}"
            f"{_median(costs, 'memory'):>6.0f}"
            for costs in by.values()
        )
        ours = _median(by["ours"], "processor")
        parts = "".join(f"{ours / _median(by[name], 'processor'):>11.2f}" for name in names[1:])
        yield f"  {case:<16}{cells}{parts}"


def _median(costs: Sequence[Cost], what: str) -> float:
    return statistics.median(getattr(cost, what) for cost in costs)


if __name__ == "__main__":
    main()
