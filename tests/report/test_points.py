"""What a year says first: key figures chosen or usual, points in their lists, judgements."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hscb_report.chapters import declared_chapters
from hscb_report.figures import Figure, withheld
from hscb_report.report.points import MOST_KEY_FIGURES, key_figures, points_of
from hscb_report.results.chapter import Chapter
from hscb_report.results.fact import Earlier, Fact, Ledger
from hscb_report.results.points import Piece, pieces, plain, told
from hscb_report.schema import Place, Tables, YearData
from hscb_report.schema.journey import Inspection
from hscb_report.schema.points import KeyFigure, Point
from hscb_report.units import POUNDS, count_of
from hscb_report.years import Period, ReportingYear

YEAR = ReportingYear(2013)
AT = Place("x.csv", 2)


def of(*rows: object) -> YearData:
    kinds = {type(row) for row in rows}
    return YearData(
        YEAR, Tables({k.info.name: tuple(r for r in rows if type(r) is k) for k in kinds})
    )


def number(id_: str, value: int | None, before: int | None = None, unit=POUNDS, **more) -> Fact:
    then = Earlier(Period.of_year(YEAR.previous), Figure(before))
    known = (then,) if before is not None else ()
    figure = Figure(None if value is None else Decimal(value))
    fact = Fact(id_, f"The {id_}", figure, unit, "f", period=Period.of_year(YEAR), earlier=known)
    return replace(fact, **more)


FACTS = Ledger.of(
    [
        number("a.spend", 26979, 39306),
        number("a.cases", 11, 7, count_of("cases")),
        number("a.none", None),
        number("b.hidden", 3, unit=count_of("children"), figure=withheld(Figure(3))),
        number("b.about", 200, unit=count_of("children"), prefix="over"),
    ]
)
CHAPTERS = (
    Chapter("a", "Alpha", key_figures=("a.cases", "a.none", "a.gone")),
    Chapter("b", "Beta", key_figures=("b.hidden", "b.about")),
)


def rows(*chosen: tuple[str, str | None]) -> tuple[tuple[str, ...], ...]:
    given = (KeyFigure(place=AT, fact=fact, label=label) for fact, label in chosen)
    return key_figures(of(*given), FACTS, CHAPTERS).texts()


def test_the_key_figures_are_those_that_the_year_has_chosen_in_its_order() -> None:
    assert rows(("a.spend", "Spent"), ("a.cases", None)) == (
        ("Spent", "£26,979", "down 31% from £39,306"),
        ("The a.cases", "11", "up 4 from 7"),
    )


def test_a_year_that_has_chosen_none_shows_those_of_its_chapters() -> None:
    """Each under the name of its chapter; what has no value is left out, not shown as nothing."""
    assert rows() == (
        ("Alpha: the a.cases", "11", "up 4 from 7"),
        ("Beta: the b.hidden", "not shown", "not shown"),
        ("Beta: the b.about", "over 200", "no earlier figure"),
    )


def test_a_first_page_shows_no_more_than_a_reader_takes_in() -> None:
    many = Ledger.of(number(f"a.n{n}", n) for n in range(30))
    chapter = Chapter("a", "Alpha", key_figures=tuple(f"a.n{n}" for n in range(30)))
    assert len(key_figures(of(), many, [chapter]).rows) == MOST_KEY_FIGURES


def test_the_key_figures_that_chapters_declare_are_their_own_numbers(report) -> None:
    declared = [(c.name, n) for c in declared_chapters().chapters for n in c.key_figures]
    assert declared
    assert all(name.startswith(f"{chapter}.") for chapter, name in declared)
    assert {name for _, name in declared} <= {fact.id for fact in report.facts}


def test_points_stand_in_the_lists_of_their_pages_and_an_empty_place_is_none() -> None:
    said = [
        Point(place=AT, page="index", list="main", sentence=text, detail=None, link="chapters/a")
        for text in ("One", None, "Two")
    ]
    said.append(
        Point(place=AT, page="chapters/a", list="title", sentence="So", detail=None, link=None)
    )
    found = points_of(of(), said)
    assert [point.sentence for point in found.of("index", "main")] == ["One", "Two"]
    assert found.title("chapters/a") == "So"
    assert found.title("chapters/b") == ""
    assert found.of("index", "well") == ()


def _inspection(name: str) -> dict[str, str | None]:
    own = {"inspection": name, "title": name, "judgement": f"J {name}", "basis": "invented"}
    return own | dict.fromkeys(("source", "locator", "as_printed", "note"))


def test_the_latest_judgement_comes_first() -> None:
    told_of = [Inspection(place=AT, **_inspection(n)) for n in ("then", "now")]
    assert [verdict.title for verdict in points_of(of(*told_of), ()).verdicts] == ["now", "then"]


def test_a_sentence_is_text_names_and_bold_words() -> None:
    assert list(pieces("**{{ a.b }} of it** was {{  c }} * x")) == [
        Piece("a.b", is_name=True, is_strong=True),
        Piece(" of it", is_strong=True),
        Piece(" was "),
        Piece("c", is_name=True),
        Piece(" * x"),
    ]


def test_a_sentence_begins_with_a_capital_whatever_its_first_name_stands_for() -> None:
    assert plain("{{ a.b }} {{ a.b }} came", {"a.b": "no cases"}) == "No cases no cases came"
    assert told("", {}) == ()
