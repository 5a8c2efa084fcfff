"""Every Hypothesis strategy of the tests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from hscb_report.exhibits import Column, Exhibit, exhibit
from hscb_report.figures import Figure
from hscb_report.report import DEFAULT_DATA
from hscb_report.schema import Place, Row, declared_tables
from hscb_report.schema import vocabularies as words
from hscb_report.schema.assurance import RequirementCoverage
from hscb_report.schema.board import AttendanceRecord, Membership
from hscb_report.schema.cases import ChildDeath, Referral, ReferralOutcome
from hscb_report.schema.columns import Month
from hscb_report.schema.finance import Contribution, Expenditure, FundBalance
from hscb_report.schema.journey import MeasureValue, PriorityStatement
from hscb_report.schema.learning import Audit, AuditFinding, TrainingDelivery, TrainingOffer
from hscb_report.schema.reference import Agency, StatutoryRequirement
from hscb_report.units import PERCENT, POUNDS, count_of
from hscb_report.years import ReportingYear

years = st.integers(2000, 2098).map(ReportingYear)
counts = st.integers(0, 10_000)
pounds = st.integers(0, 10**9).map(lambda pence: Decimal(pence) / 100)
values = st.none() | st.integers(-(10**6), 10**6) | pounds
months = st.builds(Month, st.integers(2013, 2014), st.integers(1, 12))
printable = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=20
)
hostile = st.sampled_from(
    (
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "&lt;b&gt; & co",
        "{{ budget.total_income }}",
        "[x](javascript:alert(1))",
        "=HYPERLINK(1)",
        "</td></tr></table>",
        "| a | b |",
        "'; --",
    )
)
cell_texts = printable | hostile

places = st.builds(Place, st.sampled_from(("a.csv", "b.csv", "c.csv")), st.integers(2, 30))
figures = st.builds(
    Figure,
    values,
    st.lists(places, max_size=4, unique=True).map(lambda found: tuple(sorted(found))),
    st.sampled_from(tuple(words.BASIS)),
)

SOURCED = {"source": "ar", "locator": "L1", "basis": "verbatim", "as_printed": None, "note": None}


def placed(file: str, rows: list[dict[str, object]], row_class: type[Row]) -> tuple:
    """Return rows of a class, numbered from 2 as in a file; columns not named are empty."""
    empty = dict.fromkeys(row_class.model_fields)
    return tuple(
        row_class(**{**empty, **SOURCED, **row, "place": Place(file, number)})
        for number, row in enumerate(rows, 2)
    )


def amounts(
    row_class: type[Row], key: str, min_size: int = 0, **fixed: object
) -> st.SearchStrategy[tuple]:
    """Return rows of a money table whose key column numbers them."""

    def rows(found: list[Decimal]) -> tuple:
        cells = [{key: f"{key}-{n}", "amount": money, **fixed} for n, money in enumerate(found)]
        return placed(f"{key}.csv", cells, row_class)

    return st.lists(pounds, min_size=min_size, max_size=6).map(rows)


contributions = amounts(Contribution, "agency", organisation="An agency")
some_contributions = amounts(Contribution, "agency", 1, organisation="An agency")
expenditure = amounts(Expenditure, "line", statutory_heading="other")
some_expenditure = amounts(Expenditure, "line", 1, statutory_heading="other")
fund_balances = st.tuples(pounds, pounds).map(
    lambda two: placed(
        "fund_balances.csv",
        [
            {"balance": "brought_forward", "amount": two[0]},
            {"balance": "carried_forward", "amount": two[1]},
        ],
        FundBalance,
    )
)

outcomes = st.lists(
    st.tuples(st.sampled_from(tuple(words.STREAM)), st.sampled_from(tuple(words.REFERRAL_OUTCOME))),
    unique=True,
).flatmap(
    lambda keys: st.lists(counts, min_size=len(keys), max_size=len(keys)).map(
        lambda numbers: placed(
            "referral_outcomes.csv",
            [
                {"stream": stream, "outcome": outcome, "referrals": number, "method": None}
                for (stream, outcome), number in zip(keys, numbers, strict=True)
            ],
            ReferralOutcome,
        )
    )
)
referrals = st.dictionaries(st.sampled_from(tuple(words.STREAM)), counts).map(
    lambda received: placed(
        "referrals.csv",
        [{"stream": stream, "received": number} for stream, number in received.items()],
        Referral,
    )
)


@st.composite
def child_deaths(draw: st.DrawFn) -> tuple[ChildDeath, ...]:
    """Draw reviews (and perhaps deaths) of which some had modifiable factors."""
    reviews = draw(st.integers(0, 500))
    modifiable = draw(st.integers(0, reviews))
    rows = [
        {"counted": "reviews", "dimension": "total", "category": "all", "children": reviews},
        {
            "counted": "reviews",
            "dimension": "modifiable",
            "category": "modifiable",
            "children": modifiable,
        },
    ]
    if draw(st.booleans()):
        deaths = draw(counts)
        rows.append(
            {"counted": "deaths", "dimension": "total", "category": "all", "children": deaths}
        )
    return placed("child_deaths.csv", draw(st.permutations(rows)), ChildDeath)


@st.composite
def training(
    draw: st.DrawFn,
) -> tuple[tuple[TrainingOffer, ...], tuple[TrainingDelivery, ...]]:
    """Draw offers, and deliveries of some of them."""
    attributes = st.fixed_dictionaries(
        {
            "title": st.just("Course"),
            "theme": st.sampled_from(("Neglect", "Recruitment", "Leadership")),
            "level": st.sampled_from(tuple(words.TRAINING_LEVEL)),
            "mode": st.sampled_from(tuple(words.TRAINING_MODE)),
        }
    )
    drawn = draw(st.lists(attributes, min_size=1, max_size=6))
    offers = [{"offer": f"offer_{number}", **offer} for number, offer in enumerate(drawn)]
    held = st.fixed_dictionaries(
        {
            "offer": st.sampled_from([offer["offer"] for offer in offers]),
            "first_month": months,
            "last_month": months,
            "sessions": st.none() | counts,
            "attended": counts,
            "counted_as": st.sampled_from(tuple(words.ATTENDANCE_UNIT)),
            "in_total": st.sampled_from(tuple(words.YES_NO_UNKNOWN)),
        }
    )
    return (
        placed("training_offers.csv", offers, TrainingOffer),
        placed("training_deliveries.csv", draw(st.lists(held, max_size=8)), TrainingDelivery),
    )


audits = st.lists(
    st.fixed_dictionaries(
        {
            "programme": st.sampled_from(("one", "two")),
            "programme_title": st.just("A programme"),
            "subject": st.just("Practice"),
            "first_audit": months,
            "review_audit": st.none() | months,
        }
    ),
    max_size=6,
).map(
    lambda rows: placed(
        "audits.csv", [{"audit": f"audit_{n}", **row} for n, row in enumerate(rows)], Audit
    )
)
audit_findings = st.lists(st.sampled_from(tuple(words.FINDING_STATUS)), max_size=12).map(
    lambda found: placed(
        "audit_findings.csv",
        [
            {
                "finding": f"finding_{number}",
                "title": "A finding",
                "programme": "one",
                "initial": "Then",
                "review": "Later",
                "impact": "So",
                "status": status,
            }
            for number, status in enumerate(found)
        ],
        AuditFinding,
    )
)
membership = st.lists(counts, max_size=10).map(
    lambda people: placed(
        "membership.csv",
        [
            {
                "agency": "hscb",
                "role": f"Role {number}",
                "people": held,
                "represents": None,
                "organisation": "HSCB",
            }
            for number, held in enumerate(people)
        ],
        Membership,
    )
)
population = st.tuples(counts, counts).map(
    lambda two: placed(
        "measure_values.csv",
        [
            {
                "measure": measure,
                "area": "Here",
                "period": "2012",
                "qualifier": "exact",
                "value": Decimal(value),
            }
            for measure, value in zip(("under_18", "population"), two, strict=True)
        ],
        MeasureValue,
    )
)
attendance = st.lists(st.sampled_from(tuple(words.PRESENCE)), max_size=24).map(
    lambda presences: attendance_records("police", "board", presences)
)


def attendance_records(agency: str, group: str, presences: Iterable[str]) -> tuple:
    """Return an agency's records in a group, one a meeting, a day apart."""
    rows = [
        {"agency": agency, "group": group, "day": date(2013, 4, 1) + timedelta(n), "presence": came}
        for n, came in enumerate(presences)
    ]
    return placed("2013-14/attendance_records.csv", rows, AttendanceRecord)


