"""Training and audits: what was offered and who came, what was audited and found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from examples.invent.board import has_own
from examples.invent.cases import independent_reviews
from examples.invent.chance import split
from examples.invent.deaths import register
from examples.invent.stock import stock
from examples.invent.world import Line, World, Year

_COLUMNS = ("offer", "title", "theme", "level")
_ANSWERS = {"before": (0.9, 0.42), "after": (0.82, 0.88), "later": (0.3, 0.67)}
"""When people are asked: the part of them that answers, and of these the part that is confident."""
_GRADES = {"outstanding": 5, "good": 52, "requires_improvement": 36, "inadequate": 7}


# Training -------------------------------------------------------------------------------------


def offers_of(world: World) -> tuple[Mapping[str, str], ...]:
    """Return the training of the stock that the board offers."""
    kept = ("basics", "working_together", "neglect", "exploitation")
    return tuple(
        row for row in stock("offers") if row["offer"] in kept or world.has(row["offer"], 0.8)
    )


def training_offers(world: World, year: Year) -> list[Line]:
    """Return what was offered in a year."""
    mode = "mode" if has_own(world, "training_mode") else "usual_mode"
    return [
        {**{name: row[name] for name in _COLUMNS}, "mode": row[mode]}
        for row in offers_of(world)
        if not (year.first == 2020 and row["offer"] == "leads_forum")
    ]


@cache
def _deliveries(world: World, year: Year) -> tuple[Line, ...]:
    return tuple(_delivered(world, row, year) for row in _offered(world, year))


def training_deliveries(world: World, year: Year) -> list[Line]:
    """Return how often each offer was given in a year, and to how many."""
    return [dict(line) for line in _deliveries(world, year)]


def _offered(world: World, year: Year) -> list[Mapping[str, str]]:
    offered = {line["offer"] for line in training_offers(world, year)}
    return [row for row in offers_of(world) if row["offer"] in offered]


def _delivered(world: World, row: Mapping[str, str], year: Year) -> Line:
    chance = world.chance("training", row["offer"], year)
    scale = (0.4 + 0.6 * world.children / 118_400) * (1 + 0.03 * (year.first - 2020))
    line: Line = {"offer": row["offer"], "in_total": row["in_total"]}
    line |= {"first_month": year.month(4), "last_month": year.month(3)}
    if not row["sessions"]:
        taken = round(chance.near(int(row["places"]) * scale, 0.14))
        return {**line, "attended": taken, "counted_as": "practitioners"}
    fewer = 0.7 if year.first == 2020 else 1
    sessions = max(1, round(chance.near(int(row["sessions"]) * scale * fewer, 0.15)))
    booked = round(chance.near(sessions * int(row["places"]) * 0.93, 0.06))
    away = 0.16 - 0.007 * (year.first - 2020)
    cancelled, no_show = round(chance.near(booked * away * 0.55, 0.3)), round(booked * away * 0.45)
    walk_in = chance.whole(0, 1 + sessions // 3)
    numbers = {"sessions": sessions, "booked": booked, "cancelled": cancelled}
    numbers |= {"no_show": no_show, "walk_in": walk_in}
    numbers["attended"] = booked - cancelled - no_show + walk_in
    return {**line, **numbers, "counted_as": "attendees"}


def practitioners(world: World, year: Year) -> int:
    """Return all who were trained at events and courses in a year, as the board states it."""
    within = [line for line in _deliveries(world, year) if line["in_total"] == "yes"]
    return sum(int(str(line["attended"])) for line in within)


def training_totals(world: World, year: Year) -> list[Line]:
    """Return the total that the board states."""
    return [{"total": "practitioners", "attended": practitioners(world, year)}]


def establishment_coverage(world: World, year: Year) -> list[Line]:
    """Return how many schools sent somebody to the course on working together."""
    schools = round(world.children / 470)
    part = 0.58 + 0.05 * (year.first - 2020)
    reached = min(schools, round(world.chance("schools", year).near(schools * part, 0.06)))
    return [
        {
            "offer": "working_together",
            "establishments": "Schools and academies",
            "represented": reached,
            "eligible": schools,
        }
    ]


def training_evaluations(world: World, year: Year) -> list[Line]:
    """Return what those who came answered before, at the end and three months later."""
    asked = {row["offer"] for row in stock("offers") if row["evaluated"]}
    came = {line["offer"]: int(str(line["attended"])) for line in _deliveries(world, year)}
    return [
        line
        for offer in (offer for offer in came if offer in asked)
        for line in _answers(world, year, str(offer), came[offer])
    ]


def _answers(world: World, year: Year, offer: str, came: int) -> Iterator[Line]:
    chance = world.chance("answers", offer, year)
    for asked, (answer, positive) in _ANSWERS.items():
        answered = min(came, round(chance.near(came * answer, 0.08)))
        better = positive + 0.012 * (year.first - 2022) * (asked != "before")
        confident = round(min(answered, chance.near(answered * better, 0.08)))
        yield {"offer": offer, "asked": asked, "answered": answered, "positive": confident}


def places_taken(world: World, year: Year) -> tuple[int, int]:
    """Return the places that were taken up in a year, and those that were booked."""
    booked = [line for line in _deliveries(world, year) if "booked" in line]
    of = sum(int(str(line["booked"])) for line in booked)
    lost = sum(int(str(line["cancelled"])) + int(str(line["no_show"])) for line in booked)
    return of - lost, of


def answers(world: World, year: Year, asked: str) -> tuple[int, int]:
    """Return how many of those who were asked at a time were confident, and how many answered."""
    rows = [line for line in training_evaluations(world, year) if line["asked"] == asked]
    positive = sum(int(str(row["positive"])) for row in rows)
    return positive, sum(int(str(row["answered"])) for row in rows)


# Audits ---------------------------------------------------------------------------------------


def themes_of(year: Year) -> list[str]:
    """Return the themes that were audited in a year: two of the stock, in turn."""
    themes = list(dict.fromkeys(row["programme"] for row in stock("audits")))
    first = 2 * (year.first - 2020) % len(themes)
    return [themes[(first + place) % len(themes)] for place in range(2)]


def findings_of(year: Year) -> list[tuple[str, Mapping[str, str]]]:
    """Return the findings of a year's audits, each with its short code."""
    themes = themes_of(year)
    rows = [row for theme in themes for row in stock("audits") if row["programme"] == theme]
    return [(f"{row['programme']}_{n}", row) for n, row in enumerate(rows, start=1)]


