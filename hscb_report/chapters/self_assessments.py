"""Self-assessments: which standards agencies say they meet, and which are the weakest."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence

from hscb_report.calculations import self_assessments
from hscb_report.calculations.self_assessments import Part
from hscb_report.checks.rule import Breach, Breaches, Rule
from hscb_report.results.chapter import THE_DATA, Chapter, notebook_page
from hscb_report.results.exhibit import Cell, Column, Exhibit, Quantity, exhibit
from hscb_report.results.fact import Fact, fact
from hscb_report.schema import YearData
from hscb_report.schema import vocabularies as words
from hscb_report.schema.cells import Month
from hscb_report.schema.reference import Agency
from hscb_report.schema.self_assessments import SelfAssessment, Standard
from hscb_report.units import PERCENT, count_of, count_out_of
from hscb_report.wording import address, counted, slug, suggestion

_STANDARDS = count_of("standards")
_AGENCIES = count_of("agencies")


# One fact a line reads as a table.
# fmt: off
def facts(data: YearData) -> Iterator[Fact]:
    """Yield the numbers of the chapter."""
    rows, (met, none) = data.tables[SelfAssessment], _meanings(data)
    for exercise, label in _exercises(data).items():
        name, part = slug(exercise), Part(exercise)
        yield fact(f"self_assessments.agencies_{name}", f"Agencies that answered: {label}", _AGENCIES, self_assessments.agencies, rows, part)
        yield fact(f"self_assessments.standards_met_{name}", f"Standards that agencies meet: {label}", _STANDARDS, self_assessments.standards_met, rows, part, met, whole=f"assessed_{name}")
        yield fact(f"self_assessments.assessed_{name}", f"Standards that apply to agencies: {label}", _STANDARDS, self_assessments.standards_assessed, rows, part, none)
        share = fact(f"self_assessments.share_met_{name}", f"Share of the standards that agencies meet: {label}", PERCENT, self_assessments.share_met, rows, part, met, none)
        if share.figure.value is not None:
            yield share
# fmt: on


def exhibits(data: YearData) -> Iterator[Exhibit]:
    """Yield two tables for each exercise: by agency, and by standard."""
    for exercise in _exercises(data):
        yield _by_agency(data, exercise)
        yield _by_standard(data, exercise)


def _exercises(data: YearData) -> dict[str, str]:
    """Return the exercises that anybody answered in the year, with their names."""
    held = {row.exercise for row in data.tables[SelfAssessment]}
    return {code: label for code, label in data.vocabulary(words.EXERCISE).items() if code in held}


def _meanings(data: YearData) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the grades that say that a standard is met, and those that it does not apply."""
    grades = data.vocabulary(words.SELF_ASSESSMENT_GRADE)
    return grades.meaning("met"), grades.meaning("not_applicable")


def _before(data: YearData, exercise: str) -> YearData | None:
    """Return the latest earlier year in which an exercise was held, if it is known of one."""
    return next((year for year in reversed(data.earlier) if exercise in _exercises(year)), None)


def _agencies(rows: Iterable[SelfAssessment], exercise: str) -> dict[str, SelfAssessment]:
    """Return the agencies that answered in an exercise, each with its first row."""
    found: dict[str, SelfAssessment] = {}
    for row in rows:
        if row.exercise == exercise:
            found.setdefault(row.agency, row)
    return found


def _by_agency(data: YearData, exercise: str) -> Exhibit:
    name = {row.agency: row.name for row in data.tables[Agency]}
    label, before = _exercises(data)[exercise], _before(data, exercise)
    months = _months(data, exercise)
    return exhibit(
        f"self-assessments-{address(exercise)}",
        f"{label}: standards by agency and grade, number, {data.year}",
        (
            Column("Agency"),
            *([Column("Assessed")] if months else []),
            *_grades(data, "standards"),
            Column("Standards met, of those that apply", mixed=True, usual="Standards met"),
            *([Column(f"Met in {before.year}", mixed=True, usual="Met before")] if before else []),
        ),
        [
            (
                name[agency],
                *([months.get(agency, "not stated")] if months else []),
                *_counts(data, Part(exercise, agency)),
                _met(data, Part(exercise, agency), "standards"),
                *([_met(before, Part(exercise, agency), "standards")] if before else []),
            )
            for agency in _agencies(data.tables[SelfAssessment], exercise)
        ],
        "Agencies grade themselves.",
        *_changed(data, before, exercise),
        group="self-assessments",
        title=_share_met(data, exercise),
    )


def _share_met(data: YearData, exercise: str) -> str:
    """Return which share of the standards that apply to them the agencies say they meet."""
    rows, (met, none) = data.tables[SelfAssessment], _meanings(data)
    share = self_assessments.share_met(rows, Part(exercise), met, none)
    if share.value is None:
        return ""
    met_told = f"{PERCENT.text(share)} of the"
    if share.out_of:
        met_told = "{} of the {}".format(*share.out_of)
    return f"Agencies say they meet {met_told} standards that apply to them"


def _by_standard(data: YearData, exercise: str) -> Exhibit:
    graded, rows = _graded(data, exercise), data.tables[SelfAssessment]
    asked = self_assessments.standards_of(data.tables[Standard], exercise, data.year)
    standards = [row for row in asked if row.standard in graded]
    ordered = self_assessments.weakest_first(rows, standards, *_meanings(data))
    parts = [(row.title, Part(exercise, standard=row.standard)) for row in ordered]
    return exhibit(
        f"standards-{address(exercise)}",
        f"{_exercises(data)[exercise]}: agencies by standard and grade, number, {data.year}",
        (
            Column("Standard"),
            *_grades(data, "agencies"),
            Column("Agencies that meet it", mixed=True),
        ),
        [(title, *_counts(data, part), _met(data, part, "agencies")) for title, part in parts],
        "The standards that the smallest part of the agencies meet come first.",
        group="self-assessment-standards",
    )


