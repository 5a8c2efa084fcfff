"""A report is the same in any circumstance; `make anywhere` tries each alone, and other Pythons."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.anywhere import Circumstance, difference, report_in

AT_ONCE = Circumstance(
    "all at once",
    {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "7"},
    umask=0o077,
    is_elsewhere=True,
)


@pytest.mark.slow
def test_neither_folder_nor_zone_nor_locale_nor_seed_nor_rights_change_a_report(
    tmp_path: Path,
) -> None:
    usual = report_in(Circumstance("usual"), tmp_path / "usual")
    assert usual
    assert difference(AT_ONCE, usual, tmp_path / "other") == []
