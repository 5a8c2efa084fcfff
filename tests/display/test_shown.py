"""Tables and commentaries as a notebook shows them: escaped, typed, and in words."""

import json
from html import escape
from html.parser import HTMLParser

import pytest
from hypothesis import given

from hscb_report.display import frame, show
from hscb_report.display.mime import COMMENTARY, TABLE
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
    assert html.count('<th scope="col">') == len(found.columns)
    assert html.count('<th scope="row">') == len(found.rows) * found.row_headers
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


def test_a_frame_holds_the_unrounded_values(report):
    found = frame(report.exhibit("contribution-shares"))
    assert list(found.columns) == ["Agency", "Contribution", "Share"]
    assert int(found["Contribution"].iloc[-1]) == 208191
    assert float(found["Share"].iloc[0]) == pytest.approx(61.009362)