def audits(world: World, year: Year) -> list[Line]:
    """Return a year's thematic audits and when each was looked at again."""
    found: list[Line] = []
    for place, theme in enumerate(themes_of(year)):
        row = next(row for row in stock("audits") if row["programme"] == theme)
        first = world.chance("audit", theme, year).whole(4, 6) + 2 * place
        found.append(
            {
                "audit": f"{theme}_{year.first}",
                "programme": theme,
                "programme_title": row["programme_title"],
                "subject": row["subject"],
                "first_audit": year.month(first),
                "review_audit": year.month(2 + place),
            }
        )
    return found


def audit_findings(year: Year) -> list[Line]:
    """Return what the audits of a year found, and what was found when they were repeated."""
    names = ("title", "programme", "initial", "review", "impact", "status")
    found: list[Line] = []
    for code, row in findings_of(year):
        found.append({"finding": code, **{name: row[name] for name in names}})
    return found


def _cases(world: World, theme: str, year: Year) -> int:
    return world.chance("cases", theme, year).whole(8, 16)


def audit_grades(world: World, year: Year) -> list[Line]:
    """Return how the cases of each audit were graded."""
    found = []
    for theme in themes_of(year):
        chance = world.chance("grades", theme, year)
        weights = [chance.near(part, 0.25) for part in _GRADES.values()]
        weights[1] *= 1 + 0.08 * (year.first - 2020)
        for grade, cases in zip(_GRADES, split(_cases(world, theme, year), weights), strict=True):
            found.append({"programme": theme, "grade": grade, "cases": cases})
    return found


def cases_good(world: World, year: Year) -> tuple[int, int]:
    """Return how many of a year's audited cases were good, and how many cases there were."""
    rows = audit_grades(world, year)
    good = sum(int(str(r["cases"])) for r in rows if r["grade"] in ("outstanding", "good"))
    return good, sum(int(str(row["cases"])) for row in rows)


def audit_programme(world: World, year: Year) -> list[Line]:
    """Return the parts of a year's programme; its reviews are those that other tables count."""
    cases = sum(_cases(world, theme, year) for theme in themes_of(year))
    number, local = independent_reviews(world, year)
    singly = world.chance("single cases", year).whole(9, 18)
    found: list[Line] = [
        {"activity": "thematic", "number": len(themes_of(year)), "cases": cases},
        {"activity": "individual", "number": singly, "cases": singly},
    ]
    if number:
        found.append({"activity": "case_review", "number": number, "serious_case_reviews": local})
    return [*found, {"activity": "child_death_review", "number": register(world, year).done}]
