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
    "status-chapters",
    "status-items",
)
"""The names of its published tables, besides those of the groups "sources" and "dictionary"."""
