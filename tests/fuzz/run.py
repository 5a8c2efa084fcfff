"""A run over many inputs: workers that try them, and the causes of what fails, each told once."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import resource
import select
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hscb_report.wording import plain
from tests.fuzz.files import Sandbox, copied_project
from tests.fuzz.inputs import Input, input_of
from tests.fuzz.oracle import Failure
from tests.fuzz.renders import gathered, unrendered
from tests.fuzz.worker import arguments, crashed

PATIENCE = 180
"""For how many seconds a worker may say nothing, before it is ended; its own watch is shorter."""


@dataclass
class Cause:
    """What failed from one cause: the failure as it was first seen, and the inputs that show it."""

    failure: Failure
    first: str
    numbers: list[int] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)


@dataclass
class Outcome:
    """What a run came to."""

    seed: int
    tried: int = 0
    seconds: float = 0.0
    causes: dict[tuple[str, str], Cause] = field(default_factory=dict)
    passing: list[int] = field(default_factory=list)
    rendered: int = 0

    def lines(self) -> Iterator[str]:
        """Yield what is told of the run: each cause, an example, and how to see it again."""
        yield from map(plain, self._lines())

    def _lines(self) -> Iterator[str]:
        for cause in sorted(self.causes.values(), key=lambda c: (c.failure.what, -len(c.numbers))):
            yield f"{cause.failure.what}: {cause.failure.cause} ({_times(len(cause.numbers))})"
            yield f"    {cause.first}"
            if cause.failure.detail:
                yield f"    {cause.failure.detail}"
            yield from (f"    {line}" for line in cause.shown)
            yield f"    again: make fuzz SEED={self.seed} ONE={cause.numbers[0]}"
        speed = self.tried / self.seconds if self.seconds else 0
        yield (
            f"seed {self.seed}: {self.tried:,} inputs, {len(self.causes)} causes of failure; "
            f"{self.rendered} that a check lets through rendered; "
            f"{self.seconds:.0f} processor seconds, {speed:.0f} inputs in each."
        )


class Worker:
    """A process that tries inputs, begun anew when one has ended it."""

    def __init__(self, folder: Path, seed: int, planted: str = "") -> None:
        self._folder, self._seed, self._planted = folder, seed, planted
        self._process: subprocess.Popen[str] | None = None
        self._said = tempfile.TemporaryFile("w+")  # noqa: SIM115 (as long as the worker)

    def answer(self, **asked: Any) -> dict[str, Any]:
        """Return what the worker says of an input; of one that ends it, that it does."""
        process = self._process or self._begun()
        assert process.stdin is not None
        assert process.stdout is not None
        with contextlib.suppress(BrokenPipeError):
            print(json.dumps(asked), file=process.stdin, flush=True)
        is_there, _, _ = select.select([process.stdout], [], [], PATIENCE)
        line = process.stdout.readline() if is_there else ""
        if line:
            return dict(json.loads(line))
        self.end()
        self._said.seek(0)
        failure = crashed(process.returncode, self._said.read()[-4000:])
        return {"input": f"input {asked['number']}", "failures": [vars(failure)], "passes": False}

    def end(self) -> None:
        """End the process, if there is one."""
        if self._process:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _begun(self) -> subprocess.Popen[str]:
        self._said.truncate(0)
        self._process = subprocess.Popen(
            arguments(self._folder, self._seed, self._planted),
            cwd=self._folder,
            env=os.environ
            | {"PYTHONPATH": str(self._folder), "PYDANTIC_DISABLE_PLUGINS": "__all__"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            text=True,
        )
        return self._process


def fuzz(
    seed: int,
    numbers: Iterable[int],
    workers: int = 1,
    planted: str = "",
    renders: int = 0,
    made: Path | None = None,
    reduce: bool = True,
) -> Outcome:
    """Try the inputs of some numbers, with several workers; return what failed, by its cause.

    Of those that a check lets through, as many reports are made as `renders` says. `planted` is a
    module whose `plant` brings a defect into the package first, `made` the copy of the project to
    use, one worker's own. Failing inputs are made smaller, unless `reduce` says not to.
    """
    outcome, before = Outcome(seed), _processor_seconds()
    with sandboxes(workers, made) as folders:
        waiting = iter(numbers)
        lock = threading.Lock()
        threads = [
            threading.Thread(
                target=_work, args=(Worker(f, seed, planted), waiting, outcome, lock, renders > 0)
            )
            for f in folders
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        outcome.seconds = _processor_seconds() - before
        if reduce:
            _reduce(Worker(folders[0], seed, planted), outcome)
        _render(folders[0], outcome, planted, renders)
    return outcome


@contextlib.contextmanager
def sandboxes(count: int, given: Path | None = None) -> Iterator[list[Path]]:
    """Yield folders that each hold a copy of the project and its boards."""
    if given:
        yield [given]
        return
    with tempfile.TemporaryDirectory(prefix="fuzz-") as made:
        folders = [Path(made).resolve() / str(number) for number in range(count)]
        copied_project(folders[0])
        for other in folders[1:]:
            shutil.copytree(folders[0], other)
        yield folders


def _work(
    worker: Worker, waiting: Iterator[int], outcome: Outcome, lock: threading.Lock, passes: bool
) -> None:
    while True:
        with lock:
            number = next(waiting, None)
        if number is None:
            break
        answer = worker.answer(number=number, passes=passes)
        with lock:
            outcome.tried += 1
            _take(outcome, number, answer)
    worker.end()


def _take(outcome: Outcome, number: int, answer: dict[str, Any]) -> None:
    if answer["passes"]:
        outcome.passing.append(number)
    for found in answer["failures"]:
        failure = Failure(**found)
        key = (failure.what, failure.cause)
        cause = outcome.causes.setdefault(key, Cause(failure, answer["input"]))
        cause.numbers += [number] if number not in cause.numbers[-1:] else []


def _reduce(worker: Worker, outcome: Outcome) -> None:
    """Find of each cause the smallest input that shows it; a hang would only take its time."""
    for (what, cause), found in outcome.causes.items():
        if what not in ("hang", "crash"):
            answer = worker.answer(number=found.numbers[0], reduce=[what, cause])
            found.shown = answer.get("shown", [])
    worker.end()


def _render(folder: Path, outcome: Outcome, planted: str, renders: int) -> None:
    """Make reports of what a check let through, and take in what render refuses of it."""
    if not renders:
        return
    sandbox, worker = Sandbox.opened(folder), Worker(folder, outcome.seed, planted)

    def pass_together(lot: list[Input]) -> bool:
        *beside, last = (one.number for one in lot)
        return bool(worker.answer(number=last, beside=beside)["passes"])

    given = (input_of(sandbox, outcome.seed, number) for number in sorted(outcome.passing))
    lots = gathered(given, pass_together, renders)
    worker.end()
    for lot in lots:
        outcome.rendered += len(lot)
        if found := unrendered(sandbox, lot):
            given, failure = found
            answer = {"input": str(given), "failures": [vars(failure)], "passes": False}
            _take(outcome, given.number, answer)


def _processor_seconds() -> float:
    of = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in of)


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def upwards(first: int, count: int) -> Iterable[int]:
    """Return the numbers of so many inputs."""
    return itertools.islice(itertools.count(first), count)
