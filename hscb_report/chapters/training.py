"""Training: what was offered, who was reached, and which counts may be added."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from hscb_report.calculations import training
from hscb_report.checks.rule import Breach, Breaches, NothingToCheck, Rule, rows_named
from hscb_report.figures import LEAST_OF_A_SHARE, Figure, cell, count, sum_of
from hscb_report.results.chapter import THE_DATA, Chapter, notebook_page
from hscb_report.results.exhibit import Cell, Column, Exhibit, exhibit
from hscb_report.results.fact import Fact, awaited, fact
from hscb_report.results.phrases import Compared, change
from hscb_report.results.titles import largest, part
from hscb_report.results.told import told
from hscb_report.schema import YearData
from hscb_report.schema import vocabularies as words
from hscb_report.schema.learning import (
    EstablishmentCoverage,
    TrainingDelivery,
    TrainingEvaluation,
    TrainingOffer,
    TrainingTotal,
)
from hscb_report.units import TO_COME, WHOLE_PERCENT, count_of, count_out_of
from hscb_report.wording import first_lower

_PEOPLE = count_of("attendances")
_ANSWERS = count_of("answers")


# One fact a line reads as a table.
# fmt: off
def facts(data: YearData) -> Iterator[Fact]:
    """Yield the numbers of the chapter."""
    given, covered = data.tables[TrainingDelivery], data.tables[EstablishmentCoverage]
    units, titles = data.vocabulary(words.ATTENDANCE_UNIT), {row.offer: row.title for row in data.tables[TrainingOffer]}
    if data.tables[TrainingTotal]:
        yield fact("training.practitioners", "Practitioners trained", count_of("practitioners"), training.practitioners, data.tables[TrainingTotal])
    for offer, rows in training.by_offer(given).items():
        for counted_as in training.counted_as(given, offer):
            ways = training.counted_as(given, offer)
            name = offer if len(ways) == 1 else f"{offer}_{counted_as}"
            yield fact(f"training.attended_{name}", f"Attended: {titles[offer]}", count_of(units[counted_as]), training.attended, given, offer, counted_as)
        if all(row.sessions is not None for row in rows) or not data.is_final:
            yield awaited(fact(f"training.sessions_{offer}", f"Sessions held: {titles[offer]}", count_of("sessions"), training.sessions, given, offer))
    for offer in dict.fromkeys(row.offer for row in covered):
        yield fact(f"training.establishments_{offer}", f"Establishments represented: {titles[offer]}", count_of("establishments"), training.establishments_represented, covered, offer)
    yield from _evaluation_facts(data.tables[TrainingEvaluation], titles)


def _evaluation_facts(rows: tuple[TrainingEvaluation, ...], titles: Mapping[str, str]) -> Iterator[Fact]:
    """Yield what was answered of each offer, and of all of them together, at each time of asking."""
    asked = {row.asked for row in rows}
    every = [(None, when) for when in words.EVALUATED if when in asked]
    for offer, when in (*((row.offer, row.asked) for row in rows), *every):
        name = f"{offer}_{when}" if offer else when
        of = f"{titles[offer] if offer else 'all training evaluated'}, {first_lower(words.EVALUATED[when])}"
        yield fact(f"training.evaluated_{name}", f"Answered: {of}", _ANSWERS, training.answered, rows, when, offer)
        yield fact(f"training.positive_{name}", f"Confident, or use it: {of}", _ANSWERS, training.positive, rows, when, offer, whole=f"evaluated_{name}")
        share = fact(f"training.share_positive_{name}", f"Share who are confident, or use it: {of}", WHOLE_PERCENT, training.share_positive, rows, when, offer)
        if share.figure.value is not None or share.figure.to_come:
            yield share
# fmt: on


def exhibits(data: YearData) -> Iterator[Exhibit]:
    """Yield the tables of the training chapter."""
    yield _offers(data)
    yield _groups(data, "level", data.vocabulary(words.TRAINING_LEVEL))
    yield _groups(data, "mode", data.vocabulary(words.TRAINING_MODE))
    themes = {offer.theme: offer.theme for offer in data.tables[TrainingOffer]}
    yield _groups(data, "theme", themes)
    yield exhibit(
        "training-coverage",
        f"Establishments represented at training, number, {data.year}",
        (
            Column("Establishments"),
            Column("Represented", count_of("establishments")),
            Column("Of how many", count_of("establishments")),
        ),
        [
            (row.establishments, cell(row, "represented"), cell(row, "eligible"))
            for row in data.tables[EstablishmentCoverage]
        ],
        "Establishments are counted here, not the people they sent.",
        title=_represented(data.tables[EstablishmentCoverage]),
    )
    yield _totals(data)
    yield _evaluation(data)


def _offers(data: YearData) -> Exhibit:
    """Return the training offered with its counts; what has none is named in a note."""
    given, units = data.tables[TrainingDelivery], data.vocabulary(words.ATTENDANCE_UNIT)
    counted, others = _told_and_not(data)
    levels, modes = data.vocabulary(words.TRAINING_LEVEL), data.vocabulary(words.TRAINING_MODE)
    made = exhibit(
        "training-offers",
        f"Training offered: sessions, and attendances where they are {'published' if data.is_reconstruction else 'known'}, {data.year}",
        (
            Column("Training"),
            Column("Level"),
            Column("Mode"),
            Column("Sessions", count_of("sessions")),
            Column("Attendances", _PEOPLE),
            Column("Counted as"),
        ),
        [
            (
                offer.title,
                levels[offer.level],
                modes[offer.mode],
                training.sessions(given, offer.offer),
                training.attended(given, offer.offer, counted_as),
                units[counted_as] if counted_as else "not stated",
            )
            for offer in counted
            for counted_as in training.counted_as(given, offer.offer) or (None,)
        ],
        *(
            f"Also offered, with no numbers {'published' if data.is_reconstruction else 'known'}: "
            f"{'; '.join(_named(data, offer) for offer in others)}."
            for _ in others[:1]
        ),
        "Attendances at different training may be by the same people.",
    )
    return made.titled(_counted(data, made))


def _told_and_not(
    data: YearData,
) -> tuple[tuple[TrainingOffer, ...], tuple[TrainingOffer, ...]]:
    """Return the offers of which anything is counted, and the others; all, if it is of none."""
    given, offers = data.tables[TrainingDelivery], data.tables[TrainingOffer]
    others = tuple(row for row in offers if not _is_counted(given, row.offer))
    if len(others) == len(offers) or not data.is_final:
        return offers, ()
    return tuple(row for row in offers if row not in others), others


def _is_counted(given: tuple[TrainingDelivery, ...], offer: str) -> bool:
    return (
        bool(training.counted_as(given, offer)) or training.sessions(given, offer).value is not None
    )


def _named(data: YearData, offer: TrainingOffer) -> str:
    levels, modes = data.vocabulary(words.TRAINING_LEVEL), data.vocabulary(words.TRAINING_MODE)
    return f"{offer.title} ({first_lower(levels[offer.level])}, {first_lower(modes[offer.mode])})"


def _counted(data: YearData, made: Exhibit) -> str:
    """Return where most attendances were or, where some are not counted, of how much they are."""
    offers, given = data.tables[TrainingOffer], data.tables[TrainingDelivery]
    known = count(offers, lambda row: bool(training.counted_as(given, row.offer)))
    if known.value == len(offers):
        return _most_attended(made, "were at")
    named = "published" if data.is_reconstruction else "recorded"
    return part(known, count(offers), "kinds of training", f"had a {named} attendance")


def _most_attended(made: Exhibit, said: str) -> str:
    """Return where most attendances were, if every row is counted, and in one way."""
    counted_as = {row[[c.name for c in made.columns].index("Counted as")] for row in made.rows}
    return largest(made, "Attendances", "attendances", said) if len(counted_as) == 1 else ""


def _represented(rows: Sequence[EstablishmentCoverage]) -> str:
    """Return how many establishments were represented, where one row counts them."""
    if len(rows) != 1:
        return ""
    represented, eligible = cell(rows[0], "represented"), cell(rows[0], "eligible")
    said = "were represented"
    return part(represented, eligible, "establishments", said) or told(
        represented, count_of("establishments"), said
    )


def _groups(data: YearData, attribute: str, labels: Mapping[str, str]) -> Exhibit:
    offers = data.tables[TrainingOffer]
    groups = training.attendances_by(offers, data.tables[TrainingDelivery], attribute)
    made = exhibit(
        f"training-by-{attribute}",
        f"Training by {attribute}, number of offers and attendances, {data.year}",
        (
            Column(attribute.capitalize()),
            Column("Counted as"),
            Column("Offers", count_of("offers")),
            Column("Attendances", _PEOPLE),
        ),
        [
            (labels[group.code], _counted_as(data, group), group.offers, group.attendances)
            for group in groups
        ],
        "Only like is added to like; offers without a number are not zero.",
        row_headers=2,
    )
    title = _most_attended(made, f"were at training of the {attribute}")
    if not title and sum_of(group.offers for group in groups).value == len(offers):
        title = _most_offered(groups, f"were of the {attribute}", labels)
    return made.titled(title)


def _most_offered(groups: Sequence[training.Group], said: str, labels: Mapping[str, str]) -> str:
    """Return which group has the most of what is offered; "" where several have as many.

    The groups hold each offer once.
    """
    offers: Counter[str] = Counter()
    for group in groups:
        offers[group.code] += int(group.offers.value or 0)
    most = offers.most_common(2)
    if len(most) < 2 or most[0][1] == most[1][1]:
        return ""
    (code, number), whole = most[0], Figure(offers.total())
    return part(Figure(number), whole, "kinds of training", f"{said} {labels[code]}")


def _counted_as(data: YearData, group: training.Group) -> str:
    units = data.vocabulary(words.ATTENDANCE_UNIT)
    return units[group.counted_as] if group.counted_as else "not counted"


def _totals(data: YearData) -> Exhibit:
    additivity = training.additivity(data.tables[TrainingDelivery])
    return exhibit(
        "training-totals",
        f"Practitioners trained by the Board, number, {data.year}",
        (Column("What is counted"), Column("Number", count_of("practitioners"))),
        [
            (
                "Practitioners trained by the Board",
                training.practitioners(data.tables[TrainingTotal]),
            ),
        ]
        if data.tables[TrainingTotal]
        else [],
        *(
            f"The attendances above must not be added up to people. {reason}"
            for reason in additivity.reasons
        ),
        title=told(
            training.practitioners(data.tables[TrainingTotal]),
            count_of("practitioners"),
            "were trained",
        ),
    )


def _evaluation(data: YearData) -> Exhibit:
    rows = data.tables[TrainingEvaluation]
    pairs = [
        (offer.title, row)
        for offer in data.tables[TrainingOffer]
        for when in words.EVALUATED
        for row in rows
        if (row.offer, row.asked) == (offer.offer, when)
    ]
    return exhibit(
        "training-evaluation",
        f"Answers of those who were trained, number and share, {data.year}",
        (
            Column("Training"),
            Column("Asked"),
            Column("Answered", _ANSWERS),
            Column("Confident, or use it", _ANSWERS, usual="Positive"),
            Column("Share", WHOLE_PERCENT),
            Column("Beside what was answered before"),
        ),
        [
            (
                title,
                words.EVALUATED[row.asked],
                cell(row, "answered"),
                cell(row, "positive"),
                _share(rows, row),
                _change(rows, row),
            )
            for title, row in pairs
        ],
        f"Of fewer than {LEAST_OF_A_SHARE} answers counts are given, and no share.",
        "Those who answered before and those who answered later need not be the same people.",
        row_headers=2,
        title=_more_confident(rows),
    )


def _more_confident(rows: tuple[TrainingEvaluation, ...]) -> str:
    """Return the shares who were confident before all training and after it."""
    before, after = (training.share_positive(rows, when) for when in ("before", "after"))
    if before.value is None or after.value is None or before.out_of or after.out_of:
        return ""
    shares = (WHOLE_PERCENT.text(share) for share in (before, after))
    return "{} of those who answered were confident before, {} afterwards".format(*shares)


def _share(rows: tuple[TrainingEvaluation, ...], row: TrainingEvaluation) -> Cell:
    share = training.share_positive(rows, row.asked, row.offer)
    return "no answers" if share.value is None and not share.to_come else share


def _change(rows: tuple[TrainingEvaluation, ...], row: TrainingEvaluation) -> str:
    """Return how far the answers differ from those before the training, in words."""
    first = "before"
    if row.asked == first:
        return "asked first"
    answered = training.answered(rows, first, row.offer)
    if _is_to_come(rows, row, first):
        return TO_COME
    if answered.value is None:
        return "not asked before"
    now, before = (training.share_positive(rows, when, row.offer) for when in (row.asked, first))
    if None in (now.value, before.value) or now.out_of or before.out_of:
        told = count_out_of("answers", answered).text(training.positive(rows, first, row.offer))
        return f"{told} before"
    return change(Compared(_printed(now), _printed(before), WHOLE_PERCENT, words.EVALUATED[first]))


def _is_to_come(rows: tuple[TrainingEvaluation, ...], row: TrainingEvaluation, first: str) -> bool:
    """Whether what was answered about an offer, now or before, is still to be filled in."""
    asked = (training.share_positive(rows, when, row.offer) for when in (row.asked, first))
    return any(share.to_come for share in asked)


def _printed(share: Figure) -> Figure:
    """Return a share as a reader sees it, so that the difference is that of what is printed."""
    value = Decimal(share.value or 0).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return replace(share, value=value)


def _parts_within_whole(data: YearData) -> Breaches:
    whole = training.practitioners(data.tables[TrainingTotal]).value
    for row in data.tables[TrainingDelivery]:
        if whole is not None and row.in_total != "no" and row.attended > whole:
            yield Breach(
                f"more than all {whole} practitioners trained in the year.",
                'Correct a number, or set in_total to "no".',
                row.place,
                "attended",
                str(row.attended),
            )
    if whole is not None:
        yield from _like_within(data, int(whole))


def _like_within(data: YearData, whole: int) -> Breaches:
    """Hold what is counted in one way, and said to be within the whole, to it; unlike is not added.

    A delivery that is above it alone has been told.
    """
    within = [row for row in data.tables[TrainingDelivery] if row.in_total == "yes"]
    units = data.vocabulary(words.ATTENDANCE_UNIT)
    for counted_as in dict.fromkeys(row.counted_as for row in within):
        alike = [row for row in within if row.counted_as == counted_as]
        added = sum(row.attended for row in alike)
        if len(alike) > 1 and added > whole:
            yield Breach(
                f"the {units[counted_as]} said to be within it come to {added} "
                f"({rows_named(row.place for row in alike)}).",
                'Correct a number, or set in_total to "no" where it does not belong to the whole.',
                next(r.place for r in data.tables[TrainingTotal] if r.total == "practitioners"),
                "attended",
                str(whole),
                "error",
            )


def _represented_within_eligible(data: YearData) -> Breaches:
    for row in data.tables[EstablishmentCoverage]:
        if row.eligible is not None and row.represented > row.eligible:
            yield Breach(
                f"more than the {row.eligible} establishments that there are.",
                "Correct one of the two numbers.",
                row.place,
                "represented",
                str(row.represented),
            )


def _within_wholes(data: YearData) -> Breaches:
    yield from _parts_within_whole(data)
    yield from _represented_within_eligible(data)


def _bookings_add_up(data: YearData) -> Breaches:
    booked = [row for row in data.tables[TrainingDelivery] if row.booked is not None]
    if not data.is_final:  # then an empty cell may be no 0, but one that is still to come
        booked = [r for r in booked if None not in (r.cancelled, r.no_show, r.walk_in)]
    if not booked:
        raise NothingToCheck
    for row in booked:
        came = (row.booked or 0) - (row.cancelled or 0) - (row.no_show or 0) + (row.walk_in or 0)
        if came != row.attended:
            yield Breach(
                f"{row.booked} booked, less {row.cancelled or 0} cancelled and "
                f"{row.no_show or 0} who did not come, and {row.walk_in or 0} without a booking "
                f"make {came}.",
                "Correct one of the five numbers.",
                row.place,
                "attended",
                str(row.attended),
            )


def _answers_within(data: YearData) -> Breaches:
    """Hold the positive to those who answered, and these to those who came.

    Those asked later may have come in the year before: the second is a warning.
    """
    given = data.tables[TrainingDelivery]
    for row in data.tables[TrainingEvaluation]:
        if row.positive > row.answered:
            yield Breach(
                f"more than the {row.answered} who answered.",
                "Correct one of the two numbers.",
                row.place,
                "positive",
                str(row.positive),
            )
        came = training.attended(given, row.offer)
        if came.value is not None and row.answered > came.value:
            yield Breach(
                f"more than the {came.value} who came in the year ({rows_named(came.rows)}).",
                "Correct a number; where others than those who came were asked, accept it with a "
                "reason.",
                row.place,
                "answered",
                str(row.answered),
                "warning",
            )


CHAPTER = Chapter(
    name="training",
    title="Training",
    pages=(notebook_page("training", THE_DATA),),
    about=(
        TrainingOffer,
        TrainingDelivery,
        TrainingTotal,
        EstablishmentCoverage,
        TrainingEvaluation,
    ),
    measured=True,
    facts=facts,
    exhibits=exhibits,
    key_figures=("training.practitioners",),
    rules=(
        Rule(
            "R13",
            "Training on a theme is within all training, establishments within those eligible",
            "warning",
            (TrainingTotal, TrainingDelivery, EstablishmentCoverage),
            _within_wholes,
        ),
        Rule(
            "R14",
            "Bookings, cancellations, no-shows and walk-ins make the attendance",
            "error",
            (TrainingDelivery,),
            _bookings_add_up,
        ),
        Rule(
            "R53",
            "Those with a good answer are among those who answered, and these among those who came",
            "error",
            (TrainingEvaluation,),
            _answers_within,
            may_be_empty=(TrainingDelivery,),
        ),
    ),
)
