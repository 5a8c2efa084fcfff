"""Who the board is: settings, agencies, the words it chose, groups, members, attendance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from examples.invent.stock import stock
from examples.invent.world import Line, World, Year

FORMER_UNTIL = "2019-20"
OWN_CODE = "partnership_itself"
_LEAD = ("council", "police", "care_board", "ccg_east", "ccg_west")
"""The safeguarding partners, and those whose work one of them took over."""


def named(world: World, text: str) -> str:
    """Return a text of the stock with the names of the area, its region and districts."""
    one, two, three = world.names.districts
    names = {"district_one": one, "district_two": two, "district_three": three}
    return text.format(area=world.names.area, region=world.names.region, **names)


def board_toml(world: World) -> str:
    """Return the settings of the board, with what it was called before."""
    names = world.names
    return "\n".join(
        (
            f'name = "{names.board}"',
            f'short_name = "{names.short}"',
            f'area = "{names.area}"',
            'local_authority = "council"',
            f'agency = "{OWN_CODE}"',
            'language = "en-GB"',
            'colour = "#6a2c5b"',
            'contact = "An invented partnership: there is nobody to write to"',
            "",
            *_help_lines(),
            "[[former]]",
            f'until = "{FORMER_UNTIL}"',
            f'name = "{names.former}"',
            f'short_name = "{names.area} LSCB"',
            "",
        )
    )


def _help_lines() -> Iterator[str]:
    """Yield whom to call who worries about a child: national lines, which are real."""
    for who, name, telephone in (
        ("In an emergency", "", "999"),
        ("Children and young people", "Childline", "0800 1111"),
        ("Adults who worry about a child", "NSPCC", "0808 800 5000"),
    ):
        yield "[[help]]"
        yield f'who = "{who}"'
        yield from [f'name = "{name}"'] if name else []
        yield from (f'telephone = "{telephone}"', "")


# Agencies -------------------------------------------------------------------------------------


def agencies_of(world: World, year: Year) -> tuple[Mapping[str, str], ...]:
    """Return the agencies of the stock that existed at any time of a year, and sat on the board."""
    return tuple(row for row in _all_agencies(world) if _existed(row, year))


def agency_name(world: World, code: str) -> str:
    """Return what an agency is called."""
    return next(named(world, row["name"]) for row in _all_agencies(world) if row["agency"] == code)


def agencies(world: World) -> list[Line]:
    """Return the list of agencies, those that have ended with what took over from them."""
    own: Line = {"agency": OWN_CODE, "name": world.names.board}
    own["note"] = "Its independent scrutineer and its lay members sit under this name"
    return [own, *(_agency(world, row) for row in _all_agencies(world))]


def agency_aliases(world: World) -> list[Line]:
    """Return other names under which documents speak of agencies."""
    aliases = {
        world.names.short: OWN_CODE,
        "ICB": "care_board",
        f"{world.names.area} CC": "council",
        "Acute trust": "hospitals",
    }
    return [
        {"alias": alias, "agency": code, "basis": "own_record"} for alias, code in aliases.items()
    ]


def owed(world: World) -> list[Line]:
    """Return who gives the rows of each table, as far as the agency is there at the end."""
    here = {str(line["agency"]) for line in agencies_of(world, world.latest)} | {OWN_CODE}
    return [dict(row) for row in stock("owed") if row["agency"] in here]


def _all_agencies(world: World) -> tuple[Mapping[str, str], ...]:
    may_lack = ("sixth_form", "ambulance", "housing", "voluntary", "district_three", "cafcass")
    return tuple(
        row
        for row in stock("agencies")
        if row["agency"] not in may_lack or world.has(f"agency {row['agency']}")
    )


def _agency(world: World, row: Mapping[str, str]) -> Line:
    return {
        "agency": row["agency"],
        "name": named(world, row["name"]),
        "valid_from": row["since"],
        "valid_to": row["until"],
        "successor": agency_name(world, row["successor"]) if row["successor"] else "",
        "note": row["note"],
    }


def _existed(row: Mapping[str, str], year: Year) -> bool:
    """Whether an agency existed at the end of a year: the lists are of then."""
    last = year.month(3)
    return (not row["since"] or row["since"] <= last) and (not row["until"] or row["until"] >= last)


# Words ----------------------------------------------------------------------------------------


def vocabularies(world: World) -> list[Line]:
    """Return the words that the board has chosen; of the others the usual ones hold."""
    return [dict(row) for row in stock("words") if has_own(world, row["vocabulary"])]


def has_own(world: World, vocabulary: str) -> bool:
    """Whether the board has words of its own for a vocabulary."""
    together = {"stream": "cases", "referral_outcome": "cases", "review_method": "cases"}
    return world.has(f"words {together.get(vocabulary, vocabulary)}", 0.6)


def word(world: World, vocabulary: str, own: str, usual: str) -> str:
    """Return a code: the board's own where it has words of its own, else the usual one."""
    return own if has_own(world, vocabulary) else usual


# Groups, members, attendance ------------------------------------------------------------------


