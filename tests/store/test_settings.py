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


TWICE, QUOTES = "this setting stands twice.", "the quotation marks do not close."
NO_VALUE, NO_NAME = "the value is neither text nor a day.", "expected a name, = and a value."
NO_TOML = (
    *((b"name = ", 1, NO_VALUE), (b"= x", 1, NO_NAME), (b"\n[[", 2, NO_NAME)),
    *((b'a = "x', 1, QUOTES), (b'a = "x\ny"', 1, QUOTES), (b"a = 1\na = 2\n", 2, TWICE)),
    (b"[a]\nb = 1\n[a]\n", 3, "this section stands twice."),
    (b"a = soon", 1, NO_VALUE),
    ("a = “x”".encode(), 1, "typographer's quotation marks do not count."),
    ('\nname = "£"'.encode("cp1252"), 2, "the file is not in UTF-8."),
    (b"a = 2013-99-99", 1, "there is no such day."),
    (b"x = 1\na = " + b"9" * 5000, 2, "a number is too long."),
    (b"a = " + b"[" * 5000, None, "brackets stand within each other, too deep."),
    (b"a = " + b"{a = " * 900, None, "brackets stand within each other, too deep."),
    (b"x" * 200_000, None, "the file holds 200,000 bytes; it may hold 100,000."),
    (b"\x00", 1, NO_NAME),
)


@pytest.mark.parametrize("file", SETTINGS)
@pytest.mark.parametrize(("raw", "line", "what"), NO_TOML, ids=[str(r[0][:12]) for r in NO_TOML])
def test_settings_that_cannot_be_read_are_told_in_plain_words(data, finding, file, raw, line, what):
    """Not a traceback, be they ever so long or deep."""
    (data / file).write_bytes(raw)
    told = finding()
    assert (told.rule, told.file, told.row, told.message) == ("L8", file, line, what)
    assert told.hint.endswith(".")


def set_to(path, name, value):
    """Write a value for a setting, which may stand in a section, in the place of what it was."""
    text = path.read_text("utf-8")
    section, _, name = name.rpartition(".")
    head, found, rest = text.partition(f"[{section}]") if section else ("", "", text)
    changed = re.sub(rf"(?m)^{name} = .*$", lambda _: f"{name} = {value}", rest, count=1)
    if changed == rest:
        changed = f"\n{name} = {value}\n{rest}" if section else f"{name} = {value}\n{rest}"
    path.write_text(head + found + changed, "utf-8")


A_DAY, A_TEXT = (
    "expected a day without quotation marks and time.",
    "expected text in quotation marks.",
)
A_NUMBER = "expected a whole number without quotation marks."
BROKEN = "it holds a line break, a tab or a sign that cannot be seen."