agency_codes = ("a", "b", "c", "d", "e")


@st.composite
def agencies(draw: st.DrawFn) -> tuple[Agency, ...]:
    """Draw agencies that are parts or successors of each other, in circles too."""
    rows = [
        {
            "agency": code,
            "name": f"Agency {code}",
            "part_of": draw(st.none() | st.sampled_from(agency_codes)),
            "successor": draw(
                st.none() | st.sampled_from([*(f"Agency {c}" for c in agency_codes), "Unlisted"])
            ),
        }
        for code in draw(st.lists(st.sampled_from(agency_codes), unique=True, min_size=1))
    ]
    return only_own("reference/agencies.csv", draw(st.permutations(rows)), Agency)


def only_own(file: str, rows: list[dict[str, object]], row_class: type[Row]) -> tuple:
    """Return rows of a class that says nothing of its source; columns not named are empty."""
    empty = {name: None for name in row_class.model_fields if name != "place"}
    return tuple(
        row_class(**{**empty, **row, "place": Place(file, number)})
        for number, row in enumerate(rows, 2)
    )


priority_statements = st.lists(
    st.tuples(
        st.sampled_from(tuple(words.STATEMENT_KIND)),
        st.sampled_from(tuple(words.CLAIM)),
        st.none() | st.sampled_from(tuple(words.EVIDENCE)),
    ),
    max_size=12,
).map(
    lambda rows: placed(
        "priority_statements.csv",
        [
            {
                "priority": 1,
                "kind": kind,
                "position": number,
                "statement": "Something",
                "claim": claim,
                "evidence": evidence,
            }
            for number, (kind, claim, evidence) in enumerate(rows, 1)
        ],
        PriorityStatement,
    )
)


