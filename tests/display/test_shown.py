"""Tables and commentaries as a notebook shows them: escaped, typed, and in words."""

import json
from decimal import Decimal
from html import escape
from html.parser import HTMLParser

import pandas
import pytest
from hypothesis import given

from hscb_report.display import show
from hscb_report.display.mime import COMMENTARY, TABLE, VALUE
from hscb_report.display.shown import table_html, table_text
from hscb_report.results.exhibit import Column, exhibit
from hscb_report.results.published import Commentary
from tests.strategies import exhibits as drawn_exhibits

ALLOWED = {"table", "caption", "thead", "tbody", "tr", "th", "td", "p"}
HOSTILE = '<script>alert("1")</script> & {{ x }} \'"><img src=x onerror=alert(1)>'


class Reader(HTMLParser):
    """Gathers the tags, attributes and texts that a browser would see."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.texts: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.texts.append("")

    def handle_data(self, data):
        if self.texts:
            self.texts[-1] += data


def read(html):
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


@given(drawn_exhibits())
def test_a_table_in_html_has_a_caption_header_cells_and_every_cell_and_no_other_markup(found):
    """No text of a table becomes markup."""
    html = table_html(found)
    reader = read(html)
    assert set(reader.tags) <= ALLOWED
    assert reader.attributes <= {"scope", "style"}
    assert reader.tags.count("caption") == 1
    assert html.count('<th scope="col" ') == len(found.columns)
    assert html.count('<th scope="row" ') == len(found.rows) * found.row_headers
    assert reader.tags.count("td") == len(found.rows) * (len(found.columns) - found.row_headers)
    for row in found.texts():
        assert all(escape(text) in html for text in row)


def test_hostile_cells_captions_and_notes_are_shown_as_text():
    found = exhibit("a", HOSTILE, [Column(HOSTILE), Column("B")], [(HOSTILE, HOSTILE)], HOSTILE)
    html = table_html(found)
    assert "<script" not in html
    assert "<img" not in html
    assert sum(HOSTILE in text for text in read(html).texts) == 5


@given(drawn_exhibits().filter(lambda found: found.rows))
def test_the_outputs_of_a_shown_table_are_typed_json_html_and_text(found):
    """Jupyter passes `include` and `exclude`; they do not matter."""
    bundle = show(found)._repr_mimebundle_(include=None, exclude=None)
    assert set(bundle) == {TABLE, "text/html", "text/plain"}
    assert json.loads(json.dumps(bundle[TABLE])) == found.as_json()
    assert bundle["text/html"] == table_html(found)
    assert bundle["text/plain"] == table_text(found)


@given(drawn_exhibits())
def test_a_table_in_text_holds_caption_headings_cells_and_notes(found):
    text = table_text(found)
    assert text.startswith(found.caption)
    for row in found.texts():
        assert " | ".join(row) in text
    assert all(note in text for note in found.notes)


def test_the_tables_of_a_group_are_shown_one_below_the_other_as_each_would_be(monkeypatch):
    tables = tuple(exhibit(f"t-{n}", f"T {n}", [Column("A")], [(str(n),)]) for n in range(3))
    displayed = []
    monkeypatch.setattr("IPython.display.display", displayed.append)
    show(tables)._ipython_display_()
    assert displayed == [show(table) for table in tables]


@pytest.mark.parametrize(
    "nothing",
    [exhibit("a", "A", [Column("A")], []), (), Commentary("budget", " \n", " \n")],
    ids=["a table without rows", "a group of none", "a commentary without a word"],
)
def test_of_what_a_year_has_nothing_to_say_of_nothing_is_shown(nothing):
    """A cell that ends in None has no output."""
    assert show(nothing) is None


def test_a_shown_commentary_is_typed_as_it_was_written_and_read_with_its_numbers():
    """The book links the facts that it names; JupyterLab shows it as Markdown."""
    said = Commentary("budget", "Spend was {{ budget.spend }}.", "Spend was £1.")
    assert show(said)._repr_mimebundle_() == {
        COMMENTARY: {"chapter": "budget", "text": "Spend was {{ budget.spend }}."},
        "text/markdown": "Spend was £1.",
        "text/plain": "Spend was £1.",
    }


# Values ------------------------------------------------------------------------------------------


def bundle(shown):
    return shown._repr_mimebundle_()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("as it <is>", "as it <is>"),
        (1234, "1,234"),
        (-0.5, "-0.5"),
        (1234.125, "1,234.125"),
        (0.1 + 0.2, "0.3"),
        (Decimal("1234.50"), "1,234.50"),
        (True, "True"),
        (float("nan"), "not stated"),
    ],
)
def test_a_value_is_shown_as_text(value, text):
    assert bundle(show(value)) == {VALUE: {"text": text}, "text/plain": text}


def test_a_fact_is_shown_as_the_report_prints_it(report):
    fact = report.facts["budget.contributions"]
    assert bundle(show(fact))[VALUE] == {"text": fact.text}


def test_what_cannot_be_shown_is_told_with_what_can():
    with pytest.raises(TypeError, match=r"shows a table, .* or a number; this is a dict\."):
        show({"a": 1})


def test_how_a_data_frame_is_shown_is_told():
    with pytest.raises(TypeError, match=r"a data frame is shown with show_frame\("):
        show(pandas.DataFrame({"a": [1]}))
