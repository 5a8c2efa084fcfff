"""The controlled vocabularies: code to label, in the order in which they are shown.

Calculations rest on the codes of those that stand here with their labels. The others are a board's
own choice: here is only what they are called and which meanings calculations know in them. Their
words are data, `usual_vocabularies.csv` and, where a board has its own, `vocabularies.csv`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Vocabulary(Mapping[str, str]):
    """Codes and their labels. Its name is the one by which another list may stand in its place.

    Of one that a board chooses, `meanings` are the words by which calculations know some of its
    codes, each with what it says; `parent` is the vocabulary to which its codes belong, if any. The
    words in force have, for some codes, what each `means` and the code of the parent that it is
    `of`. As long as no words are in force, it `is_open`: any code may be meant. A board's words
    for one that `is_added_to` stand beside the usual ones, and replace those of the same code.
    """

    name: str
    labels: Mapping[str, str]
    meanings: Mapping[str, str] = field(default_factory=dict)
    parent: str = ""
    is_open: bool = False
    is_added_to: bool = False
    means: Mapping[str, frozenset[str]] = field(default_factory=dict)
    of: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, code: str) -> str:
        return self.labels[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self.labels)

    def __len__(self) -> int:
        return len(self.labels)

    def __hash__(self) -> int:
        return hash(self.name)

    def meaning(self, word: str) -> tuple[str, ...]:
        """Return the codes that mean something to calculations, such as "independent"."""
        return tuple(code for code in self if word in self.means.get(code, ()))

    def within(self, code: str) -> tuple[str, ...]:
        """Return the codes that belong to a code of the parent."""
        return tuple(own for own in self if self.of.get(own) == code)


def _vocabulary(name: str, **labels: str) -> Vocabulary:
    return Vocabulary(name, labels)


def _chosen(name: str, parent: str = "", *, adds: bool = False, **meanings: str) -> Vocabulary:
    return Vocabulary(name, {}, meanings, parent, is_open=True, is_added_to=adds)


# What a board chooses, and what calculations must know of its words.
STATUTORY_HEADING = _chosen(
    "statutory_heading",
    child_death_reviews="spend on child death reviews, which guidance may ask for apart",
    case_reviews="spend on case reviews, which guidance may ask for apart",
    training="spend on training and learning, which guidance may ask for apart",
)
INCOME_KIND = _chosen("income_kind")
STREAM = _chosen("stream", children="cases of children, which the learning processes are about")
REFERRAL_OUTCOME = _chosen(
    "referral_outcome",
    independent="a review that an independent person chairs",
    serious_case_review="a Serious Case Review, or what has taken its place",
    no_review="no review was made of it, or none is decided on yet",
    undecided="nothing is decided yet",
)
REVIEW_METHOD = _chosen("review_method")
DEATH_DIMENSION = _chosen(
    "death_dimension",
    whole="no breakdown: all of them",
    exhaustive="its categories make up the whole wherever one of them is counted",
)
DEATH_CATEGORY = _chosen(
    "death_category",
    parent="death_dimension",
    whole="all of them",
    modifiable="factors were found that could be changed",
    not_modifiable="no such factors were found",
)
DIMENSION = _chosen(
    "dimension",
    adds=True,
    exhaustive="its categories make up the whole wherever they are counted",
)
CATEGORY = _chosen("category", parent="dimension", adds=True)
TRAINING_LEVEL = _chosen("training_level")
TRAINING_MODE = _chosen("training_mode")
ATTENDANCE_UNIT = _chosen("attendance_unit")
AUDIT_KIND = _chosen(
    "audit_kind",
    case_reviews="reviews of cases, which the outcomes of referrals count too",
    child_death_reviews="child death reviews, which the panel counts too",
    thematic="audits of a theme, whose cases may have been graded",
)
AUDIT_GRADE = _chosen("audit_grade", good="the practice in the case was good, or better")
EXERCISE = _chosen("exercise")
SELF_ASSESSMENT_GRADE = _chosen(
    "self_assessment_grade",
    met="the agency meets the standard",
    not_applicable="the standard is none for the agency",
)
FINDING_STATUS = _chosen(
    "finding_status",
    closed="the finding is settled",
    not_reviewed="nobody has looked at it again",
)
JOURNEY_AREA = _chosen("journey_area")
FREQUENCY = _chosen("frequency")
NEED = _chosen("need")
GROUP_KIND = _chosen("group_kind")
CALLED = _chosen("called")
COVERING_SECTION = _chosen(
    "covering_section",
    one_line="a word or two, shown beside the meeting",
    recommendation="what the committee is asked to decide",
    contribution="names what the council contributes",
)

BASIS = _vocabulary(
    "basis",
    own_record="the Board's own record",
    verbatim="as the document has it",
    corrected="a misprint of the document put right",
    inferred="the most likely reading of a damaged passage",
    derived="worked out or coded for this report",
    invented="invented, as an example",
)
CERTAINTY = _vocabulary("certainty", high="high", medium="medium", low="low")
YES_NO = _vocabulary("yes_no", yes="yes", no="no")
YES_NO_UNKNOWN = _vocabulary("yes_no_unknown", yes="yes", no="no", unknown="not stated")

BALANCE = _vocabulary(
    "balance",
    brought_forward="Brought forward from the year before",
    carried_forward="Carried forward to the next year",
)
BUDGET_TOTAL = _vocabulary("budget_total", income="Total income", expenditure="Total expenditure")

COUNTED = _vocabulary(
    "counted",
    deaths="deaths in the year",
    reviews="reviews completed in the year",
    waiting="deaths waiting for a review at the year's end",
)

TRAINING_TOTAL = _vocabulary(
    "training_total", practitioners="All practitioners trained in the year"
)
EVALUATED = _vocabulary(
    "evaluated",
    before="Before the training",
    after="At its end",
    later="Three months on",
)
VALUE_QUALIFIER = _vocabulary(
    "value_qualifier", exact="exact", approximately="approximately", over="over"
)
POPULATION = _vocabulary(
    "population", everybody="everybody who lives in the area", under_18="those of them under 18"
)
VALUE_STATUS = _vocabulary(
    "value_status",
    final="final",
    provisional="provisional",
    estimated="estimated",
    not_available="not available",
)
AREA_KIND = _vocabulary(
    "area_kind",
    own="the Board's own area",
    part="a part of it",
    neighbour="a statistical neighbour",
    region="the region",
    nation="the country",
    other="another area",
)
FLOW_PART = _vocabulary(
    "flow_part",
    opening="the number when the time began",
    starts="how many were added in it",
    ends="how many left in it",
    closing="the number when it ended",
)
DIRECTION = _vocabulary(
    "direction", lower="lower is better", higher="higher is better", neither="neither is better"
)

MAPPED_PART = _vocabulary(
    "mapped_part",
    sheet="a sheet, which is a table of ours",
    column="a column of it",
    word="a word that stands in a column",
)
INSPECTION_SAID = _vocabulary(
    "inspection_said",
    stated="A statement was made",
    additional_priority="The Board made it an additional priority",
    merged="Covered by the statement on another area",
    absent="Nothing was said",
)
POLICY_STATUS = _vocabulary(
    "policy_status", developed="Developed in the year", scheduled="Scheduled for next year"
)
STATEMENT_KIND = _vocabulary(
    "statement_kind",
    said="How we said we would do it",
    did="What we did",
    difference="What difference it made",
)
CLAIM = _vocabulary(
    "claim",
    none="no change claimed",
    increase="an increase",
    reduction="a reduction",
    improvement="an improvement",
)
EVIDENCE = _vocabulary(
    "evidence",
    figures="two figures to compare",
    one_figure="one figure, nothing to compare it with",
    outside_view="the view of an inspection or review",
    own_account="the Board's own account",
)
COVERAGE = _vocabulary(
    "coverage",
    evidence="With figures or findings",
    partly="In part",
    narrative="With a statement alone",
    not_met="Not at all",
)
POINT_LIST = _vocabulary(
    "point_list",
    title="The sentence at the head of a page",
    lead="The sentence below the title of the first page",
    in_short="In short",
    main="Main points",
    well="What went well",
    not_well="What did not go well",
    next="What must be done next",
    missing="What is missing",
)
ATTENDANCE_RATING = _vocabulary(
    "attendance_rating",
    attended="Attended more than 70 %",
    deputy="Apologies with a deputy at 30 % or more",
    not_attended="Not attended 30 % or more",
    not_a_member="Not on group membership",
    not_assessable="Not assessable",
)
PRESENCE = _vocabulary(
    "presence",
    present="Present",
    deputy="Apologies, deputy sent",
    apologies="Apologies, no deputy",
    absent="Absent",
    not_expected="Not expected",
)
BOOKING = _vocabulary(
    "booking",
    booked="Booked, and nothing else is known yet",
    attended="Booked, and came",
    cancelled="Booked, and cancelled",
    no_show="Booked, and did not come",
    walk_in="Came without a booking",
)
DISCREPANCY = _vocabulary(
    "discrepancy",
    corrected="Corrected, the printed value kept beside it",
    inferred="Read as what it most likely was",
    shown="Shown as printed, with a note",
    not_recoverable="Not recoverable",
)

# The plan. A plan's own legend may lack a code that its cells hold: then the code is unknown.
PROCESS_RAG = _vocabulary(
    "process_rag",
    agreed="Process agreed",
    planned="Process planned, not agreed",
    no_progress="No progress in agreeing a process",
    unrated="Not rated",
    code_unknown="Code unknown",
)
COMPLETION_RAG = _vocabulary(
    "completion_rag",
    complete="Complete",
    on_target="On target",
    at_risk="At risk",
    outside_timescale="Outside timescale",
    unrated="Not rated",
    code_unknown="Code unknown",
)
ORIGIN = _vocabulary(
    "origin",
    finding="Audit finding",
    lesson="Lesson of a child death review",
    inspection="Inspection statement",
    priority="Stated priority",
)
TARGET = _vocabulary(
    "target",
    policy="Policy or procedure",
    training="Training",
    action_area="Action area",
    action="Action",
)

# What the tracker counts. An action may be counted under several.
TRACKED = _vocabulary(
    "tracked",
    planned="Actions",
    complete="Complete",
    open="Open",
    unknown="Status unknown",
    on_target="Rated on target",
    at_risk="Rated at risk",
    overdue="Overdue",
    overdue_on_target="Overdue though rated on target",
    passed_unknown="Date passed, status unknown",
    no_owner="No owner named",
    undated="Date to be confirmed",
    illegible="No legible date",
    outside_year="Due outside the plan year",
)

CHOSEN: Mapping[str, Vocabulary] = {
    vocabulary.name: vocabulary
    for vocabulary in list(globals().values())
    if isinstance(vocabulary, Vocabulary) and vocabulary.is_open
}
"""The vocabularies whose words are data, by name."""
