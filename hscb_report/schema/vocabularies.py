"""The controlled vocabularies: code to label, in the order in which they are shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Vocabulary(Mapping[str, str]):
    """Codes and their labels. Its name is the one by which another list may stand in its place."""

    name: str
    labels: Mapping[str, str]

    def __getitem__(self, code: str) -> str:
        return self.labels[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self.labels)

    def __len__(self) -> int:
        return len(self.labels)


def _vocabulary(name: str, **labels: str) -> Vocabulary:
    return Vocabulary(name, labels)


BASIS = _vocabulary(
    "basis",
    verbatim="as the source prints it",
    corrected="the source's misprint put right",
    inferred="the most likely reading of a damaged passage",
    derived="worked out or coded by this project",
)
YES_NO_UNKNOWN = _vocabulary("yes_no_unknown", yes="yes", no="no", unknown="not stated")

STATUTORY_HEADING = _vocabulary(
    "statutory_heading",
    child_death_reviews="Child death reviews",
    case_reviews="Case reviews",
    training="Training and learning events",
    other="Other",
)
BALANCE = _vocabulary(
    "balance",
    brought_forward="Brought forward from the year before",
    carried_forward="Carried forward to the next year",
)
BUDGET_TOTAL = _vocabulary("budget_total", income="Total income", expenditure="Total expenditure")

STREAM = _vocabulary("stream", children="Children", adults="Adults", dhr="DHR")
REFERRAL_OUTCOME = _vocabulary(
    "referral_outcome",
    serious_case_review="Serious Case Reviews",
    independent_multi_agency="Independently chaired multi-agency review",
    internal_multi_agency="Internally chaired multi-agency review",
    single_agency="Single Agency Review",
    not_met="Did not meet criteria for review",
    open="Not yet decided",
)
REVIEW_METHOD = _vocabulary(
    "review_method",
    silp="Significant Incident Learning Process (SILP)",
    help="Herefordshire Evaluation and Learning Process (HELP)",
)

COUNTED = _vocabulary(
    "counted", deaths="deaths in the year", reviews="reviews completed in the year"
)
DEATH_DIMENSION = _vocabulary(
    "death_dimension",
    total="All",
    sex="Sex",
    age_band="Age",
    modifiable="Modifiable factors",
)
# The categories of each dimension; "total" has one, the whole.
DEATH_CATEGORIES: Mapping[str, Vocabulary] = MappingProxyType(
    {
        "total": _vocabulary("death_total", all="All"),
        "sex": _vocabulary("death_sex", male="Male", female="Female", sex_unknown="Sex not known"),
        "age_band": Vocabulary(
            "death_age_band",
            {
                band: band
                for band in (
                    "0 to 27 days",
                    "28 to 364 days",
                    "1 to 4 years",
                    "5 to 9 years",
                    "10 to 14 years",
                    "15 to 17 years",
                )
            },
        ),
        "modifiable": _vocabulary(
            "death_modifiable",
            modifiable="Modifiable factors identified",
            not_modifiable="No modifiable factors identified",
            insufficient="Insufficient information",
        ),
    }
)
DEATH_CATEGORY = Vocabulary(
    "death_category",
    {code: label for group in DEATH_CATEGORIES.values() for code, label in group.items()},
)

TRAINING_LEVEL = _vocabulary(
    "training_level",
    universal="Universal",
    targeted="Targeted",
    specialist="Specialist",
    not_stated="Level not stated",
)
TRAINING_MODE = _vocabulary(
    "training_mode",
    event="Half-day event",
    e_learning="E-learning",
    module="Module of another course",
    course="Course",
)
ATTENDANCE_UNIT = _vocabulary(
    "attendance_unit", attendees="attendees", practitioners="practitioners", trainees="trainees"
)

AUDIT_KIND = _vocabulary(
    "audit_kind",
    thematic="Thematic audit",
    individual="Individual case audit",
    case_review="Case learning process",
    child_death_review="Child death review",
)
FINDING_STATUS = _vocabulary(
    "finding_status",
    resolved="Resolved",
    improved="Improved",
    partial="Partly improved",
    process_only="Process improved, outcome not",
    not_improved="Not improved",
    not_reviewed="Not reviewed",
)

VALUE_QUALIFIER = _vocabulary(
    "value_qualifier", exact="exact", approximately="approximately", over="over"
)
DIRECTION = _vocabulary(
    "direction", lower="lower is better", higher="higher is better", neither="neither is better"
)

JOURNEY_AREA = _vocabulary(
    "journey_area",
    training="Safeguarding Training",
    governance="Governance",
    policy="Policy and Procedures",
    audit="Audit and Case Analysis",
    performance="Performance Monitoring",
    voice="Voice of the Child",
    higher_risk="Children at higher risk",
)

INSPECTION_SAID = _vocabulary(
    "inspection_said",
    stated="A statement was made",
    additional_priority="The Board made it an additional priority",
    merged="Covered by the statement on another area",
    absent="Nothing was said",
)
FREQUENCY = _vocabulary("frequency", quarterly="Quarterly", termly="Termly", annual="Annual")
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
    evidence="By evidence",
    partly="Partly",
    narrative="By narrative only",
    not_met="Not at all",
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
DISCREPANCY = _vocabulary(
    "discrepancy",
    corrected="Corrected, the printed value kept beside it",
    inferred="Read as what it most likely was",
    shown="Shown as printed, with a note",
    not_recoverable="Not recoverable",
)

# The plan. The source's legend names three codes for each rating; its cells hold "N", which is none
# of them (I-08), or nothing.
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
NEED = _vocabulary(
    "need",
    audit="Audit and monitoring",
    inspection="Inspection",
    lesson="A lesson of a review",
    change="Changes in agencies",
    not_stated="Not stated",
)
GROUP_KIND = _vocabulary(
    "group_kind",
    board="The Board itself",
    operational="Operational arm",
    learning="Learning group",
    improvement="Improvement group",
    thematic="Thematic group",
    panel="Panel",
)
CALLED = _vocabulary(
    "called",
    plan_priority="Called a priority of the plan",
    additional_priority="Added as a priority in the year",
    focus="Named as a focus in the covering report",
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
COVERING_SECTION = _vocabulary(
    "covering_section",
    classification="Classification",
    key_decision="Key Decision",
    wards="Wards Affected",
    purpose="Purpose",
    recommendation="Recommendation(s)",
    alternative="Alternative Options",
    reason="Reasons for Recommendations",
    consideration="Key Considerations",
    priority="Strategic priorities",
    focus="Specific focus",
    community="Community Impact",
    equality="Equality and Human Rights",
    financial="Financial Implications",
    legal="Legal Implications",
    function="Functions of a board (regulation 5)",
    risk="Risk Management",
    consultee="Consultees",
    appendix="Appendices",
    background="Background Papers",
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
