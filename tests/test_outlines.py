"""What is published as sections and lists: whole, once, in order, and as text whatever it says."""

from __future__ import annotations

import csv
import io
import pickle
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from docutils import nodes

from hscb_report.outlines import covering_outline, outlines, plan_outline
from hscb_report.report import DEFAULT_DATA, Report, open_report
from hscb_report.schema import vocabularies as words
from tests.conftest import TableEditor
from tests.test_typst_builder import build

AREAS = DEFAULT_DATA / "2013-14" / "action_areas.csv"
# These stand with the meeting: a word or two each.
WITH_MEETING = {"classification", "key_decision", "wards"}


def records(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


def flat(sections: Iterable[Any]) -> Iterator[Any]:
    """Yield every section, those inside after the one that holds them."""
    for section in sections:
        yield section
        yield from flat(section.sections)


def block_texts(block: Any) -> list[str]:
    """Return the texts of a block, terms aside."""
    found = [*getattr(block, "paragraphs", ()), *getattr(block, "items", ())]
    return found + [text for term in getattr(block, "terms", ()) for text in term.paragraphs]


def texts(section: Any) -> list[str]:
    return [text for block in section.blocks for text in block_texts(block)]


def terms(section: Any) -> list[Any]:
    return [term for block in section.blocks for term in getattr(block, "terms", ())]


# The plan


@pytest.fixture
def plan(report: Report) -> list[Any]:
    return list(plan_outline(report))


def test_every_development_area_is_one_section_in_its_order(plan: list[Any]) -> None:
    listed = records(DEFAULT_DATA / "2013-14" / "development_areas.csv")
    assert [section.title for section in plan] == [
        f"Development area {row['area']}: {row['title']}" for row in listed
    ]


def test_every_action_area_is_one_section_inside_its_development_area(plan: list[Any]) -> None:
    found = [
        (section.title.split(":")[0], inner.title) for section in plan for inner in section.sections
    ]
    assert found == [
        (f"Development area {row['development_area']}", f"{row['action_area']} {row['title']}")
        for row in records(AREAS)
    ]
    assert all(not inner.sections for section in plan for inner in section.sections)


def test_every_action_area_ends_with_its_own_table(plan: list[Any], report: Report) -> None:
    for section in (inner for outer in plan for inner in outer.sections):
        label = section.title.split()[0]
        exhibit = report.table(section.blocks[-1].exhibit)
        assert label in exhibit.caption
        assert {row[0][:-1] for row in exhibit.texts()} == {label}


def test_every_table_and_so_every_action_is_shown_once(plan: list[Any], report: Report) -> None:
    shown = [b.exhibit for s in flat(plan) for b in s.blocks if hasattr(b, "exhibit")]
    assert Counter(shown).most_common(1)[0][1] == 1
    actions = [row[0] for label in shown for row in report.table(label).texts()]
    assert actions == [row["action"] for row in records(DEFAULT_DATA / "2013-14" / "actions.csv")]


def test_every_action_area_says_the_same_four_things_of_itself(plan: list[Any]) -> None:
    """What is lost is said to be lost: no term is left out and none is blank."""
    expected = (
        "The need came from",
        "Monitored by",
        "Areas of the improvement journey",
        "Impact expected in the end",
    )
    for section in (inner for outer in plan for inner in outer.sections):
        found = terms(section)
        assert tuple(term.term for term in found) == expected
        assert all(len(term.paragraphs) == 1 and term.paragraphs[0].strip() for term in found)


def test_what_an_action_area_says_is_what_the_table_has(plan: list[Any]) -> None:
    groups = {
        row["group"]: row["name"] for row in records(DEFAULT_DATA / "2013-14" / "plan_groups.csv")
    }
    sections = [inner for outer in plan for inner in outer.sections]
    lost = "not stated, or not legible"
    for section, row in zip(sections, records(AREAS), strict=True):
        need, monitor, journey, impact = (term.paragraphs[0] for term in terms(section))
        codes = [code.strip() for code in row["journey_areas"].split(";") if code.strip()]
        assert monitor == groups.get(row["monitored_by"], lost)
        assert impact == (row["expected_impact"] or lost)
        assert journey == ("; ".join(words.JOURNEY_AREA[c] for c in codes) or "none named")
        kind = words.NEED[row["need_from"]]
        assert need == (f"{kind}: {row['need']}" if row["need"] else kind)


# The covering report


@pytest.fixture
def covering(report: Report) -> list[Any]:
    return list(covering_outline(report))


def listed() -> list[dict[str, str]]:
    return records(DEFAULT_DATA / "2013-14" / "covering_report.csv")


def test_every_row_stands_once_under_its_printed_heading(covering: list[Any]) -> None:
    by_heading = {section.title: texts(section) for section in covering}
    assert len(by_heading) == len(covering)
    for code, heading in words.COVERING_SECTION.items():
        rows = [row["text"] for row in listed() if row["section"] == code]
        if code in WITH_MEETING:
            assert heading not in by_heading
            found = [t.paragraphs for t in terms(covering[0]) if t.term == heading]
            assert found == [(text,) for text in rows]
        else:
            assert by_heading.get(heading, []) == rows
    every = Counter(text for section in covering for text in texts(section))
    assert all(every[row["text"]] == 1 for row in listed())


def test_headings_stand_in_their_order_after_the_meeting(covering: list[Any]) -> None:
    used = {row["section"] for row in listed()} - WITH_MEETING
    assert [section.title for section in covering] == [
        "Meeting",
        *(heading for code, heading in words.COVERING_SECTION.items() if code in used),
    ]


def test_every_label_is_kept_with_its_text(covering: list[Any]) -> None:
    by_heading = {section.title: terms(section) for section in covering}
    labelled = [row for row in listed() if row["label"]]
    assert len(labelled) >= 30
    for row in labelled:
        heading = words.COVERING_SECTION[row["section"]]
        found = [t for t in by_heading[heading] if row["text"] in t.paragraphs]
        assert [term.term for term in found] == [row["label"]]


def test_what_has_no_label_stands_with_what_goes_before_it(covering: list[Any]) -> None:
    for section in covering[1:]:
        code = next(c for c, h in words.COVERING_SECTION.items() if h == section.title)
        label, expected = "", {}
        for row in (row for row in listed() if row["section"] == code):
            label = row["label"] or label
            expected[row["text"]] = label
        for term in terms(section):
            for text in term.paragraphs:
                assert expected[text] == term.term


def test_the_meeting_says_when_and_where_it_is(covering: list[Any]) -> None:
    said = {term.term: term.paragraphs for term in terms(covering[0])}
    assert said["Date and time"] == ("1 October 2014, 3.30 pm",)
    assert said["Place"] == ("Shire Hall, Hereford",)
    assert said["Meeting"] == ("Health and Social Care Overview and Scrutiny Committee",)
    assert all(paragraphs[0].strip() for paragraphs in said.values())


def test_the_sum_is_shown_as_two_facts_under_its_heading_alone(
    covering: list[Any], report: Report
) -> None:
    named = {s.title: [t.fact for t in terms(s) if t.fact] for s in covering}
    facts = named.pop(words.COVERING_SECTION["financial"])
    assert facts == ["covering.council_contribution", "budget.council_contribution"]
    assert not any(named.values())
    assert [report.value(fact) for fact in facts] == ["£127,016", "£127,016"]
    shown = [term for s in covering for term in terms(s) if term.fact]
    assert all(term.term.strip() and not term.paragraphs for term in shown)


def with_covering(report: Report, *rows: dict[str, Any]) -> list[Any]:
    """Return the outline of a covering report with other rows."""
    loaded = report.checks.loaded
    template = loaded.tables.covering_report[0]
    made = tuple(
        template.model_copy(update={"label": None, "amount": None, "position": n, **row})
        for n, row in enumerate(rows, 1)
    )
    changed = replace(loaded, tables=replace(loaded.tables, covering_report=made))
    return list(covering_outline(replace(report, checks=replace(report.checks, loaded=changed))))


@pytest.mark.parametrize("seed", range(30))
def test_however_rows_are_labelled_none_is_lost_or_told_twice(report: Report, seed: int) -> None:
    draw = random.Random(seed)
    codes = sorted(set(words.COVERING_SECTION) - WITH_MEETING)
    rows = [
        {
            "section": code,
            "text": f"{code} {number}",
            "label": draw.choice((None, f"({number})", "(same)")),
        }
        for code in draw.sample(codes, 6)
        for number in range(draw.randint(1, 5))
    ]
    found = with_covering(report, *rows)[1:]
    for section in found:
        code = next(c for c, h in words.COVERING_SECTION.items() if h == section.title)
        own = [row for row in rows if row["section"] == code]
        assert texts(section) == [row["text"] for row in own]
        labels = [row["label"] for row in own if row["label"]]
        assert [term.term for term in terms(section)] == labels
    assert {section.title for section in found} == {
        words.COVERING_SECTION[str(row["section"])] for row in rows
    }


def test_rows_follow_their_position_not_their_place_in_the_file(
    covering: list[Any], table: Callable[[str], TableEditor], data: Path
) -> None:
    """Somebody sorts the file by another column: the published order stays."""
    table("covering_report").rewrite(lambda rows: [rows[0], *rows[:0:-1]])
    assert list(covering_outline(open_report("2013-14", data=data))) == covering


# As document nodes

HOSTILE = (
    "<script>alert(1)</script> & <b>bold</b>",
    "*emphasis* **strong** `code` _under_ ~~gone~~",
    "[a link](https://example.org) <https://example.org> ![x](y.png)",
    "{fact}`budget.spend` {ref}`somewhere` {doc}`index`",
    "{{ budget.total_income }} {{ year }} |version|",
    "```{note}\nA directive.\n```",
    ":::{note}\nAnother.\n:::",
    ".. note:: And one more",
    "fact:budget.spend",
    "fact: covering.council_contribution",
    "# Heading\n\n- item\n\n1. item",
    "\"quoted\" 'single' -- --- ...",
    "$x^2$ #strong[x] @ref \\( \\) \\*",
    "(label)=",
    "% comment",
    "+++",
    "[^note] and [ref][other]",
    "exhibit",
)

CONF = """
extensions = ["myst_parser", "sphinx_multitoc_numbering", "hscb_report.book.extension"]
myst_enable_extensions = [
    "attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath", "fieldlist",
    "replacements", "smartquotes", "strikethrough", "substitution", "tasklist",
]
myst_substitutions = {"year": "SUBSTITUTED"}
html_theme = "basic"
numfig = True
smartquotes = True
hscb_facts = FACTS
hscb_exhibits = EXHIBITS
hscb_outlines = OUTLINES
"""

EXHIBIT = {
    "label": "shown",
    "caption": HOSTILE[1],
    "columns": [{"heading": "What <b>", "numeric": False}, {"heading": "Sum", "numeric": True}],
    "rows": [["a", "1"], ["{{ year }}", "2"]],
    "notes": ["{fact}`budget.spend`"],
    "wide": True,
    "row_headers": 1,
    "anchors": [],
    "tones": [],
}


def _hostile_sections() -> list[dict[str, Any]]:
    def term(text: str) -> dict[str, Any]:
        return {"term": text, "paragraphs": (text, f"second {text}"), "fact": ""}

    return [
        {
            "title": text,
            "blocks": (
                {"paragraphs": (text, text)},
                {"items": (text, f"second {text}")},
                {"terms": (term(text),)},
            ),
            "sections": ({"title": text, "blocks": ({"items": (text,)},), "sections": ()},),
        }
        for text in HOSTILE
    ]


def _built(folder: Path, page: str, named: dict[str, Any]) -> tuple[nodes.document, str, str]:
    """Build a page with outlines; return its tree, its HTML and the warnings."""
    source = folder / "source"
    source.mkdir()
    facts = {"budget.spend": "£1 -- <b>", "covering.council_contribution": "£2"}
    conf = CONF.replace("FACTS", repr(facts)).replace("OUTLINES", repr(named))
    (source / "conf.py").write_text(conf.replace("EXHIBITS", repr({"shown": EXHIBIT})), "utf-8")
    (source / "index.md").write_text(page, "utf-8")
    (source / "pages").mkdir()
    (source / "pages" / "sources.md").write_text("---\norphan: true\n---\n# Sources\n", "utf-8")
    warnings = build(source, folder / "out", "html")
    tree = pickle.loads((folder / "out" / ".doctrees" / "index.doctree").read_bytes())
    return tree, (folder / "out" / "index.html").read_text("utf-8"), warnings


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[nodes.document, str]:
    page = "# Page\n\nBefore.\n\n```{outline} hostile\n```\n"
    tree, html, warnings = _built(
        tmp_path_factory.mktemp("hostile"), page, {"hostile": _hostile_sections()}
    )
    assert warnings == ""
    return tree, html


def test_whatever_data_says_stays_text_in_the_nodes(hostile: tuple[nodes.document, str]) -> None:
    tree, _ = hostile
    (page,) = tree.findall(lambda n: isinstance(n, nodes.section) and n["names"] == ["page"])
    sections = [child for child in page.children if isinstance(child, nodes.section)]
    for section, text in zip(sections, HOSTILE, strict=True):
        title, first, second, items, about, inner = section.children
        assert isinstance(title, nodes.title)
        assert [n.astext() for n in (title, first, second)] == [text] * 3
        assert [item.astext() for item in items.children] == [text, f"second {text}"]
        (item,) = about.children
        term, definition = item.children
        assert isinstance(term, nodes.term)
        assert term.astext() == text
        assert [p.astext() for p in definition.children] == [text, f"second {text}"]
        assert inner[0].astext() == text


def test_every_text_is_one_text_node_and_nothing_else(hostile: tuple[nodes.document, str]) -> None:
    tree, _ = hostile
    holders = list(
        tree.findall(lambda n: isinstance(n, nodes.paragraph | nodes.title | nodes.term))
    )
    assert len(holders) > 8 * len(HOSTILE)
    for holder in holders:
        assert [type(child) for child in holder.children] == [nodes.Text]
    kinds = {type(n).__name__ for n in tree.findall(nodes.Element)}
    assert kinds == {
        *("document", "section", "title", "paragraph", "bullet_list", "list_item"),
        *("definition_list", "definition_list_item", "term", "definition"),
    }


def test_whatever_data_says_is_shown_as_it_is(hostile: tuple[nodes.document, str]) -> None:
    """Quotation marks and dashes too: data is not made typographic."""
    _, html = hostile
    body = BeautifulSoup(html, "html.parser").find("div", {"class": "body"})
    assert body is not None
    shown = [" ".join(p.get_text().split()) for p in body.find_all("p")]
    for text in HOSTILE:
        assert shown.count(" ".join(text.split())) >= 4
    assert not body.find_all(["script", "b", "em", "strong", "code", "img", "blockquote"])
    assert {a["class"][0] for a in body.find_all("a")} <= {"headerlink"}
    assert "SUBSTITUTED" not in body.get_text()


def test_every_section_has_an_address_of_its_own(hostile: tuple[nodes.document, str]) -> None:
    tree, _ = hostile
    ids = [name for section in tree.findall(nodes.section) for name in section["ids"]]
    assert len(ids) == len(set(ids)) == 2 * len(HOSTILE) + 1


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> tuple[nodes.document, str]:
    """Return a page with an exhibit and a fact in its outline."""
    term = {"term": "The sum", "paragraphs": (), "fact": "budget.spend"}
    about = {"term": "Monitored by", "paragraphs": ("A group",), "fact": ""}
    section = {
        "title": "Area",
        "blocks": ({"terms": (about, term)}, {"exhibit": "shown"}),
        "sections": (),
    }
    page = "# Page\n\n```{outline} one\n```\n\nAfter {numref}`shown`.\n"
    tree, html, warnings = _built(tmp_path_factory.mktemp("shown"), page, {"one": [section]})
    assert warnings == ""
    return tree, html


def test_a_fact_is_its_text_and_keeps_its_name(shown: tuple[nodes.document, str]) -> None:
    tree, html = shown
    (fact,) = tree.findall(lambda n: isinstance(n, nodes.inline) and "fact" in n)
    assert fact["fact"] == "budget.spend"
    assert fact.astext() == "£1 -- <b>"
    link = BeautifulSoup(html, "html.parser").find("a", {"class": "fact"})
    assert link is not None
    assert link.get_text() == "£1 -- <b>"
    assert str(link["href"]).startswith("pages/sources.html#")


def test_the_exhibit_stands_right_after_its_terms_and_can_be_referred_to(
    shown: tuple[nodes.document, str],
) -> None:
    """The PDF keeps terms of the class "about" on the page of the exhibit that comes next."""
    tree, html = shown
    (about,) = tree.findall(nodes.definition_list)
    assert "about" in about["classes"]
    following = about.parent[about.parent.index(about) + 1]
    assert isinstance(following, nodes.container)
    assert "exhibit" in following["classes"]
    assert 'href="#shown"' in html


def test_every_cell_carries_its_column_s_heading_for_narrow_screens(
    shown: tuple[nodes.document, str],
) -> None:
    """On a phone a row's cells stand below each other, where no header row is seen."""
    soup = BeautifulSoup(shown[1], "html.parser")
    found = soup.find("table")
    assert found is not None
    assert [cell["scope"] for cell in found.find_all("th")] == ["col", "col", "row", "row"]
    assert [cell["data-heading"] for cell in found.find_all("td")] == ["Sum", "Sum"]
    assert unescape(found.find_all("th")[0].get_text()) == "What <b>"


def test_an_unknown_outline_is_refused_with_those_there_are(tmp_path: Path) -> None:
    page = "# Page\n\n```{outline} nonesuch\n```\n"
    _, _, warnings = _built(tmp_path, page, {"plan-actions": [], "covering-report": []})
    assert 'There is no outline "nonesuch". Outlines: plan-actions, covering-report.' in warnings


# From the data to the page


def test_outlines_are_plain_data_under_their_names(report: Report) -> None:
    found = outlines(report)
    assert set(found) == {"plan-actions", "covering-report"}
    assert all(isinstance(section, dict) for sections in found.values() for section in sections)


def test_hostile_data_reaches_the_page_as_text(
    data: Path, table: Callable[[str], TableEditor], tmp_path: Path
) -> None:
    """Through the tables themselves, the loader and the directive."""
    rows = len(table("covering_report").records)
    own = [text for text in HOSTILE if "\n" not in text]
    for row, text in zip(range(rows - len(own) + 1, rows + 1), own, strict=True):
        table("covering_report").set(row, "text", text)
        table("covering_report").set(row, "label", text)
    report = open_report("2013-14", data=data)
    named = outlines(report)["covering-report"]
    for section in named:  # the facts of this page are its own
        for block in section["blocks"]:
            for term in block.get("terms", ()):
                term["fact"] = term["fact"] and "budget.spend"
    page = "# Page\n\n```{outline} covering-report\n```\n"
    tree, _, warnings = _built(tmp_path, page, {"covering-report": named})
    assert warnings == ""
    terms_ = {node.astext() for node in tree.findall(nodes.term)}
    paragraphs = Counter(node.astext() for node in tree.findall(nodes.paragraph))
    for text in own:
        assert text in terms_
        assert paragraphs[text] == 1


def test_every_mark_in_the_action_tables_has_a_word_and_a_shape(report: Report) -> None:
    """Colour is never the only sign: the same rating reads the same, and no two read alike."""
    read: dict[str, set[str]] = {}
    for section in flat(plan_outline(report)):
        for block in section.blocks:
            if not hasattr(block, "exhibit"):
                continue
            shown = report.table(block.exhibit).as_json()
            for row, tones in zip(shown["rows"], shown["tones"], strict=True):
                for text, tone in zip(row, tones, strict=True):
                    if tone:
                        read.setdefault(text, set()).add(tone)
    assert read
    for text, tones in read.items():
        assert re.fullmatch(r"\S \w.*", text), text
        assert len(tones) == 1
