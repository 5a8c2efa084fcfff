"""Pages read easily: sentences of a length, and no words of the workshop outside the evidence."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from hscb_report.publish import Rendered
from hscb_report.results.published import Published
from tests.reading import LONGEST, Reading, readings, sentences, split, workshop_words

pytestmark = pytest.mark.slow

FEWEST = 500
"""Half as many sentences as 2013-14 has; with fewer, something is not read."""


@pytest.fixture(scope="module")
def found(rendered: Rendered, report: Published) -> list[Reading]:
    """Return how each page of the report reads."""
    return readings(rendered.folder, report)


def test_no_page_has_long_sentences_on_the_average(found: list[Reading]) -> None:
    assert sum(len(reading.lengths) for reading in found) > FEWEST
    assert [reading.page for reading in found if reading.average > LONGEST] == []


def test_no_page_speaks_of_the_workshop(found: list[Reading]) -> None:
    """Outside the evidence."""
    assert {each.page: each.workshop for each in found if each.workshop} == {}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One came. Two went!", ["One came.", "Two went!"]),
        ("It spent £220.50 in all. £3 was left.", ["It spent £220.50 in all.", "£3 was left."]),
        ("Schools (e.g. those of St. Mary) came.", ["Schools (e.g. those of St. Mary) came."]),
        ("“Why?” The Board asked.", ["“Why?", "The Board asked."]),
        ("no end", ["no end"]),
    ],
)
def test_a_text_is_parted_into_its_sentences(text: str, parts: list[str]) -> None:
    assert split(text) == parts


def test_tables_menus_and_labels_are_no_sentences() -> None:
    page = BeautifulSoup(
        """<main><nav><p>One two three four.</p></nav><table><tr><td><p>One two three four.</p></td>
        </tr></table><figure><figcaption><p>One two three four.</p></figcaption></figure>
        <ul><li>Not this</li><li><p>The Board met ten times.</p></li></ul><p>It was heard.
        Nobody in the county had asked.</p></main>""",
        "html.parser",
    )
    assert list(sentences(page)) == ["The Board met ten times.", "Nobody in the county had asked."]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("by rule R12 and P1", ["R12", "P1"]),
        ("in 2013-14/contributions.csv", ["2013-14/contributions.csv"]),
        ("the column lead_role", ["lead_role"]),
        ("of its lines L289 and L1227-1229", ["L289", "L1227-1229"]),
        ("row 3", ["row 3"]),
        ("Retold from the plan", ["Retold"]),
        ("Action 4.2b, PR12, e.g. a row of houses, CSV, and www.nspcc.org.uk", []),
    ],
)
def test_words_of_the_workshop_are_known(text: str, words: list[str]) -> None:
    assert list(workshop_words(text, ("R12", "P1"))) == words