def _grades(data: YearData, of: str) -> list[Column]:
    grades = data.vocabulary(words.SELF_ASSESSMENT_GRADE)
    return [Column(label, count_of(of)) for label in grades.values()]


def _counts(data: YearData, part: Part) -> list[Cell]:
    rows, grades = data.tables[SelfAssessment], data.vocabulary(words.SELF_ASSESSMENT_GRADE)
    return [self_assessments.grades_given(rows, part, grade) for grade in grades]


def _met(data: YearData, part: Part, of: str) -> Cell:
    """Return how many are met "of" how many; in words where there is nothing to count."""
    rows, (met, none) = data.tables[SelfAssessment], _meanings(data)
    if not any(part.holds(row) for row in rows):
        return "no answer"
    whole = self_assessments.standards_assessed(rows, part, none)
    if not whole.value:
        return "none applies"
    return Quantity(self_assessments.standards_met(rows, part, met), count_out_of(of, whole))


def _months(data: YearData, exercise: str) -> dict[str, str]:
    """Return when each agency assessed itself, its first month to its last, where it is known."""
    rows = [row for row in data.tables[SelfAssessment] if row.exercise == exercise]
    found: dict[str, list[Month]] = {}
    for row in rows:
        if row.assessed is not None:
            found.setdefault(row.agency, []).append(row.assessed)
    ends = {agency: (min(months).text, max(months).text) for agency, months in found.items()}
    return {agency: " to ".join(dict.fromkeys(both)) for agency, both in ends.items()}


def _changed(data: YearData, before: YearData | None, exercise: str) -> Iterator[str]:
    """Yield what a reader must know where other standards were graded the last time."""
    if before and _graded(before, exercise) != _graded(data, exercise):
        yield f"Other standards were graded in {before.year}: the two counts are not of the same."


def _graded(data: YearData, exercise: str) -> set[str]:
    return {row.standard for row in data.tables[SelfAssessment] if row.exercise == exercise}


# Rules ----------------------------------------------------------------------------------------


def _standards_are_listed(data: YearData) -> Breaches:
    """Hold each standard that is graded to the list; the first row of each tells the others."""
    standards, rows = data.tables[Standard], data.tables[SelfAssessment]
    for exercise, label in _exercises(data).items():
        asked = self_assessments.standards_of(standards, exercise, data.year)
        known = {row.standard for row in asked}
        first = {row.standard: row for row in reversed(rows) if row.exercise == exercise}
        strange = [row for code, row in first.items() if code not in known]
        strange.sort(key=lambda row: row.place)
        if strange and not known:
            what = f"no standard at all is listed for {data.year} ({label})."
            yield _at_standard(strange[0], what, "Add them to reference/standards.csv.")
            continue
        for row in strange:
            what = f"no such standard is listed for {data.year} ({label})."
            yield _at_standard(row, what, suggestion(row.standard, known))


def _at_standard(row: SelfAssessment, what: str, hint: str) -> Breach:
    return Breach(what, hint, row.place, "standard", row.standard)


def _exercises_are_whole(data: YearData) -> Breaches:
    standards, ended = data.tables[Standard], _ended(data)
    for exercise in _exercises(data):
        asked = self_assessments.standards_of(standards, exercise, data.year)
        yield from _ungraded(data, exercise, asked)
        yield from _not_again(data, exercise, ended)


def _ungraded(data: YearData, exercise: str, asked: Sequence[Standard]) -> Breaches:
    """Yield the agencies that gave some standards no grade, each once with all of these."""
    rows = data.tables[SelfAssessment]
    for agency, first in _agencies(rows, exercise).items():
        graded = {row.standard for row in rows if Part(exercise, agency).holds(row)}
        silent = [row.standard for row in asked if row.standard not in graded]
        if silent:
            yield Breach(
                f"it gave no grade for {counted(len(silent), 'standard')}: {', '.join(silent)}.",
                "Add them (a grade may say that a standard does not apply), or accept it with a "
                "reason.",
                first.place,
                "agency",
                agency,
            )


def _not_again(data: YearData, exercise: str, ended: Container[str]) -> Breaches:
    """Yield the agencies that answered the last time and have no row now, and have not ended."""
    answered, before = _agencies(data.tables[SelfAssessment], exercise), _before(data, exercise)
    then = _agencies(before.tables[SelfAssessment], exercise) if before else {}
    for agency in then:
        if before and agency not in answered and agency not in ended:
            label = _exercises(data)[exercise]
            yield Breach(
                f"it answered in {before.year}, and has no row in {data.year} ({label}).",
                "Add its grades, or accept it with a reason.",
                column="agency",
                found=agency,
                file=next(iter(answered.values())).place.file,
            )


def _ended(data: YearData) -> set[str]:
    """Return the agencies that had ended when the year began."""
    return {
        row.agency
        for row in data.tables[Agency]
        if row.valid_to is not None and row.valid_to.last_day < data.year.start
    }


CHAPTER = Chapter(
    name="self_assessments",
    title="Self-assessments",
    pages=(notebook_page("self_assessments", THE_DATA),),
    about=(SelfAssessment,),
    reads=(Standard, Agency),
    facts=facts,
    exhibits=exhibits,
    rules=(
        Rule(
            "R50",
            "The standards that agencies grade themselves by are listed",
            "error",
            (SelfAssessment,),
            _standards_are_listed,
            may_be_empty=(Standard,),
        ),
        Rule(
            "R51",
            "Agencies that assess themselves grade every standard, and do so each time",
            "warning",
            (SelfAssessment,),
            _exercises_are_whole,
            may_be_empty=(Standard, Agency),
        ),
    ),
)
