"""What must hold of every measurement, whichever chapter shows it. A chapter without a page."""

from __future__ import annotations

from hscb_report.chapters.measures import declared, single, together
from hscb_report.results.chapter import Chapter
from hscb_report.schema.measurements import MEASURING

CHAPTER = Chapter(
    name="measures",
    title="Measures",
    reads=MEASURING,
    rules=(*single.RULES, *together.RULES, *declared.RULES),
)
