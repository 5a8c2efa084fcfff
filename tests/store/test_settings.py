"""The settings files: what is missing or not allowed is told by its name, and what to write."""

from __future__ import annotations

import re

import pytest

from hscb_report.findings import Finding

SETTINGS = ("board.toml", "2013-14/year.toml")


@pytest.mark.parametrize(
    ("file", "settings"),
    [
        ("board.toml", ("name", "short_name", "area")),
        ("2013-14/year.toml", ("year", "kind", "status")),
    ],
)
def test_a_missing_settings_file_is_named_with_what_it_must_hold(
    data, finding, load, file, settings
):
    (data / file).unlink()
    told = finding()
    assert told == Finding("L8", "error", file, "this file is missing.", told.hint)
    assert re.findall(r"(\w+) = ", told.hint) == [*settings]
    assert load().settings is None
    (data / file).mkdir()
    assert (finding().rule, finding().file) == ("L8", file)
    assert finding().message == "this is a folder, not a file."


NO_TOML = (
    *(b"name = ", b"= x", b"[[", b'a = "x', b"a = 1\na = 2\n", 'name = "£"'.encode("cp1252")),
    *(b"a = 2013-99-99", b"a = " + b"9" * 5000, b"a = " + b"[" * 5000, b"\x00"),
)


@pytest.mark.parametrize("file", SETTINGS)
def test_settings_that_are_no_toml_are_a_finding(data, finding, file):
    """Not a traceback, be they ever so long or deep."""
    for raw in NO_TOML:
        (data / file).write_bytes(raw)
        told = finding()
        assert (told.rule, told.file, told.hint) == ("L8", file, "Mend it.")
        assert told.message.startswith("is not valid TOML: ")


@pytest.mark.parametrize("file", SETTINGS)
def test_a_settings_file_may_have_a_byte_order_mark(data, load, file, committed):
    raw = (data / file).read_bytes()
    (data / file).write_bytes(b"\xef\xbb\xbf" + raw.replace(b"\n", b"\r\n"))
    assert load().settings == committed.settings


@pytest.mark.parametrize(
    ("file", "before", "after", "wanted"),
    [
        (
            *("board.toml", "short_name", "shortname"),
            {("short_name", "Field required."), ("shortname", "Extra inputs are not permitted.")},
        ),
        (
            *("2013-14/year.toml", 'status = "final"', 'status = "finished"'),
            {("status", "Input should be 'draft' or 'final'.")},
        ),
        (
            *("2013-14/year.toml", "as_at = 2014-10-01", 'as_at = "2014-10-01"'),
            {("plan.as_at", "Input should be a valid date.")},
        ),
        (
            *("2013-14/year.toml", 'year = "2013-14"', 'year = "2014-15"'),
            {(None, "is of another year.")},
        ),
        (
            *("board.toml", '"herefordshire_council"', '"herefordshire"'),
            {("local_authority", "expected a code that stands in reference/agencies.csv.")},
        ),
        (
            *("board.toml", '"hscb"', '"hscp"'),
            {("agency", "expected a code that stands in reference/agencies.csv.")},
        ),
    ],
)
def test_a_setting_that_is_not_allowed_is_told_by_its_name(data, load, file, before, after, wanted):
    path = data / file
    assert before in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(before, after), "utf-8")
    found = load().findings
    assert {(f.rule, f.severity, f.file) for f in found} == {("L8", "error", file)}
    assert {(f.column, f.message) for f in found} == wanted
    assert all(f.hint for f in found)


@pytest.mark.parametrize(
    ("setting", "hint"),
    [("kind", '"publication"'), ("status", 'Write status = "draft" or "final".')],
)
def test_a_year_must_say_of_what_kind_it_is_and_how_far_it_is(data, finding, setting, hint):
    path = data / "2013-14/year.toml"
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join(x for x in lines if not x.startswith(setting)), "utf-8")
    assert (finding().rule, finding().column) == ("L8", setting)
    assert finding().message == "Field required."
    assert hint in finding().hint
    assert finding().hint.startswith(f"Write {setting} = ")


@pytest.mark.parametrize("section", ["plan", "covering_report"])
def test_a_section_may_be_missing_and_one_that_there_is_must_be_whole(data, load, section):
    path = data / "2013-14/year.toml"
    parts = re.split(r"(?m)^(?=\[)", path.read_text("utf-8"))
    rest = "".join(p for p in parts if not p.startswith(f"[{section}]"))
    path.write_text(rest, "utf-8")
    assert load().findings == ()
    path.write_text(f"{rest}\n[{section}]\nplaces = 1\n", "utf-8")
    found = load().findings
    assert f"{section}.places" in {f.column for f in found}
    assert {f.column for f in found} >= (
        {f"{section}.{name}" for name in ("title", "committee", "day", "time", "place")}
        if section == "covering_report"
        else set()
    )


def test_a_year_that_begins_in_another_month_is_refused(data, finding):
    with (data / "board.toml").open("a", encoding="utf-8") as file:
        file.write('year_begins = "January"\n')
    assert (finding().file, finding().column) == ("board.toml", "year_begins")
    assert "April to March" in finding().message
