"""Counting on both databases: nothing is written when somebody is counted, and each day is counted once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from portal.actions.counting.counters import (
    MOST,
    MOST_OF_ONE,
    Batch,
    NotCounted,
    count_now,
    list_tertials,
    report,
    tally,
)
from portal.actions.groups.attendance import take_attendance
from portal.actions.groups.signing_up import sign_up
from portal.domain.counting.counters import COUNTERS, Count, application_came, self_check_done
from portal.domain.counting.periods import Period, tertial, tertial_of, thursday_of, year_of
from portal.domain.counting.statistics import Row, Values
from portal.store.counting.counters import add_counts, list_rows
from portal.store.schema import upgrade
from portal.store.storage import Storage, open_storage
from tests.made_up_groups import FIRST, LEADER, NOW, published, request

VALUES: Values = {"language": ("sv", "ti"), "topic": ("money",), "insats": ("kurs",), "kind": ("lss",)}
DAY = timedelta(days=1)


class Later:
    """What is put off until a test lets it happen."""

    def __init__(self) -> None:
        self.plans: list[Callable[[], object]] = []

    def __call__(self, plan: Callable[[], object]) -> None:
        self.plans.append(plan)

    def happen(self) -> list[object]:
        """Do what was put off; return what came of it."""
        plans, self.plans = self.plans, []
        return [plan() for plan in plans]


def rows(storage: Storage, kommun: str = "solbacka", period: Period | None = None) -> list[Row]:
    """Return what is kept of the year of NOW."""
    with storage.database.reading() as connection:
        return list(list_rows(connection, kommun, period or year_of(thursday_of(NOW.date()).year)))


def test_nothing_is_written_until_later(storage: Storage) -> None:
    later = Later()
    batch = Batch(storage, lambda: NOW, later)
    batch.count("solbacka", self_check_done("ti", has_direct=True, topics=["money"]))
    batch.count("solbacka", self_check_done("sv", has_direct=True, topics=[]))
    assert (rows(storage), len(later.plans)) == ([], 1)
    assert later.happen() == [1]
    on = tertial_of(NOW.date()).first_on
    assert rows(storage) == [
        Row(NOW.date(), "self_checks", "", 2),
        Row(on, "self_checks_by_language", "sv", 1),
        Row(on, "self_checks_by_language", "ti", 1),
        Row(on, "self_checks_by_result", "direct", 2),
        Row(on, "self_checks_by_topic", "money", 1),
    ]


def test_what_was_counted_at_night_belongs_to_the_day_it_is_written(storage: Storage) -> None:
    # A day that is over never changes: what is shown of it once stays as it is.
    clock = [NOW.replace(hour=23, minute=59)]
    later = Later()
    batch = Batch(storage, lambda: clock[0], later)
    batch.count("solbacka", application_came("lss"))
    clock[0] += timedelta(minutes=45)
    later.happen()
    assert [row.counted_on for row in rows(storage) if row.key == "applications"] == [NOW.date() + DAY]


def test_after_a_batch_comes_another(storage: Storage) -> None:
    later = Later()
    batch = Batch(storage, lambda: NOW, later)
    for _ in range(2):
        batch.count("solbacka", application_came("lss"))
        batch.count("granby", application_came("lss"))
        assert later.happen() == [2]
    assert later.plans == []
    assert batch.flush() == 0
    batch.count("solbacka", application_came("lss"))
    assert batch.close() == 1
    assert [row.number for row in rows(storage, "granby")] == [2, 2]


def test_those_who_are_counted_at_once_are_all_counted(storage: Storage) -> None:
    later = Later()
    batch = Batch(storage, lambda: NOW, later)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: batch.count("solbacka", application_came("lss")), range(200)))
    assert len(later.plans) == 1
    later.happen()
    assert [row.number for row in rows(storage)] == [200, 200]


def test_a_machine_that_counts_without_end_is_not_counted_without_end(storage: Storage) -> None:
    batch = Batch(storage, lambda: NOW, Later())
    for number in range(MOST + 10):
        batch.count("solbacka", application_came("lss"))
        batch.count(f"kommun-{number}", application_came("lss"))
    batch.flush()
    assert [row.number for row in rows(storage)] == [MOST_OF_ONE, MOST_OF_ONE]
    assert len(rows(storage, f"kommun-{MOST - MOST_OF_ONE - 1}")) == 2
    assert rows(storage, f"kommun-{MOST}") == []
    batch.count("solbacka", application_came("lss"))
    batch.flush()
    assert [row.number for row in rows(storage)] == [MOST_OF_ONE + 1, MOST_OF_ONE + 1]


def test_what_is_not_in_the_list_is_not_counted(storage: Storage) -> None:
    batch = Batch(storage, lambda: NOW, Later())
    with pytest.raises(NotCounted):
        batch.count("solbacka", [Count("self_checks"), Count("footsteps")])
    batch.flush()
    assert rows(storage) == []


def test_while_the_database_is_down_the_counts_wait(tmp_path: Path, storage: Storage) -> None:
    nowhere = open_storage(f"sqlite:///{tmp_path / 'empty.sqlite'}", ["A" * 43 + "="])
    later = Later()
    batch = Batch(nowhere, lambda: NOW, later)
    batch.count("solbacka", application_came("lss"))
    assert later.happen() == [0]
    assert len(later.plans) == 1
    batch.count("solbacka", application_came("lss"))
    assert len(later.plans) == 1
    with storage.database.transaction() as connection:
        count_now(connection, "solbacka", application_came("lss"), NOW)
    assert [row.number for row in rows(storage)] == [1, 1]
    nowhere.close()


def test_what_waits_for_the_database_still_fills_the_share_of_its_kommun(tmp_path: Path) -> None:
    nowhere = open_storage(f"sqlite:///{tmp_path / 'empty.sqlite'}", ["A" * 43 + "="])
    later = Later()
    batch = Batch(nowhere, lambda: NOW, later)
    for _ in range(MOST_OF_ONE):
        batch.count("solbacka", application_came("lss"))
    assert later.happen() == [0]
    batch.count("solbacka", application_came("lss"))
    upgrade(nowhere.database)
    assert batch.flush() == 1
    assert {row.number for row in rows(nowhere)} == {MOST_OF_ONE}
    nowhere.close()


def test_a_deed_is_counted_in_its_own_transaction(storage: Storage) -> None:
    def deed(*counts: Count) -> None:
        with storage.database.transaction() as connection:
            count_now(connection, "solbacka", application_came("lss"), NOW)
            count_now(connection, "solbacka", counts, NOW)

    with pytest.raises(NotCounted):
        deed(Count("footsteps"))
    assert rows(storage) == []
    deed()
    assert [row.number for row in rows(storage)] == [1, 1]


# ------------------------------------------------------------------------------------------ day by day


def test_each_day_is_counted_once_when_it_has_settled(storage: Storage) -> None:
    group = published(storage)
    sign_up(storage, group.id, request(1), NOW)
    midnight = NOW.replace(hour=0) + DAY
    # A form may still hold a seat that it took before midnight.
    assert tally(storage, midnight + timedelta(minutes=30)) == 1
    assert rows(storage) == []
    assert tally(storage, midnight + timedelta(minutes=61)) == 1
    assert tally(storage, midnight + timedelta(hours=9)) == 0
    begun = tertial_of(NOW.date()).first_on
    assert [(row.counted_on, row.key, row.number) for row in rows(storage)] == [
        (NOW.date(), "sign_ups", 1),
        (begun, "sign_ups_by_insats", 1),
        (begun, "sign_ups_by_outcome", 1),
    ]


def test_days_that_were_missed_are_counted_later(storage: Storage) -> None:
    group = published(storage)
    tally(storage, NOW)
    for days in range(3):
        sign_up(storage, group.id, request(days), NOW + days * DAY)
    assert tally(storage, NOW + 3 * DAY) == 3
    assert [row.counted_on for row in rows(storage) if row.key == "sign_ups"] == [
        NOW.date() + days * DAY for days in range(3)
    ]


def test_two_that_count_at_once_count_once(storage: Storage) -> None:
    sign_up(storage, published(storage).id, request(1), NOW)
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: tally(storage, NOW + DAY), range(4)))
    assert sum(done) == 1
    assert [row.number for row in rows(storage)] == [1, 1, 1]


def test_who_came_is_counted_two_weeks_after_the_meeting(storage: Storage) -> None:
    group = published(storage)
    take_attendance(storage, LEADER, group.id, group.sessions[0].id, {("25-44", "woman"): 6}, FIRST)
    year = year_of(FIRST.year)
    tally(storage, FIRST + 14 * DAY)
    assert rows(storage, period=year) == []
    tally(storage, FIRST + 15 * DAY)
    assert {(row.counted_on, row.key) for row in rows(storage, period=year)} == {
        (FIRST.date(), "attendance"),
        (year.first_on, "attendance_by_age_band"),
        (year.first_on, "attendance_by_gender"),
    }
    # What a leader writes after that changes nothing that may have been shown.
    take_attendance(storage, LEADER, group.id, group.sessions[0].id, {("25-44", "woman"): 9}, FIRST + 16 * DAY)
    tally(storage, FIRST + 17 * DAY)
    assert {row.number for row in rows(storage, period=year)} == {6}


# ------------------------------------------------------------------------------------------ what may be read


def test_the_report_has_every_counter_and_hides_what_is_small(storage: Storage) -> None:
    period = tertial(2027, 1)
    with storage.database.transaction() as connection:
        for month in period.parts:
            add_counts(connection, "solbacka", month.first_on, {Count("self_checks"): 9})
        add_counts(
            connection,
            "solbacka",
            period.first_on,
            {Count("self_checks_by_language", lang): number for lang, number in (("sv", 31), ("ti", 3), ("xx", 2))},
        )
    found = report(storage, "solbacka", period, VALUES, at(period.last_on + 2 * DAY))
    assert [told.counter.id for told in found] == list(COUNTERS)
    (first, *others) = found
    assert first.whole.number == 36
    assert dict(first.divisions[1].numbers) == {"sv": 31, "ti": None, "": None}
    assert {told.whole.number for told in others if told.counter.is_about_people} == {None}
    assert report(storage, "granby", period, VALUES, at(period.last_on + 2 * DAY))[0].whole.number is None


def at(day: date) -> datetime:
    """Return the morning of a day."""
    return datetime.combine(day, NOW.timetz())


def test_the_tertials_are_those_since_counting_began_whatever_was_counted(storage: Storage) -> None:
    assert [period.id for period in list_tertials(storage, NOW)] == ["2026-3"]
    assert [period.id for period in list_tertials(storage, NOW.replace(month=9, day=1))] == ["2026-3"]
    tally(storage, NOW)
    assert [period.id for period in list_tertials(storage, NOW + 250 * DAY)] == ["2027-2", "2027-1", "2026-3"]
