"""A Sphinx extension that gives the book the settings of the year: YAML cannot hold them all."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

FILE = "settings.pickle"


def setup(app: Any) -> None:
    """Have them set before Sphinx compares its settings with those of the last build."""
    app.connect("config-inited", _set, priority=1)


def _set(app: Any, config: Any) -> None:
    for name, value in pickle.loads((Path(app.srcdir) / FILE).read_bytes()).items():
        setattr(config, name, value)
