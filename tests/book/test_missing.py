"""A table that mostly shows what is missing: a sentence in the book, whole in the downloads."""

import csv
import re

MISSING = {
    "attendance": ("pages/appendix-attendance.html", "The colours of all 162 cells"),
    "headline-measures": ("chapters/performance.html", "None of the 10 headline measures has"),
}


def test_a_sentence_stands_in_its_place_and_the_table_among_the_downloads(rendered):
    for label, (page, told) in MISSING.items():
        text = (rendered.folder / "html" / page).read_text("utf-8")
        assert len(re.findall(rf'<p class="missing"[^>]*>{told}', text)) == 1
        with (rendered.folder / "data" / f"{label}.csv").open(
            encoding="utf-8-sig", newline=""
        ) as file:
            assert len([*csv.reader(file)]) > 5


def test_what_refers_to_it_by_number_leads_to_the_sentence_in_words(rendered):
    for page, _ in MISSING.values():
        text = (rendered.folder / "html" / page).read_text("utf-8")
        found = re.findall(r'href="#([^"]+)"><span>[Tt]he download &quot;', text)
        assert found
        assert all(re.search(rf'<p class="missing" id="{address}"', text) for address in found)
