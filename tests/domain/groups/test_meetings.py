"""Meetings as leaders type them: days and times as people write them, over midnight, and nights that lose an hour."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from portal.domain.groups.meetings import Row, on_red_days, read_clock, read_row, read_time, second_at_once
from portal.domain.groups.planning import YEARS, Session
from portal.domain.instants import STOCKHOLM
from portal.domain.sentences import Sentence, in_swedish
from tests.domain.made_up import FIRST

TIMES = {
    "17:30": (17, 30),
    "9:00": (9, 0),
    "9.00": (9, 0),
    "09,15": (9, 15),
    "17": (17, 0),
    "kl 17": (17, 0),
    "kl. 17.30": (17, 30),
    "Klockan 9": (9, 0),
    "1730": (17, 30),
    "930": (9, 30),
    "17 30": (17, 30),
    " 17:30:00 ": (17, 30),
    "17 h": (17, 0),
    "٩:٠٠": (9, 0),
    "0:00": (0, 0),
    "24:00": (24, 0),
}


@pytest.mark.parametrize(("typed", "clock"), TIMES.items())
def test_times_are_read_as_people_write_them(typed: str, clock: tuple[int, int]) -> None:
    assert read_clock(typed) == timedelta(hours=clock[0], minutes=clock[1])


@pytest.mark.parametrize("typed", ["", "25", "24:01", "17:60", "halv sex", "17:3", "17-19", "-1"])
def test_what_is_no_time_is_none(typed: str) -> None:
    assert read_clock(typed) is None


def test_nothing_begins_at_24() -> None:
    assert (read_time("23:59"), read_time("24:00"), read_time("x")) == (time(23, 59), None, None)


def read(day: str, starts: str, ends: str) -> tuple[str, str] | str:
    """Return from when to when a row is, or what is said of it."""
    found = read_row(Row(3, day, starts, ends))
    return in_swedish(found) if isinstance(found, Sentence) else (found[0].isoformat(), found[1].isoformat())


def test_a_meeting_may_end_at_midnight_or_after() -> None:
    assert read("2027-01-12", "22:00", "00:00") == ("2027-01-12T22:00:00+01:00", "2027-01-13T00:00:00+01:00")
    assert read("2027-01-12", "22:00", "24:00") == read("2027-01-12", "22:00", "00:00")
    assert read("2027-12-31", "kl 22", "1.30") == ("2027-12-31T22:00:00+01:00", "2028-01-01T01:30:00+01:00")
    assert read("2027-01-12", "8", "20") == ("2027-01-12T08:00:00+01:00", "2027-01-12T20:00:00+01:00")


NO_HOUR = "Träff 3: klockan {} finns inte den natten. Då börjar sommartiden."
WRONG = {
    ("", "17", "19"): "Träff 3: skriv dag, start och slut.",
    ("2027-01-12", " ", "19"): "Träff 3: skriv dag, start och slut.",
    ("2027-01-12", "17", ""): "Träff 3: skriv dag, start och slut.",
    ("2027-02-30", "17", "19"): "Träff 3: den dagen finns inte. Skriv till exempel 2027-03-29.",
    (f"{YEARS[0] - 1}-12-31", "17", "19"): "Träff 3: året kan inte stämma.",
    (f"{YEARS[1] + 1}-01-01", "17", "19"): "Träff 3: året kan inte stämma.",
    ("2027-01-12", "halv", "19"): "Träff 3: skriv tiden så här: 17:30.",
    ("2027-01-12", "17", "x"): "Träff 3: skriv tiden så här: 17:30.",
    ("2027-01-12", "24", "01"): "Träff 3: skriv tiden så här: 17:30.",
    ("2027-01-12", "17:30", "16:00"): "Träff 3: slutet är före starten.",
    ("2027-01-12", "17:30", "17:30"): "Träff 3: slutet är före starten.",
    ("2027-01-12", "8:00", "20:01"): "Träff 3 är längre än tolv timmar.",
    ("2027-03-28", "02:30", "04:00"): NO_HOUR.format("02:30"),
    ("2027-03-27", "22:00", "02:00"): NO_HOUR.format("02:00"),
}


@pytest.mark.parametrize(("typed", "says"), WRONG.items())
def test_what_cannot_be_names_its_meeting_and_what_to_do(typed: tuple[str, str, str], says: str) -> None:
    assert read(*typed) == says


def test_the_hour_that_comes_twice_is_there_and_the_years_at_the_ends_too() -> None:
    assert read("2027-10-31", "02:30", "04:00") == ("2027-10-31T02:30:00+02:00", "2027-10-31T04:00:00+01:00")
    for year in YEARS:
        assert isinstance(read(f"{year}-06-01", "17", "19"), tuple)


def test_two_meetings_at_once_are_told_by_the_second() -> None:
    at = datetime(2027, 1, 12, 18, tzinfo=STOCKHOLM)
    found = second_at_once([(1, at), (2, at + timedelta(days=7)), (4, at)])
    assert {row: in_swedish(says) for row, says in found.items()} == {4: "Träff 4 börjar samtidigt som en annan."}


def test_meetings_on_red_days_are_found_and_those_that_are_cancelled_are_not() -> None:
    one = Session(1, FIRST, FIRST + timedelta(hours=2), id="one")
    two = replace(one, starts_at=FIRST + timedelta(days=1), id="two")
    assert on_red_days([one, two], lambda day: day == FIRST.date()) == {"one"}
    assert on_red_days([replace(one, is_cancelled=True)], lambda day: True) == frozenset()
