"""A sheet of others, and the kinds of sheet that it may be."""

from __future__ import annotations

from typing import Any

from hscb_report.intake.mapped import read_mapped
from hscb_report.intake.mapping import Column, Kind, Word, headed
from hscb_report.intake.proposed import Proposals, Sender
from hscb_report.report import table_schemas
from hscb_report.schema.intake import ANY_OTHER, LEFT_OUT
from hscb_report.spreadsheets.grid import Sheet, Span

SCHEMAS = {schema.name: schema for schema in table_schemas()}
AREA = Column(
    "Local authority",
    "area",
    words={"northshire": Word("Northshire"), ANY_OTHER: Word(LEFT_OUT)},
)
REFERRALS = Column("Referrals / Number", "value", {"measure": "referrals"})
RATE = Column("Referrals / Rate", "value", {"measure": "referral_rate"})
LONG = [
    ["Table C1: referrals"],
    [],
    ["Local authority", "Referrals", None],
    [None, "Number", "Rate"],
    ["England", 655630, 552.5],
    [],
    ["Northshire", 3414, 950.2],
    ["1 Rounded to the nearest ten"],
]
MERGED = (Span(3, 2, 3, 3),)


def kind(*columns: Column, **given: Any) -> Kind:
    also = {"period": "2023-24"}
    return Kind("c1", "C1", "measurements", columns, also, **{"confirmed": "Analyst", **given})


def read(of: Sheet, by: Kind) -> Proposals:
    place = headed(of, [column.heading for column in by.taken])
    assert place is not None
    return read_mapped(of, by, place, "file.xlsx", SCHEMAS, {}, Sender())
