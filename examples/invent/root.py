"""A whole data root: every table and text of an invented board, from a seed."""

from __future__ import annotations

from examples.invent import (
    assessments,
    board,
    cases,
    deaths,
    finance,
    learning,
    measures,
    plan,
    points,
    priorities,
    remarks,
    scrutiny,
)
from examples.invent.chance import rounded
from examples.invent.counts import counted
from examples.invent.prose import exempt_numbers, texts_of
from examples.invent.world import Line, World, Year, years_until_last
from examples.invent.writing import Root, known_columns

Tables = dict[str, list[Line]]


def root(seed: int, years: int = 5) -> Root:
    """Return the files of a board: of `years` years, the latest of them 2024-25."""
    world = World(seed, years_until_last(years), known_columns())
    told = measures.told(world, counted(world))
    files: dict[str, list[Line] | str] = {"board.toml": board.board_toml(world)}
    files |= {f"reference/{name}.csv": rows for name, rows in _reference(world).items()}
    for year in world.years:
        tables = _tables(world, year, told[year])
        files[f"{year}/year.toml"] = _year_toml(world, year, tables)
        files |= {f"{year}/{name}.csv": rows for name, rows in tables.items()}
        texts = dict(texts_of(world, year, tables))
        sentences = [str(line["sentence"]) for line in tables.get("points", [])]
        files[f"{year}/exempt_numbers.csv"] = exempt_numbers([*texts.values(), *sentences])
        files |= {f"{year}/text/{page}.md": text for page, text in texts.items()}
    return files


def _reference(world: World) -> Tables:
    return {
        "agencies": board.agencies(world),
        "agency_aliases": board.agency_aliases(world),
        "areas": measures.areas(world),
        "headings": remarks.headings(world),
        "measures": measures.measures(world),
        "owed": board.owed(world),
        "standards": assessments.standards(),
        "vocabularies": board.vocabularies(world),
    }


def _tables(world: World, year: Year, told: list[Line]) -> Tables:
    tables: Tables = {
        "measurements": [line for line in told if not measures.is_protected(world, line)],
        "protected_measurements": [line for line in told if measures.is_protected(world, line)],
        **_of_the_board(world, year),
        **_of_cases(world, year),
        **_of_learning(world, year),
        **_of_scrutiny(world, year),
    }
    tables |= _of_plan(world, year)
    if year == world.first:
        tables["earlier_figures"] = _earlier(world, year)
    found = {name: _known(world, name, rows) for name, rows in tables.items() if world.knows(name)}
    found = {name: rows for name, rows in found.items() if rows}
    pages = {page: name in found for page, name in _PAGES.items()}
    found["callouts"] = remarks.callouts(found)
    found["section_tags"] = remarks.section_tags(found)
    found["requirement_coverage"] = scrutiny.requirement_coverage(year, pages)
    found["points"] = points.points(world, year, found)
    found["key_figures"] = points.key_figures(world, year, found)
    return {name: rows for name, rows in found.items() if rows}


def _known(world: World, table: str, rows: list[Line]) -> list[Line]:
    """Return rows with the columns that the package has."""
    known = world.known[table]
    return [{name: cell for name, cell in row.items() if name in known} for row in rows]


_PAGES = {
    "chapters/case_reviews": "referrals",
    "chapters/child_deaths": "child_deaths",
    "chapters/audits": "audits",
    "text/priorities": "priority_statements",
}
"""The pages on which requirements are met that a year may lack, each with the table it needs."""


def _of_the_board(world: World, year: Year) -> Tables:
    return {
        "groups": board.groups(world),
        "membership": board.membership(world, year),
        "attendance_agencies": board.attendance_agencies(world, year),
        **board.attendance(world, year),
        "contributions": finance.contributions(world, year),
        "other_income": finance.other_income(world, year),
        "help_in_kind": finance.help_in_kind(world, year),
        "expenditure": finance.expenditure(world, year),
        "fund_balances": finance.fund_balances(world, year),
        "budget_totals": finance.budget_totals(world, year),
    }


