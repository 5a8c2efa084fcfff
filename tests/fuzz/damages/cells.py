"""What stands in a cell that somebody, or a program, has written something else into."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from random import Random

Written = Mapping[str, tuple[str, ...]]

HOSTILE: Written = {
    "formula": (
        *("=1+1", "=cmd|' /C calc'!A0", "+44 1432 260000", "-1+2", "@SUM(A1:A9)", "\t=1+1"),
        '=HYPERLINK("http://x.example","y")',
    ),
    "error value": ("#VALUE!", "#REF!", "#DIV/0!", "#N/A", "#NAME?", "#NUM!", "########"),
    "mojibake": ("childrenâ€™s", "2013â€“14", "Â£45", "CafÃ©", "\ufffd", "ï»¿x"),
    "bidi": ("\u202eabc", "a\u2066b", "\u200fx", "abc\u061c", "\u202d\u202e\u202c12"),
    "invisible": (
        *("\u200b12", "12\u00a0", "\u00ad12", "\ufeff12", "1\u20092", "\u2060x", "\u3164"),
        *("x\u034f", "\u180e7", "\U000e0041x", "\u200d", "12\u202f000"),
    ),
    "control": (
        *("a\x07b", "\x1b[31mred\x1b[0m", "\x9b31m", "a\x00b", "a\x0bb", "a\x85b", "a\u2028b"),
        *("a\rb", "a\nb", "\x1b]0;title\x07", "a\x08b", "\x7f", "a\u2029b"),
    ),
    "no character": ("\ufffe", "\uffff", "a\U0001ffffb", "\ue000", "\U000f0000", "\ufdd0"),
    "suppression": (
        *("c", "*", "[c]", ":", "..", "<5", "x", "~", "[z]", "[x]", "-", "–", "n/a", "≤5", "1-4"),
        *("suppressed", "s", "†", "N/K", "unknown", "?", "TBC", "nil", "none", "not known"),
    ),
    "number": (
        *("45203.0", "45,203", "45 203", "45.203,50", "£45,203.5", "45203.5O", "(45,203)", "−12"),
        *("1e5", "1E+05", "0x1F", "1_000", "१२", "①", "½", "12%", "1.", ".5", "00012", "+7", "-0"),
        *(
            "999999999",
            "9999999999",
            "9" * 40,
            "1e999",
            "nan",
            "inf",
            "-inf",
            "Infinity",
            "12.34567",
        ),
        *(
            "4.520.300",
            "45,20,3",
            "£",
            "£ 1",
            "1 million",
            "45k",
            "12.0000000000001",
            "0.1e-9",
            "-1",
        ),
    ),
    "date": (
        *(
            "07-Jun-2013",
            "01/06/2013",
            "23/11/2026",
            "41426",
            "41426.5",
            "2013-06-07",
            "7 June 2013",
        ),
        *("2013-M13", "2013-M00", "2013-02-30", "2013-M02-29", "Jun-13", "13-Jun", "June", "2013"),
        *("2013-06-07T00:00:00", "06/2013", "0000-01-01", "9999-12-31", "9999-M12", "1014-M01-01"),
        *("2013/14", "2013-15", "2013–14", "99-00", "2099-00", "year to Smarch 2013", "2013-Q1"),
        *("2014-M12 to 2014-M01", "to", "2013-M04 to", "undated", "1899-12-31", "29/02/2014"),
    ),
    "glyph": (
        *("Multi\u2011Agency", "\uf0b7 item", "安全", "🙂", "👩\u200d👧", "Ŵyn", "Łódź", "Ελλάδα"),
        *("Шевченко", "עברית", "العربية", "हिन्दी", "e\u0301", "ﬁne", "①", "→", "☐", "✓", "\u2028x"),
    ),
    "markup": (
        *("<script>alert(1)</script>", "<b>x</b>", "{{ year }}", "{{ 7*7 }}", "{% raw %}", "`x`"),
        *("[x](javascript:alert(1))", "![x](/etc/passwd)", "$x$", "a | b", "#set page(width: 1cm)"),
        *("\\input{x}", "&lt;&amp;", "-->", "]]>", "*x*", "# x", "{numref}`x`", "%s %d {0}", "\\"),
        *("```{include} /etc/passwd\n```", '"', "'", ";", ",", "a;b;;c", "a,b", "../../etc/passwd"),
    ),
    "long": ("x" * 300, "word " * 2000, "x" * 40_000, "x" * 140_000, "x;" * 3000, "9" * 5000),
    "empty": ("", " ", "  ", '""', "''", "\u00a0", "\t"),
    "code": (
        "council ",
        "Council",
        "COUNCIL",
        "coun_cil",
        "council;council",
        "no_such_code",
        "all",
    ),
}
"""Values by the kind of thing that they are; any may stand in any column."""


def upper_case(rng: Random, cell: str) -> str:
    return cell.upper()


def other_case(rng: Random, cell: str) -> str:
    return cell.title() if rng.random() < 0.5 else cell.swapcase()


def padded(rng: Random, cell: str) -> str:
    pad = rng.choice((" ", "  ", "\u00a0", "\t", "\n", "\u200b", "\u3000"))
    return rng.choice((pad + cell, cell + pad, pad + cell + pad))


def in_quotes(rng: Random, cell: str) -> str:
    return rng.choice(('"{}"', "'{}", "“{}”", "'{}'", '="{}"')).format(cell)


def one_letter_other(rng: Random, cell: str) -> str:
    if not cell:
        return "x"
    place = rng.randrange(len(cell))
    return cell[:place] + rng.choice(("", "x", "0", "é", " ", cell[place] * 2)) + cell[place + 1 :]


def cut_short(rng: Random, cell: str) -> str:
    return cell[: rng.randint(0, max(0, len(cell) - 1))]


def as_a_program_saves_it(rng: Random, cell: str) -> str:
    """What a spreadsheet makes of numbers, months and years: another form of the same."""
    if re.fullmatch(r"[0-9]+", cell):
        number = int(cell[:15])
        forms = (f"{number}.0", f"{number:,}", f"{number:,}.00", f"{number:.2E}", f"£{number:,}")
        return rng.choice((*forms, f" {number} ", f"{number}.5", f"({number})", f"-{number}"))
    if match := re.fullmatch(r"([0-9]{4})-M?([0-9]{2})(?:-([0-9]{2}))?", cell):
        year, month, day = match[1], match[2], match[3] or "01"
        forms = (f"{day}/{month}/{year}", f"{month}/{day}/{year}", f"{year}-{month}", "41426")
        return rng.choice((*forms, f"{day}.{month}.{year}", f"{year}-{month}-{day} 00:00:00"))
    return cell.replace("'", "’").replace("-", "–").replace("...", "…") or "0"


CHANGES: tuple[Callable[[Random, str], str], ...] = (
    *(upper_case, other_case, padded, in_quotes, one_letter_other, cut_short),
    as_a_program_saves_it,
)
"""What is made of a cell that is there."""


def hostile(rng: Random) -> tuple[str, str]:
    """Return a value that somebody may put into a cell, and the name of its kind."""
    kind = rng.choice(tuple(HOSTILE))
    return kind, rng.choice(HOSTILE[kind])
