"""What happens to board.toml and year.toml: other types, hostile text, too deep, too large."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from hscb_report.schema.settings import (
    BoardSettings,
    CoveringSettings,
    FormerBoard,
    PlanSettings,
    YearSettings,
)
from tests.fuzz.damages import cells, tables

_SECTIONS = {"plan": PlanSettings, "covering_report": CoveringSettings}
NAMES = tuple(
    sorted(
        {
            *(name for kind in (BoardSettings, YearSettings) for name in kind.model_fields),
            *(f"{of}.{name}" for of, kind in _SECTIONS.items() for name in kind.model_fields),
            "nobody_knows_this",
            '"a b"',
            '""',
        }
    )
)
VALUES = (
    *("1", "-1", "1.5", "inf", "nan", "true", "[]", "{}", '[1, "a"]', "{a = 1}", "[[[]]]", "''"),
    *("2013-14", "2014-05-01", "9999-12-31", "0001-01-01", "1014-01-01", "2014-05-01T10:00:00Z"),
    *("10:00:00", "0x" + "f" * 20, "1" * 4300, "1" * 4301, "1e400", "9" * 25, "2023-02-30"),
    *('"""\na\nb\n"""', '"\\u0000"', '"\\u202Ex"', '"\\uFFFE"', '"\\n"', '"\\t"', '" "'),
    *(
        '"2013-14"',
        '"2016-17"',
        '"2013-15"',
        '"April"',
        '"May"',
        '"council"',
        '"working_together_9"',
    ),
)
LANGUAGES = (
    "klingon",
    "",
    "en_GB",
    "cy",
    "de",
    "x" * 300,
    "../../x",
    "en-GB-x-y",
    "zh",
    "EN",
    "ar",
)
ADDRESSES = ("javascript:alert(1)", "http://[", "ftp://x", "//x", "https://x.example/?a=<b>", "x y")


def _text(value: str) -> str:
    """Return a text as TOML writes it."""
    told = "".join(c if c.isprintable() and c not in '"\\' else f"\\U{ord(c):08x}" for c in value)
    return f'"{told}"'


def _with(text: str, name: str, value: str) -> str:
    """Return the file with a setting of a value: in its line, or as a new one."""
    section, _, own = name.rpartition(".")
    if not section:
        line = re.compile(rf"(?m)^{re.escape(own)}\s*=.*$")
        if line.search(text):
            return line.sub(lambda _: f"{own} = {value}", text, count=1)
        return f"{own} = {value}\n{text}"
    head = re.compile(rf"(?m)^\[{re.escape(section)}\]$")
    if head.search(text):
        return head.sub(lambda _: f"[{section}]\n{own} = {value}", text, count=1)
    return f"{text}\n[{section}]\n{own} = {value}\n"


def another_type(rng: Random, text: str) -> str:
    return _with(text, rng.choice(NAMES), rng.choice(VALUES))


def hostile_text(rng: Random, text: str) -> str:
    told = re.findall(r'(?m)^([a-z_]+)\s*=\s*"', text)
    return _with(text, rng.choice(told or list(NAMES)), _text(cells.hostile(rng)[1]))


def hostile_setting(rng: Random, text: str) -> str:
    return _with(text, rng.choice(NAMES), _text(cells.hostile(rng)[1]))


def language_or_address(rng: Random, text: str) -> str:
    name, values = rng.choice((("language", LANGUAGES), ("website", ADDRESSES)))
    return _with(text, name, _text(rng.choice(values)))


def line_gone(rng: Random, text: str) -> str:
    lines = text.splitlines(keepends=True)
    at = rng.randrange(len(lines))
    return "".join(lines[:at] + lines[at + 1 :])


def line_twice(rng: Random, text: str) -> str:
    lines = text.splitlines(keepends=True)
    return "".join([*lines, rng.choice(lines)])


def line_torn(rng: Random, text: str) -> str:
    at = rng.randrange(len(text))
    put = rng.choice(('"', "'", "[", "]", "=", "\\", "#", "\n", "\x00", "\u2028", "=="))
    return text[:at] + put + text[at + rng.randint(0, 3) :]


def too_deep(rng: Random, text: str) -> str:
    depth = rng.choice((50, 300, 900, 5000))
    forms = ("[" * depth + "]" * depth, "{a = " * depth + "1" + "}" * depth)
    if rng.random() < 0.4:
        return f"{text}\n[{'.'.join(['a'] * depth)}]\nb = 1\n"
    return _with(text, rng.choice(NAMES), rng.choice(forms))


def former_names(rng: Random, text: str) -> str:
    chosen = {
        name: rng.choice(VALUES[-20:]) for name in FormerBoard.model_fields if rng.random() < 0.6
    }
    chosen |= {"until": rng.choice(('"2018-19"', '"2013-14"', '"x"', "2018", '"9999-00"'))}
    told = "\n".join(f"{name} = {value}" for name, value in chosen.items())
    return f"{text}\n" + f"[[former]]\n{told}\n" * rng.randint(1, 2)


def another_section(rng: Random, text: str) -> str:
    name = rng.choice(("plan", "covering_report", "former", "board", "tool.x", "__proto__"))
    kind = _SECTIONS.get(name, PlanSettings)
    lines = [f"{own} = {rng.choice(VALUES)}" for own in kind.model_fields if rng.random() < 0.8]
    return f"{text}\n[{name}]\n" + "\n".join(lines)


def a_covering_report(rng: Random, text: str) -> str:
    """One that is whole, but for a text of it or the day."""
    said = dict.fromkeys(CoveringSettings.model_fields, '"x"') | {"day": "2017-09-01"}
    said[rng.choice(tuple(said))] = rng.choice((_text(cells.hostile(rng)[1]), *VALUES))
    return f"{text}\n[covering_report]\n" + "\n".join(f"{n} = {v}" for n, v in said.items())


OF_TEXT: tuple[Callable[[Random, str], str], ...] = (
    *(another_type, another_type, hostile_text, hostile_setting, language_or_address, line_gone),
    *(line_twice, line_torn, too_deep, former_names, another_section, a_covering_report),
)
OF_BYTES = (
    *(
        tables.byte_order_marks,
        tables.in_utf_16,
        tables.in_another_encoding,
        tables.other_line_ends,
    ),
    *(
        tables.a_byte_other,
        tables.bytes_put_in,
        tables.cut_off,
        tables.another_file,
        tables.doubled,
    ),
)


def damaged_settings(rng: Random, raw: bytes) -> tuple[str, bytes]:
    """Return a settings file to which one thing has happened, and the name of that."""
    if rng.random() < 0.2:
        of_bytes = rng.choice(OF_BYTES)
        return of_bytes.__name__.replace("_", " "), of_bytes(rng, raw)
    of_text = rng.choice(OF_TEXT)
    text = of_text(rng, raw.decode("utf-8", "replace") or "\n")
    return of_text.__name__.replace("_", " "), text.encode("utf-8", "surrogatepass")