@pytest.mark.parametrize(
    ("file", "name", "value", "what", "hint"),
    [
        ("board.toml", "name", "3", A_TEXT, 'Write name = "…".'),
        ("board.toml", "name", "inf", A_TEXT, 'Write name = "…".'),
        ("board.toml", "name", "2014-10-01", A_TEXT, 'Write name = "…".'),
        ("board.toml", "area", '" "', "it is empty.", "Write what it is"),
        ("board.toml", "area", '"a\\nb"', BROKEN, "on one line"),
        ("board.toml", "area", '"a\\u0000b"', BROKEN, "on one line"),
        ("board.toml", "area", f'"{"a" * 301}"', "it is longer than 300 signs.", "Shorten"),
        ("board.toml", "language", '"klingon"', "the words of the report are English.", "en-GB"),
        ("board.toml", "language", '"en-gb"', "the words of the report are English.", "en-GB"),
        ("board.toml", "website", '"our site"', "this is no address of a website.", "www."),
        ("board.toml", "website", '"javascript:x"', "this is no address of a website.", "www."),
        ("board.toml", "logo", '"logo.svg"', "expected the name of a PNG or JPEG file.", "PNG"),
        ("board.toml", "logo", '"../logo.png"', "expected the name of a PNG or JPEG file.", "PNG"),
        ("board.toml", "logo", '".png"', "expected the name of a PNG or JPEG file.", "PNG"),
        (
            *("board.toml", "logo_alternative", '"Hands"'),
            *("there is no logo that it could describe.", "name the file"),
        ),
        ("board.toml", "shortname", '"x"', "there is no setting of this name.", '"short_name"'),
        ("board.toml", "former", '"x"', "expected a section of its own for each.", "[[former]]"),
        ("year.toml", "status", '"done"', "it is none of the words that are allowed.", '"draft"'),
        ("year.toml", "as_at", '"2014-03-31"', A_DAY, "Write as_at = 2014-10-01."),
        ("year.toml", "as_at", "2014-03-31T12:00:00", A_DAY, "Write as_at = 2014-10-01."),
        ("year.toml", "plan.titel", '"x"', "there is no setting of this name.", '"title"'),
        ("year.toml", "covering_report.committee", '""', "it is empty.", "Write what"),
        ("year.toml", "year", '"2014-15"', "is of another year.", 'year = "2013-14"'),
        ("year.toml", "draft", '"3"', A_NUMBER, "as draft = 3"),
        ("year.toml", "draft", "3.5", A_NUMBER, "as draft = 3"),
        ("year.toml", "draft", "true", A_NUMBER, "as draft = 3"),
        ("year.toml", "draft", "nan", A_NUMBER, "as draft = 3"),
        ("year.toml", "draft", "2014-10-01", A_NUMBER, "as draft = 3"),
        ("year.toml", "draft", "0", "the number is too small.", "from 1 to 999"),
        ("year.toml", "draft", "1000", "the number is too large.", "from 1 to 999"),
        ("year.toml", "draft", "9" * 40, "the number is too large.", "from 1 to 999"),
        ("year.toml", "draft", "3", "the report is final, and so no draft of any number.", "draft"),
        ("year.toml", "drafd", "3", "there is no setting of this name.", '"draft"'),
        ("year.toml", "approvals", '"x"', "there is no setting of this name.", '"approval"'),
        ("year.toml", "approval", '"x"', "expected a section.", "Write [approval] on a line"),
        ("board.toml", "notebook_seconds", '"9"', A_NUMBER, "Write notebook_seconds = 120."),
        ("board.toml", "notebook_seconds", "0", "the number is too small.", "= 120."),
    ],
)  # fmt: skip
def test_a_value_that_is_not_allowed_is_told_with_its_line_and_what_to_write(
    data, finding, file, name, value, what, hint
):
    path = data / file if file == "board.toml" else data / "2013-14" / file
    set_to(path, name, value)
    told = finding()
    assert (told.rule, told.column, told.message) == ("L8", name, what)
    assert hint in told.hint
    last = name.rpartition(".")[2]
    assert path.read_text("utf-8").splitlines()[told.row - 1].startswith(f"{last} = ")


@pytest.mark.parametrize("name", ["as_at", "plan.as_at", "covering_report.day"])
@pytest.mark.parametrize("day", ["9999-12-31", "1014-10-01", "2013-03-31", "2034-04-01"])
def test_a_day_far_from_the_year_is_refused(data, finding, name, day):
    set_to(data / "2013-14/year.toml", name, day)
    told = finding()
    assert told.column == name.partition(".")[0]
    assert f"is {day}, which is not in 2013-14" in told.message


@pytest.mark.parametrize("name", ["as_at", "plan.as_at", "covering_report.day"])
@pytest.mark.parametrize("day", ["2013-04-01", "2034-03-31"])
def test_a_day_of_the_report_s_life_is_allowed(data, load, name, day):
    set_to(data / "2013-14/year.toml", name, day)
    assert [f for f in load().findings if f.rule == "L8"] == []


APPROVED = 'meeting = "The Board"\nday = 2014-09-17\n'


