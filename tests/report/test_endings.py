"""Tables at the end of a year's own page: those that no text shows."""

from hscb_report.checks.prose import Passage
from hscb_report.report import check_year, open_report
from hscb_report.report.endings import shown_by_texts, with_its_tables
from hscb_report.results.chapter import THE_DATA, Page
from tests.conftest import small_year

PAGE = Page("text/policies", THE_DATA, ends_with=("one", "two"))


def test_a_table_that_is_there_and_not_shown_stands_at_the_end():
    found = with_its_tables(PAGE, "# A page\n\nText.\n", {"two", "other"}, ())
    assert found == "# A page\n\nText.\n\n```{exhibit} two\n```\n"
    assert with_its_tables(PAGE, "Text.", {"one", "two"}, {"two"}).count("{exhibit}") == 1


def test_a_text_stays_as_it_is_where_nothing_is_to_be_added():
    text = "# A page\n\nText.   \n\n\n"
    assert with_its_tables(PAGE, text, {"one"}, {"one"}) == text
    assert with_its_tables(PAGE, text, (), ()) == text


def test_what_texts_show_is_found_in_all_of_them():
    texts = ("Text.\n\n```{exhibit} one\n```\n", "```{exhibit} two\n```\n", "`{exhibit} three`")
    passages = [Passage(f"{n}.md", text) for n, text in enumerate(texts)]
    assert shown_by_texts(passages) == {"one", "two"}


# Through the files ----------------------------------------------------------------------------

THEN = ("policy,status", "A,scheduled", "B,scheduled", "C,developed")
NOW = ("policy,status", "a,developed", "D,scheduled")
SHOWN = "```{exhibit} policies-scheduled-before\n```\n"


def written(root, text):
    small_year(root, "2013-14", policies=THEN)
    folder = small_year(root, "2014-15", policies=NOW) / "2014-15" / "text"
    folder.mkdir()
    (folder / "policies.md").write_text(text, "utf-8")
    return root


def test_an_older_text_ends_with_what_became_of_the_scheduled_policies(tmp_path):
    text = "# Policies\n\nThey are online.\n"
    report = open_report(data=written(tmp_path, text))
    assert report.texts["text/policies"] == f"{text}\n{SHOWN}"


def test_a_text_that_shows_the_table_shows_it_once(tmp_path):
    text = f"# Policies\n\n{SHOWN}\nThey are online.\n"
    data = written(tmp_path, text)
    assert open_report(data=data).texts["text/policies"] == text
    assert [f.rule for f in check_year(data=data).findings] == ["R26"]  # it says what it lacks


def test_the_first_year_s_text_is_as_it_was_written(tmp_path):
    data = written(tmp_path, "# Policies\n")
    text = data / "2013-14" / "text"
    text.mkdir()
    (text / "policies.md").write_text("# Policies\n\nThey are online.\n", "utf-8")
    assert open_report("2013-14", data=data).texts["text/policies"].endswith("online.\n")
