"""A meeting as a leader types it: a day and two times as people write them, and what of it cannot be."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from portal.domain.groups.planning import YEARS, Session
from portal.domain.instants import STOCKHOLM
from portal.domain.numbers import NO_WORDS, Words, date_in
from portal.domain.sentences import Sentence, sentence

LONGEST = timedelta(hours=12)
DAY = timedelta(days=1)

_CLOCK = re.compile(r"(?:kl\.?|klockan)?\s*(\d{1,2})(?:\s?[:.,]?\s?(\d{2})(?::\d{2})?)?\s*h?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the form as it was typed; `number` is its place there."""

    number: int
    day: str
    starts: str
    ends: str


def read_clock(typed: str) -> timedelta | None:
    """Return a time of day (17:30, 9.00, kl 17, 24:00) as what has passed of the day; None for what is none."""
    found = _CLOCK.fullmatch(typed.strip())
    if found is None:
        return None
    hours, minutes = int(found[1]), int(found[2] or 0)
    clock = timedelta(hours=hours, minutes=minutes)
    return clock if minutes < 60 and clock <= DAY else None


def read_time(typed: str) -> time | None:
    """Return a time of day at which something can begin; None for what is none."""
    clock = read_clock(typed)
    return None if clock is None or clock >= DAY else (_at(date.min, clock)).time()


def is_on_the_clock(at: datetime) -> bool:
    """Return whether a time of day in Sweden exists on its day: an hour of a night in spring does not."""
    return at.astimezone(UTC).astimezone(STOCKHOLM).replace(tzinfo=None) == at.replace(tzinfo=None)


def read_row(row: Row, words: Words = NO_WORDS) -> tuple[datetime, datetime] | Sentence:
    """Return from when to when a meeting is, over midnight too; or what of its row cannot be, by its number."""
    day, starts, ends = date_in(row.day, words), read_clock(row.starts), read_clock(row.ends)
    if not (row.day.strip() and row.starts.strip() and row.ends.strip()):
        return sentence("Träff {n}: skriv dag, start och slut.", n=row.number)
    if day is None:
        return sentence("Träff {n}: den dagen finns inte. Skriv till exempel 2027-03-29.", n=row.number)
    if not YEARS[0] <= day.year <= YEARS[1]:
        return sentence("Träff {n}: året kan inte stämma.", n=row.number)
    if starts is None or ends is None or starts == DAY:
        return sentence("Träff {n}: skriv tiden så här: 17:30.", n=row.number)
    begins, stops = _at(day, starts), _at(day, ends if ends > starts else ends + DAY)
    missing = next((at for at in (begins, stops) if not is_on_the_clock(at)), None)
    if missing is not None:
        return sentence(
            "Träff {n}: klockan {time} finns inte den natten. Då börjar sommartiden.",
            n=row.number,
            time=f"{missing:%H:%M}",
        )
    if stops - begins > LONGEST:
        if ends <= starts:
            return sentence("Träff {n}: slutet är före starten.", n=row.number)
        return sentence("Träff {n} är längre än tolv timmar.", n=row.number)
    return begins, stops


def _at(day: date, clock: timedelta) -> datetime:
    return (datetime.combine(day, time()) + clock).replace(tzinfo=STOCKHOLM)


def second_at_once(starts: Iterable[tuple[int, datetime]]) -> dict[int, Sentence]:
    """Return the rows whose meeting begins when an earlier row's does, with what is wrong."""
    seen: set[datetime] = set()
    found: dict[int, Sentence] = {}
    for number, at in starts:
        if at in seen:
            found[number] = sentence("Träff {n} börjar samtidigt som en annan.", n=number)
        seen.add(at)
    return found


def on_red_days(sessions: Iterable[Session], is_red: Callable[[date], bool]) -> frozenset[str]:
    """Return the ids of the meetings that fall on a red day or its eve, which a leader may not have thought of."""
    return frozenset(one.id for one in sessions if not one.is_cancelled and is_red(one.starts_at.date()))
