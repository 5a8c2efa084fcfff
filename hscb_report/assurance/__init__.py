"""What a report says of itself: what it was checked against, where its numbers come from."""

LABELS = (
    "assurance-rules",
    "assurance-findings",
    "assurance-left-out",
    "assurance-exempt-numbers",
    "inputs",
    "versions",
    "data-quality",
    "dictionary-meanings",
    "abbreviations",
    "glossary",
)
"""The names of its published tables, besides those of the groups "sources" and "dictionary"."""
CORRECTIONS = "assurance-corrections"
NAMES_FOR_TEXTS = "assurance-names"
STILL_TO_DO = ("status-chapters", "status-items")
AT_TIMES = (CORRECTIONS, NAMES_FOR_TEXTS, *STILL_TO_DO)
"""The names of tables that not every report has, so that no text can refer to their numbers."""
