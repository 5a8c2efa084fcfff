"""Every figure of the 2013-14 report, by the table, row and column in which a reader finds it.

Typed from the published report, apart from the data that the report is made from.
"""

from __future__ import annotations

INCOME = "Income as the Board prints it, £, 2013-14"
EXPENDITURE = "Expenditure as the Board prints it, £, 2013-14"
CONTRIBUTIONS = "Contributions by agency, £ and share of all contributions, 2013-14"
SPEND = "Spend by what it went on, £ and share of all spend, 2013-14"
BALANCE = "From the balance brought forward to the balance carried forward, £, 2013-14"
REFERRALS = "Referrals to the Joint Case Review group and what was decided, 2013-14"
YEARS = "Referrals for case review, number, 2012-13 and 2013-14"
DEATHS = "Deaths of children and reviews of deaths, number of children, 2013-14"
OFFERS = "Training offered: sessions, and attendances where they are published, 2013-14"
TRAINED = "Practitioners trained by the Board, number, 2013-14"
COVERAGE = "Establishments represented at training, number, 2013-14"
CONTEXT = "Measures at a glance, as published in the report for 2013-14"
PROGRAMME = "Audits and reviews by kind, and what they looked at, number, 2013-14"
STATUS = "Audit findings by how they stood at review, number of findings, 2013-14"
TIMES = "Time from first audit to review, months, 2013-14"
FRONT_DOOR = "Children's Social Care front door: finding, review and impact, 2013-14"
CONFERENCES = "Child Protection Conferences: finding, review and impact, 2013-14"
LESSONS = "Lessons of child death reviews, and what was done, 2013-14"

_EVENTS = "Half-day multi-agency events on sexual exploitation and trafficking"
_PLACED = "Looked-after children placed here by other authorities (undated)"
_ENTRANTS = "Rate of first-time entrants to youth justice per 100,000 (year to September 2013)"
_EARLIER = "Reviews completed on cases referred in an earlier year, number, 2013-14"


def _rows(caption: str, column: str, rows: dict[str, str]) -> list[tuple[str, str, str, str]]:
    return [(caption, row, column, value) for row, value in rows.items()]


def _streams(row: str, children: str, adults: str, dhr: str) -> list[tuple[str, str, str, str]]:
    return [
        (REFERRALS, row, "Children", children),
        (REFERRALS, row, "Adults", adults),
        (REFERRALS, row, "DHR", dhr),
    ]


