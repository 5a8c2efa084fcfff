"""Each step of a run is told as it begins, and how it ended."""

import io
import re

import pytest

from hscb_report.progress import silent, telling


def test_a_step_is_told_when_it_begins_and_its_time_when_it_ends():
    stream = io.StringIO()
    with telling(stream)("Run the notebooks"):
        assert stream.getvalue() == "Run the notebooks …"
    assert re.fullmatch(r"Run the notebooks … [0-9]+\.[0-9] s\n", stream.getvalue())


def test_a_step_that_fails_ends_its_line_and_hides_no_error():
    stream = io.StringIO()
    with pytest.raises(KeyboardInterrupt), telling(stream)("Compile"):
        raise KeyboardInterrupt
    assert stream.getvalue() == "Compile … stopped\n"


def test_nothing_is_said_where_nobody_watches(capsys):
    with silent("Compile"):
        pass
    assert capsys.readouterr() == ("", "")