def _of_cases(world: World, year: Year) -> Tables:
    found: Tables = {"cdop_lessons": deaths.cdop_lessons(year)}
    found["child_deaths"] = deaths.child_deaths(world, year)
    found["reviews"] = cases.reviews(world, year)
    if not cases.referred(world, year):
        return found  # the year in which no case was brought
    found |= {
        "referrals": cases.referrals(world, year),
        "referral_outcomes": cases.referral_outcomes(world, year),
        "referral_totals": cases.referral_totals(world, year),
        "reviews_carried_over": cases.reviews_carried_over(world, year),
    }
    return found


def _of_learning(world: World, year: Year) -> Tables:
    found: Tables = {
        "training_offers": learning.training_offers(world, year),
        "training_deliveries": learning.training_deliveries(world, year),
        "training_totals": learning.training_totals(world, year),
        "establishment_coverage": learning.establishment_coverage(world, year),
        "training_evaluations": learning.training_evaluations(world, year),
        "audit_programme": learning.audit_programme(world, year),
        "audits": learning.audits(world, year),
        "audit_findings": learning.audit_findings(year),
        "audit_grades": learning.audit_grades(world, year),
    }
    return found


def _of_scrutiny(world: World, year: Year) -> Tables:
    found: Tables = {
        "policies": scrutiny.policies(year),
        "periodic_reports": scrutiny.periodic_reports(world, year),
        "headline_measures": scrutiny.headline_measures(world),
        "strategic_priorities": priorities.strategic_priorities(),
        "priority_statements": priorities.priority_statements(world, year),
        "accepted": priorities.accepted(world, year),
        "recommendations": cases.recommendations(world, year),
        "recommendation_status": cases.recommendation_status(world, year),
        "self_assessments": assessments.self_assessments(world, year),
    }
    if scrutiny.has_journey(world, year):
        found["inspections"] = scrutiny.inspections(world, year)
        found["inspection_statements"] = scrutiny.inspection_statements(world, year)
    return found


def _of_plan(world: World, year: Year) -> Tables:
    """Return the plan of the last two years and, of the latest, what leads to it and from it."""
    if not plan.has_plan(world, year):
        return {}
    found = plan.plan_tables(world, year)
    if year == world.latest:
        found["stated_priorities"] = scrutiny.stated_priorities()
        found["golden_thread"] = scrutiny.golden_thread(world, year)
        found["covering_report"] = scrutiny.covering_report(world, year)
    return found


def _earlier(world: World, year: Year) -> list[Line]:
    """Return two numbers of the year before the first, of which there is no folder."""
    account = finance.books(world, year)
    paid = rounded(sum(account.contributions.values()) * 0.97, 100)
    trained = round(learning.practitioners(world, year) * 1.24)
    return [
        {"fact": "budget.contributions", "period": year.after(-1), "value": paid},
        {"fact": "training.practitioners", "period": year.after(-1), "value": trained},
    ]


def _year_toml(world: World, year: Year, tables: Tables) -> str:
    following = year.after(1)
    lines = [f'year = "{year}"', 'kind = "example"', 'status = "final"', ""]
    if "actions" in tables:
        month, day = plan.AS_AT if year == world.latest else (3, 31)
        lines += ["[plan]", f'version = "v1.{year.first % 3}"']
        lines += [f"as_at = {following.plain_day(month, day)}", ""]
    if "covering_report" in tables:
        lines += [
            "[covering_report]",
            f'title = "{world.names.short} annual report and business plan"',
            'committee = "Children and Families Scrutiny Committee"',
            f"day = {following.plain_day(9, 17)}",
            'time = "2.00 pm"',
            'place = "County Hall"',
            'report_by = "Executive Director for Children\'s Services"',
            "",
        ]
    return "\n".join(lines)
