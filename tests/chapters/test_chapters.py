"""The list of chapters: one that is missing or defective is told, and hides no other."""

import sys

import pytest

from hscb_report import chapters


@pytest.fixture
def declared(monkeypatch, tmp_path):
    """Return a function from the text of a module "made_up" to what the list comes to with it."""

    def read(text):
        if text is not None:
            (tmp_path / "made_up.py").write_text(text)
        monkeypatch.setattr(chapters, "ORDER", ("policies", "made_up", "membership"))
        monkeypatch.setattr(chapters, "__path__", [*chapters.__path__, str(tmp_path)])
        try:
            return chapters.declared_chapters.__wrapped__()
        finally:
            sys.modules.pop(f"{chapters.__name__}.made_up", None)

    return read


def test_a_module_that_declares_its_chapter_stands_in_its_place(declared):
    found = declared(
        "from hscb_report.results.chapter import Chapter\n"
        'CHAPTER = Chapter(name="made_up", title="Made up")\n'
    )
    assert [chapter.name for chapter in found.chapters] == ["policies", "made_up", "membership"]
    assert found.findings == ()
    assert [rule.code for rule in found.rules] == ["R23"]


def test_what_is_wrong_with_a_module_is_told_at_it_and_the_others_are_read(declared):
    chapter = "from hscb_report.results.chapter import Chapter\n"
    module = "hscb_report/chapters/made_up.py"
    for text, rule, file, row, says in (
        (None, "C1", chapters.LIST, None, 'names a chapter "made_up", and there is no such module'),
        ("x = 1\n", "C1", module, None, "the module declares no chapter."),
        (chapter + 'CHAPTER = Chapter("other", "X")\n', "C1", module, None, 'called "other"'),
        ("import no_such_package\n", "C4", module, None, "cannot be imported (ModuleNotFoundError"),
        ("x = (\n", "C4", module, 1, "cannot be imported (SyntaxError"),
        ("x = 1 / 0\n", "C4", module, None, "cannot be imported (ZeroDivisionError"),
    ):
        result = declared(text)
        assert [one.name for one in result.chapters] == ["policies", "membership"]
        (found,) = result.findings
        assert (found.rule, found.severity, found.file) == (rule, "error", file)
        assert row in (None, found.row)
        assert says in found.message
        assert found.hint
