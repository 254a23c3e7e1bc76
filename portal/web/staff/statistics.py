"""Statistics for the nämnd: numbers that point at nobody, as bars with their values, and as a file."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date

from babel.dates import format_date
from flask import Response, abort, current_app, request
from markupsafe import Markup

from portal.actions.counting.counters import list_tertials, report
from portal.domain.counting.counters import INSATS, KIND, LANGUAGE, OTHER, OTHER_NAME, TOPIC, VISITED, Dimension
from portal.domain.counting.periods import TERTIALS, Period, find_tertial, tertial, tertial_of
from portal.domain.counting.statistics import Division, Part, Told, Values, year_of
from portal.domain.counting.suppression import Shown
from portal.domain.counting.visits import is_counted_by_tap
from portal.domain.groups.wishes import SHOWN_FROM
from portal.domain.sentences import Sentence, sentence
from portal.domain.staff.roles import Deed
from portal.web.downloads import attached
from portal.web.portal import application_rules, catalogue, current_kommun, current_voice, now, pages
from portal.web.staff.access import current_actor, for_deed, room
from portal.web.staff.pages import page, storage
from portal.web.staff.shown import language_name

HIDDEN, STILL = "–", "still"
"""How a hidden number stands in the file, and what the chart has for a month that is not over."""

TERTIAL_NAMES = (
    sentence("Januari till april"),
    sentence("Maj till augusti"),
    sentence("September till december"),
)


@room.get("/statistics")
@for_deed(Deed.READ_STATISTICS)
def show_statistics() -> Response:
    """Show one tertial of the kommun, and what its year says so far."""
    period = _period()
    reports = {number: _report(tertial(period.year, number)) for number in TERTIALS}
    years = [year_of(told) for told in zip(*reports.values(), strict=True)]
    return page(
        "statistics",
        period=period,
        tertials=list_tertials(storage(), now()),
        name=tertial_name,
        counted=list(zip(reports[period.number], years, strict=True)),
        month_name=month_name,
        rows_of=rows_of,
        named=named,
        most=most,
        shown_from=SHOWN_FROM,
    )


@room.get("/statistics.csv")
@for_deed(Deed.READ_STATISTICS)
def download_statistics() -> Response:
    """Give the same numbers as a file: a row for each period and each value, hidden ones as a dash."""
    period = _period()
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow(
        ("kommun", "period", "first_day", "last_day", "counter", "counter_name", "by", "value", "value_name", "number")
    )
    for told in _report(period):
        writer.writerows(tuple(map(_as_text, row)) for row in _rows(told))
    # The mark of the byte order lets a spreadsheet read å, ä and ö; a Swedish one has columns where ; stands.
    answer = Response("\ufeff" + written.getvalue(), mimetype="text/csv")
    name = f"statistik-{current_kommun().id}-{period.id}.csv"
    return attached(answer, name)


def _period() -> Period:
    """Return the tertial that the address asks for, or the one that is now."""
    asked = request.args.get("period")
    found = tertial_of(now().date()) if asked is None else find_tertial(asked)
    if found is None:
        abort(404)
    return found


def _report(period: Period) -> tuple[Told, ...]:
    return report(storage(), current_actor().kommun, period, _values(), now())


def _values() -> Values:
    """Return the values of what is divided by a list of the portal or the catalogue."""
    kommun, of = current_kommun(), current_app.extensions["room"]
    in_groups = {insats for programme in of.programmes.values() for insats in programme.insatser}
    return {
        LANGUAGE.id: tuple(pages().portal.languages),
        TOPIC.id: tuple(catalogue().topics),
        INSATS.id: tuple(insats for insats in kommun.insatser if insats in in_groups),
        VISITED.id: tuple(insats.id for insats in kommun.insatser.values() if is_counted_by_tap(insats)),
        KIND.id: tuple(application_rules().kinds),
    }


def most(numbers: Iterable[Shown]) -> int:
    """Return the largest number of a chart, for the length of its bars."""
    return max((number or 0 for number in numbers), default=0) or 1


def tertial_name(period: Period) -> Markup:
    """Return the name of a tertial with its year."""
    return Markup("{} {}").format(current_voice().html(TERTIAL_NAMES[period.number - 1]), period.year)


def month_name(period: Period) -> Markup:
    """Return the name of a month."""
    voice = current_voice()
    return voice.mark(format_date(date(period.year, period.number, 1), "LLLL", locale=voice.language.babel))


def rows_of(months: Iterable[Part]) -> list[tuple[Markup, Shown | str]]:
    """Return the rows of a chart of months; one that is not over has no number yet."""
    return [(month_name(month.period), month.number if month.is_over else STILL) for month in months]


def named(division: Division) -> list[tuple[Markup, Shown]]:
    """Return the rows of a chart of what a counter is divided by."""
    return [(value_name(division.dimension, value), number) for value, number in division.numbers]


def value_name(dimension: Dimension, value: str) -> Markup:
    """Return the name of what a counter is divided by, in the language of the page."""
    if value == OTHER:
        return current_voice().html(OTHER_NAME)
    if dimension == LANGUAGE:
        return language_name(value)
    return current_voice().html(_sentence(dimension, value))


def _sentence(dimension: Dimension, value: str) -> Sentence:
    if dimension == TOPIC:
        return catalogue().topics[value].name
    if dimension in (INSATS, VISITED):
        return current_kommun().insatser[value].name
    if dimension == KIND:
        return application_rules().kinds[value].name
    return (dimension.values or {}).get(value, OTHER_NAME)


def _rows(told: Told) -> Iterator[tuple[str, ...]]:
    kommun, voice = current_kommun().id, current_voice()
    counter = (told.counter.id, voice.words(told.counter.name))
    for part in _parts(told.whole):
        if part.is_over:
            yield (kommun, *_days(part.period), *counter, "", "", "", _number(part.number))
    for division in told.divisions:
        for value, number in division.numbers:
            name = value_name(division.dimension, value).striptags()
            by = (division.dimension.id, value, name)
            yield (kommun, *_days(told.whole.period), *counter, *by, _number(number))


def _parts(part: Part) -> Iterator[Part]:
    yield part
    for inner in part.parts:
        yield from _parts(inner)


def _days(period: Period) -> tuple[str, str, str]:
    return period.id, period.first_on.isoformat(), period.last_on.isoformat()


def _as_text(cell: str) -> str:
    """Return what a spreadsheet shows as it is: a name that begins as a formula does is none."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) and cell != HIDDEN else cell


def _number(number: Shown) -> str:
    return HIDDEN if number is None else str(number)