def groups_of(world: World) -> tuple[Mapping[str, str], ...]:
    """Return the groups of the stock that the board has."""
    may_lack = ("exploitation_group", "neglect_group", "policy_group", "scrutiny")
    return tuple(
        row
        for row in stock("groups")
        if row["group"] not in may_lack or world.has(f"group {row['group']}")
    )


def groups(world: World) -> list[Line]:
    """Return the board's groups."""
    return [{"group": row["group"], "name": row["name"]} for row in groups_of(world)]


def membership(world: World, year: Year) -> list[Line]:
    """Return the seats on the board at the end of a year."""
    own = {"agency": OWN_CODE, "organisation": world.names.short}
    title = "Independent Scrutineer" if year.first < 2024 else "Independent Chair and Scrutineer"
    young = 3 if year.first < 2024 else 4
    return [
        {**own, "role": title, "people": 1},
        {**own, "role": "Lay member", "people": 2, "represents": "People of the area"},
        {
            **own,
            "role": "Young scrutineer",
            "people": young,
            "represents": "Children and young people",
        },
        *(line for row in agencies_of(world, year) for line in _seats(world, row)),
    ]


def _seats(world: World, row: Mapping[str, str]) -> Iterator[Line]:
    organisation = named(world, row["name"])
    for role in row["roles"].split("|"):
        for_schools = "Schools of the area" if row["agency"] == "schools_forum" else ""
        yield {
            "agency": row["agency"],
            "role": role,
            "people": 1,
            "represents": for_schools,
            "organisation": organisation,
        }


def attendance_agencies(world: World, year: Year) -> list[Line]:
    """Return the agencies whose attendance is rated: every member."""
    return [
        {"agency": row["agency"], "organisation": named(world, row["name"])}
        for row in agencies_of(world, year)
    ]


def attendance(world: World, year: Year) -> dict[str, list[Line]]:
    """Return attendance: in the latest year meeting by meeting, before that counts or ratings."""
    records = _records(world, year)
    counts, outside = _counts(records), _outside(world, year)
    if year == world.latest:
        return {"attendance_records": records, "attendance_ratings": outside}
    if world.knows("attendance_counts"):
        return {"attendance_counts": counts, "attendance_ratings": outside}
    return {"attendance_ratings": [*outside, *(_rating(line) for line in counts)]}


def _outside(world: World, year: Year) -> list[Line]:
    """Return the groups that an agency does not sit on, as ratings say it."""
    return [
        {"agency": row["agency"], "group": group["group"], "rating": "not_a_member"}
        for group in groups_of(world)
        for row in agencies_of(world, year)
        if row["agency"] not in _sitting_on(world, group, year)
    ]


def _records(world: World, year: Year) -> list[Line]:
    """Return who came to each meeting of each group."""
    return [
        {"group": group["group"], "day": day, "agency": agency, "presence": presence}
        for group in groups_of(world)
        for agency in _sitting_on(world, group, year)
        for day, presence in _meetings(world, group, agency, year)
    ]


def _sitting_on(world: World, group: Mapping[str, str], year: Year) -> Sequence[str]:
    """Return the agencies that sit on a group: the safeguarding partners on every one."""
    here = [row["agency"] for row in agencies_of(world, year)]
    if group["size"] == "all":
        return here
    first = [agency for agency in here if agency in _LEAD]
    others = [agency for agency in here if agency not in _LEAD]
    number = max(0, int(group["size"]) - len(first))
    return [*first, *world.chance("sits", group["group"]).some_of(others, number)]


def _meetings(
    world: World, group: Mapping[str, str], agency: str, year: Year
) -> Iterator[tuple[str, str]]:
    number = int(group["meetings"])
    months = [5, 7, 9, 11, 1, 3] if number == 6 else [6, 9, 12, 3]
    day = world.chance("day", group["group"]).whole(4, 26)
    keen = 0.72 + 0.26 * world.chance("keen", agency).between(0, 1)
    for month in months:
        chance = world.chance("came", group["group"], agency, str(year), month)
        presence = "present"
        if not chance.happens(keen):
            presence = "deputy" if chance.happens(0.6) else "apologies"
            presence = "absent" if chance.happens(0.1) else presence
        yield year.day(month, day), presence


def _counts(records: Sequence[Line]) -> list[Line]:
    found: dict[tuple[object, object], list[object]] = {}
    for line in records:
        found.setdefault((line["agency"], line["group"]), []).append(line["presence"])
    return [
        {
            "agency": agency,
            "group": group,
            "meetings": len(seen),
            "attended": seen.count("present"),
            "deputy": seen.count("deputy"),
        }
        for (agency, group), seen in found.items()
    ]


def _rating(count: Line) -> Line:
    """Return the rating that the report's key gives to counts."""
    meetings, attended, deputy = (int(str(count[k])) for k in ("meetings", "attended", "deputy"))
    if attended > 0.7 * meetings:
        rating = "attended"
    elif meetings - attended - deputy >= 0.3 * meetings:
        rating = "not_attended"
    else:
        rating = "deputy" if deputy >= 0.3 * meetings else "not_assessable"
    return {"agency": count["agency"], "group": count["group"], "rating": rating}
