"""What happens to the files of a data root: names, copies, leftovers, links, what is no file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath
from random import Random

from tests.fuzz.files import ABSENT, FIFO, FOLDER, Change, Files, Special

OfFolder = Callable[[Random, Files, str], Change]
"""Given the files of a data root, by their paths in it, and its year."""

LEFTOVERS = (
    *("~$contributions.xlsx", ".~lock.contributions.csv#", ".DS_Store", "contributions.csv.bak"),
    *("Thumbs.db", "desktop.ini", "contributions.csv~", ".contributions.csv.swp", "x.tmp"),
    *("._contributions.csv", "#contributions.csv#", "contributions.csv.orig", "~WRL0001.tmp"),
)
STRANGE = (
    "notes.docx",
    "contributions.xlsx",
    "x.csv",
    "README.md",
    "x",
    "a b.csv",
    "é.csv",
    "x.zip",
)
UNSAYABLE = (
    "a\nb.csv",
    "a\x1b[31m.csv",
    "\udce9.csv",
    "\u202ecsv.x",
    "x" * 200 + ".csv",
    "-rf",
    "\\x.csv",
)
TARGETS = (
    "/etc/hostname",
    "/dev/null",
    "/dev/zero",
    "nowhere.csv",
    "../../..",
    "/proc/self/environ",
)


def _any(rng: Random, files: Files, ending: str = "") -> str:
    return rng.choice(sorted(path for path in files if path.endswith(ending)) or sorted(files))


def renamed(rng: Random, files: Files, year: str) -> Change:
    path = PurePosixPath(_any(rng, files))
    stem, end = path.stem, path.suffix
    near = (f"{stem.replace('_', '-')}{end}", f"{stem.title()}{end}", f"{stem}{end.upper()}")
    copies = (f"{stem} (1){end}", f"Copy of {stem}{end}", f"{stem} - Copy{end}", f"{stem}2{end}")
    other = (
        f"{stem}.txt",
        f"{stem}.xlsx",
        f"{stem}{end}.txt",
        stem,
        f" {stem}{end}",
        f"{stem}_final{end}",
    )
    new = str(path.with_name(rng.choice((*near, *copies, *other))))
    return {} if new in files else {str(path): ABSENT, new: files[str(path)]}


def copied(rng: Random, files: Files, year: str) -> Change:
    return {path: raw for path, raw in renamed(rng, files, year).items() if raw != ABSENT}


def missing(rng: Random, files: Files, year: str) -> Change:
    return {_any(rng, files): ABSENT}


def moved(rng: Random, files: Files, year: str) -> Change:
    path = _any(rng, files)
    places = (
        ".",
        "reference",
        year,
        f"{year}/text",
        f"{year}/text/commentary",
        f"{year}/tables",
        "x",
    )
    new = str(PurePosixPath(rng.choice((*places, f"{year}/pictures"))) / PurePosixPath(path).name)
    return {} if new in files else {path: ABSENT, new: files[path]}


def leftover(rng: Random, files: Files, year: str) -> Change:
    place = rng.choice((year, "reference", f"{year}/text", f"{year}/text/commentary", "."))
    return {str(PurePosixPath(place) / rng.choice(LEFTOVERS)): b"\x00\x01leftover"}


def strange(rng: Random, files: Files, year: str) -> Change:
    place = rng.choice((year, "reference", f"{year}/text", f"{year}/text/commentary"))
    name = rng.choice((*STRANGE, *UNSAYABLE))
    return {
        str(PurePosixPath(place) / name): rng.choice((b"a,b\n1,2\n", b"", b"\xff\xfe", b"# x\n"))
    }


def strange_text(rng: Random, files: Files, year: str) -> Change:
    """A text under another name: of no page, or of one that the year does not have."""
    names = ("budget", "Budget", "audits", "no_such", "index", "review-of-the-year", "x/y", "plan")
    place = rng.choice((f"{year}/text", f"{year}/text/commentary"))
    return {f"{place}/{rng.choice(names)}.md": rng.choice((b"# Title\n\nText.\n", b"", b"Text."))}


def no_file(rng: Random, files: Files, year: str) -> Change:
    """A pipe, a folder or a link in the place of a file."""
    link = Special("link", rng.choice(TARGETS))
    return {_any(rng, files): rng.choice((FIFO, FOLDER, link, link))}


def no_file_beside(rng: Random, files: Files, year: str) -> Change:
    places = (year, "reference", f"{year}/text", f"{year}/text/commentary", ".")
    name = rng.choice(
        ("x.csv", "budget.md", "expenditure.csv", "text.md", "contents.csv", "x.toml")
    )
    path = str(PurePosixPath(rng.choice(places)) / name)
    link = Special("link", rng.choice(TARGETS))
    return {} if path in files else {path: rng.choice((FIFO, FOLDER, link))}


def link_to_itself(rng: Random, files: Files, year: str) -> Change:
    path = _any(rng, files)
    return {path: Special("link", PurePosixPath(path).name)}


def folder_in_a_circle(rng: Random, files: Files, year: str) -> Change:
    place = rng.choice((f"{year}/text/x", f"{year}/x", "x", "2099-00"))
    return {place: Special("link", rng.choice((".", "..", "/")))}


def file_for_a_folder(rng: Random, files: Files, year: str) -> Change:
    folders = sorted({str(PurePosixPath(path).parent) for path in files} - {"."})
    return {rng.choice(folders): b"x"}


def year_renamed(rng: Random, files: Files, year: str) -> Change:
    first = year[:4]
    names = (f"{first}-{int(first) + 1}", f"{first}_{year[5:]}", f"{year} ", f"{first}–{year[5:]}")
    new = rng.choice((*names, f"{first}/{year[5:]}", first, f"copy of {year}", f"{year}-old"))
    return _under(files, year, new, goes=rng.random() < 0.5)


def year_copied(rng: Random, files: Files, year: str) -> Change:
    """As another year is begun: the folder copied, and little or nothing changed in it."""
    first = int(year[:4]) + rng.choice((-1, 1))
    other = f"{first}-{(first + 1) % 100:02d}"
    if any(path.startswith(f"{other}/") for path in files):
        return {}
    change = _under(files, year, other, goes=False)
    settings = change.get(f"{other}/year.toml")
    if isinstance(settings, bytes) and rng.random() < 0.8:
        change[f"{other}/year.toml"] = settings.replace(year.encode(), other.encode())
    return change


def folder_in_other_case(rng: Random, files: Files, year: str) -> Change:
    old = rng.choice(("reference", f"{year}/text", f"{year}/text/commentary"))
    return _under(
        files, old, old.title() if old == "reference" else old.replace("text", "Text"), True
    )


def empty_folder(rng: Random, files: Files, year: str) -> Change:
    return {rng.choice(("2099-00", "2015-16", f"{year}/tables", f"{year}/new", "x")): FOLDER}


def _under(files: Files, old: str, new: str, goes: bool) -> Change:
    """Return the change that copies or moves all files of a folder."""
    inside = {path: raw for path, raw in files.items() if path.startswith(f"{old}/")}
    gone: Change = dict.fromkeys(inside, ABSENT) if goes else {}
    return gone | {f"{new}{path.removeprefix(old)}": raw for path, raw in inside.items()}


OF_FOLDER: tuple[OfFolder, ...] = (
    *(renamed, renamed, copied, missing, moved, leftover, strange, strange_text, no_file),
    *(no_file_beside, link_to_itself, folder_in_a_circle, file_for_a_folder, year_renamed),
    *(year_copied, folder_in_other_case, empty_folder),
)


def damaged_folder(rng: Random, files: Files, year: str) -> tuple[str, Change]:
    """Return what happens to the files of a data root, and the name of that."""
    of_folder = rng.choice(OF_FOLDER)
    return of_folder.__name__.replace("_", " "), of_folder(rng, files, year)
