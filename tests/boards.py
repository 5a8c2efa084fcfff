"""Boards that nobody has seen: a whole data root, invented from a seed.

Every word that a board may choose is its own, the figures agree with each other as the rules ask,
and any part may be left out. What is random follows from the seed alone.
"""

from __future__ import annotations

import csv
import json
import random
import struct
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from hscb_report.report.reading import Run
from hscb_report.results.fact import Fact
from hscb_report.results.history import PERIOD
from hscb_report.results.phrases import PHRASES
from hscb_report.schema import vocabularies as fixed
from hscb_report.schema.cells import Month
from hscb_report.schema.vocabularies import CHOSEN
from hscb_report.years import ReportingYear

Line = dict[str, object]

PARTS: Mapping[str, tuple[str, ...]] = {
    "context": ("context",),
    "performance": ("performance",),
    "audits": ("audits",),
    "self_assessments": ("self_assessments",),
    "case_reviews": ("case_reviews",),
    "training": ("training",),
    "child_deaths": ("child_deaths",),
    "policies": ("policies",),
    "priorities": ("priorities",),
    "inspections": ("journey",),
    "membership": ("membership",),
    "attendance": ("attendance",),
    "budget": ("budget",),
    "plan": ("plan", "actions", "tracker"),
    "golden_thread": ("golden_thread",),
    "covering_report": ("covering_report",),
    "sources": (),
    "headings": (),
    "callouts": (),
    "coverage": (),
    "pictures": (),
    "own_tables": (),
    "stated_counts": (),
    "earlier_figures": (),
    "contents": (),
}
"""The parts that a board may lack, each with the chapters that then are left out."""

# Neither 2013-14 nor a year whose report speaks of it: as the year before, or as that of the plan.
_YEARS = (2010, 2011, *range(2016, 2024))
_STARTS = ("b", "br", "d", "dr", "f", "g", "gl", "k", "kr", "l", "m", "n", "p", "r", "t", "v", "z")
_VOWELS = ("a", "e", "i", "o", "u", "ø", "å", "ü", "é", "ą")
_ENDS = ("", "", "n", "l", "rk", "ß", "ž", "ŵ")
# What an output could take for its own markup.
_HOSTILE = (
    "<b>x</b>",
    "{{ year }}",
    "`code`",
    "a | b",
    '"quoted"',
    "it's, well",
    "*stars*",
    "[x](y)",
    "&amp; &",
    "$x$",
    "# no heading",
    "\\n",
    "{numref}`x`",
    "#set",
)
# What calculations must know of a board's words, by the place of the word in its vocabulary.
_MEANS: Mapping[str, tuple[str, ...]] = {
    "stream": ("children",),
    "referral_outcome": (
        *("serious_case_review;independent", "independent", ""),
        "no_review;undecided",
    ),
    "death_dimension": ("whole", "exhaustive", ""),
    "death_category": ("whole", "", "", "", "modifiable", "not_modifiable", ""),
    "audit_kind": ("case_reviews", "child_death_reviews", "thematic"),
    "audit_grade": ("good", ""),
    "self_assessment_grade": ("met", "", "not_applicable"),
    "finding_status": ("closed", "closed", "", "not_reviewed"),
    "covering_section": ("one_line", "recommendation", "contribution"),
}
# The dimension of each category of child deaths, by place.
_OF = {"death_category": (0, 1, 1, 1, 2, 2, 2)}


@dataclass(frozen=True)
class Board:
    """A board that was written: where, of which year, what it lacks, and the words it chose."""

    folder: Path
    year: ReportingYear
    kind: str
    name: str
    without: frozenset[str]
    words: Mapping[str, Mapping[str, str]]

    @property
    def left_out(self) -> frozenset[str]:
        """The names of the chapters of which it has no data."""
        return frozenset(chapter for part in self.without for chapter in PARTS[part])


def write_board(
    folder: Path, seed: int, kind: str = "publication", without: Collection[str] = ()
) -> Board:
    """Write the data root of a board, but for some of its PARTS."""
    unknown = set(without) - set(PARTS)
    assert not unknown, f"no such parts: {unknown}"
    maker = _Maker(seed, kind, frozenset(without))
    maker.make()
    maker.write(folder)
    words = {
        name: {str(row["code"]): str(row["label"]) for row in rows}
        for name, rows in maker.words.items()
    }
    return Board(folder, maker.year, kind, maker.name, maker.without, words)


def some_parts(seed: int) -> frozenset[str]:
    """Return about half of the parts, to be left out."""
    rng = random.Random(f"parts {seed}")
    return frozenset(part for part in PARTS if rng.random() < 0.5)


