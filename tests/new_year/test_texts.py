"""The skeleton of a text: what is kept of last year's, and what is asked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hscb_report.checks.over_all import PLACEHOLDER
from hscb_report.checks.prose import names_in
from hscb_report.new_year.contents import paragraphs
from hscb_report.new_year.texts import begun_text, prompt_for, skeleton

TEXT = """\
(money)=
# Money
The Board spent {{ budget.spend }} in {{ year }}.

It had {{ budget.spend }}, {{  budget.spend.trend }}.
## Where from

```{exhibit} contributions
```

## A remark

```{callout} poster
```
## Nothing but a title
"""


def test_headings_and_tables_are_kept_and_words_are_asked_for() -> None:
    assert (
        skeleton(TEXT, "say what was spent.")
        == """\
(money)=

# Money

TODO: say what was spent.

TODO (facts that fit): {{ budget.spend }}, {{ budget.spend.trend }}.

## Where from

```{exhibit} contributions
```

## A remark

TODO: say here what this section has to say of the year.

## Nothing but a title

TODO: say here what this section has to say of the year.
"""
    )


WORDS = st.text(alphabet="abc {}.\n#`", max_size=40)


@given(st.lists(WORDS, max_size=6).map("\n\n".join))
def test_no_paragraph_of_last_year_gets_into_a_skeleton(text: str) -> None:
    made = skeleton(text, "say it.")
    kept = [p for p in paragraphs(text) if not p.startswith(("```{exhibit", "todo"))]
    assert not set(kept) & set(paragraphs(made)) or "#" in text
    assert names_in(made) <= names_in(text)


def test_a_skeleton_cannot_be_published() -> None:
    for made in (
        skeleton("# A\n\nWords.", "say it."),
        begun_text("A", "say it."),
        skeleton("", "x"),
    ):
        assert PLACEHOLDER.search(made) or not made.strip()


def test_a_text_that_is_not_yet_asks_what_it_is_to_say() -> None:
    assert begun_text("Money", "say it.") == "# Money\n\nTODO: say it.\n"
    assert begun_text("", "say it.") == "TODO: say it.\n"
    assert prompt_for("text/a", "A", {"text/a": "say it."}) == "say it."
    assert prompt_for("text/b", "B", {}) == "say what the year brought: B."
