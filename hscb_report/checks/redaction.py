"""What a finding may tell of a table that counts or describes children: the one place that decides.

A finding goes to terminals, logs and the report's assurance page, in every edition. So it says
where to look, and never what stands there.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from hscb_report.findings import Finding

_KEYS = "L5"
"""Two rows with the same key: codes, which tell of nobody."""
_HEADER = "L2"


def redacted(finding: Finding, protected: Container[str]) -> Finding:
    """Return a finding as it may be told, given the files that are protected."""
    if finding.file not in protected or finding.rule == _KEYS:
        return finding
    # An unknown heading may be a value: the row above it was lost.
    column = None if finding.rule == _HEADER and finding.found is not None else finding.column
    return replace(finding, found=None, column=column)