FIGURES = [
    *_rows(
        INCOME,
        "2013/14",
        {
            "Herefordshire Council": "£127,016",
            "NHS Herefordshire": "£45,203",
            "West Mercia Police": "£30,165",
            "Youth Offending Service": "£645",
            "West Mercia Probation": "£4,612",
            "CAFCASS": "£550",
            "Funding carried forward": "£39,306",
            "Total income": "£247,497",
        },
    ),
    *_rows(
        EXPENDITURE,
        "2013/14",
        {
            "Independent Chair": "£22,000",
            "Business Unit Staff and Costs": "£142,512",
            "Additional Business Costs": "£7,478",
            "Training and development (including HSCB Multi-Agency Trainer)": "£20,192",
            "Independently Authored Case Reviews": "£20,928",
            "Meeting expenses": "£778",
            "Publicity, information provision and participation": "£6,630",
            "Funding carried forward": "£26,979",
            "Total expenditure": "£247,497",
        },
    ),
    (CONTRIBUTIONS, "Total", "Contribution", "£208,191"),
    (CONTRIBUTIONS, "Herefordshire Council", "Share", "61.0%"),
    (SPEND, "Total", "Spend", "£220,518"),
    (SPEND, "Business Unit Staff and Costs", "Share", "64.6%"),
    (BALANCE, "Brought forward", "Amount", "£39,306"),
    (BALANCE, "Carried forward", "Amount", "£26,979"),
    *_streams("Referrals Received", "7", "3", "1"),
    *_streams("Serious Case Reviews", "1", "0", "0"),
    *_streams("Independently chaired multi-agency review", "2", "2", "0"),
    *_streams("Internally chaired multi-agency review", "0", "0", "0"),
    *_streams("Single Agency Review", "1", "0", "0"),
    *_streams("Did not meet criteria for review", "3", "1", "1"),
    (_EARLIER, "Children, 2012-13", "Reviews completed", "1"),
    (_EARLIER, "Adults, 2012-13", "Reviews completed", "0"),
    (_EARLIER, "DHR, 2012-13", "Reviews completed", "0"),
    (REFERRALS, "Serious Case Reviews", "Method", "Children: SILP"),
    (
        REFERRALS,
        "Independently chaired multi-agency review",
        "Method",
        "Children: SILP; Adults: HELP",
    ),
    (YEARS, "2012-13", "Referrals", "7"),
    (YEARS, "2013-14", "Referrals", "11"),
    *_rows(
        DEATHS,
        "Children",
        {
            "Deaths in the year": "11",
            "Reviews completed in the year": "5",
            "Reviews completed in the year: male": "3",
            "Reviews completed in the year: female": "2",
            "Reviews completed in the year: modifiable factors identified": "1",
        },
    ),
    *_rows(
        OFFERS,
        "Attendances",
        {
            _EVENTS: "249",
            "Sexual Exploitation and Trafficking e-learning": "177",
            "Sexual Exploitation and Trafficking module": "212",
            "Sexual Exploitation and Trafficking Training": "77",
        },
    ),
    (
        OFFERS,
        "Half-day multi-agency events on sexual exploitation and trafficking",
        "Sessions",
        "2",
    ),
    (OFFERS, "Sexual Exploitation and Trafficking Training", "Sessions", "5"),
    (TRAINED, "Practitioners trained by the Board", "Number", "1,583"),
    (
        COVERAGE,
        "secondary schools, secondary pupil referral units and further education colleges",
        "Represented",
        "22",
    ),
    (CONTEXT, "Population (2012)", "Value", "184,900"),
    (CONTEXT, "Children and young people (2012)", "Value", "approximately 36,100"),
    (CONTEXT, "Young carers on the register (undated)", "Value", "301"),
    (CONTEXT, "First-time entrants to the youth justice system", "Value", "176"),
    (CONTEXT, _ENTRANTS, "Value", "589"),
    (CONTEXT, _ENTRANTS, "England", "464"),
    (CONTEXT, "Children in homeless families (undated)", "Value", "201"),
    (CONTEXT, _PLACED, "Value", "over 200"),
    (CONTEXT, "Case disagreements taken to senior management", "Value", "2"),
    (PROGRAMME, "Thematic audit", "Number", "8"),
    (PROGRAMME, "Thematic audit: cases looked at", "Number", "40"),
    (PROGRAMME, "Individual case audit", "Number", "4"),
    (PROGRAMME, "Case learning process", "Number", "4"),
    (PROGRAMME, "Case learning process: of them Serious Case Reviews", "Number", "1"),
    (PROGRAMME, "Child death review", "Number", "5"),
    *_rows(
        FRONT_DOOR,
        "Status at review",
        {
            "Incomplete referral forms": "Improved",
            "Levels of Need": "Improved",
            "Non-standard referral form": "Resolved",
            "Strategy discussions": "Not improved",
            "The child's voice": "Partly improved",
        },
    ),
    *_rows(
        CONFERENCES,
        "Status at review",
        {
            "Agency involvement": "Process improved, outcome not",
            "Quality and minutes": "Improved",
        },
    ),
    (TIMES, "Children's Social Care front door", "First audits", "April 2013, May 2013"),
    (TIMES, "Children's Social Care front door", "Review", "October 2013"),
    (TIMES, "Child Protection Conferences", "First audits", "July 2013, September 2013"),
    (TIMES, "Child Protection Conferences", "Review", "February 2014"),
]

# Derived figures that stand in prose, with the words around them.
IN_PROSE = [
    "£12,300 more than its partners paid in",
    "£127,000 of it, or 61%",
    "51% of all income",
    "about £6",
]
