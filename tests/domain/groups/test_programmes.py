"""From a template and a first meeting to a group."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from portal.domain.catalogue.insatser import How, Span
from portal.domain.groups.planning import wrong_fields
from portal.domain.groups.programmes import UNSAID_MINUTES, Programme, draft_from, sessions_from, template_of
from tests.domain.build import insats
from tests.domain.made_up import FIRST, STOCKHOLM

COURSE = Programme(
    "kurs", "Kursen", meetings=4, minutes=150, days_between=7, fewest=10, most=14, never_both_parents=True
)


def test_meetings_are_a_week_apart_and_as_long_as_the_template_says() -> None:
    found = sessions_from(COURSE, FIRST)
    assert [one.number for one in found] == [1, 2, 3, 4]
    assert [one.starts_at - FIRST for one in found] == [timedelta(weeks=week) for week in range(4)]
    assert {one.ends_at - one.starts_at for one in found} == {timedelta(minutes=150)}


def test_meetings_keep_their_time_by_the_clock_when_the_clocks_change() -> None:
    before = datetime(2027, 3, 23, 18, 0, tzinfo=STOCKHOLM)  # the clocks change on the 28th
    first, second, *_ = sessions_from(COURSE, before)
    assert (second.starts_at.hour, second.ends_at.hour, second.ends_at.minute) == (18, 20, 30)
    assert second.starts_at.timestamp() - first.starts_at.timestamp() == 7 * 24 * 3600 - 3600


def test_a_draft_takes_everything_from_its_template() -> None:
    found = draft_from(COURSE, "insats", "unit", FIRST, "Exempelgatan 1")
    assert (found.name, found.programme, found.insats, found.contact) == ("Kursen", "kurs", "insats", "unit")
    assert (found.capacity, found.fewest, found.never_both_parents) == (14, 10, True)
    assert wrong_fields(found) == ()


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        (How(), None),
        (How(meetings=Span(4, 4)), None),
        (How(group=Span(5, 8)), None),
        (How(meetings=Span(3, 4), group=Span(5, 8), minutes=Span(60, 90)), (4, 90, 7, 5, 8)),
        (How(meetings=Span(None, 4), group=Span(None, 8), every="two_weeks"), (4, UNSAID_MINUTES, 14, 1, 8)),
    ],
)
def test_an_insats_that_says_how_a_group_is_makes_a_template(how: How, expected: tuple[int, ...] | None) -> None:
    found = template_of(replace(insats("kurs"), how=how))
    if expected is None:
        assert found is None
        return
    assert found is not None
    assert (found.meetings, found.minutes, found.days_between, found.fewest, found.most) == expected
    assert (found.name, found.insatser) == (insats("kurs").name.text, ("kurs",))


def test_what_is_applied_for_makes_no_template() -> None:
    how = How(meetings=Span(4, 4), group=Span(5, 8))
    assert template_of(replace(insats("kurs"), how=how, route="assessed")) is None
