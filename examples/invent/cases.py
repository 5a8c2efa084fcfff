"""Referrals for case review, the reviews of cases, and what these recommend."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from examples.invent.board import agencies_of, has_own, word
from examples.invent.stock import stock
from examples.invent.world import Line, World, Year

_QUIET = 2023
"""The year in which nothing was referred: Northshire's, and some others'."""
# Outcomes by the board's own word and the usual one, and how often each is what is decided.
_OUTCOMES: Mapping[tuple[str, str], float] = {
    ("rapid_review", "internal_multi_agency"): 0.44,
    ("local_review", "serious_case_review"): 0.18,
    ("thematic_review", "independent_multi_agency"): 0.08,
    ("agency_review", "single_agency"): 0.1,
    ("no_review", "not_met"): 0.2,
}


# Referrals ------------------------------------------------------------------------------------


@cache
def referred(world: World, year: Year) -> tuple[tuple[str, str], ...]:
    """Return each case referred in a year: its stream, and what was decided."""
    if year.first == _QUIET and world.has("quiet year", 0.3):
        return ()
    chance = world.chance("referrals", year)
    number = 8 if world.is_northshire and year == world.latest else chance.whole(3, 8)
    streams = [
        word(world, "stream", *("notified", "children")),
        word(world, "stream", *("other_case", "adults")),
    ]
    cases = [(streams[chance.happens(0.3)], _outcome(world, year, n)) for n in range(number)]
    if year == world.latest:  # one is still open when it ends
        cases[-1] = (streams[0], _open(world))
    return tuple(sorted(cases))


def _outcome(world: World, year: Year, number: int) -> str:
    at = world.chance("outcome", year, number).between(0, sum(_OUTCOMES.values()))
    for words, part in _OUTCOMES.items():
        at -= part
        if at <= 0:
            return word(world, "referral_outcome", *words)
    return _open(world)


def _open(world: World) -> str:
    return word(world, "referral_outcome", "undecided", "open")


def outcome(world: World, own: str, usual: str) -> str:
    """Return the board's word for an outcome."""
    return word(world, "referral_outcome", own, usual)


def referrals(world: World, year: Year) -> list[Line]:
    """Return how many cases of each stream were referred."""
    streams = [stream for stream, _ in referred(world, year)]
    return [{"stream": s, "received": streams.count(s)} for s in dict.fromkeys(streams)]


def referral_outcomes(world: World, year: Year) -> list[Line]:
    """Return what was decided, by stream and outcome and, where it has one, by method."""
    cases = [(*case, _method(world, case, n)) for n, case in enumerate(referred(world, year))]
    if not world.knows("reviews"):  # then an outcome has one row, and so one method
        first = {case[:2]: case[2] for case in reversed(cases)}
        cases = [(*case[:2], first[case[:2]]) for case in cases]
    return [
        {"stream": stream, "outcome": found, "method": method, "referrals": cases.count(case)}
        for case in dict.fromkeys(cases)
        for stream, found, method in [case]
    ]


def _method(world: World, case: tuple[str, str], number: int) -> str:
    """Return the method of a review; without words of its own the board names none."""
    if case[1] in ("local_review", "thematic_review"):
        return _independent_method(world, number)
    return "rapid" if case[1] == "rapid_review" else ""


def _independent_method(world: World, number: int) -> str:
    return ("systems", "appreciative")[number % 2] if has_own(world, "review_method") else ""


def referral_totals(world: World, year: Year) -> list[Line]:
    """Return the totals that the text states: the year's own and, in the first, one before it."""
    own = {"year": year, "referrals": len(referred(world, year))}
    before = {"year": year.after(-1), "referrals": len(referred(world, year.after(-1)))}
    return [own, before] if year == world.first and before["referrals"] else [own]


def reviews_carried_over(world: World, year: Year) -> list[Line]:
    """Return the reviews completed in a year on cases of the year before."""
    independent = [o for _, o in referred(world, year.after(-1)) if o in _independent(world)]
    stream = word(world, "stream", "notified", "children")
    done = {"stream": stream, "referred_in": year.after(-1), "completed": len(independent)}
    return [done] if independent else []


def _independent(world: World) -> tuple[str, ...]:
    independent = ("local_review", "thematic_review")
    return tuple(word(world, "referral_outcome", *o) for o in _OUTCOMES if o[0] in independent)


