"""How findings are told: each cause once, the first to mend first, in a short list."""

from __future__ import annotations

import json
import random

from hypothesis import given
from hypothesis import strategies as st

from hscb_report.findings import Finding
from hscb_report.telling import _FIRST, MOST_LINES, as_json, causes, lines
from hscb_report.wording import rows_told


def cell(row, rule="L4", found="x", hint="Correct the cell.", **other):
    told = {"severity": "error", "file": "a.csv", "message": "wrong.", **other}
    return Finding(rule, hint=hint, row=row, column="c", found=found, **told)


def test_the_same_cause_is_told_once_with_the_rows_it_covers():
    (line,) = lines([cell(n) for n in range(2, 18)])
    assert line == (
        'error: [L4] a.csv, rows 2 to 17, column "c": found "x"; wrong. Correct the cell.'
    )


def test_where_other_cells_were_found_their_number_is_told_and_whose_hint_it_is():
    (line,) = lines([cell(2, found="x", hint="Did it?"), cell(5, found="y"), cell(6, found="y")])
    assert 'rows 2, 5 and 6, column "c": found "x" and 1 other; wrong. In row 2: did it?' in line


def test_what_differs_in_file_rule_column_or_message_is_another_cause():
    base = cell(2)
    others = [
        cell(3, "L5"),
        cell(3, file="b.csv"),
        cell(3, message="m"),
        cell(3, severity="warning"),
    ]
    assert len(causes([base, *others])) == 5


def test_errors_come_before_warnings_and_files_before_what_rests_on_them():
    rules = ["L8", "L1", "L2", "L9", "L3", "L4", "L7", "L6", "C1", "R3", "H2", "P1", "A2"]
    found = [cell(2, rule) for rule in rules] + [cell(2, "L1", severity="warning")]
    shuffled = random.Random(1).sample(found, len(found))
    told = [(cause.first.rule, cause.first.severity) for cause in causes(shuffled)]
    assert told == [*((rule, "error") for rule in rules), ("L1", "warning")]


@given(st.lists(st.sampled_from([f"m{n}" for n in range(90)]), max_size=200))
def test_the_list_is_never_longer_than_a_screen_and_nothing_is_lost_unsaid(messages):
    found = [cell(row, message=message) for row, message in enumerate(messages, 2)]
    told, all_of_them = lines(found), causes(found)
    assert len(told) <= MOST_LINES
    assert sum(len(cause.findings) for cause in all_of_them) == len(found)
    if len(all_of_them) > MOST_LINES:
        left = len(all_of_them) - MOST_LINES + 1
        assert told[-1].startswith(f"… and {left} more ({left} error")
        assert "--format json" in told[-1]


@given(st.text(st.characters()), st.text(st.characters()))
def test_no_character_that_a_terminal_obeys_is_printed(text, file):
    for line in lines([cell(2, found=text, file=file, hint=text, message=text)]):
        assert line.isprintable()


@given(st.text())
def test_json_holds_no_such_character_either_and_says_the_same(text):
    written = as_json({"found": text})
    assert json.loads(written) == {"found": text}
    assert written.replace("\n", "").isprintable()


def test_rows_are_told_in_words():
    assert rows_told([7]) == "row 7"
    assert rows_told([3, 2]) == "rows 2 and 3"
    assert rows_told(range(2, 18)) == "rows 2 to 17"
    assert rows_told([2, 5, 9, 10, 11, 12]) == "rows 2, 5 and 9 to 12"


def test_a_list_of_just_forty_is_told_whole_and_one_of_more_is_cut_to_forty():
    found = [cell(row, message=f"m{row}") for row in range(41)]
    assert "more" not in lines(found[:MOST_LINES])[-1]
    assert len(lines(found)) == MOST_LINES
    assert lines(found)[-1].startswith("… and 2 more (2 errors)")


def test_every_rule_that_there_is_has_its_turn(report):
    """None stands last only because nobody thought of it."""
    codes = {rule["rule"] for rule in report.checks["rules"]}
    assert [code for code in codes if code not in _FIRST and code[:1] not in _FIRST] == []
