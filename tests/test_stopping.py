"""Ending early: at once, whatever goes on, with what was begun undone and one true line."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

pytestmark = pytest.mark.usefixtures("heeds_signals")

BEGIN = """
import multiprocessing, os, signal, sys, threading, time
from contextlib import suppress
from hscb_report.stopping import carried_through, leave_to_parent, listen, undoing
listen()
stop = lambda: os.kill(os.getpid(), int(sys.argv[1]))
"""
PROGRAMS = {
    "nothing begun": "stop()",
    "a library that catches everything": """
with suppress(BaseException):
    stop()
time.sleep(60)
""",
    "a thread that never ends": """
threading.Thread(target=time.sleep, args=(1000,)).start()
stop()
""",
    "a second signal meanwhile": """
with undoing(stop):
    stop()
""",
    "an undoing that fails": """
with undoing(lambda: 1 / 0):
    stop()
""",
    "a child": """
def child():
    leave_to_parent()
    time.sleep(1000)
process = multiprocessing.get_context("fork").Process(target=child)
process.start()
stop()
""",
    "a copy of the process that is stopped itself": """
def child():
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(1000)
process = multiprocessing.get_context("fork").Process(target=child)
process.start()
process.join()
assert process.exitcode == 143
stop()
""",
}
SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]


def run(program: str, number: signal.Signals = signal.SIGTERM) -> tuple[int, str, str]:
    command = [sys.executable, "-c", BEGIN + program, str(int(number))]
    done = subprocess.run(command, capture_output=True, text=True, timeout=50)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_process_ends_whatever_it_does_with_one_line(program: str) -> None:
    assert run(PROGRAMS[program]) == (143, "", "Stopped; nothing was changed.\n")


@pytest.mark.parametrize("number", SIGNALS)
def test_each_signal_has_its_exit_code(number: signal.Signals) -> None:
    assert run("stop()", number)[0] == 128 + number


def test_what_has_been_begun_is_undone_the_last_first_and_what_is_over_is_not() -> None:
    told = run("""
say = lambda text: lambda: os.write(1, text)
with undoing(say(b"first")):
    with undoing(say(b"over")):
        pass
    with undoing(say(b"second ")):
        stop()
""")
    assert told[:2] == (143, "second first")


def test_what_is_to_be_done_whole_is_done_and_then_the_process_ends_and_says_so() -> None:
    code, said, told = run("""
with carried_through("it had been done."):
    stop()
    os.write(1, b"done")
os.write(1, b" and more")
""")
    assert (code, said, told) == (143, "done", "Stopped; it had been done.\n")


def test_what_was_to_be_done_whole_and_failed_is_not_said_to_be_done() -> None:
    code, _, told = run("""
with suppress(KeyError), carried_through("it had been done."):
    raise KeyError
stop()
""")
    assert (code, told) == (143, "Stopped; nothing was changed.\n")


def test_a_signal_that_the_process_was_started_to_ignore_is_ignored() -> None:
    """As `nohup` has it."""
    code, said, _ = run("""
signal.signal(signal.SIGHUP, signal.SIG_IGN)
listen()
os.kill(os.getpid(), signal.SIGHUP)
os.write(1, b"goes on")
""")
    assert (code, said) == (0, "goes on")
