"""How the pages read: words a sentence, and words of the workshop outside the evidence.

`python -m tests.reading _build/2013-14` prints the worst pages of a report; nothing is asserted.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from hscb_report.checks.readability import MOST_WORDS as LONGEST
from hscb_report.report import DEFAULT_DATA, open_report
from hscb_report.results.published import Published

LISTED = 12

_ABBREVIATIONS = re.compile(r"\b(e\.g|i\.e|etc|No|Nos|Dr|Mr|Mrs|Ms|St|cf|vs|p|pp)\.(?=\s)")
_END = re.compile(r"""(?<=[.!?])["'’”)\]]*\s+(?=["'‘“(\[]?[A-Z0-9£{])""")
_FEWEST = 4
"""Words: what has fewer is a label, no sentence."""
_BLOCKS = "p, li, dd, blockquote"
_FILES = re.compile(r"(?<![\w/])[\w./*-]+\.(?:csv|toml|md|ipynb|py|json|xlsx|zip)\b")
_COLUMNS = re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b")
_LINES = re.compile(r"\bL\d{1,4}(?:-L?\d{1,4})?\b")
_ROWS = re.compile(r"\brows? \d+\b")
_RETOLD = re.compile(r"\bretold\b", re.IGNORECASE)


@dataclass(frozen=True)
class Reading:
    """How one page reads: the words of each of its sentences, and its words of the workshop."""

    page: str
    lengths: tuple[int, ...]
    workshop: tuple[str, ...]

    @property
    def average(self) -> float:
        """Return the words a sentence, 0 where there is none."""
        return sum(self.lengths) / len(self.lengths) if self.lengths else 0.0


def readings(folder: Path, report: Published) -> list[Reading]:
    """Return how each page of a rendered report reads; evidence may speak of the workshop."""
    rules = rule_codes(report)
    evidence = {page.path for page in report.contents if page.part.volume in ("evidence", "")}
    found = []
    for path in ("index", *(page.path for page in report.contents)):
        text = (folder / "html" / f"{path}.html").read_text("utf-8")
        page = BeautifulSoup(text, "html.parser").select_one("main, article")
        assert page is not None, path
        for listed in page.select("#downloads"):
            listed.decompose()  # names of files to fetch
        words = () if path in evidence else tuple(workshop_words(page.get_text(" "), rules))
        lengths = tuple(len(sentence.split()) for sentence in sentences(page))
        found.append(Reading(path, lengths, words))
    return found


def rule_codes(report: Published) -> frozenset[str]:
    """Return the codes of all rules that the report was checked by."""
    return frozenset(rule["rule"] for rule in report.checks["rules"])


def sentences(page: Tag) -> Iterator[str]:
    """Yield the sentences of a page's prose: no tables, menus, labels or alternatives of charts."""
    for block in page.select(_BLOCKS):
        if block.select_one(_BLOCKS) or block.find_parent(is_no_prose):
            continue
        text = " ".join(block.get_text().split())
        for sentence in split(text):
            if len(sentence.split()) >= _FEWEST:
                yield sentence


def is_no_prose(tag: Tag) -> bool:
    """Whether a part of a page holds no prose."""
    names = ("nav", "table", "figure", "svg", "pre", "form", "header", "footer", "noscript")
    return tag.name in names


def split(text: str) -> list[str]:
    """Return the sentences of a text; a point after an abbreviation ends none."""
    held = _ABBREVIATIONS.sub(lambda match: f"{match[1]}\0", text)
    return [part.replace("\0", ".") for part in _END.split(held) if part]


def workshop_words(text: str, rules: Iterable[str]) -> Iterator[str]:
    """Yield what says nothing to a reader: rule codes, files, columns, lines, rows, "retold"."""
    codes = "|".join(sorted(map(re.escape, rules)))
    for pattern in (re.compile(rf"\b(?:{codes})\b"), _FILES, _COLUMNS, _LINES, _ROWS, _RETOLD):
        yield from (match[0] for match in pattern.finditer(text))


def main() -> None:
    """Print the pages with the longest sentences, and those with words of the workshop."""
    parser = argparse.ArgumentParser(prog="python -m tests.reading", description=__doc__)
    parser.add_argument("report", type=Path, help="the folder of a report, such as _build/2013-14")
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA, help="its data root")
    asked = parser.parse_args()
    report = open_report(asked.report.resolve().name[:7], "public", asked.data)
    found = readings(asked.report, report)
    lengths = [length for reading in found for length in reading.lengths]
    average = sum(lengths) / len(lengths)
    print(f"{len(found)} pages, {len(lengths)} sentences, {average:.1f} words each")
    print(f"\nWords a sentence (at most {LONGEST}), sentences, longest:")
    for reading in sorted(found, key=lambda each: -each.average)[:LISTED]:
        longest = max(reading.lengths, default=0)
        print(f"{reading.average:6.1f} {len(reading.lengths):4} {longest:4}  {reading.page}")
    print("\nWords of the workshop outside the evidence:")
    for reading in sorted(found, key=lambda each: -len(each.workshop)):
        if reading.workshop:
            common = Counter(reading.workshop).most_common(6)
            told = ", ".join(f"{word} {times}" for word, times in common)
            print(f"{len(reading.workshop):6}  {reading.page}: {told}")


if __name__ == "__main__":
    main()
