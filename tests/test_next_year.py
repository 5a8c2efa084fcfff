"""A second year of the same board, filled in without a change of code, beside the first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from examples.invent.writing import confirm_years
from hscb_report.findings import Finding, errors
from hscb_report.publish import render
from hscb_report.report import check_year, open_report
from hscb_report.results.published import Published
from tests.book.readers import html_pages, words
from tests.conftest import copied_data
from tests.next_year import TABLES, TEXT, write_next_year


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a data root that holds 2013-14."""
    return copied_data(tmp_path / "data")


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data root that holds both years."""
    data = copied_data(tmp_path_factory.mktemp("both") / "data")
    write_next_year(data)
    return data


@pytest.fixture(scope="module")
def second(both: Path) -> Published:
    """Return the report of the second year."""
    return open_report("2014-15", data=both)


def found(data: Path, rule: str) -> list[Finding]:
    return [finding for finding in check_year("2014-15", data).findings if finding.rule == rule]


def wrong(data: Path) -> Iterator[str]:
    return (str(finding) for finding in errors(check_year("2014-15", data).findings))


def test_nothing_is_wrong_with_it_and_it_is_the_latest(both: Path) -> None:
    assert list(wrong(both)) == []
    assert str(open_report(data=both).year) == "2014-15"


def test_the_first_year_is_what_it_is_alone(both: Path, report: Published) -> None:
    first = open_report("2013-14", data=both)
    assert first.facts.as_json() == report.facts.as_json()
    assert first.exhibits == report.exhibits
    assert first.contents == report.contents


def test_every_number_has_the_history_of_the_first_year(
    second: Published, report: Published
) -> None:
    shared = [fact for fact in second.facts if fact.id in report.facts and fact.earlier]
    assert len(shared) > 20
    for fact in shared:
        before = fact.before
        if before is None:  # a value of another time than a year of the report
            assert fact.chapter == "context"
            continue
        assert before.figure.value == report.facts[fact.id].figure.value, fact.id
    assert second.facts["case_reviews.referrals"].earlier[0].figure.value == 7
    assert second.names["budget.spend.trend"] == "down 28% from £220,500"
    assert second.names["training.attended_briefing.previous"] == "no figure for 2013-14"


def test_each_of_its_audits_and_findings_is_shown(second: Published) -> None:
    shown = [exhibit for exhibit in second.exhibits if exhibit.group == "findings"]
    assert [exhibit.label for exhibit in shown] == [
        "findings-plans",
        "findings-neglect",
        "findings-missing",
    ]
    assert second.value("audits.findings") == "2"
    assert second.value("audits.closed") == "1"


def test_what_nobody_counted_is_no_zero(second: Published) -> None:
    outcomes = second.exhibit("referral-outcomes")
    assert [column.heading for column in outcomes.columns] == [
        "Outcome of Referral to JCR",
        "Children",
        "Method",
    ]
    assert "case_reviews.referrals_dhr" not in second.facts


@pytest.mark.parametrize(
    ("sentence", "rule", "said"),
    [
        ("In 2013-14 the council gave {{ budget.council_contribution }}.", "P4", "2013-14"),
        ("The events had {{ training.attended_set_events }} guests.", "P1", "no such fact"),
        ("It has {{ plan.actions }} actions.", "P1", 'no data for "Business Plan"'),
        ("It trained {{ training.practitioners }}.", "P1", "no such fact"),
        ("```{exhibit} findings-front-door\n```", "P6", "findings-front-door"),
    ],
)
def test_a_sentence_of_the_year_before_is_told(
    root: Path, sentence: str, rule: str, said: str
) -> None:
    folder = write_next_year(root)
    (folder / "text" / "review-of-the-year.md").write_text(f"{TEXT}\n{sentence}\n", "utf-8")
    assert [finding.rule for finding in errors(check_year("2014-15", root).findings)] == [rule]
    (told,) = found(root, rule)
    assert said in str(told)


def test_a_row_that_a_text_needs_is_told_by_its_name(root: Path) -> None:
    paid = TABLES["contributions"].replace("herefordshire_council", "nhs_herefordshire")
    folder = write_next_year(root, contributions=paid, fund_balances="")
    text = "# The review of the year\n\nThe council gave {{ budget.council_contribution }}.\n"
    (folder / "text" / "review-of-the-year.md").write_text(text, "utf-8")
    (told,) = found(root, "P5")
    assert 'agency "herefordshire_council"' in told.message
    assert "2014-15/contributions.csv" in told.hint


def test_a_row_of_an_earlier_year_does_not_pass_for_this_one(root: Path) -> None:
    values = TABLES["measurements"].replace("2014-15,,160", "2013-14,,176")
    folder = write_next_year(root, measurements=values)
    (told,) = found(root, "P7")
    assert told.found == "context.first_time_entrants"
    assert "the number is of 2013-14" in told.message
    text = TEXT.replace("In {{ year }},", "In {{ context.first_time_entrants.period }},")
    (folder / "text" / "review-of-the-year.md").write_text(text, "utf-8")
    assert list(wrong(root)) == []


def test_a_stated_figure_that_differs_needs_a_note_of_its_revision(root: Path) -> None:
    stated = "fact,period,value,revision\nbudget.spend,2013-14,220000,{}\n"
    folder = write_next_year(root, earlier_figures=stated.format(""))
    (told,) = found(root, "H1")
    assert (told.file, told.row) == ("2014-15/earlier_figures.csv", 2)
    assert "£220,000 here, and £220,518 in the report for 2013-14" in told.message
    noted = stated.format("A late bill came back")
    (folder / "earlier_figures.csv").write_text(noted, "utf-8")
    report = open_report("2014-15", data=root)
    assert report.names["budget.spend.previous"] == "£220,000"


def test_a_gap_in_the_years_is_told_as_one(root: Path) -> None:
    write_next_year(root)
    (root / "2014-15").rename(root / "2015-16")
    settings = root / "2015-16" / "year.toml"
    settings.write_text(settings.read_text("utf-8").replace("2014-15", "2015-16"), "utf-8")
    for table in (root / "2015-16").glob("*.csv"):
        text = table.read_text("utf-8").replace("2015-M", "2016-M").replace("2014-M", "2015-M")
        table.write_text(text.replace("2014-15", "2015-16"), "utf-8")
    confirm_years(root)
    report = open_report("2015-16", data=root)
    assert report.names["budget.spend.trend"] == "no figure for 2014-15"
    assert [str(earlier.period) for earlier in report.facts["budget.spend"].earlier] == ["2013-14"]


def test_an_earlier_year_with_errors_is_left_out_and_told(root: Path) -> None:
    write_next_year(root)
    damaged = root / "2013-14" / "expenditure.csv"
    damaged.write_text(damaged.read_text("utf-8").replace("142512", "a lot"), "utf-8")
    (told,) = found(root, "H2")
    assert told.severity == "warning"
    assert "2013-14 has 1 error and is left out of every history" in told.message
    assert "a lot" in told.message or "expenditure.csv" in told.message
    report = open_report("2014-15", data=root)
    assert report.names["budget.spend.trend"] == "no figure for 2013-14"


@pytest.mark.slow
def test_both_years_render(both: Path, tmp_path: Path) -> None:
    made = render("2014-15", "public", both, tmp_path).folder
    pages = html_pages(made / "html")
    said = words(pages["text/review-of-the-year.html"].get_text())
    assert "The Board spent £158,900 (down 28% from £220,500), £61,600 less than in 2013-14" in said
    assert "It received 8 referrals, down from 11." in said
    assert all("Example: all content is invented." in page.get_text() for page in pages.values())
    pdfs = ["annual-report-2014-15.pdf", "evidence-2014-15.pdf", "summary-2014-15.pdf"]
    assert sorted(path.name for path in made.glob("*.pdf")) == pdfs
