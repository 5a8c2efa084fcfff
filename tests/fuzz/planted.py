"""Defects that are put into the package, so that a test sees the fuzzer find them."""

from __future__ import annotations

import os
from typing import Any

from hscb_report.store import csv_text, table_file

VARIABLE = "FUZZ_PLANTED"
"""Names the defect to the worker that is to have it."""


def plant() -> None:
    """Put the named defect into the reading of tables, for tables that hold a quotation mark."""
    read = table_file.read_records

    def damaged(raw: bytes) -> list[csv_text.Record]:
        records = read(raw)
        if b'"' not in raw:
            return records
        return _DEFECTS[os.environ[VARIABLE]](records)

    table_file.read_records = damaged


def _raise(records: list[Any]) -> list[Any]:
    raise ZeroDivisionError


def _drop(records: list[Any]) -> list[Any]:
    return records[:-1] if len(records) > 2 else records


def _wait(records: list[Any]) -> list[Any]:
    while True:
        pass


def _die(records: list[Any]) -> list[Any]:
    os._exit(9)


_DEFECTS = {"raise": _raise, "drop": _drop, "wait": _wait, "die": _die}
