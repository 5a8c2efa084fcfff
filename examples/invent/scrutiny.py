"""What others see and ask: inspections, policies, the golden thread, the covering report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from examples.invent import deaths, finance, learning, plan
from examples.invent.board import has_own
from examples.invent.measures import chosen
from examples.invent.stock import stock
from examples.invent.world import Line, World, Year

_EACH = 4
"""How many policies are developed in a year; those scheduled are developed in the next."""
_STATED = {
    "help_early": ("Help before harm", "plan_priority", "help"),
    "neglect_measured": ("Neglect, named and measured", "plan_priority", "neglect"),
    "outside_home": ("Harm outside the home", "plan_priority", "outside"),
    "timely_door": ("Timely decisions at the front door", "focus", "front_door"),
    "answering_children": ("Answers to what children say", "additional_priority", "voice"),
}


# Inspections and the journey ------------------------------------------------------------------


def has_journey(world: World, year: Year) -> bool:
    """Whether a year tells what inspectors said: it needs areas that they speak of."""
    return has_own(world, "journey_area") and bool(inspections(world, year))


def inspections(world: World, year: Year) -> list[Line]:
    """Return the inspections that a year's report speaks of."""
    if not world.has("inspections", 0.8):
        return []
    return [
        {"inspection": row["inspection"], "title": row["title"], "judgement": row["judgement"]}
        for row in stock("inspections")
        if int(row["first_told"]) <= year.first
    ]


def inspection_statements(world: World, year: Year) -> list[Line]:
    """Return what each inspection said of each area of the journey."""
    told = {line["inspection"] for line in inspections(world, year)}
    return [
        {
            "statement_code": f"{row['inspection']}_{row['area']}",
            "area": row["area"],
            "inspection": row["inspection"],
            "said": "stated" if row["statement"] else "absent",
            "statement": row["statement"],
        }
        for row in stock("statements")
        if row["inspection"] in told
    ]


# Policies, reports, headlines -----------------------------------------------------------------


def policies(year: Year) -> list[Line]:
    """Return the policies developed in a year, and those scheduled for the next.

    In every third year one is late: it is scheduled once more, and then not named again.
    """
    developed, scheduled = _policies_of(year), _policies_of(year.after(1))
    if year.first % 3 == 2:
        scheduled = [developed.pop(), *scheduled]
    return [
        *(_line(policy=policy, status="developed") for policy in developed),
        *(_line(policy=policy, status="scheduled") for policy in scheduled),
    ]


def _line(**cells: object) -> Line:
    return cells


def _policies_of(year: Year) -> list[str]:
    titles = [row["policy"] for row in stock("policies")]
    first = _EACH * (year.first - 2020) % len(titles)
    return [titles[(first + place) % len(titles)] for place in range(_EACH)]


def periodic_reports(world: World, year: Year) -> list[Line]:
    """Return the reports that the quality group received."""
    begun = year.first // 3  # some reports come and go
    rows = stock("periodic_reports")
    return [dict(row) for row in rows if world.has(f"report {row['report']} {begun}", 0.9)]


def headline_measures(world: World) -> list[Line]:
    """Return the headline measures, with the measures that show them."""
    known = {row["measure"] for row in chosen(world)}
    return [
        {**row, "shown_by": ";".join(m for m in row["shown_by"].split(";") if m in known)}
        for row in stock("headlines")
    ]


# The golden thread ----------------------------------------------------------------------------


def stated_priorities() -> list[Line]:
    """Return what is called a priority of the plan."""
    return [
        {"stated": code, "title": title, "called": called}
        for code, (title, called, _) in _STATED.items()
    ]


