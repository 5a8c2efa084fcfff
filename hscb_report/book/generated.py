"""The pages that are made, not written: journey areas, assurance, sources, how it was made, data.

They hold headings, fixed sentences and directives; data comes in through the directives alone, and
so is never read as markup.
"""

from __future__ import annotations

from hscb_report.account import CHAPTERS, chapter_of
from hscb_report.exhibits.dictionary import dictionary_label
from hscb_report.report import Report
from hscb_report.schema import declared_tables
from hscb_report.schema import vocabularies as words


def generated_pages(report: Report) -> dict[str, str]:
    """Return the text of every generated page, by its path in the book."""
    areas = {f"areas/{area}.md": _area_page(area) for area in words.JOURNEY_AREA}
    return {
        **areas,
        "pages/plan-actions.md": _PLAN_ACTIONS,
        "pages/covering-report.md": _COVERING_REPORT,
        "pages/assurance.md": _ASSURANCE,
        "pages/sources.md": _sources_page(report),
        "pages/how-it-was-made.md": _HOW_IT_WAS_MADE,
        "pages/data-dictionary.md": _dictionary_page(),
    }


def _exhibit(label: str) -> str:
    return f"```{{exhibit}} {label}\n```\n"


def _area_page(area: str) -> str:
    return "\n".join(
        [
            f"# {words.JOURNEY_AREA[area]}\n",
            "This page gathers what the report says of one area of the Board's improvement "
            "journey: the inspectors' statements, the sections that carry its tag, and the "
            "remarks that the report highlights.\n",
            _exhibit(f"area-{area.replace('_', '-')}"),
            "## In this report\n",
            f"```{{tagged}} {area}\n```\n",
            "## In the Business Plan\n",
            _exhibit(f"plan-for-{area.replace('_', '-')}"),
        ]
    )


def _sources_page(report: Report) -> str:
    present = {chapter_of(fact) for fact in report.facts}
    tables = [_exhibit(f"sources-{c.replace('_', '-')}") for c in CHAPTERS if c in present]
    return "\n".join(
        [
            "# Where the numbers come from\n",
            "Every number in the prose of this report is a link to its row here. A row names the "
            "number, what it is, the rows of the data that it was worked out from, and the "
            "documents and lines that those rows were read from (L stands for a line of the "
            "extracted text).\n",
            *tables,
        ]
    )


def _dictionary_page() -> str:
    parts = [
        "# Data dictionary\n",
        "Each table of the data is a file of comma-separated values. The kinds of column, the "
        "codes and the keys below are those that every table is checked against.\n",
    ]
    for table in declared_tables():
        described = " ".join((table.row.__doc__ or "").split())
        parts.append(f"**{table.info.title}.** {described}\n")
        parts.append(_exhibit(dictionary_label(table.name)))
    return "\n".join(parts)


_PLAN_ACTIONS = """---
orientation: landscape
---

# Action tables

The plan's actions stand below by development area and action area, with their ratings as at
{{ as_at }}. Measures of success, monitoring and impact are retold briefly; a timescale is given
as printed.

```{outline} plan-actions
```
"""

_COVERING_REPORT = """# Covering report

This report takes the annual report for {{ year }} and the Business Plan for {{ plan_year }} to the
committee. Its longer paragraphs are retold briefly; officers appear by role.

```{outline} covering-report
```
"""

_ASSURANCE = f"""# Assurance

Before this report was made, its data and its prose were held against the rules below. A breach of
a rule that stops the report would have left no report; warnings are listed with their place. A
warning may be accepted by somebody, with a reason, and stays on this page.

{_exhibit("assurance-rules")}
{_exhibit("assurance-findings")}

## Numbers in the prose

No figure in the prose is typed by hand: each is taken from the data by its name. A number that is
no figure of the data is exempt for a stated reason.

{_exhibit("assurance-exempt-numbers")}
"""

_HOW_IT_WAS_MADE = f"""# How this report was made

Tables of data are read by a package that knows what each column may hold, and held against rules.
Its functions work out every figure and keep the rows behind it. Notebooks, one a chapter, show
tables and charts of these results. Jupyter Book compiles them with the narrative into one document
tree, from which both the HTML and the PDF are written.

## Why notebooks are safe here

- The calculations stand in the package, with their tests; a notebook only shows what it is given.
- Each notebook was run for this report from top to bottom, in a process of its own.
- The outputs stored with the notebooks are compared with fresh ones, strictly, whenever the tests
  run.
- Each run notebook is published with its code as a working paper, linked from its chapter.

## Assumptions

- A month is counted as a whole; the source gives no days for audits.
- Shares name their denominator. What is brought forward is no contribution, and what is carried
  forward is no spend.
- The coding of audit findings, of evidence and of statutory headings is this project's.

## What went in

{_exhibit("inputs")}
{_exhibit("versions")}

## Quality of the data

{_exhibit("data-quality")}
"""