@st.composite
def requirements(
    draw: st.DrawFn,
) -> tuple[tuple[StatutoryRequirement, ...], tuple[RequirementCoverage, ...]]:
    """Draw requirements, and places where some of them are met in some way."""
    asked = [
        {"profile": "p", "requirement": code, "asks_for": "A thing", "authority": "Guidance"}
        for code in draw(st.lists(st.sampled_from(agency_codes), unique=True))
    ]
    met = st.fixed_dictionaries(
        {
            "profile": st.sampled_from(("p", "q")),
            "requirement": st.sampled_from(agency_codes),
            "page": st.just("index"),
            "coverage": st.sampled_from(tuple(words.COVERAGE)),
            "how": st.just("So"),
        }
    )
    return (
        only_own("requirements.csv", asked, StatutoryRequirement),
        placed("requirement_coverage.csv", draw(st.lists(met, max_size=10)), RequirementCoverage),
    )


@st.composite
def typed_figures(draw: st.DrawFn) -> str:
    """Draw a number as someone may type it: digits, money, a percentage, words; no year."""
    number = draw(st.integers(0, 10**7).filter(lambda n: not 1900 <= n <= 2099))
    word = draw(st.sampled_from(("two", "Seven", "TWELVE", "twenty-one", "ninety", "hundred")))
    forms = (f"{number}", f"{number:,}", f"£{number:,}", f"{number}%", f"{number:,}.25", word)
    return draw(st.sampled_from(forms))


