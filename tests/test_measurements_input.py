"""Bad measurements, told at the front door: each cause once, at its cell, with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from hscb_report.report import check_year, open_report
from tests.conftest import small_year

HEADINGS = (
    "measure,area,period,dimension,category,value,numerator,denominator,qualifier,status,"
    "definition_changed,revision,printed_per"
)
DECLARED = "measure,name,chapter,unit,per,better,target,counts,protected,part_of,flow,flow_part"
AREAS = ("area,kind", "Borsetshire,own", "Ambridge,neighbour", "England,nation")
MEASURES = (
    f"{DECLARED},definition",
    "plans,Plans,context,children,,lower,,children,no,,,,Children with a plan",
    "repeat,Repeat plans,context,children,,lower,,children,no,plans,,,Those with a second plan",
    "rate,Rate of plans,context,children,10000,lower,45,children,no,,,,Plans per 10000 children",
    "timely,Timely visits,performance,percent,,higher,95,visits,no,,,,Visits in time",
    "infants,Infants,child_deaths,children,,lower,,children,yes,,,,Children who died",
    *(
        f"{part},Referrals {part},context,children,,neither,,children,no,,open,{part},Open cases"
        for part in ("opening", "starts", "ends", "closing")
    ),
)
SOUND = (
    "plans,Borsetshire,2013-14,,,70,,,,,,,",
    "plans,Borsetshire,2013-14,sex,female,30,,,,,,,",
    "plans,Borsetshire,2013-14,sex,male,40,,,,,,,",
    "plans,Borsetshire,2012-13,,,65,,,,,,,",
    "plans,Ambridge,2013-14,,,50,,,over,,,,",
    "repeat,Borsetshire,2013-14,,,7,,,,,,,",
    "rate,Borsetshire,2013-14,,,41.8,151,36100,,,,,",
    "rate,England,2013-14,,,,480,100000,,provisional,,,",
    "timely,Borsetshire,2013-14,,,93,93,100,,,,,",
    "timely,England,2013-14,,,,,,,not_available,,,",
    "opening,Borsetshire,2013-14,,,10,,,,,,,",
    "starts,Borsetshire,2013-14,,,5,,,,,,,",
    "ends,Borsetshire,2013-14,,,3,,,,,,,",
    "closing,Borsetshire,2013-14,,,12,,,,,,,",
)
FILE = "2013-14/measurements.csv"
LAST = len(SOUND) + 2  # the row of a line that is added


def write(root: Path, *added: str, without: tuple[int, ...] = (), year: str = "2013-14", **tables):
    """Write a small year of sound measurements, some of them left out and others added."""
    kept = [line for row, line in enumerate(SOUND, 2) if row not in without]
    given = {
        "measurements": (HEADINGS, *kept, *added),
        "reference_measures": MEASURES,
        "reference_areas": AREAS,
        **tables,
    }
    return small_year(root, year, status="final", **given)


def found(root: Path, year: str = "2013-14", edition: str = "public"):
    """Return what is found, but for what every small year lacks."""
    lacks = ("R26", "Y1", "Y2", "G6")
    return [f for f in check_year(year, root, edition).findings if f.rule not in lacks]


def told(root: Path, year: str = "2013-14"):
    """Return the only finding: its rule, severity, place, and what it found."""
    (only,) = found(root, year)
    assert only.message.endswith(".")
    assert only.hint[0].isupper()
    return only


def places(finding):
    return (finding.rule, finding.severity, finding.file, finding.row, finding.column)


def test_sound_measurements_are_sound_and_published(tmp_path):
    data = write(tmp_path)
    assert found(data) == []
    report = open_report("2013-14", data=data)
    assert report.value("context.rate") == "41.8"
    assert report.value("context.rate_england") == "48"
    assert report.value("context.plans_female") == "30"
    assert report.names["context.plans.trend"] == "up 8% from 65"
    assert report.exhibit("trend-rate").texts() == (
        ("Borsetshire", "41.8"),
        ("England", "48.0 (provisional)"),
    )
    assert report.exhibit("performance-measures").texts() == (
        ("Timely visits", "93%", "at least 95%: not met", "not available"),
    )


# What nothing declares --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "column", "value", "hint"),
    [
        ("plan,Borsetshire,2013-14,,,1,,,,,,,", "measure", "plan", 'Did you mean "plans"?'),
        ("plans,Borset,2013-14,,,1,,,,,,,", "area", "Borset", 'Did you mean "Borsetshire"?'),
        ("repeat,Borsetshire,2013-14,sexes,female,1,,,,,,,", "dimension", "sexes", '"sex"'),
        (
            "repeat,Borsetshire,2013-14,sex,unborn,1,,,,,,,",
            "category",
            "unborn",
            "A board's own codes",
        ),
        (
            "repeat,Borsetshire,2013-14,sex,girls,1,,,,,,,",
            "category",
            "girls",
            "A board's own codes",
        ),
        ("repeat,Borsetshire,2013-14,sex,Female,1,,,,,,,", "category", "Female", '"female"'),
        ("repeat,Ambridge,2013-14,,,1,,,roughly,,,,", "qualifier", "roughly", "Correct the cell."),
        ("repeat,Ambridge,2013-14,,,1,,,,draft,,,", "status", "draft", "Correct the cell."),
        ("repeat,Ambridge,2013/14,,,1,,,,,,,", "period", "2013/14", ""),
        ("repeat,Ambridge,2013-15,,,1,,,,,,,", "period", "2013-15", ""),
        ("repeat,Ambridge,2013-14,,,lots,,,,,,,", "value", "lots", ""),
        ("repeat,Ambridge,2013-14,,,n/a,,,,,,,", "value", "n/a", ""),
    ],
)
def test_what_nothing_declares_or_is_no_value_is_told_at_its_cell(
    tmp_path, line, column, value, hint
):
    only = told(write(tmp_path, line))
    assert (only.file, only.row, only.column, only.found) == (FILE, LAST, column, value)
    assert hint in only.hint
    assert only.severity == "error"


def test_an_area_of_no_kind_and_a_measure_of_no_chapter_are_told_where_they_are_declared(tmp_path):
    areas = *AREAS, "Wales,country"
    only = told(write(tmp_path / "a", reference_areas=areas))
    assert places(only)[1:] == ("error", "reference/areas.csv", 5, "kind")
    line = "visits,Visits,contxt,children,,lower,,children,no,,,,Visits"
    only = told(write(tmp_path / "b", reference_measures=(*MEASURES, line)))
    assert places(only) == ("R63", "error", "reference/measures.csv", 11, "chapter")
    assert only.hint == 'Did you mean "context"?'


def test_the_board_s_own_area_is_declared_as_such(tmp_path):
    areas = AREAS[0], "Borsetshire,region", *AREAS[2:]
    (only,) = (f for f in found(write(tmp_path, reference_areas=areas)) if f.rule == "R65")
    assert places(only) == ("R65", "error", "reference/areas.csv", 2, "kind")
    assert only.hint == 'Say so in the row of "Borsetshire", or add it.'


# Two values, and periods that cross -------------------------------------------------------------


@pytest.mark.parametrize("period", ["2013-14", "year to March 2014", "2013-M04 to 2014-M03"])
def test_two_values_for_one_cell_are_told_at_the_second_in_whatever_words(tmp_path, period):
    only = told(write(tmp_path, f"plans,Borsetshire,{period},sex,male,41,,,,,,,"))
    assert (only.rule, only.severity, only.file, only.row) == ("L5", "error", FILE, LAST)


def test_two_values_of_all_are_two_values_for_one_cell_too(tmp_path):
    """Dimension and category are empty in both."""
    only = told(write(tmp_path, "plans,Borsetshire,2013-14,,,71,,,,,,,"))
    assert (only.rule, only.file, only.row) == ("L5", FILE, LAST)


@pytest.mark.parametrize("period", ["2013", "year to June 2013", "2013-M01 to 2013-M06"])
def test_overlapping_periods_are_told_at_the_second(tmp_path, period):
    only = told(write(tmp_path, f"plans,Borsetshire,{period},,,60,,,,,,,"))
    assert places(only) == ("R60", "error", FILE, LAST, "period")
    assert only.hint == "Give values of one kind of year: reporting years, or calendar years."


# Rates and shares -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "column", "hint"),
    [
        ("rate,Ambridge,2013-14,,,41.8,151,,,,,,", "denominator", "Give both, or neither"),
        ("rate,Ambridge,2013-14,,,41.8,,36100,,,,,", "numerator", "Give both, or neither"),
        ("rate,Ambridge,2013-14,,,41.8,151,0,,,,,", "denominator", "Give both, or neither"),
        ("rate,Ambridge,2013-14,,,,-3,100,,,,,", "numerator", "Correct it: nothing is"),
        ("rate,Ambridge,2013-14,,,300,-3,-100,,,,,", "numerator", "Correct it: nothing is"),
        ("rate,Ambridge,2013-14,,,-300,3,-100,,,,,", "denominator", "Correct it: nothing is"),
        ("rate,Ambridge,2013-14,,,43.8,151,36100,,,,,", "value", "Correct one of the three"),
        ("timely,Ambridge,2013-14,,,0.93,93,100,,,,,", "value", "Correct one of the three"),
    ],
)
def test_a_rate_that_does_not_recompute_is_told_at_what_is_missing_or_wrong(
    tmp_path, line, column, hint
):
    only = told(write(tmp_path, line))
    assert places(only) == ("R16", "error", FILE, LAST, column)
    assert only.hint.startswith(hint)


def test_a_numerator_alone_lacks_its_denominator_which_is_told_once(tmp_path):
    findings = found(write(tmp_path, "rate,Ambridge,2013-14,,,,151,,,,,,"))
    assert [(f.rule, f.row, f.column) for f in findings] == [
        ("R16", LAST, "denominator"),
    ]


@pytest.mark.parametrize("value", ["149.3", "-2"])
def test_a_share_above_the_whole_or_below_nought_is_told(tmp_path, value):
    only = told(write(tmp_path, f"timely,Ambridge,2013-14,,,{value},,,,,,,"))
    assert (*places(only), only.found) == ("R56", "error", FILE, LAST, "value", value)


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("repeat,Ambridge,2013-14,,,,,,,,,,", "value"),
        ("repeat,Ambridge,2013-14,,,3,,,,not_available,,,", "status"),
        ("rate,Ambridge,2013-14,,,,3,10,,not_available,,,", "status"),
        ("repeat,Ambridge,2013-14,sex,,3,,,,,,,", "category"),
        ("repeat,Ambridge,2013-14,,male,3,,,,,,,", "dimension"),
    ],
)
def test_half_a_measurement_is_told_at_the_half_that_is_missing(tmp_path, line, column):
    assert places(told(write(tmp_path, line))) == ("R55", "error", FILE, LAST, column)


# Wholes, sums and flows -------------------------------------------------------------------------


def test_a_part_above_its_whole_is_told_at_the_part(tmp_path):
    only = told(write(tmp_path, "repeat,Borsetshire,2013-14,,,71,,,,,,,", without=(7,)))
    assert (*places(only), only.found) == ("R32", "error", FILE, LAST - 1, "value", "71")
    assert "which is 70 (measurements.csv row 2)" in only.message


def test_a_total_that_is_not_the_sum_of_its_categories_is_told(tmp_path):
    for folder, (value, without) in {"a": ("69", (2,)), "b": ("71", (2,))}.items():
        line = f"plans,Borsetshire,2013-14,,,{value},,,,,,,"
        only = told(write(tmp_path / folder, line, without=without))
        assert places(only) == ("R57", "error", FILE, 2, "value")
        assert only.hint.startswith("Add the missing category (not known counts too)")


def test_a_total_smaller_than_its_parts_is_told_though_a_category_is_not_known(tmp_path):
    lines = (
        "plans,Borsetshire,2013-14,,,69,,,,,,,",
        "plans,Borsetshire,2013-14,sex,sex_not_known,,,,,not_available,,,",
    )
    assert told(write(tmp_path, *lines, without=(2,))).rule == "R57"


def test_a_board_s_own_dimension_is_summed_if_it_says_so(tmp_path):
    lines = (
        "repeat,Borsetshire,2013-14,town,penny_hassett,3,,,,,,,",
        "repeat,Borsetshire,2013-14,town,felpersham,3,,,,,,,",
    )
    for folder, means in (("a", ""), ("b", "exhaustive")):
        words = (
            "vocabulary,code,label,of,means",
            f"dimension,town,Town,,{means}",
            "category,penny_hassett,Penny Hassett,town,",
            "category,felpersham,Felpersham,town,",
        )
        data = write(tmp_path / folder, *lines, reference_vocabularies=words)
        assert [f.rule for f in found(data)] == (["R57"] if means else [])


def test_opening_with_starts_less_ends_is_closing(tmp_path):
    only = told(write(tmp_path, "closing,Borsetshire,2013-14,,,13,,,,,,,", without=(15,)))
    assert (*places(only), only.found) == ("R58", "error", FILE, 15, "value", "13")
    assert "(measurements.csv rows 12 to 14)" in only.message


# Earlier years ----------------------------------------------------------------------------------


def two_years(root: Path, then: str, now: str) -> Path:
    """Write 2012-13 with one line and 2013-14 with another."""
    small_year(root, "2012-13", measurements=(HEADINGS, then))
    return small_year(
        root,
        "2013-14",
        status="final",
        measurements=(HEADINGS, now),
        reference_measures=MEASURES,
        reference_areas=AREAS,
    )


@pytest.mark.parametrize(
    ("area", "of", "rule"),
    [
        ("Borsetshire", ",", "H1"),
        ("Borsetshire", "sex,male", "H1"),
        ("England", ",", "H1"),
        ("Ambridge", ",", "R62"),
        ("England", "sex,male", "R62"),
    ],
)
def test_the_year_before_is_as_last_year_s_report_had_it_wherever_it_is_of(
    tmp_path, area, of, rule
):
    """Each cause once: by the rule about facts, or by the one about the others."""
    then = f"plans,{area},2012-13,{of},65,,,,,,,"
    only = told(two_years(tmp_path / "a", then, f"plans,{area},2012-13,{of},66,,,,,,,"))
    assert (only.rule, only.severity, only.file, only.row) == (rule, "error", FILE, 2)
    assert "revision" in only.hint
    for name, now in (
        ("b", f"plans,{area},2012-13,{of},66,,,,,,Recounted,"),
        ("c", f"plans,{area},2012-13,{of},65,,,,,,,"),
        ("d", f"plans,{area},2013-14,{of},66,,,,,,,"),
    ):
        assert found(two_years(tmp_path / name, then, now)) == []


def test_what_was_final_is_not_provisional_again(tmp_path):
    then = "plans,Borsetshire,2012-13,,,65,,,,final,,,"
    now = "plans,Borsetshire,2012-13,,,65,,,,provisional,,,"
    only = told(two_years(tmp_path / "a", then, now))
    assert (*places(only), only.found) == ("R62", "warning", FILE, 2, "status", "provisional")
    assert found(two_years(tmp_path / "b", now, then)) == []


def test_a_year_opens_with_what_the_one_before_closed_with(tmp_path):
    then, now = "closing,Borsetshire,2012-13,,,9,,,,,,,", "opening,Borsetshire,2013-14,,,10,,,,,,,"
    only = told(two_years(tmp_path, then, now))
    assert (*places(only), only.found) == ("R59", "error", FILE, 2, "value", "10")


# Protected counts, names, and earlier versions --------------------------------------------------


def test_a_protected_count_in_the_open_table_is_told_and_its_number_is_not(tmp_path):
    only = told(write(tmp_path, "infants,Borsetshire,2013-14,,,4713,,,,,,,"))
    assert places(only) == ("R66", "error", FILE, LAST, "measure")
    assert only.hint == "Move the row to protected_measurements.csv."
    assert "4713" not in str(only)
    assert found(write(tmp_path / "b", "infants,England,2013-14,,,4713,,,,,,,")) == []


def test_of_protected_measurements_no_finding_tells_a_number(tmp_path):
    lines = (
        HEADINGS,
        "infants,Borsetshire,2013-14,,,4713,,,,,,,",
        "infants,Borsetshire,2013-14,sex,male,4817,,,,,,,",
        "infants,Borsetshire,2013,,,4919,4919,4923,,,,,",
    )
    findings = found(write(tmp_path, protected_measurements=lines), edition="board")
    rules = {f.rule for f in findings}
    assert {"R16", "R32", "R57", "R60"} <= rules
    assert not [f for f in findings if any(n in str(f) for n in ("4713", "4817", "4919", "4923"))]


def test_names_that_collide_stop_the_report(tmp_path):
    """The number of girls with a plan, and a measure that is called as that number is."""
    line = "plans_female,Girls,context,children,,lower,,children,no,,,,Girls with a plan"
    added = "plans_female,Borsetshire,2013-14,,,30,,,,,,,"
    only = told(write(tmp_path, added, reference_measures=(*MEASURES, line)))
    assert (only.rule, only.severity, only.file) == ("C2", "error", "reference/measures.csv")
    assert only.message == '2 facts are called "context.plans_female".'


def test_so_does_a_measure_that_is_called_as_another_number_of_its_chapter_is(tmp_path):
    line = "headlines,Headlines,performance,reports,,neither,,reports,no,,,,Reports"
    added = "headlines,Borsetshire,2013-14,,,30,,,,,,,"
    data = write(
        tmp_path,
        added,
        reference_measures=(*MEASURES, line),
        headline_measures=("headline,measures,shown_by", "Plans,1,plans"),
    )
    only = told(data)
    assert (only.rule, only.file) == ("C2", "reference/measures.csv")
    assert only.message == (
        '2 facts are called "performance.headlines", others in hscb_report/chapters/performance.py.'
    )


def test_files_and_columns_of_an_earlier_version_say_what_has_become_of_them(tmp_path):
    data = write(tmp_path, measure_values=("measure,area,period,value",))
    only = told(data)
    assert (only.rule, only.file) == ("L1", "2013-14/measure_values.csv")
    assert only.hint.startswith("Rename it measurements.csv.")
    old = ("headline,measures,value,unit", "Plans,1,5,children")
    findings = found(write(tmp_path / "b", headline_measures=old))
    assert {(f.column or f.found) for f in findings} >= {"value", "unit"}
    assert all("measurements.csv" in f.hint for f in findings)


# Claims and headlines ---------------------------------------------------------------------------

CLAIMS = (
    "priority,kind,position,statement,claim,evidence,measure,claimed_from,claimed_to",
    "1,difference,1,Fewer repeat plans,{claim},figures,plans,{then},{now}",
)


@pytest.mark.parametrize(
    ("claim", "then", "now", "column"),
    [
        ("increase", "65", "70", None),
        ("increase", "", "", None),
        ("reduction", "", "", "measure"),
        ("improvement", "", "", "measure"),
        ("increase", "64", "70", "claimed_from"),
        ("increase", "65", "72", "claimed_to"),
        ("increase", "70", "65", "claimed_to"),
    ],
)
def test_a_claim_agrees_with_the_values_of_its_measure_in_direction_and_size(
    tmp_path, claim, then, now, column
):
    """In the Board's own area, wherever its rows stand: England's went the other way."""
    england = "plans,England,2013-14,,,90,,,,,,,", "plans,England,2012-13,,,99,,,,,,,"
    line = CLAIMS[1].format(claim=claim, then=then, now=now)
    data = write(
        tmp_path,
        *england,
        priority_statements=(CLAIMS[0], line),
        strategic_priorities=("priority,title", "1,Early help"),
    )
    findings = [f for f in found(data) if f.rule == "R25"]
    expected = [] if column is None else [("warning", "2013-14/priority_statements.csv", 2, column)]
    assert [(f.severity, f.file, f.row, f.column) for f in findings] == expected


def claimed(root, claim, *lines, without=()):
    """Return what is found of a claim about repeat plans, beside lines of measurements."""
    line = f"1,difference,1,Repeat plans,{claim},figures,repeat,,"
    data = write(
        root,
        *lines,
        without=without,
        priority_statements=(CLAIMS[0], line),
        strategic_priorities=("priority,title", "1,Early help"),
    )
    return [f.message for f in found(data) if f.rule == "R25"]


@pytest.mark.parametrize(
    ("lines", "goes"),
    [
        # of the Board's area alone, though others have more values
        (("Borsetshire,2012-13,,,9", "Ambridge,2011-12,,,1"), "down"),
        # a quarter is less than a year, and what stood at a day is neither
        (("Borsetshire,2012-M01 to 2012-M03,,,2", "Borsetshire,2012-13,,,9"), "down"),
        (("Borsetshire,2012-M03-31,,,9", "Borsetshire,2012-13,,,5"), "up"),
        # a calendar year is as long as a reporting year
        (("Borsetshire,2012,,,5",), "up"),
    ],
)
def test_a_claim_is_held_to_values_of_the_board_s_area_and_of_times_as_long(tmp_path, lines, goes):
    others = ("Ambridge,2012-13,,,3", "Ambridge,2013-14,,,5")
    rows = [f"repeat,{line},,,,,,," for line in (*others, *lines)]
    sound, wrong = ("increase", "reduction") if goes == "up" else ("reduction", "increase")
    assert claimed(tmp_path / "a", sound, *rows) == []
    (message,) = claimed(tmp_path / "b", wrong, *rows)
    assert message.endswith("to 7 (2013-14).")


def test_what_was_counted_otherwise_shows_no_change(tmp_path):
    """Of one value from the break on, and of two."""
    before = "repeat,Borsetshire,2011-12,,,9,,,,,,,", "repeat,Borsetshire,2012-13,,,{},,,,,{},,"
    one, two = before[1].format(8, ""), before[1].format(6, "Anew")
    now = "repeat,Borsetshire,2013-14,,,7,,,,,{},,"
    rows = before[0], one, now.format("Also unborn")
    for folder, lines, says in (
        ("a", rows, ["claims an increase, but repeat has 1 value."]),
        ("b", (before[0], two, now.format("")), []),
    ):
        assert claimed(tmp_path / folder, "increase", *lines, without=(7,)) == says


def test_a_text_that_names_a_measure_without_a_value_here_is_sent_to_no_other_area(tmp_path):
    """England's number in the Board's sentence would be false."""
    data = write(tmp_path, "repeat,England,2013-14,,,9,,,,,,,", without=(7,))
    text = "# The year\n\nOf them {{ context.repeat }} came again ({{ context.repeat.trend }}).\n"
    (data / "2013-14/text").mkdir(exist_ok=True)
    (data / "2013-14/text/review-of-the-year.md").write_text(text, "utf-8")
    findings = [f for f in found(data) if f.rule == "P1"]
    assert [f.message for f in findings] == [
        "the measure has no value in the Board's area this year."
    ] * 2


def test_a_headline_names_measures_that_there_are(tmp_path):
    lines = ("headline,measures,shown_by", "Plans,2,plans;visits")
    only = told(write(tmp_path, headline_measures=lines))
    assert places(only)[1:] == ("error", "2013-14/headline_measures.csv", 2, "shown_by")
    assert only.found == "visits"
