"""The closed list of what is counted, and what each event counts up."""

import pytest

from portal.domain.counting.counters import (
    CLOSED,
    COUNTERS,
    LONGEST_BAND,
    WAITING_BANDS,
    WITHDRAWN,
    Count,
    application_begun,
    application_came,
    application_ended,
    is_counted,
    self_check_done,
    waiting_band,
)


def test_each_counter_says_what_it_is_and_why() -> None:
    assert list(COUNTERS) == [
        "self_checks",
        "groups",
        "sign_ups",
        "attendance",
        "visits",
        "applications",
        "applications_begun",
        "applications_ended",
    ]
    for counter in COUNTERS.values():
        said = (counter.name, counter.what, counter.why)
        assert len(set(said)) == 3
        assert counter.what.text.endswith(".")
        assert counter.why.text.endswith(".")
        assert all(dimension.name.text for dimension in counter.dimensions)


def test_only_who_presses_the_button_is_counted_for_a_self_check() -> None:
    assert [counter.id for counter in COUNTERS.values() if counter.is_chosen] == ["self_checks"]


def test_nothing_is_divided_by_two_things_at_once() -> None:
    keys = [counter.key_of(dimension) for counter in COUNTERS.values() for dimension in counter.dimensions]
    assert len(keys) == len(set(keys))
    assert all(key.count("_by_") == 1 for key in keys)
    assert not set(keys) & set(COUNTERS)


def test_a_self_check_counts_each_thing_for_itself() -> None:
    assert self_check_done("ti", has_direct=True, topics=["violence", "money", "money"]) == (
        Count("self_checks"),
        Count("self_checks_by_result", "direct"),
        Count("self_checks_by_language", "ti"),
        Count("self_checks_by_topic", "money"),
        Count("self_checks_by_topic", "violence"),
    )
    assert Count("self_checks_by_result", "no_direct") in self_check_done("sv", has_direct=False, topics=[])


def test_an_application_is_counted_when_it_comes_when_it_is_begun_and_when_it_ends() -> None:
    assert application_came("lss") == (Count("applications"), Count("applications_by_kind", "lss"))
    assert application_begun(3) == (Count("applications_begun"), Count("applications_begun_by_waited", "3-7"))
    assert application_ended(CLOSED) == (
        Count("applications_ended"),
        Count("applications_ended_by_ending", "closed"),
    )


@pytest.mark.parametrize(
    ("days", "band"),
    [
        (0, "0-2"), (2, "0-2"), (3, "3-7"), (7, "3-7"), (8, "8-14"), (14, "8-14"), (15, "15-30"), (30, "15-30"),
        (31, "31-120"), (120, "31-120"), (121, LONGEST_BAND), (4000, LONGEST_BAND),
    ],
)  # fmt: skip
def test_a_wait_is_in_one_band(days: int, band: str) -> None:
    assert waiting_band(days) == band
    assert band in WAITING_BANDS


@pytest.mark.parametrize(
    "count",
    [
        *self_check_done("sv", has_direct=False, topics=["money"]),
        *application_came("lss"),
        *application_begun(200),
        *application_ended(WITHDRAWN),
        Count("attendance_by_gender", "woman"),
    ],
)
def test_what_is_in_the_list_is_counted(count: Count) -> None:
    assert is_counted(count)


@pytest.mark.parametrize(
    "count",
    [
        Count("footsteps"),
        Count("self_checks", "sv"),
        Count("self_checks_by_result", "maybe"),
        Count("self_checks_by_age", "35"),
        Count("self_checks_by_language_by_topic", "ti violence"),
        Count("attendance_by_gender", ""),
    ],
)
def test_what_is_not_in_the_list_is_not_counted(count: Count) -> None:
    assert not is_counted(count)
