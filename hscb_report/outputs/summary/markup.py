"""The markup of the public summary, each part left out where the year has nothing to say in it."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from decimal import Decimal

from hscb_report.figures import Figure
from hscb_report.outputs.notices import edition_line, marking, standing
from hscb_report.outputs.pdf.text import inline, printable, string_literal
from hscb_report.results.exhibit import Exhibit
from hscb_report.results.points import (
    KEY_FIGURES,
    LEAD,
    MAIN,
    MOST_KEY_FIGURES,
    OUTCOMES,
    ShownPoint,
    told,
)
from hscb_report.results.published import Published
from hscb_report.schema.settings import HelpLine
from hscb_report.units import POUNDS, WHOLE_PERCENT
from hscb_report.wording import counted

SIZES = (12.0, 11.5, 11.0, 10.5, 10.0)
"""Sizes of the text in points, the largest that fits is taken; smaller ones nobody reads."""
_LARGER = (13.5, 13.0, 12.5)
"""Sizes of a first page that has room to spare."""
_MOST_LESSONS, _MOST_BARS = 5, 3
_PAGE = "index"
_YEAR = re.compile(r"((?<!\d)\d{4}-\d\d(?!\d))")


def summary_source(
    report: Published, size: float, without: Container[str] = (), *, turns: bool = True
) -> str:
    """Return the markup of the summary, with text of a size in points.

    A first page with room to spare has larger text. It can be made `without` "money" or "lessons",
    where the rest needs their room. One so short that it needs no second page `turns` to none.
    """
    first = [_main_points(report), _key_figures(report)]
    second = [_outcomes(report)]
    second += [] if "lessons" in without else [_lessons(report)]
    second += [] if "money" in without else [_money(report)]
    before = [_band(report), *first]
    if turns and first[0] and any(second):
        sizes = ", ".join(f"{larger:g}pt" for larger in (*_LARGER, *SIZES) if larger >= size)
        before = [f"#fitted(({sizes},))[", *before, "]", "\n#pagebreak(weak: true)\n"]
    parts = (_prologue(report, size), *before, *second, _foot(report))
    return "\n".join(filter(None, parts)) + "\n"


def key_figure_rows(report: Published) -> tuple[tuple[str, ...], ...]:
    """Return the rows of the table of key figures, as they are printed."""
    exhibit = _exhibit(report, KEY_FIGURES)
    return exhibit.texts()[:MOST_KEY_FIGURES] if exhibit else ()


def _exhibit(report: Published, label: str) -> Exhibit | None:
    return next((exhibit for exhibit in report.exhibits if exhibit.label == label), None)


def _prologue(report: Published, size: float) -> str:
    board = report.settings.board
    language, _, region = board.language.partition("-")
    values = {
        "title": f"{board.name}: {_title(report)}",
        "author": board.name,
        "marking": marking(report),
        "lang": language,
        "region": region or "GB",
        "description": " ".join(standing(report)),
    }
    told_of = ", ".join(f"{n}: {string_literal(printable(v))}" for n, v in values.items())
    return f'#import "summary.typ": *\n#show: summary.with(size: {size:g}pt, {told_of})'


def _title(report: Published) -> str:
    return f"Public summary {report.year}"


def _band(report: Published) -> str:
    leads = report.points.of(_PAGE, LEAD)
    lead = _said(report, leads[0].sentence) if leads else ""
    verdicts = ", ".join(
        f"({_text(verdict.title)}, {_text(verdict.judgement)})"
        for verdict in report.points.verdicts[:2]
    )
    name, title = _text(report.settings.board.name), _text(_title(report))
    about = " ".join(
        (edition_line(report), *(f"{line.removesuffix('.')}." for line in standing(report)))
    )
    return (
        f"#band({name}, {title}, [{lead}], ({verdicts}{',' if verdicts else ''}))\n"
        f"#about({_text(about)})"
    )


def _main_points(report: Published) -> str:
    points = report.points.of(_PAGE, MAIN)
    if not points:
        return ""
    return f"== Main points\n#points({_listed(report, points)})"


def _key_figures(report: Published) -> str:
    rows = key_figure_rows(report)
    if not rows:
        return ""
    exhibit = report.exhibit(KEY_FIGURES)
    heads = ", ".join(_text(column.heading) for column in exhibit.columns)
    cells = ", ".join(f"({', '.join(map(_text, row))})" for row in rows)
    return f"== Key figures\n#figures(({heads}), ({cells},))"


def _outcomes(report: Published) -> str:
    columns = [
        f"outcome(colours.{colour}, {_text(title)}, {_listed(report, points)})"
        for name, title, colour in OUTCOMES
        if (points := report.points.of(_PAGE, name))
    ]
    if not columns:
        return ""
    heading = "== What went well, what did not, what comes next"
    return f"{heading}\n#beside({', '.join(columns)})"


def _lessons(report: Published) -> str:
    """Return what was learnt from the deaths of children, in few and careful words."""
    exhibit = _exhibit(report, "child-death-lessons")
    if exhibit is None:
        return ""
    rows = exhibit.texts()
    items = ", ".join(
        f"[#strong[{_words(theme)}{_words(':')}] {_words(_sentence(action))}]"
        for theme, _learnt, action in rows[:_MOST_LESSONS]
    )
    others = len(rows) - _MOST_LESSONS
    more = _words(f"{counted(others, 'other')} stand in the full report.") if others > 0 else ""
    before = "Deaths of children are reviewed, to understand them and to prevent others."
    return (
        "== What was learnt from the deaths of children\n"
        f"#par[{_words(before)}]\n#list({items})\n{more}"
    )


def _money(report: Published) -> str:
    """Return who paid, as bars with their words, and what was spent and is left."""
    exhibit = _exhibit(report, "contribution-shares")
    total = report.facts.get("budget.contributions")
    if exhibit is None or total is None or not total.figure.value:
        return ""
    paid = [*_paid(exhibit)]
    shown, others = paid[:_MOST_BARS], paid[_MOST_BARS:]
    bars = [(name, amount) for name, amount in shown]
    if others:
        name = others[0][0] if len(others) == 1 else f"{len(others)} other agencies"
        bars.append((name, sum((amount for _, amount in others), Decimal(0))))
    whole = Decimal(total.figure.value)
    told_bars = [(name, _pounds(amount), _share(amount, whole), amount) for name, amount in bars]
    alternative = "Bar chart: " + "; ".join(f"{n}, {p} ({s})" for n, p, s, _ in told_bars) + "."
    largest = sum((amount for _, amount in shown), Decimal(0))
    title = f"{_share(largest, whole)} of contributions came from {len(shown)} agencies"
    title = title if others else "Contributions to the Board"
    year = report.year
    below = f"Contributions by agency, pounds and share of all contributions, {year}"
    longest = max(amount for *_, amount in told_bars)
    given = ", ".join(
        f"({_text(name)}, {_text(f'{p} ({s})')}, {amount / longest:.4f})"
        for name, p, s, amount in told_bars
    )
    words = ", ".join((_text(title), _text(below), string_literal(alternative)))
    return f"== The money\n#money({words}, ({given},))\n{_spent(report)}"


def _paid(exhibit: Exhibit) -> Iterator[tuple[str, Decimal]]:
    """Yield who paid and how much, the most first; the line of the total is none of them."""
    rows = ((row[0], row[1]) for row in exhibit.rows)
    found = [
        (name, Decimal(figure.value))
        for name, figure in rows
        if isinstance(name, str) and isinstance(figure, Figure) and figure.value
    ]
    yield from sorted((row for row in found if row[0] != "Total"), key=lambda row: -row[1])


def _spent(report: Published) -> str:
    facts = report.facts
    spend, left = facts.get("budget.spend"), facts.get("budget.carried_forward")
    if spend is None or spend.figure.value is None:
        return ""
    values = report.values
    said = f"The Board spent {values[spend.id]} in the year"
    if left is not None and left.figure.value is not None:
        said += f", and {values[left.id]} was left at its end"
    return f"#par[{_words(said + '.')}]"


def _pounds(amount: Decimal) -> str:
    return POUNDS.text(Figure(amount))


def _share(part: Decimal, whole: Decimal) -> str:
    return WHOLE_PERCENT.text(Figure(part / whole))


def _foot(report: Published) -> str:
    board = report.settings.board
    boxes = []
    if board.help:
        lines = "".join(f"#par[{_help(line)}]" for line in board.help)
        boxes.append(f"[#strong[{_words('Worried about a child?')}] {lines}]")
    where = f"#box[{inline(board.website)}]" if board.website else ""
    ask = f"Contact: {board.contact.removesuffix('.')}." if board.contact else ""
    said = f"{report.settings.title}, with charts, tables and data{':' if where else '.'}"
    lines = "".join(f"#par[{line}]" for line in (_words(said), where, _words(ask)) if line)
    boxes.append(f"[#strong[{_words('The full report')}] {lines}]")
    return f"#foot({', '.join(boxes)})"


def _help(line: HelpLine) -> str:
    """Return a line of help, its number on one line."""
    return f"{_words(line.before)}#box[{inline(line.telephone)}]"


def _listed(report: Published, points: Iterable[ShownPoint]) -> str:
    return ", ".join(f"[{_said(report, point.sentence)}]" for point in points)


def _said(report: Published, sentence: str) -> str:
    """Return a sentence as markup, its names as they are printed."""
    pieces = told(sentence, report.values)
    return "".join(
        f"#strong[{_words(piece.text)}]" if piece.is_strong else _words(piece.text)
        for piece in pieces
    )


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _words(text: str) -> str:
    """Return text as markup in which no reporting year is parted at its hyphen."""
    parts: Sequence[str] = _YEAR.split(text)
    return "".join(
        f"#box[{inline(part)}]" if place % 2 else inline(part)
        for place, part in enumerate(parts)
        if part
    )


def _text(text: str) -> str:
    """Return text as content for an argument."""
    return f"[{_words(text)}]"
