"""What must hold of what is declared of measures and areas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hscb_report.chapters import declared_chapters
from hscb_report.chapters.measures.rows import measures_of, rule_about
from hscb_report.checks.rule import Breach, Breaches, NothingToCheck, Rule
from hscb_report.schema import YearData
from hscb_report.schema.measurements import (
    Area,
    Measure,
    Measurement,
    ProtectedMeasurement,
)
from hscb_report.wording import suggestion


def _measures_belong(data: YearData) -> Breaches:
    """Hold each measure to a chapter that shows measures, and a flow to one measure a part."""
    showing = {chapter.name for chapter in declared_chapters().chapters if chapter.measured}
    parts: dict[tuple[str, str], Measure] = {}
    for row in data.tables[Measure]:
        first = parts.setdefault((row.flow or "", row.flow_part or ""), row)
        if row.flow and row.flow_part and first is not row:
            what = f"{first.measure} is this part of {row.flow} already (row {first.place.row})."
            hint = "Give one of them another part or flow, or a single measure of both together."
            yield Breach(what, hint, row.place, "flow_part", row.flow_part)
        if row.chapter not in showing:
            hint = suggestion(row.chapter, showing)
            yield Breach("this chapter shows no measures.", hint, row.place, "chapter", row.chapter)
        if (row.flow is None) != (row.flow_part is None):
            missing = "flow" if row.flow is None else "flow_part"
            hint = "Give both: the name that the four measures share, and which of them it is."
            yield Breach(f"has no {missing} beside the other.", hint, row.place, missing)


def _names_differ(data: YearData) -> Breaches:
    """Hold measures to names that differ, since a reader tells their tables apart by them."""
    seen: dict[tuple[str, str], Measure] = {}
    for row in data.tables[Measure]:
        first = seen.setdefault((row.chapter, row.name), row)
        if first is not row:
            what = f"printed as {first.measure} is (row {first.place.row})."
            yield Breach(what, "Give one of them another name.", row.place, "name", row.name)


def _own_area_is_the_boards(data: YearData) -> Breaches:
    own = [row for row in data.tables[Area] if row.kind == "own"]
    if data.settings is None:
        raise NothingToCheck
    if [row.area for row in own] == [data.area]:
        return
    for row in (row for row in own if row.area != data.area):
        what = f'the Board\'s own area is "{data.area}" (board.toml).'
        yield Breach(what, "Correct the name, or the kind.", row.place, "area", row.area)
    if not own:
        hint = f'Say so in the row of "{data.area}", or add it.'
        what = "no area is of the kind own."
        yield Breach(what, hint, data.tables[Area][0].place, "kind")


def _protected_stand_apart(data: YearData) -> Breaches:
    measures = measures_of(data)
    kinds = {row.area: row.kind for row in data.tables[Area]}
    for row in _misplaced(data.tables[Measurement], measures, "yes"):
        if kinds.get(row.area) in ("own", "part"):
            what = "counts of this measure are protected (reference/measures.csv)."
            hint = "Move the row to protected_measurements.csv."
            yield Breach(what, hint, row.place, "measure", row.measure)
    for row in _misplaced(data.tables[ProtectedMeasurement], measures, "no"):
        what = "counts of this measure are not protected (reference/measures.csv)."
        hint = "Move the row to measurements.csv, or say protected there."
        yield Breach(what, hint, row.place, "measure", row.measure)


def _misplaced(
    rows: Iterable[Measurement], measures: dict[str, Measure], protected: str
) -> Iterator[Measurement]:
    return (row for row in rows if measures[row.measure].protected == protected)


RULES = (
    Rule(
        "R63",
        "A measure names a chapter that shows measures",
        "error",
        (Measure,),
        _measures_belong,
    ),
    Rule(
        "R64",
        "Measures of a chapter have names that differ",
        "error",
        (Measure,),
        _names_differ,
    ),
    Rule(
        "R65",
        "The Board's own area is the one of its settings",
        "error",
        (Area,),
        _own_area_is_the_boards,
    ),
    rule_about(
        "R66",
        "Protected counts stand in their own table",
        _protected_stand_apart,
        "error",
        Area,
    ),
)
