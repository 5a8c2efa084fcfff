"""Abbreviations and terms that a report uses, and what they mean."""

import csv

import pytest

from hscb_report.assurance.terms import abbreviations_in_force, terms_exhibits
from hscb_report.report import open_report
from hscb_report.schema import Place, Tables
from hscb_report.schema.reference import Abbreviation, GlossaryTerm
from tests.conftest import copied_data


def tables(*abbreviations, terms=()):
    rows = {
        "usual_abbreviations": [("SCR", "serious case review", None), ("NHS", "health", "yes")],
        "abbreviations": abbreviations,
    }
    found = {
        name: tuple(
            Abbreviation(place=Place("a.csv", 2), short=short, full=full, is_familiar=known)
            for short, full, known in listed
        )
        for name, listed in rows.items()
    }
    found["usual_glossary"] = tuple(
        GlossaryTerm(place=Place("g.csv", 2), term=term, meaning=meaning) for term, meaning in terms
    )
    return Tables(found)


def test_a_board_s_own_words_for_an_abbreviation_stand_before_the_usual_ones():
    known = abbreviations_in_force(tables(("SCR", "Serious Case Review", None)), None)
    assert {short: row.full for short, row in known.items()} == {
        "SCR": "Serious Case Review",
        "NHS": "health",
    }
    assert [row.is_expanded for row in known.values()] == [True, False]


def test_the_tables_hold_what_the_texts_use_and_nothing_else():
    given = tables(terms=[("policy", "A rule"), ("looked-after child", "In care"), ("audit", "A")])
    known = abbreviations_in_force(given, None).values()
    shorts, terms = terms_exhibits(
        given, known, ["Two SCRs. Policies for Looked-after\n  children."]
    )
    assert shorts.texts() == (("SCR", "serious case review"),)
    assert terms.texts() == (("looked-after child", "In care"), ("policy", "A rule"))


def test_a_report_without_any_has_empty_tables():
    given = tables()
    assert [e.rows for e in terms_exhibits(given, (), ["Nothing."])] == [(), ()]


def test_the_board_s_name_is_known_to_the_readers_of_its_report(report):
    assert report.abbreviations["HSCB"].full == report.settings.board.name
    assert not report.abbreviations["HSCB"].is_expanded


@pytest.mark.parametrize("label", ["abbreviations", "glossary"])
def test_every_board_has_the_usual_ones_without_files_of_its_own(label, report):
    assert len(report.exhibit(label).rows) > 8


def test_a_board_adds_its_own_in_a_file_of_its_reference_data(tmp_path):
    data = copied_data(tmp_path)
    with (data / "reference" / "glossary.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("term", "meaning"), ("neglect", "Ours: needs not met.")])
    terms = dict(open_report("2013-14", data=data).exhibit("glossary").texts())
    assert terms["neglect"] == "Ours: needs not met."
