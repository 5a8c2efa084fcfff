"""What happens to a text: constructs allowed and forbidden, marks left open, depth, repetition."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random

from tests.fuzz.damages import cells, tables

FRONT_MATTER = (
    "---\ntitle: x\n---\n",
    "---\nfile_format: mystnb\nkernelspec:\n  name: python3\n---\n",
    "---\nmystnb:\n  execution_mode: force\n---\n",
    "---\nmyst:\n  substitutions:\n    year: forged\n---\n",
    "---\n- a\n- b\n---\n",
    "---\n: [\n---\n",
    "---\na: &a [*a]\n---\n",
    "---\n!!python/object/apply:os.system ['true']\n---\n",
    "---\norphan: true\n---\n",
    "---\n",
    "+++\nx = 1\n+++\n",
)
CONSTRUCTS: Mapping[str, tuple[str, ...]] = {
    "directive": (
        *("```{include} /etc/passwd\n```", "```{literalinclude} ../board.toml\n```"),
        *("```{csv-table} t\n:file: /etc/passwd\n```", "```{raw} html\n<b>x</b>\n```"),
        *("```{raw} html\n:file: /etc/passwd\n```", "```{eval-rst}\n.. include:: /etc/passwd\n```"),
        *(
            "```{code-cell} python\n1/0\n```",
            "```{code-block} python\nx = 1\n```",
            "```{note}\nx\n```",
        ),
        *("```{figure} http://x.example/a.png\nx\n```", "```{image} ../../x.png\n```"),
        *("```{exhibit} no-such\n```", "```{exhibit}\n```", "```{picture} nothing\n```"),
        *("```{callout} nobody\n```", "```{toctree}\nindex\n```", "```{list-table}\n* - a\n```"),
        *(
            "```{admonition} Title\nx\n```",
            "```{math}\nx^2\n```",
            "```{nonsense} x\n```",
            "```{}\n```",
        ),
        *(":::{note}\nx\n:::", "::::{note}\n:::{tip}\nx\n:::\n::::", ":::{note}", "```{note}"),
        *(
            "```{only} html\nx\n```",
            "```{glossary}\na\n  b\n```",
            "```{table} x\n| a |\n|---|\n```",
        ),
        *("```{mermaid}\ngraph\n```", "```{tableofcontents}\n```", "```{epigraph}\nx\n```"),
        *(
            "```{section}\n```",
            "```{exhibit} contribution-shares\n:name: twice\n```",
            "```{dropdown} x\n```",
        ),
    ),
    "role": (
        *("{download}`x <../board.toml>`", "{numref}`contribution-shares`", "{numref}`no-such`"),
        *(
            "{ref}`nobody`",
            "{doc}`/index`",
            "{math}`x`",
            "{sub}`x`",
            "{abbr}`A (b)`",
            "{}`x`",
            "{a`",
        ),
        *(
            "{eval}`1+1`",
            "{cite}`x`",
            "{index}`x`",
            "{numref}`Table %s <fund-balances>`",
            "{term}`x`",
        ),
    ),
    "link": (
        *("[x](../../../etc/passwd)", "[x](/etc/passwd)", "![x](/etc/hostname)", "[x](nowhere.md)"),
        *(
            "![x](http://x.example/a.png)",
            "[x](javascript:alert(1))",
            "[x][y]\n\n[y]: ../board.toml",
        ),
        *(
            "<https://x.example>",
            "[x](https://x.example)",
            "[](x)",
            "[x](#nowhere)",
            "[x](budget.md)",
        ),
        *(
            "[x](file:///etc/passwd)",
            "![](data:image/png;base64,AAAA)",
            "![x](x.png)",
            "[x](<a b>)",
        ),
        *("https://x.example", "[x](mailto:a@x.example)", "[x](../year.toml)", "[x](budget)"),
    ),
    "html": (
        *("<script>alert(1)</script>", "H<sub>2</sub>O", "a<br>b", "<img src=x onerror=alert(1)>"),
        *(
            "<div>\n\n*x*\n\n</div>",
            "<!-- x -->",
            "<!-- open",
            "<b>x",
            "</div>",
            "<style>*{}</style>",
        ),
        *("<iframe src='//x'></iframe>", "<details><summary>x</summary>y</details>", "<?php x ?>"),
        *(
            "<![CDATA[x]]>",
            "<a name='x'></a>",
            "<svg/onload=alert(1)>",
            "&nbsp;&copy;&#0;&#x1F600;",
        ),
    ),
    "substitution": (
        *(
            "{{ year }}",
            "{{ board }}",
            "{{ no.such }}",
            "{{ }}",
            "{{}}",
            "{{ 7*7 }}",
            "{{ year | e }}",
        ),
        *("{{ year", "{{{ year }}}", "{{ {{ year }} }}", "{% if x %}", "{{ budget.spend.trend }}"),
        *("{{ year.__class__ }}", "{{\nyear\n}}", "{{ budget.spend.previous }}", "`{{ year }}`"),
        *("$${{ year }}$$", "{{ x\u2028 }}", "{# x #}", "# {{ year }}", "{{ env }}"),
    ),
    "block": (
        *(
            "# Another title",
            "### Deep",
            "####### too deep",
            "Title\n===",
            "- a\n  - b\n    - c",
            "***",
        ),
        *(
            "1. a\n1. b",
            "7) x",
            "> quote",
            "| a | b |\n|---|---|\n| 1 | 2 |",
            "|a|\n|-|-|",
            "term\n: def",
        ),
        *(
            "- [ ] todo\n- [x] done",
            "x[^1]\n\n[^1]: note",
            "[^nowhere]",
            "x^[inline]",
            "(label)=\n# x",
        ),
        *(
            "    code",
            "```\ncode\n```",
            "~~~\nx",
            "$$\nx\n$$",
            "% comment",
            "+++",
            "+++ {}",
            "a\\\nb",
        ),
        *(
            "{.class}\nx",
            "[x]{.c #id}",
            "~~x~~",
            "**x",
            "*x**",
            "`x",
            "``x`",
            "\\",
            "---",
            "x\n---",
        ),
    ),
    "number": (
        *("There were 12 children.", "2013 children", "1999 pounds", "£45,203", "12%", "½ of", "①"),
        *("a dozen", "half", "twice", "hundreds", "TBC", "XXX", "TODO", "Lorem ipsum", "١٢", "IV"),
        *("in 2013-14", "1 October 2014", "9" * 300, "1,2,3,4,5", "three hundred and forty"),
    ),
}
REPEATED = (
    *(
        "{{ year",
        "{{ year }} ",
        "{{",
        "`",
        "``a",
        "[",
        "](",
        "![",
        "<",
        "*",
        "_",
        "**a",
        "a_",
        "~",
        "$",
    ),
    *(
        "> ",
        "- ",
        "  - a\n",
        "1. ",
        "# ",
        "|",
        "|-",
        ":",
        ":::{note}\n",
        "```{note}\n",
        "\\",
        "&",
        "\t",
    ),
    *(
        "{a}`",
        "[^1]",
        "(a)=\n",
        "%\n",
        "+++\n",
        "<!--",
        "<a ",
        "{",
        "}",
        "((",
        "12 ",
        "one two ",
        "\n",
    ),
    *(
        "[a]: b\n",
        "x\n: y\n",
        "{numref}`",
        "a\u0301",
        "é",
        "TBC ",
        "2013-14 ",
        "in 2013 ",
        "1,",
        "¼",
    ),
)


def front_matter(rng: Random, text: str) -> str:
    return rng.choice(FRONT_MATTER) + text


def construct(rng: Random, text: str) -> str:
    """One construct somewhere: as a block of its own, or within a line."""
    told = rng.choice(CONSTRUCTS[rng.choice(tuple(CONSTRUCTS))])
    lines = text.split("\n")
    at = rng.randint(0, len(lines))
    if rng.random() < 0.7:
        return "\n".join([*lines[:at], "", told, "", *lines[at:]])
    place = rng.randint(0, len(text))
    return text[:place] + told + text[place:]


def constructs_in_each_other(rng: Random, text: str) -> str:
    told = construct(rng, construct(rng, ""))
    mark = rng.choice(("> ", "- ", "    ", "1. ", "| "))
    return text + "\n" + "\n".join(mark + line for line in told.split("\n")) + "\n"


def repeated(rng: Random, text: str) -> str:
    told = rng.choice(REPEATED)
    times = rng.choice((20, 200, 2000, 14_000 // len(told)))
    return text + "\n" + told * times + "\n"


def nested(rng: Random, text: str) -> str:
    depth = rng.choice((10, 40, 120))
    inner = rng.choice(("x", "{{ year }}", "# x", "```{note}\nx\n```", "12"))
    way = rng.choice(("fence", "quote", "list", "bracket", "directive"))
    if way == "fence":
        return (
            text + "\n" + "\n".join("`" * (3 + n) + "{note}" for n in range(depth, 0, -1)) + inner
        )
    if way == "directive":
        opened = "\n".join(":" * (3 + n) + "{note}" for n in range(depth, 0, -1))
        return f"{text}\n{opened}\n{inner}\n" + "\n".join(
            ":" * (3 + n) for n in range(1, depth + 1)
        )
    marks = {"quote": "> " * depth, "list": "- " * depth, "bracket": "[" * depth}
    return f"{text}\n{marks[way]}{inner}" + ("](x)" * depth if way == "bracket" else "") + "\n"


def hostile_characters(rng: Random, text: str) -> str:
    place = rng.randint(0, len(text))
    return text[:place] + cells.hostile(rng)[1] + text[place:]


def title_gone(rng: Random, text: str) -> str:
    return "\n".join(line for line in text.split("\n") if not line.startswith("# "))


def emptied(rng: Random, text: str) -> str:
    return rng.choice(("", "\n", " ", "# \n", "#", "# x", "\ufeff", "<!-- -->", "# *\n"))


def marks_gone(rng: Random, text: str) -> str:
    mark = rng.choice(("`", "}", ":", "*", "]", "\n\n", " ", "#"))
    return text.replace(mark, "", rng.choice((1, 2, -1)))


def as_word_saves_it(rng: Random, text: str) -> str:
    swaps = (
        ("-", "\u2011"),
        ("'", "’"),
        ('"', "“"),
        ("- ", "\uf0b7 "),
        (" ", "\u00a0"),
        ("...", "…"),
    )
    old, new = rng.choice(swaps)
    return text.replace(old, new)


OF_TEXT: tuple[Callable[[Random, str], str], ...] = (
    *(construct, construct, construct, construct, front_matter, constructs_in_each_other, repeated),
    *(repeated, nested, hostile_characters, title_gone, emptied, marks_gone, as_word_saves_it),
)
OF_BYTES = (
    *(tables.byte_order_marks, tables.in_utf_16, tables.in_another_encoding, tables.encoded_twice),
    *(tables.other_line_ends, tables.a_byte_other, tables.bytes_put_in, tables.another_file),
    tables.doubled,
)


def damaged_page(rng: Random, raw: bytes) -> tuple[str, bytes]:
    """Return a text to which one thing has happened, and the name of that."""
    if rng.random() < 0.15:
        of_bytes = rng.choice(OF_BYTES)
        return of_bytes.__name__.replace("_", " "), of_bytes(rng, raw)
    of_text = rng.choice(OF_TEXT)
    text = of_text(rng, raw.decode("utf-8", "replace"))
    return of_text.__name__.replace("_", " "), text.encode("utf-8", "surrogatepass")
