"""Names of places and bodies that there are not: Northshire's, and those of any other seed."""

from __future__ import annotations

from dataclasses import dataclass

from examples.invent.chance import Chance

_BEGINNINGS = (
    *(
        "Aldwin",
        "Brackle",
        "Carrow",
        "Dunmere",
        "Elsing",
        "Fallowden",
        "Garside",
        "Hexle",
        "Ivelden",
    ),
    *("Jessop", "Kelder", "Larkin", "Merrow", "Nettle", "Orrin", "Pellow", "Quarn", "Rothen"),
    *("Sallow", "Tarrick", "Umber", "Velden", "Wyther", "Yarrow", "Zennick"),
)
_ENDINGS = ("shire", "borough", "mere", "vale", "moor", "march", "sea", "wold", "stead", "combe")
_REGIONS = ("Northern Counties", "Western Counties", "Inner Shires", "Eastern Coast")


@dataclass(frozen=True)
class Names:
    """What a board, and the areas about it, are called."""

    area: str
    neighbours: tuple[str, ...]
    districts: tuple[str, str, str]
    region: str

    @property
    def short(self) -> str:
        """The partnership's short name, by its first letters."""
        return f"{self.area[0]}SCP"

    @property
    def board(self) -> str:
        """The partnership's name."""
        return f"{self.area} Safeguarding Children Partnership"

    @property
    def former(self) -> str:
        """The name of the Board that it took over from."""
        return f"{self.area} Local Safeguarding Children Board"


def names_of(seed: int, *, northshire: bool) -> Names:
    """Return the names that go with a seed."""
    if northshire:
        return Names(
            "Northshire",
            (
                *("Calderwick", "Eastmoorland", "Fenborough", "Harrowmere", "Lindleshire"),
                *("Marlshire", "Ravensea", "Stonevale", "Thornwold", "Westmarch"),
            ),
            ("Aldermoor", "Castle Vale", "Seaholme"),
            "Northern Counties",
        )
    chance = Chance(seed, "names")
    beginnings = chance.some_of(_BEGINNINGS, 14)
    turn = chance.whole(0, len(beginnings) - 1)  # else the area's is always an early letter
    beginnings = [*beginnings[turn:], *beginnings[:turn]]
    places = [f"{beginning}{chance.one_of(_ENDINGS)}" for beginning in beginnings]
    region = chance.one_of(_REGIONS)
    return Names(
        places[0],
        tuple(sorted(places[1 : 1 + chance.whole(5, 10)])),
        (places[11], places[12], places[13]),
        region,
    )
