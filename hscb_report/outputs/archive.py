"""Archives whose bytes follow from what is in them alone: no clock, no machine, no disk."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_UNIX, _READABLE = 3, 0o100644
_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest day that an archive can name."""


def archive(files: Mapping[str, bytes]) -> bytes:
    """Return a ZIP archive of files by their names, in the order in which they are given."""
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as zipped:
        for name, content in files.items():
            entry = ZipInfo(name, _DAY)
            entry.create_system, entry.external_attr = _UNIX, _READABLE << 16
            entry.compress_type = ZIP_DEFLATED
            zipped.writestr(entry, content)
    return made.getvalue()


def write_archive(folder: Path, target: Path) -> None:
    """Write the files of a folder as a ZIP archive, sorted by their names."""
    target.write_bytes(archive({file.name: file.read_bytes() for file in sorted(folder.iterdir())}))