def independent_reviews(world: World, year: Year) -> tuple[int, int]:
    """Return how many of a year's children's cases led to an independent review; to a local one."""
    of_children = ("notified", "other_case") if has_own(world, "stream") else ("children",)
    led = [o for s, o in referred(world, year) if s in of_children and o in _independent(world)]
    return len(led), led.count(_independent(world)[0])


def notified(world: World, year: Year) -> tuple[int, int]:
    """Return how many serious incidents were notified in a year, and how many reviews were late."""
    stream = word(world, "stream", "notified", "children")
    number = sum(own == stream for own, _ in referred(world, year))
    return number, int(number > 3 and world.chance("late", year).happens(0.5))


# Reviews and recommendations ------------------------------------------------------------------


def reviews(world: World, year: Year) -> list[Line]:
    """Return the independent reviews of a year: those begun in it, and those it took over."""
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZ"
    found: list[Line] = []
    for start in (year.after(-1), year):
        cases = [(s, o) for s, o in referred(world, start) if o in _independent(world)]
        for number, (stream, _) in enumerate(cases):
            code = f"{letters[start.first % 12 * 2 % len(letters)]}{number + 1}"
            was_before = start != year
            found.append(
                {
                    "review": f"case_{start.first}_{number + 1}",
                    "title": f"Child {code} ({start.first})",
                    "stream": stream,
                    "method": _independent_method(world, number),
                    "began": start.month(9 if number % 2 else 6),
                    "ended": year.month(7 if number % 2 else 5) if was_before else "",
                    "published": year.month(11) if was_before and number % 3 != 2 else "",
                }
            )
    return found


def recommendations(world: World, year: Year) -> list[Line]:
    """Return the recommendations that are followed in a year, each kept until it is complete."""
    here = {row["agency"] for row in agencies_of(world, year)}
    return [
        {**_recommendation(row, begun, here), **_made_by(world, row, begun)}
        for row, begun in _followed(world, year)
    ]


def recommendation_status(world: World, year: Year) -> list[Line]:
    """Return where each recommendation stood in the middle of a year and at its end."""
    found = [
        line
        for month, day in ((10, 15), (3, 20))
        for row, begun in _followed(world, year)
        for line in [_status(row, begun, year, year.day(month, day), is_end=month == 3)]
    ]
    return [{"record": number, **line} for number, line in enumerate(found, start=1)]


def _followed(world: World, year: Year) -> list[tuple[Mapping[str, str], int]]:
    """Return the recommendations of the stock that a year follows, with the year that made each.

    Two are made in each year; one of a national review takes a year longer.
    """
    rows = stock("recommendations")
    begins = [world.latest.first - 5 + number // 2 for number in range(len(rows))]
    return [
        (row, begun)
        for row, begun in zip(rows, begins, strict=True)
        if begun <= year.first <= begun + (2 if row["national"] else 1)
    ]


def _made_by(world: World, row: Mapping[str, str], begun: int) -> Line:
    """Return what made a recommendation: a national review, or one of the board's own if it had."""
    own = [line["review"] for line in reviews(world, Year(begun)) if line["ended"] == ""]
    if own and not row["national"]:
        return {"review": own[0]}
    return {"national_review": row["national"] or "Annual report of the national panel"}


def _recommendation(row: Mapping[str, str], begun: int, here: set[str]) -> Line:
    due = Year(begun).after(1 if int(row["months"]) > 3 else 2).month(int(row["months"]))
    return {
        "recommendation": row["recommendation"],
        "asks_for": row["asks_for"],
        "agency": row["agency"] if row["agency"] in here else "",
        "due": due,
    }


def _status(row: Mapping[str, str], begun: int, year: Year, day: str, *, is_end: bool) -> Line:
    last = begun + (2 if row["national"] else 1)
    is_complete = is_end and year.first == last
    is_slow = is_end and begun < year.first < last
    progress = "Agencies have reported, and an audit is planned" if year.first == begun else ""
    return {
        "recommendation": row["recommendation"],
        "as_at": day,
        "completion": "complete" if is_complete else "at_risk" if is_slow else "on_target",
        "progress": "Tested by audit and found in practice" if is_complete else progress,
        "reported_in": "Case Review Group",
    }