class _Invented:
    """Words that are nobody's, each told once."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(f"board {seed}")
        self._taken: set[str] = set()

    def word(self, vowels: Sequence[str] = _VOWELS, ends: Sequence[str] = _ENDS) -> str:
        """Return a word that can be said and has not been told yet."""
        while True:
            syllables = (
                self.rng.choice(_STARTS) + self.rng.choice(vowels)
                for _ in range(self.rng.randint(3, 4))
            )
            word = "".join(syllables) + self.rng.choice(ends)
            if word not in self._taken:
                self._taken.add(word)
                return word

    def code(self) -> str:
        """Return a short code of plain letters."""
        word = self.word(_VOWELS[:5], ("", "n", "l"))
        return word if self.rng.random() < 0.6 else f"{word}_{self.rng.randint(1, 9)}"

    def free_code(self) -> str:
        """Return a code as a vocabulary may have it: any text but a semicolon."""
        code = self.code()
        styles = (code, code.capitalize(), f"{code} {self.code()}", f"{code}-{self.code()}")
        return self.rng.choice(styles)

    def title(self, hostile: float = 0.3) -> str:
        """Return a few words, at times with what could be taken for markup."""
        words = [self.word() for _ in range(self.rng.randint(1, 3))]
        if self.rng.random() < hostile:
            words.insert(self.rng.randint(0, len(words)), self.rng.choice(_HOSTILE))
        told = " ".join(words)
        return told[:1].upper() + told[1:]

    def sentence(self) -> str:
        """Return some words more."""
        return " ".join(self.title(0.15) for _ in range(self.rng.randint(2, 4)))


class _Maker(_Invented):
    """A board on its way: its words, its tables by name, its texts by path."""

    def __init__(self, seed: int, kind: str, without: frozenset[str]) -> None:
        super().__init__(seed)
        self.kind, self.without = kind, without
        self.year = ReportingYear(self.rng.choice(_YEARS))
        self.name, self.short_name, self.area = (self.title(0) for _ in range(3))
        self.words: dict[str, list[Line]] = {}
        self.reference: dict[str, list[Line]] = {}
        self.tables: dict[str, list[Line]] = {}
        self.texts: dict[str, str] = {}
        self.own: dict[str, list[list[str]]] = {}
        self.pictures: dict[str, bytes] = {}
        self.settings: list[str] = []
        self.reports_by: dict[str, Decimal] = {}

    def make(self) -> None:
        """Invent everything that is not left out, what is referred to first."""
        self._vocabularies()
        self._references()
        for part in PARTS:
            if part not in self.without and (make := getattr(self, f"_{part}", None)):
                make()

    # Small choices --------------------------------------------------------------------------

    def codes(self, vocabulary: str) -> list[str]:
        return [str(row["code"]) for row in self.words[vocabulary]]

    def meaning(self, vocabulary: str, word: str) -> list[str]:
        rows = self.words[vocabulary]
        return [str(row["code"]) for row in rows if word in str(row["means"]).split(";")]

    def any_of(self, vocabulary: str | Mapping[str, str]) -> str:
        listed = self.codes(vocabulary) if isinstance(vocabulary, str) else list(vocabulary)
        return self.rng.choice(listed)

    def some(self, items: Iterable[Any], least: int = 0) -> list[Any]:
        listed = list(items)
        return self.rng.sample(listed, self.rng.randint(min(least, len(listed)), len(listed)))

    def maybe(self, value: object, chance: float = 0.6) -> object:
        return value if self.rng.random() < chance else None

    def several(self, least: int, most: int) -> range:
        return range(self.rng.randint(least, most))

    def pounds(self) -> Decimal:
        pence = self.rng.choice((0, 0, self.rng.randint(0, 99)))
        return (self.rng.randint(300, 90_000) + Decimal(pence) / 100).quantize(Decimal("0.01"))

    def amounts(self, least: int = 1) -> Line:
        """Return what a line of the account came to, had a budget of, and will have; 1 or -1."""
        sign = self.rng.choice((least, 1, 1))
        return {
            "amount": sign * self.pounds(),
            "budget": self.pounds(),
            "next_year": self.pounds(),
        }

    def month(self, year: ReportingYear, first: int = 0) -> Month:
        number = self.rng.randint(first, 11) + 3
        return Month(year.first + number // 12, number % 12 + 1)

    def column(self, table: str, name: str) -> list[Any]:
        return [row[name] for row in self.tables.get(table, ())]

    def add(self, table: str, rows: Iterable[Line]) -> list[Line]:
        self.tables[table] = list(rows)
        return self.tables[table]

    def agencies(self) -> list[str]:
        return [str(row["agency"]) for row in self.reference["agencies"]]

    # What holds for every year --------------------------------------------------------------

    def _vocabularies(self) -> None:
        for name in CHOSEN:
            means = _MEANS.get(name, ())
            size = max(len(means), self.rng.randint(2, 5))
            # The address of a page and the names of tables are made from these.
            make = self.code if name == "journey_area" else self.free_code
            self.words[name] = [
                {
                    "vocabulary": name,
                    "code": make(),
                    "label": self.title(0.4),
                    "of": None,
                    "means": means[number] if number < len(means) else "",
                }
                for number in range(len(means) if name.startswith("death_") else size)
            ]
        dimensions = self.codes("death_dimension")
        for row, place in zip(self.words["death_category"], _OF["death_category"], strict=True):
            row["of"] = dimensions[place]
        for row in self.words["category"]:
            row["of"] = self.rng.choice(self.codes("dimension"))
        self.reference["vocabularies"] = [row for rows in self.words.values() for row in rows]

    def _references(self) -> None:
        codes = [self.code() for _ in self.several(5, 8)]
        self.reference["agencies"] = [{"agency": code, "name": self.title()} for code in codes]
        self.reference["agencies"][-1]["part_of"] = codes[2]
        self.reference["measures"] = [
            {
                "measure": self.code(),
                "name": self.title(),
                "chapter": chapter,
                "unit": self.word(),
                "per": per,
                "population": population,
                "better": self.any_of(fixed.DIRECTION),
                "target": self.maybe(self.rng.randint(1, 99)),
                "counts": self.word(),
                "protected": "yes" if chapter == "performance" else "no",
                "definition": self.sentence(),
            }
            for per, population, chapter in zip(
                _PER,
                (*fixed.POPULATION, None, None, None),
                ("context", "context", "context", *self._measured_in("performance", "training")),
                strict=True,
            )
        ]
        whole, part, *_ = self.reference["measures"]
        part["part_of"] = whole["measure"]
        kinds = ("own", "neighbour", "neighbour", "neighbour", "region", "nation")
        names = (self.area, *(self.title() for _ in kinds[1:]))
        self.reference["areas"] = [
            {"area": area, "kind": kind} for area, kind in zip(names, kinds, strict=True)
        ]
        self.reference["own_requirements"] = [
            {
                "requirement": self.code(),
                "asks_for": self.sentence(),
                "authority": self.title(),
                "first_year": self.maybe(self.year.previous),
                "last_year": self.maybe(self.year),
            }
            for _ in self.several(1, 3)
        ]

    def _measured_in(self, *chapters: str) -> list[str]:
        """Return chapters that show a measure, the context for one that is left out."""
        return ["context" if chapter in self.without else chapter for chapter in chapters]

    def _headings(self) -> None:
        self.reference["headings"] = [
            {"exhibit": exhibit, "usual": usual, "own": f"{self.title()}{end}"}
            for exhibit, usual, end in (
                ("referral-outcomes", "caption", ", {{ year }}"),
                ("referral-outcomes", "Outcome of referral", ""),
                ("contribution-shares", "Contribution", ""),
                ("contribution-shares", "Agency", ""),
                ("policies", "Status", ""),
                ("periodic-reports", "caption", " {{ year }}"),
            )
        ]

    # Chapters -------------------------------------------------------------------------------

    def _budget(self) -> None:
        paid = self.add(
            "contributions",
            (
                {"agency": agency, "organisation": self.title(), **self.amounts()}
                for agency in self.agencies()[1:]
            ),
        )
        spent = self.add(
            "expenditure",
            (
                {
                    "line": self.title(),
                    "statutory_heading": self.any_of("statutory_heading"),
                    **self.amounts(),
                }
                for _ in self.several(3, 7)
            ),
        )
        other = self.add(
            "other_income",
            (
                {"line": self.title(), "kind": kind, **self.amounts(-1)}
                for kind in self.codes("income_kind")
            ),
        )
        self.add(
            "help_in_kind",
            (
                {
                    "agency": agency,
                    "organisation": self.title(),
                    "help": self.sentence(),
                    "value": self.maybe(self.pounds()),
                }
                for agency in self.some(self.agencies(), 1)
            ),
        )
        income, spend = (sum(r["amount"] for r in rows) for rows in ([*paid, *other], spent))  # type: ignore[misc]
        brought = self.pounds() + max(0, -income)  # a board's income is no debt
        total = brought + income
        balances = (("brought_forward", brought), ("carried_forward", total - spend))
        self.add("fund_balances", ({"balance": b, "amount": a} for b, a in balances))
        self.add("budget_totals", ({"total": t, "amount": total} for t in fixed.BUDGET_TOTAL))

    def _membership(self) -> None:
        self.add(
            "membership",
            (
                {
                    "agency": agency,
                    "role": self.title(),
                    "people": self.rng.randint(1, 3),
                    "represents": self.maybe(self.title(), 0.3),
                    "organisation": self.title(),
                }
                for agency in (*self.agencies(), self.agencies()[0])
            ),
        )

    def _groups_of_board(self) -> list[str]:
        if "groups" not in self.tables:
            self.add(
                "groups",
                ({"group": self.code(), "name": self.title()} for _ in self.several(2, 4)),
            )
        return self.column("groups", "group")

    def _attendance(self) -> None:
        groups = self._groups_of_board()
        agencies = self.agencies()
        self.add(
            "attendance_agencies",
            ({"agency": agency, "organisation": self.title()} for agency in agencies),
        )
        pairs = [(group, agency) for group in groups for agency in self.some(agencies, 2)]
        self.add(
            "attendance_records",
            (
                {
                    "group": group,
                    "day": self.year.start + timedelta(60 * meeting + 9),
                    "agency": agency,
                    "presence": self.any_of(fixed.PRESENCE),
                }
                for group, agency in pairs[::2]
                for meeting in range(4)
            ),
        )
        self.add("attendance_counts", (self._attended(*pair) for pair in pairs[1::2]))

    def _attended(self, group: str, agency: str) -> Line:
        attended, deputy, neither = (self.rng.randint(0, 8) for _ in range(3))
        return {
            "agency": agency,
            "group": group,
            "meetings": attended + deputy + neither,
            "attended": attended,
            "deputy": deputy,
        }

    def _case_reviews(self) -> None:
        streams, decided = self.codes("stream"), self.codes("referral_outcome")
        none = self.meaning("referral_outcome", "no_review")
        methods = self.codes("review_method")
        outcomes = self.add(
            "referral_outcomes",
            (
                {
                    "stream": stream,
                    "outcome": outcome,
                    "referrals": self.rng.randint(0, 6),
                    "method": None if outcome in none else self.maybe(self.any_of("review_method")),
                }
                for stream in streams
                for outcome in decided
            ),
        )
        # One outcome, of several methods.
        outcomes.append({**outcomes[0], "method": None if outcomes[0]["method"] else methods[0]})
        received = {
            stream: sum(int(str(r["referrals"])) for r in outcomes if r["stream"] == stream)
            for stream in streams
        }
        self.add("referrals", ({"stream": s, "received": n} for s, n in received.items()))
        self.add(
            "reviews_carried_over",
            (
                {
                    "stream": stream,
                    "referred_in": self.year.previous,
                    "completed": self.rng.randint(0, 2),
                }
                for stream in streams
            ),
        )
        self.add(
            "referral_totals",
            (
                {"year": self.year.previous, "referrals": self.rng.randint(0, 60)},
                {"year": self.year, "referrals": sum(received.values())},
            ),
        )
        self._number_in_programme("case_reviews", *self._reviews_of_children())
        self._reviews()

    def _reviews(self) -> None:
        """Add reviews at every step, and what they and a national one recommend."""
        reviews = self.add(
            "reviews",
            (
                {
                    "review": self.code(),
                    "title": self.title(),
                    "stream": self.any_of("stream"),
                    "method": self.maybe(self.any_of("review_method")),
                    "began": self.maybe(began),
                    "ended": ended,
                    "published": self.maybe(self.month(self.year.next)) if ended else None,
                }
                for began in (self.month(self.year.previous), self.month(self.year.previous))
                for ended in (self.month(self.year), None)
            ),
        )
        made_by: list[tuple[object, object]] = [(row["review"], None) for row in reviews]
        made_by.append((None, self.title()))
        asked = self.add(
            "recommendations",
            (
                {
                    "recommendation": self.code(),
                    "review": review,
                    "national_review": national,
                    "asks_for": self.sentence(),
                    "agency": self.maybe(self.rng.choice(self.agencies())),
                    "due": self.maybe(self.month(self.year)),
                }
                for review, national in made_by
            ),
        )
        rated = [(row["recommendation"], days) for days in (200, 300) for row in self.some(asked)]
        self.add(
            "recommendation_status",
            (
                {
                    "record": record,
                    "recommendation": recommendation,
                    "as_at": self.year.start + timedelta(days),
                    "completion": self.any_of(fixed.COMPLETION_RAG),
                    "progress": self.maybe(self.sentence()),
                    "reported_in": self.title(),
                }
                for record, (recommendation, days) in enumerate(rated, 1)
            ),
        )

    def _reviews_of_children(self) -> tuple[int, int]:
        """Return the reviews chaired independently, and the Serious Case Reviews among them."""
        children = self.meaning("stream", "children")

        def led(word: str) -> int:
            return sum(
                row["referrals"]
                for row in self.tables["referral_outcomes"]
                if row["stream"] in children and row["outcome"] in self.meaning(*_OUTCOME, word)
            )

        return led("independent"), led("serious_case_review")

    def _child_deaths(self) -> None:
        counts: list[Line] = []
        whole, *dimensions = self.codes("death_dimension")
        of = {d: [r["code"] for r in self.words["death_category"] if r["of"] == d] for d in
              (whole, *dimensions)}  # fmt: skip
        for counted in fixed.COUNTED:
            numbers = {d: [self.rng.randint(0, 4) for _ in of[d]] for d in dimensions}
            total = max(sum(found) for found in numbers.values())
            counts.append(_death(counted, whole, of[whole][0], total))
            for dimension, found in numbers.items():
                found[-1] += total - sum(found)
                pairs = zip(of[dimension], found, strict=True)
                counts += [_death(counted, dimension, code, number) for code, number in pairs]
        self.add("child_deaths", counts)
        reviews = next(r["children"] for r in counts if r["counted"] == "reviews")
        self._number_in_programme("child_death_reviews", int(str(reviews)))
        self.add(
            "cdop_lessons",
            (
                {
                    "lesson": self.code(),
                    "theme": self.title(),
                    "learnt": self.sentence(),
                    "action": self.sentence(),
                }
                for _ in self.several(1, 3)
            ),
        )

    def _audits(self) -> None:
        self.add(
            "audit_programme",
            (
                {
                    "activity": kind,
                    "number": self.rng.randint(1, 9),
                    "cases": self.maybe(self.rng.randint(10, 80)),
                    "serious_case_reviews": None,
                }
                for kind in self.codes("audit_kind")
            ),
        )
        programmes = [(self.code(), self.title()) for _ in self.several(1, 3)]
        self.add("audits", [self._audit(*named) for named in programmes for _ in range(2)])
        self.add(
            "audit_findings",
            (
                {
                    "finding": self.code(),
                    "title": self.title(),
                    "programme": self.rng.choice(programmes)[0],
                    "initial": self.sentence(),
                    "review": self.sentence(),
                    "impact": self.sentence(),
                    "status": status,
                }
                for status in self.codes("finding_status")
            ),
        )

        graded = [
            {"programme": programme, "grade": grade, "cases": self.rng.randint(0, 4)}
            for programme, _ in programmes
            for grade in self.codes("audit_grade")
        ]
        self.add("audit_grades", graded)
        for row in self.tables["audit_programme"]:
            if row["activity"] in self.meaning("audit_kind", "thematic") and row["cases"]:
                row["cases"] = sum(int(str(g["cases"])) for g in graded) + self.rng.randint(0, 9)

    def _self_assessments(self) -> None:
        self.reference["standards"] = [
            {
                "exercise": exercise,
                "standard": self.code(),
                "title": self.title(),
                "first_year": self.maybe(self.year.previous, 0.3),
            }
            for exercise in self.codes("exercise")
            for _ in self.several(3, 8)
        ]
        grades = self.codes("self_assessment_grade")
        self.add(
            "self_assessments",
            (
                {
                    "exercise": exercise,
                    "agency": agency,
                    "standard": row["standard"],
                    "grade": grades[number % len(grades)],
                    "assessed": self.maybe(self.month(self.year)),
                }
                for exercise in self.codes("exercise")
                for agency in self.some(self.agencies(), 2)
                for number, row in enumerate(self.reference["standards"], self.rng.randint(0, 3))
                if row["exercise"] == exercise
            ),
        )

    def _audit(self, programme: str, title: str) -> Line:
        first = self.rng.randint(0, 8)
        number = first + 3
        return {
            "audit": self.code(),
            "programme": programme,
            "programme_title": title,
            "subject": self.title(),
            "first_audit": Month(self.year.first + number // 12, number % 12 + 1),
            "review_audit": self.maybe(self.month(self.year, first), 0.8),
        }

    def _number_in_programme(self, word: str, number: int, serious: int | None = None) -> None:
        """Have the programme of audits hold the reviews that other tables count."""
        for row in self.tables.get("audit_programme", ()):
            if row["activity"] in self.meaning("audit_kind", word):
                row["number"] = number
                row["serious_case_reviews"] = serious

    def _training(self) -> None:
        offers = self.add(
            "training_offers",
            (
                {
                    "offer": self.code(),
                    "title": self.title(),
                    "theme": self.title(),
                    "level": self.any_of("training_level"),
                    "mode": self.any_of("training_mode"),
                }
                for _ in self.several(3, 6)
            ),
        )
        given = [self._delivery(row["offer"]) for row in self.some(offers, 2)]
        self.add("training_deliveries", given)
        whole = sum(int(str(row["attended"])) for row in given) + self.rng.randint(0, 500)
        self.add(
            "training_evaluations",
            (self._evaluated(row, asked) for row in given for asked in fixed.EVALUATED),
        )
        self.add("training_totals", [{"total": "practitioners", "attended": whole}])
        self.add("establishment_coverage", [self._covered(row["offer"]) for row in offers[:2]])

    def _delivery(self, offer: object) -> Line:
        booked, cancelled, away, walked = (self.rng.randint(*r) for r in _BOOKED)
        counted = self.rng.random() < 0.5
        first = self.month(self.year)
        return {
            "offer": offer,
            "first_month": first,
            "last_month": first,
            "sessions": self.maybe(self.rng.randint(1, 30)),
            "attended": booked - cancelled - away + walked,
            "booked": booked if counted else None,
            "cancelled": cancelled if counted else None,
            "no_show": away if counted else None,
            "walk_in": walked if counted else None,
            "counted_as": self.any_of("attendance_unit"),
            "in_total": self.any_of(fixed.YES_NO_UNKNOWN),
        }

    def _evaluated(self, delivery: Line, asked: str) -> Line:
        answered = self.rng.randint(0, int(str(delivery["attended"])))
        return {
            "offer": delivery["offer"],
            "asked": asked,
            "answered": answered,
            "positive": self.rng.randint(0, answered),
        }

    def _covered(self, offer: object) -> Line:
        there = self.rng.randint(5, 60)
        return {
            "offer": offer,
            "establishments": self.title(),
            "represented": self.rng.randint(0, there),
            "eligible": self.maybe(there),
        }

    def _context(self) -> None:
        this, last = self.year.first, self.year.first - 1
        populations = str(this), str(last)
        periods = (
            populations,
            populations,
            (str(self.year), str(self.year.previous)),
            (f"year to September {this}", f"year to September {last}"),
            (f"{this}-M10-31", f"{last}-M10-31"),
        )
        for table, protected in (("measurements", "no"), ("protected_measurements", "yes")):
            self.add(
                table,
                (
                    self._value(measure, str(area["area"]), period)
                    for measure, times in zip(self.reference["measures"], periods, strict=True)
                    if measure["protected"] == protected
                    for area in self.reference["areas"]
                    for period in times
                ),
            )

    def _value(self, measure: Line, area: str, period: str) -> Line:
        per = measure["per"]
        counted, of = self.rng.randint(10, 900), self.rng.randint(9_000, 90_000)
        rate = (Decimal(counted) / of * int(str(per or 1))).quantize(Decimal("0.1"), ROUND_HALF_UP)
        is_whole = measure["population"] == "everybody"
        return {
            "measure": measure["measure"],
            "area": area,
            "period": period,
            "qualifier": self.any_of(fixed.VALUE_QUALIFIER),
            "value": rate if per else of if is_whole else counted,
            "numerator": counted if per else None,
            "denominator": of if per else None,
        }

    def _performance(self) -> None:
        self.add(
            "periodic_reports",
            (
                {"report": self.title(), "frequency": self.any_of("frequency")}
                for _ in self.several(2, 6)
            ),
        )
        self.add(
            "headline_measures",
            (
                {
                    "headline": self.title(),
                    "measures": self.rng.randint(1, 3),
                    "shown_by": measure and measure["measure"],
                }
                for measure in (*self.reference["measures"][2:4], None)
            ),
        )

    def _inspections(self) -> None:
        inspections = self.add(
            "inspections",
            (
                {"inspection": self.code(), "title": self.title(), "judgement": self.title()}
                for _ in self.several(1, 3)
            ),
        )
        self.add(
            "inspection_statements",
            (
                {
                    "statement_code": self.code(),
                    "area": area,
                    "inspection": row["inspection"],
                    "said": self.any_of(fixed.INSPECTION_SAID),
                    "statement": self.maybe(self.sentence(), 0.8),
                }
                for area in self.codes("journey_area")
                for row in self.some(inspections, 1)
            ),
        )

    def _policies(self) -> None:
        self.add(
            "policies",
            (
                {"policy": self.title(), "status": status}
                for status in fixed.POLICY_STATUS
                for _ in self.several(1, 3)
            ),
        )

    def _priorities(self) -> None:
        numbers = [number + 1 for number in self.several(1, 4)]
        self.add(
            "strategic_priorities",
            ({"priority": number, "title": self.title()} for number in numbers),
        )
        self.add(
            "priority_statements",
            (
                self._statement(number, kind, position)
                for number in numbers
                for kind in fixed.STATEMENT_KIND
                for position in (1, 2)
            ),
        )

    def _statement(self, priority: int, kind: str, position: int) -> Line:
        claims = kind == "difference"
        return {
            "priority": priority,
            "kind": kind,
            "position": position,
            "statement": self.sentence(),
            "claim": self.any_of(fixed.CLAIM) if claims else "none",
            "evidence": self.any_of(fixed.EVIDENCE) if claims else None,
            "measure": self.reference["measures"][0]["measure"] if claims else None,
        }

    # The plan -------------------------------------------------------------------------------

    def _plan(self) -> None:
        self._plan_groups()
        numbers = [number + 1 for number in self.several(1, 3)]
        priorities = self.column("strategic_priorities", "priority")
        self.add(
            "development_areas",
            (
                {
                    "area": number,
                    "title": self.title(),
                    "priority": self.rng.choice([*priorities, None]),
                }
                for number in numbers
            ),
        )
        labels = [f"{area}.{number}" for area in numbers for number in (1, 2)]
        self.add("action_areas", [self._action_area(label) for label in labels])
        actions = [f"{label}{letter}" for label in labels for letter in self._letters()]
        self.add("actions", [self._action(label) for label in actions])
        self.add("objectives", [self._objective(label) for label in labels])
        self.add(
            "plan_headings",
            ({"heading": self.title(), "meaning": self.sentence()} for _ in self.several(1, 3)),
        )
        self._statuses(actions)
        end = self.year.next.start + timedelta(200)
        self.settings += ["[plan]", f"as_at = {end}", f'version = "{self.word()}"']

    def _letters(self) -> str:
        return "abcde"[: self.rng.randint(1, 5)]

    def _plan_groups(self) -> None:
        above: list[str] = []
        rows: list[Line] = []
        for group in self._groups_of_board():
            rows.append(
                {
                    "group": group,
                    "name": self.title(),
                    "kind": self.any_of("group_kind"),
                    "accountable_to": self.rng.choice(above) if above else None,
                    "purpose": self.sentence(),
                }
            )
            above.append(group)
        self.add("plan_groups", rows)

    def _action_area(self, label: str) -> Line:
        areas = self.some(self.codes("journey_area"))
        return {
            "action_area": label,
            "development_area": label[0],
            "title": self.title(),
            "need_from": self.any_of("need"),
            "need": self.maybe(self.title()),
            "monitored_by": self.maybe(self.rng.choice(self._groups_of_board())),
            "expected_impact": self.maybe(self.sentence()),
            "journey_areas": ";".join(areas) or None,
        }

    def _action(self, label: str) -> Line:
        due = self.maybe(self.month(self.year.next), 0.9)
        has_lead = self.rng.random() < 0.8
        return {
            "action": label,
            "action_area": label[:-1],
            "lead_agency": self.maybe(self.rng.choice(self.agencies())) if has_lead else None,
            "lead_role": self.title() if has_lead else None,
            "lead_group": self.maybe(self.rng.choice(self._groups_of_board()), 0.3),
            "success_measure": self.sentence(),
            "due_printed": due.text if due else self.maybe("TBC", 0.5),  # type: ignore[attr-defined]
            "due": due,
            "monitoring": self.maybe(self.sentence()),
            "monitored": due,
            "reports_to": self.maybe(self.rng.choice(self._groups_of_board())),
        }

    def _objective(self, label: str) -> Line:
        years = self.some((self.year.previous, self.year, self.year.next))
        return {
            "objective": self.code(),
            "development_area": label[0],
            "title": self.title(),
            "ticked": ";".join(map(str, sorted(years))) or None,
            "action_area": self.maybe(label, 0.8),
        }

    def _statuses(self, actions: Sequence[str]) -> None:
        days = [self.year.next.start + timedelta(days) for days in (0, 90, 180)]
        rated = [(day, action) for day in days for action in self.some(actions, 1)]
        self.add(
            "action_status",
            (
                {
                    "record": record,
                    "action": action,
                    "as_at": day,
                    "process": self.any_of(fixed.PROCESS_RAG),
                    "completion": self.any_of(fixed.COMPLETION_RAG),
                    "progress": self.maybe(self.sentence()),
                    "further_work": self.maybe(self.sentence(), 0.3),
                    "impact": self.maybe(self.sentence(), 0.3),
                    "reported_in": self.title(),
                    "note": self.maybe(self.sentence(), 0.3),
                }
                for record, (day, action) in enumerate(rated, 1)
            ),
        )

    def _golden_thread(self) -> None:
        stated = self.add(
            "stated_priorities",
            (
                {"stated": self.code(), "title": self.title(), "called": called}
                for called in self.codes("called")
            ),
        )
        origins = {
            "finding": self.column("audit_findings", "finding"),
            "lesson": self.column("cdop_lessons", "lesson"),
            "inspection": self.column("inspection_statements", "statement_code"),
            "priority": [row["stated"] for row in stated],
        }
        targets = [
            (kind, reached)
            for kind, table, column in (
                ("policy", "policies", "policy"),
                ("training", "training_offers", "offer"),
                ("action_area", "action_areas", "action_area"),
                ("action", "actions", "action"),
            )
            for reached in self.column(table, column)
        ]
        self.add(
            "golden_thread",
            (
                {"origin": o, "item": i, "target": t, "reached": r, "how": self.sentence()}
                for o, items in origins.items()
                for i in self.some(items)
                for t, r in self.rng.sample(targets, min(2, len(targets)))
            ),
        )

    def _covering_report(self) -> None:
        council = self.agencies()[1]
        paid = [r["amount"] for r in self.tables.get("contributions", ()) if r["agency"] == council]
        naming = self.meaning("covering_section", "contribution")
        self.add(
            "covering_report",
            (
                {
                    "section": section,
                    "position": position,
                    "label": label,
                    "text": self.sentence(),
                    "amount": paid[0] if paid and section in naming and position == 1 else None,
                }
                for section in self.codes("covering_section")
                for position, label in enumerate(self._labels(), 1)
            ),
        )
        told = {name: self.title() for name in ("title", "committee", "time", "place", "report_by")}
        self.settings += ["[covering_report]", f"day = {self.year.next.start + timedelta(150)}"]
        self.settings += [f"{name} = {_toml(text)}" for name, text in told.items()]

    def _labels(self) -> Sequence[str | None]:
        return self.rng.choice(((None,), (None, None), ("(a)", "(b)", None), (None, "i.")))

    # What the report says of itself -----------------------------------------------------------

    def _sources(self) -> None:
        documents = self.add(
            "sources",
            (
                {
                    "source": self.code(),
                    "title": self.title(),
                    "publisher": self.title(),
                    "published": self.month(self.year),
                    "locator_means": self.sentence(),
                }
                for _ in self.several(1, 3)
            ),
        )
        listed = (t for t in ("contributions", "policies", "child_deaths") if t in self.tables)
        self.add(
            "table_sources",
            (
                {
                    "table": table,
                    "source": self.rng.choice(documents)["source"],
                    "locator": f"p. {self.rng.randint(1, 90)}",
                    "basis": "verbatim",
                }
                for table in listed
            ),
        )

    def _pages(self) -> list[str]:
        """Return pages that this year's book has for sure."""
        notebooks = ("audits", "case_reviews", "training", "child_deaths", "budget")
        return [
            *(f"chapters/{name}" for name in notebooks if name not in self.without),
            "text/review-of-the-year",
            "pages/assurance",
        ]

    def _coverage(self) -> None:
        common = Path(fixed.__file__).parents[1] / "common"
        regime = next((r["regime"] for r in _records(common / "regimes.csv") if self._holds(r)), "")
        national = [r for r in _records(common / "requirements.csv") if r["profile"] == regime]
        own = [r for r in self.reference["own_requirements"] if self._holds(r)]
        self.add(
            "requirement_coverage",
            (
                {
                    "requirement": row["requirement"],
                    "page": page,
                    "coverage": self.any_of(fixed.COVERAGE),
                    "how": self.sentence(),
                }
                for row in (*national, *own)
                for page in self.rng.sample(self._pages(), self.rng.randint(1, 2))
            ),
        )

    def _holds(self, row: Mapping[str, object]) -> bool:
        first, last = str(row["first_year"] or ""), str(row["last_year"] or "9")
        return first <= str(self.year) <= last

    def _callouts(self) -> None:
        areas = self.codes("journey_area")
        self.add(
            "callouts",
            (
                {
                    "callout": self.code(),
                    "areas": ";".join(self.some(areas)) or None,
                    "page": "text/review-of-the-year",
                    "text": self.sentence(),
                }
                for _ in self.several(1, 3)
            ),
        )
        self.add(
            "section_tags",
            (
                {"page": page, "section": self.title(), "areas": ";".join(self.some(areas, 1))}
                for page in self._pages()
            ),
        )

    def _stated_counts(self) -> None:
        filled = [name for name in ("policies", "membership", "actions") if name in self.tables]
        self.add(
            "stated_counts",
            (
                {
                    "statement": self.code(),
                    "title": self.title(),
                    "stated": len(self.tables[name]) + self.rng.choice((0, 0, 1)),
                    "table": name,
                }
                for name in filled
            ),
        )

    def _pictures(self) -> None:
        name, file = self.code(), f"{self.code()}.png"
        told = {what: self.title() for what in ("caption", "alternative", "licence")}
        self.add("pictures", [{"picture": name, "file": file, **told}])
        self.pictures[file] = _png(self.rng.randint(2, 9))

    def _own_tables(self) -> None:
        label = self.code()
        self.add(
            "own_tables",
            [{"label": label, "caption": self.title(), "note": self.maybe(self.sentence())}],
        )
        self.own[label] = [[self.title() for _ in range(3)] for _ in range(4)]

    def _contents(self) -> None:
        page, part = self.code(), self.title(1)
        self.texts[f"{page}.md"] = f"# {self.word().capitalize()}\n\nOf {{{{ area }}}}.\n"
        self.add(
            "contents",
            (
                {"part": part, "page": f"text/{page}"},
                {"part": part, "page": self.rng.choice(self._pages())},
            ),
        )

    # Texts ------------------------------------------------------------------------------------

    def write(self, folder: Path) -> None:
        """Write the data root; the texts last, as they name what the tables give."""
        year = folder / str(self.year)
        year.mkdir(parents=True)
        (folder / "board.toml").write_text(self._board_toml(), "utf-8")
        (year / "year.toml").write_text(self._year_toml(), "utf-8")
        for name, rows in self.reference.items():
            _write(folder / "reference" / f"{name}.csv", rows)
        for label, records in self.own.items():
            _write_records(year / "tables" / f"{label}.csv", records)
        for file, content in self.pictures.items():
            (year / "pictures").mkdir()
            (year / "pictures" / file).write_bytes(content)
        self._write_year(year)
        run = Run.of(str(self.year), folder)
        self._earlier(run, year)
        self._tell(run)
        for path, text in self.texts.items():
            (year / "text" / path).parent.mkdir(parents=True, exist_ok=True)
            (year / "text" / path).write_text(text, "utf-8")

    def _write_year(self, year: Path) -> None:
        for name, rows in self.tables.items():
            if rows:
                _write(year / f"{name}.csv", rows)

    def _board_toml(self) -> str:
        said = {"name": self.name, "short_name": self.short_name, "area": self.area}
        said |= {"agency": self.agencies()[0], "local_authority": self.agencies()[1]}
        return "".join(f"{name} = {_toml(text)}\n" for name, text in said.items())

    def _year_toml(self) -> str:
        said = {"year": str(self.year), "kind": self.kind, "status": "final"}
        return "\n".join([*(f"{n} = {_toml(t)}" for n, t in said.items()), *self.settings, ""])

    def _earlier(self, run: Run, year: Path) -> None:
        """Write what some of the numbers were a year before."""
        if "earlier_figures" in self.without:
            return
        facts = [f for f in run.gathered.results.facts if f.own_period.is_dated and not f.stated]
        rows = [
            {"fact": fact.id, "period": _written(fact), "value": self.rng.randint(0, 900)}
            for fact in self.rng.sample(facts, min(12, len(facts)))
        ]
        if rows:
            _write(year / "earlier_figures.csv", rows)

    def _tell(self, run: Run) -> None:
        """Write the texts: of each chapter some facts and phrases, and whatever can be shown."""
        by_chapter: dict[str, list[Fact]] = {}
        for fact in run.gathered.results.facts:
            if fact.figure.value is not None:
                by_chapter.setdefault(fact.chapter, []).append(fact)
        named = {name: self._named(facts) for name, facts in by_chapter.items()}
        for page in run.contents.pages:
            if page.takes_commentary and page.name in named and self.rng.random() < 0.7:
                self.texts[f"commentary/{page.name}.md"] = named[page.name]
        every = "\n\n".join(named.values())
        self.texts["review-of-the-year.md"] = "\n\n".join(
            (f"# {self.word().capitalize()}", every, *self._shown(), "")
        )
        self.texts["commentary/index.md"] = "In {{ area }} there is {{ board_short }}.\n"

    def _named(self, facts: Sequence[Fact]) -> str:
        """Return sentences with some numbers, or phrases about them, and the time they are of."""
        phrases = ("", *(f".{phrase}" for phrase in PHRASES))
        return "\n".join(
            f"{self.word()} *{self.word()}* {{{{ {fact.id}{self.rng.choice(phrases)} }}}}, "
            f"{{{{ {fact.id}.{PERIOD} }}}}."
            for fact in self.rng.sample(facts, min(6, len(facts)))
        )

    def _shown(self) -> Iterator[str]:
        for table, column, directive, before in (
            ("callouts", "callout", "callout", ""),
            ("pictures", "picture", "picture", ""),
            ("own_tables", "label", "exhibit", "own-"),
        ):
            for name in self.column(table, column):
                label = name.replace("_", "-") if before else name
                yield f"```{{{directive}}} {before}{label}\n```"


_PER = (None, None, 1000, 10_000, None)
_OUTCOME = ("referral_outcome",)
_BOOKED = ((60, 200), (0, 20), (0, 20), (0, 20))


def _death(counted: str, dimension: str, category: object, children: int) -> Line:
    return {
        "counted": counted,
        "dimension": dimension,
        "category": category,
        "children": children,
    }


def _written(fact: Any) -> str:
    """Return the period a year before that of a fact, as a table has it."""
    before = fact.own_period.before
    is_day = before.first == before.last
    return f"{before.first:%Y}-M{before.first:%m-%d}" if is_day else str(before)


def _toml(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _records(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(path: Path, rows: Sequence[Line]) -> None:
    columns = list(dict.fromkeys(name for row in rows for name in row))
    cells = ([_cell(row.get(name)) for name in columns] for row in rows)
    _write_records(path, [columns, *cells])


def _write_records(path: Path, records: Iterable[Sequence[str]]) -> None:
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(records)


def _cell(value: object) -> str:
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def _png(size: int) -> bytes:
    """Return a grey picture."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + check

    header = struct.pack(">IIBBBBB", size, size, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + b"\x80" * size for _ in range(size)))
    parts = (chunk(b"IHDR", header), chunk(b"IDAT", rows), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)
