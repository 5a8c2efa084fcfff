"""Which mapping is meant for a sheet of others, and where its headings stand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hscb_report.intake.mapping import Column, Kind, Word, assigned, headed, kind_for, kinds_of
from hscb_report.schema import Place
from hscb_report.schema.intake import ANY_OTHER, Mapped
from tests.intake.others import AREA, LONG, MERGED, REFERRALS, kind
from tests.intake.sheets import sheet


def test_what_is_merged_heads_every_column_that_it_reaches_over() -> None:
    wanted = ["Referrals / Number", "Referrals / Rate"]
    place = headed(sheet(LONG, merged=MERGED), wanted)
    assert place is not None
    assert (place.body, place.names[3]) == (5, "Referrals / Rate")
    assert headed(sheet(LONG), wanted) is None


def test_headings_that_name_a_year_are_known_in_the_next_years_file() -> None:
    """Unless several headings differ in the year alone: then each is another column."""
    place = headed(sheet([["Area", "In 2018-19"], ["Northshire", 5]]), ["In 2017-18"])
    assert place is not None
    assert place.names == {1: "Area", 2: "In 2017-18"}
    several = sheet([["Area", "In 2016", "In 2017"], ["Northshire", 5, 6]])
    assert headed(several, ["In 2015"]) is None
    place = headed(several, ["In 2017"])
    assert place is not None
    assert place.names[3] == "In 2017"


def test_several_years_beside_each_other_are_no_sheet_of_one_year() -> None:
    by = [Column(year, "value", {"period": year}) for year in ("2013-14", "2014-15")]
    assert kind_for(sheet([["Local authority", "2017-18"], ["A", 5]]), [kind(AREA, *by)]) is None


def test_the_headings_decide_which_mapping_is_meant_then_the_name_of_the_sheet() -> None:
    one, other = kind(AREA, REFERRALS), Kind("b1", "B1", "measurements", (AREA, REFERRALS))
    of = sheet(LONG, "B1", merged=MERGED)
    assert kind_for(of, [one, Kind("x", "B1", "measurements", (Column("Else", "area"),))]) == (
        one,
        headed(of, ["Local authority", "Referrals / Number"]),
    )
    chosen = kind_for(of, [one, other])
    assert isinstance(chosen, tuple)
    assert chosen[0] == other
    assert kind_for(sheet(LONG, "C9", merged=MERGED), [one, other]) == [one, other]
    assert kind_for(sheet([["a"]]), [one]) is None


def test_where_headings_are_the_same_the_words_below_them_decide() -> None:
    def of(word: str) -> Kind:
        which = Column("Indicator", "measure", words={word: Word(word)})
        return Kind(word, ANY_OTHER, "measurements", (AREA, which, Column("Value", "value")))

    rows = [["Local authority", "Indicator", "Value"], ["Northshire", "dental", 5]]
    chosen = kind_for(sheet(rows), [of("health"), of("dental")])
    assert isinstance(chosen, tuple)
    assert chosen[0].name == "dental"


def test_a_mapping_is_put_together_from_its_rows_in_whatever_order() -> None:
    def row(number: int, part: str, theirs: str, ours: str, **more: str) -> Mapped:
        told = {"mapping": "c1", "part": part, "theirs": theirs, "ours": ours, **more}
        place = Place("reference/mappings.csv", number)
        nothing = dict.fromkeys(("heading", "also", "sender", "confirmed"))
        return Mapped.model_validate({"place": place, **nothing, **told})

    rows = [
        row(2, "word", "North Shire", "Northshire", heading="Local  Authority"),
        row(3, "column", "Local authority", "area"),
        row(4, "sheet", "C1", "measurements", also="period=2023-24", sender="Department"),
    ]
    (made,) = kinds_of(rows)
    assert made.columns[0].words == {"north shire": Word("Northshire")}
    assert (made.also, made.sender, made.confirmed, made.row) == (
        {"period": "2023-24"},
        "Department",
        "",
        4,
    )


@given(st.dictionaries(st.sampled_from("abc"), st.text("xyz ", min_size=1).map(str.strip)))
def test_what_is_said_besides_is_read_as_it_is_written(also: dict[str, str]) -> None:
    assert assigned("; ".join(f"{name} = {value}" for name, value in also.items())) == also
