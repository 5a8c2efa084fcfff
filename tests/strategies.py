"""Every Hypothesis strategy of the tests."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from operator import add, mul, sub, truediv

from hypothesis import settings
from hypothesis import strategies as st

from hscb_report.checks.characters import printed
from hscb_report.figures import Figure, to_come, withheld
from hscb_report.report import DEFAULT_DATA, table_schemas
from hscb_report.results.exhibit import Column, Exhibit, exhibit
from hscb_report.schema import Place, Row
from hscb_report.schema import vocabularies as words
from hscb_report.schema.assurance import RequirementCoverage
from hscb_report.schema.board import AttendanceCount, Membership
from hscb_report.schema.cases import ChildDeath, Referral, ReferralOutcome
from hscb_report.schema.cells import Month
from hscb_report.schema.finance import (
    Contribution,
    Expenditure,
    FundBalance,
    HelpInKind,
    OtherIncome,
)
from hscb_report.schema.journey import PriorityStatement
from hscb_report.schema.learning import (
    Audit,
    AuditFinding,
    AuditGrade,
    TrainingDelivery,
    TrainingEvaluation,
    TrainingOffer,
)
from hscb_report.schema.measurements import Measurement
from hscb_report.schema.plan import ActionStatus, PlannedAction
from hscb_report.schema.reference import Agency, StatutoryRequirement
from hscb_report.schema.self_assessments import SelfAssessment
from hscb_report.store.year import schemas_in_force
from hscb_report.units import PERCENT, POUNDS, count_of
from hscb_report.years import Period, ReportingYear
from tests import in_force
from tests.made_up import attendance_records, only_own, placed
from tests.made_up_plan import DAYS, LABELS, actions, statuses

# Where whole tables are drawn, which is what takes the time; more examples find no more mutants.
few = settings(max_examples=20)

years = st.integers(2000, 2098).map(ReportingYear)
counts = st.integers(0, 10_000)
pounds = st.integers(0, 10**9).map(lambda pence: Decimal(pence) / 100)
signed_pounds = st.integers(-(10**9), 10**9).map(lambda pence: Decimal(pence) / 100)
values = st.none() | st.integers(-(10**6), 10**6) | pounds
months = st.builds(Month, st.integers(2013, 2014), st.integers(1, 12))
letters = st.sampled_from(sorted(printed() - set("\t\n\r")))
printable = st.text(letters, min_size=1, max_size=20)
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

files = ("a.csv", "b.csv", "c.csv")
places = st.builds(Place, st.sampled_from(files), st.integers(2, 30))
figures = st.builds(
    Figure,
    values,
    st.lists(places, max_size=4, unique=True).map(lambda found: tuple(sorted(found))),
    st.sampled_from(tuple(words.BASIS)),
)
# Counts of nothing, which know the files they looked through, and what is withheld.
nothing_found = st.lists(st.sampled_from(files), min_size=1, unique=True).map(
    lambda searched: Figure(0, searched=tuple(sorted(searched)))
)
untold = (figures | nothing_found).map(withheld)
waiting = (figures | nothing_found).map(lambda figure: to_come(replace(figure, value=None)))


@dataclass(frozen=True)
class Expression:
    """What comes of figures by arithmetic, and the figures that stand in it."""

    result: Figure
    leaves: tuple[Figure, ...]


def _combined(operation: Callable, left: Expression, right: Expression) -> Expression:
    return Expression(operation(left.result, right.result), left.leaves + right.leaves)


expressions = st.recursive(
    (figures | nothing_found | untold | waiting).map(lambda leaf: Expression(leaf, (leaf,))),
    lambda smaller: (
        st.builds(_combined, st.sampled_from((add, sub, mul, truediv)), smaller, smaller)
        | smaller.map(lambda inner: Expression(-inner.result, inner.leaves))
    ),
    max_leaves=8,
)


def amounts(
    row_class: type[Row], key: str, money: st.SearchStrategy[Decimal], **fixed: object
) -> st.SearchStrategy[tuple]:
    """Return rows of a money table whose key column numbers them."""

    def rows(found: list[Decimal]) -> tuple:
        cells = [{key: f"{key}-{n}", "amount": money, **fixed} for n, money in enumerate(found)]
        return placed(f"{key}.csv", cells, row_class)

    return st.lists(money, max_size=6).map(rows)


@st.composite
def with_agreed(draw: st.DrawFn, lines: st.SearchStrategy[tuple]) -> tuple:
    """Draw lines of the account of which some, all or none have a budget and a next year."""
    money = draw(st.sampled_from((st.none(), pounds, st.none() | pounds)))
    return tuple(
        row.model_copy(update={"budget": draw(money), "next_year": draw(money)})
        for row in draw(lines)
    )


contributions = amounts(Contribution, "agency", pounds, organisation="An agency")
expenditure = amounts(Expenditure, "line", signed_pounds, statutory_heading="other")
other_income = amounts(OtherIncome, "line", signed_pounds, kind="grant")
help_in_kind = st.lists(st.none() | pounds, max_size=6).map(
    lambda values: placed(
        "help_in_kind.csv",
        [
            {"agency": "police", "organisation": "Police", "help": f"Help {n}", "value": value}
            for n, value in enumerate(values)
        ],
        HelpInKind,
    )
)
fund_balances = st.tuples(signed_pounds, signed_pounds).map(
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
    st.tuples(
        st.sampled_from(tuple(in_force.STREAM)),
        st.sampled_from(tuple(in_force.REFERRAL_OUTCOME)),
        st.none() | st.sampled_from(tuple(in_force.REVIEW_METHOD)),
    ),
    unique=True,
).flatmap(
    lambda keys: st.lists(counts, min_size=len(keys), max_size=len(keys)).map(
        lambda numbers: placed(
            "referral_outcomes.csv",
            [
                {"stream": stream, "outcome": outcome, "referrals": number, "method": method}
                for (stream, outcome, method), number in zip(keys, numbers, strict=True)
            ],
            ReferralOutcome,
        )
    )
)
referrals = st.dictionaries(st.sampled_from(tuple(in_force.STREAM)), counts).map(
    lambda received: placed(
        "referrals.csv",
        [{"stream": stream, "received": number} for stream, number in received.items()],
        Referral,
    )
)


deaths = st.dictionaries(
    st.sampled_from(
        [
            (counted, dimension, category)
            for counted in words.COUNTED
            for dimension, categories in in_force.death_categories().items()
            for category in categories
        ]
    ),
    counts,
).map(
    lambda found: placed(
        "child_deaths.csv",
        [
            {**dict(zip(("counted", "dimension", "category"), key, strict=True)), "children": n}
            for key, n in found.items()
        ],
        ChildDeath,
    )
)


@st.composite
def training(
    draw: st.DrawFn,
) -> tuple[tuple[TrainingOffer, ...], tuple[TrainingDelivery, ...]]:
    """Draw offers, and deliveries of some of them."""
    attributes = st.fixed_dictionaries(
        {
            "title": st.just("Course"),
            "theme": st.sampled_from(("Neglect", "Recruitment", "Leadership")),
            "level": st.sampled_from(tuple(in_force.TRAINING_LEVEL)),
            "mode": st.sampled_from(tuple(in_force.TRAINING_MODE)),
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
            "counted_as": st.sampled_from(tuple(in_force.ATTENDANCE_UNIT)),
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
audit_findings = st.lists(st.sampled_from(tuple(in_force.FINDING_STATUS)), max_size=12).map(
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
audit_grades = st.dictionaries(
    st.tuples(st.sampled_from(("one", "two")), st.sampled_from(tuple(in_force.AUDIT_GRADE))),
    counts,
).map(
    lambda found: placed(
        "audit_grades.csv",
        [{"programme": p, "grade": grade, "cases": cases} for (p, grade), cases in found.items()],
        AuditGrade,
    )
)
self_assessed = st.dictionaries(
    st.tuples(
        st.sampled_from(tuple(in_force.EXERCISE)),
        st.sampled_from(("a", "b", "c", "d", "e", "f", "g")),
        st.sampled_from(("one", "two", "three", "four", "five")),
    ),
    st.sampled_from(tuple(in_force.SELF_ASSESSMENT_GRADE)),
    max_size=60,
).map(
    lambda found: placed(
        "self_assessments.csv",
        [
            {"exercise": exercise, "agency": agency, "standard": standard, "grade": grade}
            for (exercise, agency, standard), grade in found.items()
        ],
        SelfAssessment,
    )
)
evaluations = st.dictionaries(
    st.tuples(st.sampled_from(("a", "b")), st.sampled_from(tuple(words.EVALUATED))),
    st.tuples(st.integers(0, 40), st.integers(0, 40)),
).map(
    lambda found: placed(
        "training_evaluations.csv",
        [
            {"offer": offer, "asked": asked, "answered": max(two), "positive": min(two)}
            for (offer, asked), two in found.items()
        ],
        TrainingEvaluation,
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
periods = st.sampled_from(
    ("undated", "2012", "2012-13", "year to September 2013", "2013", "2013-14", "2014-03-31")
).map(Period.parse)
# Of each measure several periods; the last of them in the file is not the latest.
measurements = st.lists(
    st.tuples(
        st.sampled_from(("under_18", "population")), st.sampled_from(("Here", "There"))
    ).flatmap(lambda two: st.tuples(st.just(two), periods)),
    unique=True,
    max_size=8,
).flatmap(
    lambda keys: st.lists(counts, min_size=len(keys), max_size=len(keys)).map(
        lambda found: placed(
            "measurements.csv",
            [
                {
                    "measure": measure,
                    "area": area,
                    "period": period,
                    "value": Decimal(value),
                }
                for ((measure, area), period), value in zip(keys, found, strict=True)
            ],
            Measurement,
        )
    )
)
attendance_counts = st.lists(st.tuples(counts, counts, counts), max_size=6).map(
    lambda found: placed(
        "attendance_counts.csv",
        [
            {
                "agency": "police",
                "group": f"group_{n}",
                "meetings": attended + deputy + neither,
                "attended": attended,
                "deputy": deputy,
            }
            for n, (attended, deputy, neither) in enumerate(found)
        ],
        AttendanceCount,
    )
)
attendance = st.lists(st.sampled_from(tuple(words.PRESENCE)), max_size=24).map(
    lambda presences: attendance_records("police", "board", presences)
)


agency_codes = ("a", "b", "c", "d", "e")


@st.composite
def agencies(draw: st.DrawFn) -> tuple[Agency, ...]:
    """Draw agencies that are parts or successors of each other, in circles too."""
    rows = [
        {
            "agency": code,
            "name": f"Agency {code}",
            "part_of": draw(st.none() | st.sampled_from(agency_codes)),
            "represents": draw(st.none() | st.sampled_from(agency_codes)),
            "successor": draw(
                st.none() | st.sampled_from([*(f"Agency {c}" for c in agency_codes), "Unlisted"])
            ),
        }
        for code in draw(st.lists(st.sampled_from(agency_codes), unique=True, min_size=1))
    ]
    return only_own("reference/agencies.csv", draw(st.permutations(rows)), Agency)


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


TABLES_GIVING = ("contributions", "expenditure")


@st.composite
def requirements(
    draw: st.DrawFn,
) -> tuple[tuple[StatutoryRequirement, ...], tuple[RequirementCoverage, ...]]:
    """Draw requirements, and places where some of them are met in some way."""
    fixed = {"profile": "p", "asks_for": "A thing", "authority": "Guidance", "certainty": "high"}
    asked = [
        {**fixed, "requirement": code, "given_by": draw(st.sampled_from((None, *TABLES_GIVING)))}
        for code in draw(st.lists(st.sampled_from(agency_codes), unique=True))
    ]
    met = st.fixed_dictionaries(
        {
            "requirement": st.sampled_from(agency_codes),
            "page": st.just("index"),
            "coverage": st.sampled_from(tuple(words.COVERAGE)),
            "how": st.sampled_from(("So", "Otherwise")),
        }
    )
    return (
        only_own("requirements.csv", asked, StatutoryRequirement),
        placed("requirement_coverage.csv", draw(st.lists(met, max_size=10)), RequirementCoverage),
    )


PRIORITIES = ("neglect", "voice", "governance")
thread_links = st.lists(
    st.tuples(
        st.sampled_from(("priority", "finding")),
        st.sampled_from(PRIORITIES),
        st.sampled_from(tuple(words.TARGET)),
    ),
    max_size=10,
)

_plan_months = st.sampled_from([Month(2014, n) for n in range(5, 13)] + [Month(2015, 4)])
_timescales = st.none() | st.lists(_plan_months, min_size=1, max_size=2).map(tuple)
_printed = st.sampled_from((None, "TBC", "1", "Oct 14"))


@st.composite
def planned_actions(draw: st.DrawFn) -> tuple[PlannedAction, ...]:
    """Draw actions with no date, one or two, and with a correction or none."""
    return actions(
        *(
            {
                "action": label,
                "due": draw(_timescales),
                "due_corrected": draw(_timescales),
                "due_printed": draw(_printed),
                "lead_role": draw(st.sampled_from((None, "Chair", "Business Manager"))),
            }
            for label in draw(st.lists(st.sampled_from(LABELS), unique=True, min_size=1))
        )
    )


@st.composite
def action_statuses(draw: st.DrawFn) -> tuple[ActionStatus, ...]:
    """Draw records whose numbers follow neither their days nor their rows."""
    said = st.fixed_dictionaries(
        {
            "action": st.sampled_from(LABELS),
            "as_at": st.sampled_from(DAYS),
            "process": st.none() | st.sampled_from(tuple(words.PROCESS_RAG)),
            "completion": st.none() | st.sampled_from(tuple(words.COMPLETION_RAG)),
        }
    )
    rows = draw(st.lists(said, max_size=10))
    numbers = draw(st.permutations(range(1, len(rows) + 1)))
    return statuses(*({**row, "record": n} for row, n in zip(rows, numbers, strict=True)))


plan_days = st.sampled_from((*DAYS, date(2014, 5, 31), date(2015, 4, 1), date(2015, 5, 1)))


@st.composite
def typed_figures(draw: st.DrawFn) -> str:
    """Draw a number as someone may type it: digits, money, a percentage, words; no year."""
    number = draw(st.integers(0, 10**7).filter(lambda n: not 1900 <= n <= 2099))
    word = draw(st.sampled_from(("two", "Seven", "TWELVE", "twenty-one", "ninety", "hundred")))
    forms = (f"{number}", f"{number:,}", f"£{number:,}", f"{number}%", f"{number:,}.25", word)
    return draw(st.sampled_from(forms))


# Blocks of Markdown in which "kept" is prose and "lost" is none.
BLOCKS = (
    # code, roles and facts in a line
    "kept `lost` kept\nkept",
    "kept ``a ` lost`` kept, ```kept `lost`",
    "kept {r}`lost` {{ lost }} kept",
    "kept {{ a\nlost }} kept",
    "{{ lost }}\n{{ lost }} kept {{ lost }}",
    # links, images, footnotes, attributes, tags
    "kept [kept `lost`](lost 'lost') <http://lost> kept",
    "kept [[kept] kept][lost]\n\n[lost]: lost",
    "![kept `lost` {{ lost }}](lost) kept [![kept](lost) kept](lost)",
    "kept[^lost]\n\n[^lost]: kept",
    "kept[^lost] kept",
    "<b a='lost'>kept</b> kept <!-- lost\nlost --> kept",
    "<div a='lost'>\nkept\n</div>",
    "<!-- lost\n\nlost -->",
    "kept < kept kept > kept **kept** _kept_ \\kept :kept: kept",
    ":kept: kept",
    # headings, quotes, lists, definitions, tables
    "# kept `lost` #",
    "kept `lost`\n---",
    "> kept\nkept",
    "- kept\n  kept\n- - kept",
    "1. kept\n2. kept\n\n       lost",
    "kept `lost`\n: kept `lost`",
    "| kept | `lost` | kept |\n|:---|---|---|\n| kept | kept | `lost` |",
    "| kept |\n|---|\n| kept \\| kept |",
    # comments, targets, breaks, code
    "% lost\n% lost",
    "(lost)=\nkept",
    "+++ lost",
    "    lost\n\n    lost",
    "```\nlost\n~~~\n:::\nlost\n```",
    "~~~ lost\nlost\n~~~",
    # directives
    "```{code-block} lost\n:lost: a\n\nlost\n```",
    ":::{math}\nlost\n:::",
    "~~~{code}\nlost\n~~~",
    "```{literalinclude} lost\nlost\n```",
    "```{code-cell}\n---\nlost: a\n---\nlost\n```",
    "```{exhibit} lost\n:lost: lost\n  :lost: lost\n```",
    ":::{admonition} lost\n---\nlost: lost\nlost:\n---\nkept\n---\nkept\n---\n:::",
    "```{note}\n\n:kept: kept\n```",
    "~~~ {note}\n:lost: a\nkept `lost`\n:kept: kept\n~~~",
    "```{note}\n[kept][lost]\n```\n\n[lost]: lost",
    "::: lost\n:kept: kept\nkept\n:::",
    "::::{note}\n:::{math}\nlost\n:::\nkept\n::::",
)
COMMENT = "\n\n<!-- It ends every block before it. -->\n\n"
CONTAINERS = (("> ", "> "), ("- ", "  "), ("7.  ", "    "), ("a\n: b\n\n  ", "  "))


@st.composite
def contained_blocks(draw: st.DrawFn, blocks: st.SearchStrategy[str]) -> str:
    """Draw blocks in a container: marks before their lines, or fences around them."""
    text = COMMENT.join(draw(st.lists(blocks, min_size=1, max_size=3)))
    if draw(st.booleans()):
        first, rest = draw(st.sampled_from(CONTAINERS))
        return first + text.replace("\n", f"\n{rest}")
    sign = draw(st.sampled_from("`~:"))
    fence = sign + max(re.findall(rf"{sign}{{2,}}", text), default=2 * sign)
    return f"{fence}{{note}}\n\n{text}\n{fence}"


def markdown_pages() -> st.SearchStrategy[str]:
    """Draw pages whose blocks stand in quotes, lists, definitions and directives, to any depth."""
    return st.recursive(st.sampled_from(BLOCKS), contained_blocks)


@st.composite
def exhibits(draw: st.DrawFn) -> Exhibit:
    """Draw a published table with any text in it, and figures of a unit."""
    units = draw(st.lists(st.sampled_from((None, POUNDS, PERCENT, count_of("people"))), max_size=4))
    width = len(units) + 1
    headings = draw(st.lists(cell_texts, min_size=width, max_size=width, unique=True))
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
    "words": st.sampled_from(("independent", "whole", "x;y")),
    "years": st.sampled_from(("2013-14", "2013-14;2014-15")),
    "period": st.sampled_from(("2012", "2013-14", "undated", "year to September 2013")),
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


table_declarations = st.sampled_from(table_schemas())
committed_declarations = st.sampled_from(
    [
        table
        for table in schemas_in_force(table_schemas(), DEFAULT_DATA)
        if (DEFAULT_DATA / table.path("2013-14")).exists()
    ]
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