def golden_thread(world: World, year: Year) -> list[Line]:
    """Return what answers the year's findings, lessons, statements and stated priorities."""
    starts = [("finding", code, row["thread"]) for code, row in learning.findings_of(year)]
    lessons = {line["lesson"] for line in deaths.cdop_lessons(year)}
    starts += [
        ("lesson", row["lesson"], row["thread"])
        for row in stock("lessons")
        if row["lesson"] in lessons
    ]
    if has_journey(world, year):
        told = {line["statement_code"] for line in inspection_statements(world, year)}
        starts += [
            ("inspection", code, row["thread"])
            for row in stock("statements")
            if (code := f"{row['inspection']}_{row['area']}") in told and row["statement"]
        ]
    starts += [("priority", code, f"area:{tag}") for code, (_, _, tag) in _STATED.items()]
    return [
        {"origin": origin, "item": item, "target": target, "reached": reached, "how": how}
        for origin, item, thread in starts
        for target, reached, how in _answers(world, year, thread)
    ]


def _answers(world: World, year: Year, thread: str) -> Iterator[tuple[str, str, str]]:
    """Yield what a thread leads to, if the year has it."""
    kind, _, name = thread.partition(":")
    offers = {str(line["offer"]) for line in learning.training_offers(world, year)}
    titles = {str(line["policy"]) for line in policies(year)}
    if kind == "training" and name in offers:
        yield "training", name, "The course takes it up"
    elif kind == "policy" and name in titles:
        yield "policy", name, "The procedure says what to do"
    elif kind in ("area", "action_area") and name in plan.labels():
        yield "action_area", plan.labels()[name], "The actions of the area answer it"
    elif kind == "action" and (action := plan.first_action(world, year, name)):
        yield "action", action, "The action answers it"


# The covering report --------------------------------------------------------------------------


def covering_report(world: World, year: Year) -> list[Line]:
    """Return the paragraphs that take the report and the plan to the scrutiny committee."""
    paid = finance.books(world, year).contributions["council"]
    names = world.names
    said: tuple[tuple[str, str], ...] = (
        ("classification", "Open"),
        ("key_decision", "No"),
        ("wards", "All"),
        ("purpose", f"To put before the committee what {names.short} did in the year and plans."),
        ("recommendation", "that the committee note the annual report;"),
        ("recommendation", "that it tell the partners what it wants them to look at next; and"),
        ("recommendation", "that it hear from the young scrutineers in the autumn."),
        ("alternative", "None: the law asks for the report."),
        ("reason", "The committee may hold the lead partners to what they have said."),
        ("consideration", "Independent scrutiny is part of the report and is not changed by it."),
        ("consideration", "Figures for the latest year are provisional where the tables say so."),
        ("community", "What keeps children safe is the concern of every community in the area."),
        ("equality", "The report tells of disabled children and of children of all backgrounds."),
        ("financial", "The Council's contribution is part of its agreed budget."),
        ("legal", "The report is made under section 16G of the Children Act 2004."),
        ("risk", "Pressure on budgets may make some partners give less in later years."),
        ("consultee", "The safeguarding partners and the schools forum"),
        ("appendix", "The annual report and the business plan"),
        ("background", "None"),
    )
    found: list[Line] = []
    for section, text in said:
        position = sum(line["section"] == section for line in found) + 1
        label = f"({'abc'[position - 1]})" if section == "recommendation" else ""
        line: Line = {"section": section, "position": position, "label": label, "text": text}
        found.append({**line, "amount": paid} if section == "financial" else line)
    return found


# Coverage -------------------------------------------------------------------------------------


def requirement_coverage(year: Year, pages: Mapping[str, bool]) -> list[Line]:
    """Return where the report meets what the guidance of a year asks for.

    `pages` tells of pages whether the year has them: what has none is met on the first page.
    """
    regime = "2018" if year.first < 2023 else "2023"
    return [
        {
            "requirement": row["requirement"],
            "page": row["page"] if pages.get(row["page"], True) else "text/review-of-the-year",
            "coverage": row["coverage"] if pages.get(row["page"], True) else "narrative",
            "how": row["how"],
        }
        for row in stock("coverage")
        if regime in row["regimes"] and year.first >= 2019
    ]