shares = st.integers(1, 100_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@st.composite
def exhibits(draw: st.DrawFn) -> Exhibit:
    """Draw a published table with any text in it, and figures of a unit."""
    units = draw(st.lists(st.sampled_from((None, POUNDS, PERCENT, count_of("people"))), max_size=4))
    headings = draw(st.lists(cell_texts, min_size=len(units) + 1, max_size=len(units) + 1))
    columns = [Column(headings[0])]
    columns += [Column(head, unit) for head, unit in zip(headings[1:], units, strict=True)]
    cells = [cell_texts if column.unit is None else figures for column in columns]
    rows = draw(st.lists(st.tuples(*cells), max_size=5))
    return exhibit("a-label", draw(cell_texts), columns, rows, *draw(st.lists(cell_texts)))


@dataclass(frozen=True)
class Damage:
    """What happens to a file: some bytes of it are replaced by others."""

    start: int
    length: int
    insert: bytes

    def done_to(self, raw: bytes) -> bytes:
        """Return the damaged bytes; the position is taken within the file."""
        start = self.start % (len(raw) + 1)
        return raw[:start] + self.insert + raw[start + self.length :]


@dataclass(frozen=True)
class Edit:
    """A cell of the year's data and an allowed value for it."""

    path: str
    row: int
    column: str
    value: str


ALLOWED = {
    "money": st.sampled_from(("0", "1", "45203", "45203.50", "999999999")),
    "count": st.sampled_from(("0", "1", "7", "100000", "999999999")),
    "number": st.sampled_from(("0", "-1", "58.9", "999999999", "0.000001")),
    "month": st.sampled_from(("2013-M04", "2014-M03", "2013-M10")),
    "year": st.sampled_from(("2013-14", "2012-13", "2099-00")),
    "identifier": st.sampled_from(("x", "front_door", "a2")),
    "text": st.sampled_from(("x", "Front Door!", "<b>", "{{ x }}", "a-b", "x" * 300, "é²")),
    "months": st.sampled_from(("2014-M10", "2014-M10;2015-M03", "2013-M01")),
    "years": st.sampled_from(("2013-14", "2013-14;2014-15")),
    "day": st.sampled_from(("2014-M10-01", "2014-M04-30", "2016-M02-29")),
    "action": st.sampled_from(("1.1a", "3.2b", "99.99z")),
    "action area": st.sampled_from(("1.1", "3.2", "99.99")),
    "reference": st.sampled_from(
        ("3.2b", "strategic_board", "4", "hscb", "hoople", "ar", "bp", "set_events", "population")
    ),
}


@st.composite
def edits(draw: st.DrawFn) -> Edit:
    """Draw a cell and something that its kind of column may hold."""
    table = draw(committed_declarations)
    column = draw(st.sampled_from(table.columns))
    if column.kind.vocabulary:
        value = st.sampled_from(tuple(column.kind.vocabulary))
    else:
        value = ALLOWED[column.kind.name]
    allowed = value if column.required else value | st.just("")
    path = table.path("2013-14")
    return Edit(path, draw(st.integers(0, 40)), column.name, draw(allowed))


table_declarations = st.sampled_from(declared_tables())
committed_declarations = st.sampled_from(
    [table for table in declared_tables() if (DEFAULT_DATA / table.path("2013-14")).exists()]
)
fragments = (
    st.binary(max_size=12)
    | st.text(max_size=12).map(lambda text: text.encode("utf-8"))
    | st.sampled_from(
        (b"\n", b"\r", b",", b'"', b'""', b";", b"\t", b"\x00", b"\xa3", b"\xff\xfe", b"\n\n", b"-")
    )
)
damage = st.builds(Damage, st.integers(0, 10_000), st.integers(0, 200), fragments)
raw_files = st.binary(max_size=300) | st.lists(fragments, max_size=20).map(b"".join)
