"""What a text may hold: everything that is listed, nothing else, each refusal with its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_report.checks.markdown import NAME
from hscb_report.checks.markup import markup_of
from tests.checks.test_markdown import SIGNS
from tests.outputs.page_of_everything import EVERYTHING
from tests.strategies import markdown_pages


def problems(text):
    return [(problem.line, problem.found) for problem in markup_of(text).problems]


def test_everything_that_is_listed_may_stand_on_a_page():
    assert markup_of(EVERYTHING).problems == []


@pytest.mark.parametrize(
    ("text", "line", "found"),
    [
        # settings, files, code and other formats
        ("---\nfile_format: mystnb\n---\n# T", 1, "---"),
        ("# T\n\n```{include} /etc/passwd\n```", 3, "{include}"),
        ("# T\n\n```{literalinclude} a.py\n```", 3, "{literalinclude}"),
        ("x\n\n:::{csv-table}\n:file: a.csv\n:::", 3, "{csv-table}"),
        ("```{raw} html\n:file: a\n```", 1, "{raw}"),
        ("```{eval-rst}\n.. include:: a\n```", 1, "{eval-rst}"),
        ("```{code-cell}\n1\n```", 1, "{code-cell}"),
        ("```{math}\na\n```", 1, "{math}"),
        ("```{list-table} T\n* - a\n```", 1, "{list-table}"),
        ("```{figure} a.png\n```", 1, "{figure}"),
        ("```{toctree}\na\n```", 1, "{toctree}"),
        ("```{note}\n```{include} a\n```\n```", 2, "```{include} a"),
        ("````{note}\nx\n```{include} a\n```\n````", 3, "{include}"),
        ("- x\n\n  ```{include} a\n  ```", 3, "{include}"),
        ("> ```{raw} html\n> <b>\n> ```", 1, "{raw}"),
        ("a {download}`x.csv` b", 1, "{download}"),
        ("a\nb {math}`x`", 2, "{math}"),
        ("a {name}`year`", 1, "{name}"),
        ("a {eval}`1`", 1, "{eval}"),
        ("x\n\n```python\nprint()\n```", 3, "python"),
        ("::: x\na\n:::", 1, "x"),
        # HTML and comments
        ("a <b>b</b>", 1, "<b>"),
        ("a\nb<br>c", 2, "<br>"),
        ("x\n\n<div>\ny\n</div>", 3, "<div>"),
        ("x\n\n<!-- y -->", 3, "<!-- y -->"),
        ("x\n\n% y", 3, "% y"),
        ("+++ x", 1, "+++ x"),
        # links and pictures
        ("[a](file:///etc/passwd)", 1, "file:///etc/passwd"),
        ("[a](javascript\\:x)", 1, "javascript:x"),
        ("[a](data:text/plain,x)", 1, "data:text/plain,x"),
        ("[a](//example.org/x)", 1, "//example.org/x"),
        ("[a](ftp://example.org)", 1, "ftp://example.org"),
        ("<inv:a>", 1, "inv:a"),
        ("<path:a.md>", 1, "path:a.md"),
        ("[](https://example.org)", 1, "https://example.org"),
        ("[a](http://[x)", 1, "http://[x"),
        ("[a](https://)", 1, "https://"),
        ("[a]()", 1, ""),
        ("[a](b.md '42 children')", 1, "42 children"),
        ("[a][b]\n\n[b]: https://example.org '42'", 3, "b"),
        ("x\n\n[b]: 42", 3, "b"),
        ("![a](b.png)", 1, "b.png"),
        ("![a](https://example.org/b.png)", 1, "https://example.org/b.png"),
        ("[a ![b](c.png)](d.md)", 1, "c.png"),
        # names
        ("a {{ year", 1, "{{ year"),
        ("a\n\nb {{ year\n\n}}", 3, "{{ year"),
        ("a `{{ year }}`", 1, "{{"),
        ("```\n{{ year }}\n```", 1, "{{"),
        ("[a]({{year}}.md)", 1, "{{year}}.md"),
        ("x\n\na \\{{ year }}", 3, "{{"),
        ("| a |\n|---|\n| {{ a | b }} |", 3, "{{ a"),
        ("{numref}`Table 5 <a>`", 1, "Table 5 <a>"),
        # blocks
        ("x\n\n```\ny", 3, "```"),
        ("x\n\n````{note}\ny\n```", 3, "````{note}"),
        (":::{note}\ny", 1, ":::{note}"),
        ("a\n\n***\n\nb", 3, "***"),
        ("a\n\n    b", 3, "b"),
        ("A title\n===", 1, "A title"),
        ("42 children\n---", 1, "42 children"),
        ("- # T", 1, "T"),
        ("> ## T", 1, "T"),
        ("```{note}\n## T\n```", 2, "T"),
        ("##", 1, "#"),
        ("## T[^a]\n\n[^a]: b", 1, "T[^a]"),
        ("x[^a]\n\n- [^a]: b", 3, "a"),
        ("x[^a]\n\n[^a]:", 3, "a"),
        ("(Label One)=\n# T", 1, "Label One"),
        ("(search)=\n# T", 1, "search"),
        ("(a)=\nx", 1, "a"),
        ("- (a)=\n  # T", 1, "a"),
        ("| a |\n|---|\n| b | 42 |", 3, "42"),
        ("| a |\n|---|", 1, ""),
        # directives
        ("```{note} 42 children\nx\n```", 1, "42 children"),
        ("```{note}\n:class: x\ny\n```", 2, ":class: x"),
        ("```{note}\n---\nclass: x\n---\ny\n```", 2, "---"),
        ("```{note}\n\n```", 1, "note"),
        ("```{exhibit}\n```", 1, "exhibit"),
        ("```{exhibit} a b\n```", 1, "exhibit"),
        ("```{exhibit} a\n42 children\n```", 1, "exhibit"),
        ("```{picture} a\n:alt: x\n```", 1, "picture"),
        ("- x\n\n  ```{exhibit} a\n  ```", 3, "exhibit"),
        ("````{note}\n```{outline} a\n```\n````", 2, "outline"),
        # what the eye does not see
        ("&#52;2 children", 1, "&#52;"),
        ("a&nbsp;b", 1, "&nbsp;"),
        ("> " * 14 + "x", 1, ""),
    ],
)
def test_what_is_not_listed_is_refused_with_its_line(text, line, found):
    assert (line, found) in problems(text)
    assert all(each.what and each.hint for each in markup_of(text).problems)


@pytest.mark.parametrize(
    "text",
    [
        "counts <5, 3 < 4 & 5 > 4, Q&A, a_b_c, 2*3*4, $5, 50%, {x}, }}",
        "as ::: is, or :a:, or [x], or (x)= y",
        "<https://example.org> <a@example.org> [a](mailto:a@example.org)",
        "[](page.md) [a](#b) [a](/pages/b.md)",
        "{{ a }} and {{b}}\n\n{{ c }}\n\n| {{ d }} |\n|---|\n| {{ e }} |",
        "{{ a\n}} b {{ c }}",
        "\\{\\{ year \\}\\}",
        "~~~\n# <b> ![a](b)\n~~~",
        "",
    ],
)
def test_ordinary_signs_are_not_taken_for_what_is_refused(text):
    assert problems(text) == []


def test_each_line_counts_in_lists_quotations_and_notes_too():
    text = (
        "# T\n\n- a\n- b\n  c <i>\n\n> d\n> e <u>\n\n````{note}\nf\n```{tip}\ng\nh <s>\n```\n````"
    )
    assert problems(text) == [(5, "<i>"), (8, "<u>"), (14, "<s>")]


def test_names_headings_and_references_are_told_with_their_lines():
    text = (
        "(start)=\n# Title\n\nSee {numref}`a` and {ref}`b`,\n{doc}`c` or [d](e.md), [f](#g).[^h]"
        "\n\n## Below\n\n```{exhibit} i\n```\n\n[^h]: Words.\n"
    )
    markup = markup_of(text)
    assert [(h.line, h.level, h.text) for h in markup.headings] == [
        (2, 1, "Title"),
        (7, 2, "Below"),
    ]
    assert [(n.line, n.kind, n.name) for n in markup.named] == [
        (1, "label", "start"),
        (4, "numref", "a"),
        (4, "ref", "b"),
        (5, "doc", "c"),
        (5, "page", "e.md"),
        (5, "place", "g"),
        (5, "noted", "h"),
        (9, "exhibit", "i"),
        (12, "note", "h"),
    ]
    assert markup.start == 2


@given(st.text() | st.text(SIGNS, max_size=40) | markdown_pages())
def test_any_text_can_be_read(text):
    lines = text.count("\n") + text.count("\r") + 1
    assert all(1 <= problem.line <= lines for problem in markup_of(text).problems)


@given(st.lists(st.sampled_from(("{{ a }}", "{{ b.c }}", "{{", "}}", "`", "|", "\n", " x ", "\\"))))
def test_a_name_that_is_not_refused_is_one_that_is_filled_in(parts):
    """What the pages are made with, and what the parser sees, are the same names."""
    text = "".join(parts)
    if not markup_of(text).problems:
        left = NAME.sub("", text)
        assert "{{" not in left
