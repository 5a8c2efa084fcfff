"""Whether what the chapters name is there, belongs to one of them, and is named once."""

from hscb_report.checks.contents import Named, Needed, missing_files, named_twice, unlisted_files


def test_a_file_that_is_needed_and_missing_is_an_error_with_the_nearest_that_is_there():
    needed = [Needed("notebooks/budget.ipynb", "Add it."), Needed("notebooks/audits.ipynb", "Do.")]
    there = ["notebooks/audits.ipynb", "notebooks/bugdet.ipynb"]
    (found,) = missing_files(needed, there)
    assert (found.rule, found.severity, found.file) == ("C1", "error", "notebooks/budget.ipynb")
    assert found.hint == 'Is it "notebooks/bugdet.ipynb"? Rename it.'
    assert list(missing_files(needed, [need.file for need in needed])) == []


def test_a_file_that_another_chapter_needs_is_offered_to_none():
    needed = [Needed("text/plan.md", "Add it."), Needed("text/plans.md", "Add it.")]
    (found,) = missing_files(needed, ["text/plans.md"])
    assert found.hint == "Add it."


def test_a_file_that_no_chapter_needs_is_an_error():
    needed = [Needed("a.md", "")]
    (found,) = unlisted_files(needed, ["b.md", "a.md", "b.md"], "Remove it.")
    assert (found.rule, found.severity) == ("C3", "error")
    assert (found.file, found.hint) == ("b.md", "Remove it.")


def test_a_file_of_another_folder_is_not_offered():
    needed = [Needed("book/pages/plan.md", "Add it.")]
    (found,) = missing_files(needed, ["notebooks/plan.md", "plan.md"])
    assert found.hint == "Add it."


def test_one_name_for_two_things_of_a_kind_is_an_error_that_names_both():
    """It stands at the file of the last, which is the one that came later to the list."""
    names = [Named("facts", "budget.spend", by) for by in ("budget.py", "training.py")]
    other = Named("published tables", "budget.spend", "plan.py")
    (found,) = named_twice([*names, other])
    assert (found.rule, found.severity, found.file) == ("C2", "error", "training.py")
    assert found.message == '2 facts are called "budget.spend", others in budget.py.'
    assert found.hint == "Rename all but one of them."
    assert list(named_twice([names[0], other])) == []


def test_one_name_twice_in_a_file_is_told_without_another_file():
    (found,) = named_twice([Named("facts", "budget.spend", "budget.py")] * 3)
    assert (found.file, found.message) == ("budget.py", '3 facts are called "budget.spend".')


def test_an_unlisted_file_is_told_with_the_name_that_is_meant_if_that_is_not_there():
    needed = [Needed("text/commentary/budget.md", ""), Needed("text/other/bugdet.md", "")]
    (told,) = unlisted_files(needed, {"text/commentary/bugdet.md"}, "Remove it.")
    assert told.hint == 'Is it "text/commentary/budget.md"? Rename it.'
    both = {"text/commentary/bugdet.md", "text/commentary/budget.md"}
    assert [told.hint for told in unlisted_files(needed, both, "Remove it.")] == ["Remove it."]
