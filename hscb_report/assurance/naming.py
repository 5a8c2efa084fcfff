"""The names that texts may give numbers by, each with its value and where it is used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hscb_report.assurance import NAMES_FOR_TEXTS
from hscb_report.errors import ReportError
from hscb_report.results.exhibit import Column, Exhibit, exhibit
from hscb_report.results.history import BEHIND_A_FACT
from hscb_report.wording import nearest, quoted, shortened

WIDTH = 100
"""Signs of a line, which a screen has room for."""
NOWHERE = "nowhere yet"
_GAP = "  "
_WIDEST_NAME, _WIDEST_VALUE = 34, 12
"""Signs up to which names and values fill their columns; a longer one pushes the rest along."""
_LEAST = 12
"""Signs of a label that are worth their room."""
_BEHIND = {
    "previous": "the value of the year before",
    "change": 'how much it changed: "£8,500 more"',
    "trend": 'the change in words: "up 4% from £212,000"',
    "counted": 'the number with what it counts: "7 findings", "five children"',
    "Counted": 'the same to begin a sentence: "Seven findings"',
    "of_all": 'the number beside its whole: "4 of 7 findings", "none of the 7 findings"',
    "Of_all": 'the same to begin a sentence: "None of the 7 findings"',
    "words": 'the number alone, up to nine in words: "one", "none", "11"',
    "more_or_less": 'a difference with its direction: "£12,300 more"',
    "of_every_pound": 'a share of money in pence: "97p of every £1"',
    "were": '"was" or "were", as the number asks',
    "are": '"is" or "are"',
    "have": '"has" or "have"',
    "exact": "the number as tables print it, not rounded",
    "period": "the time that the number is of",
}
_NAMES = {
    "year": "the reporting year",
    "previous_year": "the year before it",
    "plan_year": "the year of the plan",
    "as_at": "the day at which the plan is looked at",
    "board": "the Board's name",
    "board_short": "its short name",
    "area": "the Board's area",
    "title": "the report's title",
    "plan_title": "the plan's title",
}


@dataclass(frozen=True)
class NamedFact:
    """A number that texts may name: its name, its value and label as printed, where it is used."""

    name: str
    value: str
    label: str
    used_in: tuple[str, ...] = ()

    def has(self, words: Iterable[str]) -> bool:
        """Whether every word stands in its name, label or value, whatever its case."""
        told = "\n".join((self.name, self.label, self.value)).casefold()
        return all(word.casefold() in told for word in words)

    def as_json(self) -> dict[str, Any]:
        """Return the object of `facts --format json`."""
        return {
            "name": self.name,
            "value": self.value,
            "label": self.label,
            "used_in": list(self.used_in),
        }


def chosen_facts(facts: Iterable[NamedFact], words: Sequence[str]) -> tuple[NamedFact, ...]:
    """Return the facts in which all of the words occur.

    Raises ReportError, with the nearest names, if there is none.
    """
    listed = tuple(facts)
    found = tuple(fact for fact in listed if fact.has(words))
    if listed and not found:
        asked = " and ".join(quoted(word) for word in words)
        raise ReportError(
            f"No fact has {asked} in its name, label or value. {_near(listed, words)}"
        )
    return found


def fact_lines(facts: Iterable[NamedFact], names: Mapping[str, str]) -> Iterator[str]:
    """Yield a line for each fact, then what may stand behind a name, then the other names.

    A line has room on a screen: the label is shortened, never the name. `names` are those that are
    of no fact, with what stands for each in this year.
    """
    listed = tuple(facts)
    columns = [
        max((len(text) for text in texts if len(text) <= widest), default=0)
        for texts, widest in (
            ([fact.name for fact in listed], _WIDEST_NAME),
            ([fact.value for fact in listed], _WIDEST_VALUE),
        )
    ]
    for fact in listed:
        yield _line(fact.name, fact.value, fact.label, _places(fact.used_in), columns)
    yield ""
    yield from _phrase_lines(listed)
    yield ""
    yield "Names that are of no number, and what stands for them in this year:"
    told = [(f"{{{{ {name} }}}}", _NAMES.get(name, name), text) for name, text in names.items()]
    for written, means, text in told:
        start = f"  {written:<21}  "
        yield start + shortened(f"{means}: {text}", WIDTH - len(start))


def _phrase_lines(facts: Sequence[NamedFact]) -> Iterator[str]:
    """Yield how a name is written in a text, and each phrase that may stand behind it."""
    yield f"{_in_braces(facts)} Behind it may stand"
    for phrase in BEHIND_A_FACT:
        yield f"  {f'.{phrase}':<21}  {_BEHIND.get(phrase, phrase)}"


def names_as_json(facts: Iterable[NamedFact], names: Mapping[str, str]) -> dict[str, Any]:
    """Return the object of `facts --format json`."""
    return {
        "facts": [fact.as_json() for fact in facts],
        "phrases": {phrase: _BEHIND.get(phrase, phrase) for phrase in BEHIND_A_FACT},
        "names": dict(names),
    }


def names_exhibit(facts: Iterable[NamedFact], titles: Mapping[str, str]) -> Exhibit:
    """Return the table of names, for those who write a draft.

    `titles` are those of the pages, by the files whose prose is on them.
    """
    listed = tuple(facts)
    rows = [(fact.name, fact.value, fact.label, _pages(fact, titles)) for fact in listed]
    return exhibit(
        NAMES_FOR_TEXTS,
        "Names by which a text takes a number from the data",
        (Column("Name"), Column("Value"), Column("What it is"), Column("Pages that name it")),
        rows or [("none", "none", "no number has a name yet", NOWHERE)],
        f"{_in_braces(listed)} Behind it may stand "
        + ", ".join(f".{phrase} ({_BEHIND.get(phrase, phrase)})" for phrase in BEHIND_A_FACT)
        + ".",
        "Pages are those whose prose names the number. Tables and charts show it without its name.",
        wide=True,
    )


def _in_braces(facts: Sequence[NamedFact]) -> str:
    """Return how a name is written in a text; the first one is the example."""
    example = facts[0].name if facts else "chapter.name"
    return f"In a text a name stands in braces: {{{{ {example} }}}}."


def _pages(fact: NamedFact, titles: Mapping[str, str]) -> str:
    found = dict.fromkeys(titles.get(file, file) for file in fact.used_in)
    return "; ".join(found) or NOWHERE


def _near(facts: Sequence[NamedFact], words: Iterable[str]) -> str:
    """Return the names that come nearest to what was asked for."""
    names = {fact.name for fact in facts}
    parts: dict[str, list[str]] = {}
    for fact in facts:
        for part in {*fact.name.split("."), *fact.name.replace(".", "_").split("_")}:
            parts.setdefault(part, []).append(fact.name)
    near: list[str] = []
    for word in words:
        near += nearest(word, names)
        near += (name for part in nearest(word, parts, 1) for name in parts[part][:3])
    listed = [quoted(name, WIDTH) for name in dict.fromkeys(near)][:3]
    return f"Did you mean {' or '.join(listed)}?" if listed else "Without words all are listed."


def _places(files: Sequence[str]) -> str:
    """Return where a fact is used in few signs: its first page's name, and how many more."""
    names = [*dict.fromkeys(file.rpartition("/")[2].rpartition(".")[0] for file in files)]
    more = f" +{len(names) - 1}" if names[1:] else ""
    return f"{names[0]}{more}" if names else NOWHERE


def _line(name: str, value: str, label: str, place: str, columns: Sequence[int]) -> str:
    """Return a line of at most WIDTH signs, but of a name that is longer."""
    start, end = f"{name:<{columns[0]}}{_GAP}{value}", f" [{place}]"
    aligned = f"{start:<{columns[0] + len(_GAP) + columns[1]}}{_GAP}"
    has_room = WIDTH - len(aligned) - len(end) >= _LEAST
    start = aligned if has_room else f"{name}{_GAP}{value}{_GAP}"
    room = WIDTH - len(start) - len(end)
    if room > 1:
        return f"{start}{shortened(label, room)}{end}"
    return f"{name}{_GAP}{shortened(f'{value}{end}', WIDTH - len(name) - len(_GAP))}".rstrip()