@pytest.mark.parametrize(
    ("said", "column", "line", "what", "hint"),
    [
        ("meeting = 3\nday = 2014-09-17", "meeting", 1, A_TEXT, 'meeting = "…"'),
        ('meeting = "M"\nday = "2014-09-17"', "day", 2, A_DAY, "day = 2014-10-01"),
        ('meeting = "M"', "day", 0, "this setting is missing.", "Add it: day = 2014-10-01."),
        ("day = 2014-09-17", "meeting", 0, "this setting is missing.", 'meeting = "…"'),
        ('meeting = ""\nday = 2014-09-17', "meeting", 1, "it is empty.", "Write what"),
        (
            f"{APPROVED}date = 2014-09-17",
            "date",
            3,
            "there is no setting of this name.",
            "day, meeting",
        ),
        (f"{APPROVED}metting = 3", "metting", 3, "there is no setting of this name.", '"meeting"'),
        ('meeting = "M"\nday = 2014-03-30', "day", 2, "before its year is over", "Correct"),
        ('meeting = "M"\nday = 2034-04-01', "day", 2, "or the 20 years after it", "Correct"),
    ],
)
def test_an_approval_that_is_not_whole_or_at_another_time_is_told_with_its_line(
    data, finding, said, column, line, what, hint
):
    """What is missing from it, with the line of its section."""
    path = data / "2013-14/year.toml"
    before = path.read_text("utf-8")
    path.write_text(f"{before}\n[approval]\n{said}\n", "utf-8")
    told = finding()
    assert (told.rule, told.column) == ("L8", f"approval.{column}")
    assert told.row == len(before.splitlines()) + 2 + line
    assert what in told.message
    assert hint in told.hint


def test_the_approval_of_a_draft_is_refused_with_both_ways_out(data, finding, load):
    path = data / "2013-14/year.toml"
    before = path.read_text("utf-8")
    path.write_text(f"{before}\n[approval]\n{APPROVED}", "utf-8")
    assert load().findings == ()
    set_to(path, "status", '"draft"')
    told = finding()
    assert (told.column, told.row) == ("approval", len(before.splitlines()) + 2)
    assert "no draft is approved" in told.message
    assert told.hint == 'Write status = "final", or take the section [approval] out.'


def test_a_text_that_cannot_be_printed_is_told_with_its_line(data, finding):
    set_to(data / "board.toml", "area", '"北 Shire"')
    assert (finding().rule, finding().row, finding().column) == ("L10", 3, "area")
    assert finding().found == "U+5317 (cjk unified ideograph-5317)"


def test_the_second_of_two_sections_is_told_by_its_own_line(data, finding):
    former = '[[former]]\nuntil = "{}"\nname = "A"\nshort_name = {}\n'
    path = data / "board.toml"
    before = path.read_text("utf-8")
    path.write_text(
        before + former.format("2008-09", '"A"') + former.format("2009-10", "1"), "utf-8"
    )
    assert (finding().row, finding().column) == (
        len(before.splitlines()) + 8,
        "former.1.short_name",
    )


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
            {
                ("short_name", "this setting is missing."),
                ("shortname", "there is no setting of this name."),
            },
        ),
        (
            *("2013-14/year.toml", 'status = "final"', 'status = "finished"'),
            {("status", "it is none of the words that are allowed.")},
        ),
        (
            *("2013-14/year.toml", "as_at = 2014-10-01", 'as_at = "2014-10-01"'),
            {("plan.as_at", "expected a day without quotation marks and time.")},
        ),
        (
            *("2013-14/year.toml", 'year = "2013-14"', 'year = "2014-15"'),
            {("year", "is of another year.")},
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
    assert finding().message == "this setting is missing."
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
    path = data / "board.toml"
    path.write_text('year_begins = "January"\n' + path.read_text("utf-8"), "utf-8")
    assert (finding().file, finding().column) == ("board.toml", "year_begins")
    assert "April to March" in finding().message


def test_settings_that_lie_deep_within_each_other_are_told_as_any_unknown_one(data, finding):
    """However deep: 5,000 levels are more than the interpreter would go down."""
    path = data / "board.toml"
    path.write_text(".".join(["a"] * 5_000) + ' = "x"\n' + path.read_text("utf-8"), "utf-8")
    found = finding()
    assert (found.rule, found.message) == ("L8", "there is no setting of this name.")
