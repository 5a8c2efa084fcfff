"""What an edit costs in a preview that runs already: until the page that it changes is there."""

from __future__ import annotations

import json
import os
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.cost import Cost, used_by_tree
from tests.copies import free_port

_SECONDS = 120


@dataclass(frozen=True)
class Previewed:
    """A preview that has its pages made."""

    process: int
    address: str

    def cost_of(self, edit: Callable[[], None]) -> Cost:
        """Return what it costs until an edit is to be seen."""
        number = self._state()["number"]
        used, began = used_by_tree(self.process), time.perf_counter()
        edit()
        self._wait_for(lambda told: told["number"] > number and not told["isMaking"])
        wall = time.perf_counter() - began
        return Cost(used_by_tree(self.process) - used, wall, 0)

    def wait(self) -> None:
        """Wait until there are pages."""
        self._wait_for(lambda told: told["number"] > 1 and not told["isMaking"])

    def _wait_for(self, is_so: Callable[[Mapping[str, int]], bool]) -> None:
        until = time.monotonic() + _SECONDS
        while not is_so(told := self._state()):
            if time.monotonic() > until or told["isFault"]:
                raise SystemExit(f"The preview makes no pages: {told}")
            time.sleep(0.02)

    def _state(self) -> dict[str, int]:
        with urllib.request.urlopen(f"{self.address}_preview/events?since=0") as events:
            told: dict[str, int] = json.loads(events.readline().removeprefix(b"data: "))
        return told


@contextmanager
def previewed(
    command: Sequence[str | Path], folder: Path, environment: Mapping[str, str]
) -> Iterator[Previewed]:
    """Run a preview while the block lasts; the command lacks the port."""
    port = free_port()
    with subprocess.Popen(
        [*map(str, command), "--no-open", "--port", str(port)],
        cwd=folder,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout
            process.stdout.readline()  # it says where it is once it listens
            made = Previewed(process.pid, f"http://127.0.0.1:{port}/")
            made.wait()
            yield made
        finally:
            process.terminate()
