"""What a group is: its first and last meeting, its time of day, and what a leader may not write."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from portal.domain.groups.planning import (
    ACCESSIBILITY,
    LONGEST_OFFER,
    MOST_PLACES,
    TIMES_OF_DAY,
    YEARS,
    Group,
    Session,
    Wanted,
    wrong_fields,
)
from portal.domain.groups.terms import GroupState, OfferPolicy
from tests.domain.made_up import FIRST, draft

LAST = datetime(9999, 12, 31, 18, 0, tzinfo=UTC)
GROUP = Group(id="g", kommun="solbacka", state=GroupState.PUBLISHED, **vars(draft()))


def test_a_group_begins_with_its_first_meeting_and_ends_with_its_last() -> None:
    assert (GROUP.begins_at, GROUP.ends_at) == (FIRST, FIRST + timedelta(weeks=3, hours=2, minutes=30))


def test_a_cancelled_meeting_counts_neither_first_nor_last() -> None:
    first, *middle, last = GROUP.sessions
    cut = replace(GROUP, sessions=(replace(first, is_cancelled=True), *middle, replace(last, is_cancelled=True)))
    assert cut.begins_at == middle[0].starts_at
    assert cut.ends_at == middle[-1].ends_at


def test_with_every_meeting_cancelled_the_plan_still_has_its_ends() -> None:
    none = replace(GROUP, sessions=tuple(replace(one, is_cancelled=True) for one in GROUP.sessions))
    assert (none.begins_at, none.ends_at) == (GROUP.begins_at, GROUP.ends_at)


@pytest.mark.parametrize(("hour", "time_of_day"), [(9, "day"), (16, "day"), (17, "evening"), (20, "evening")])
def test_five_o_clock_is_evening(hour: int, time_of_day: str) -> None:
    starts = FIRST.replace(hour=hour)
    one = replace(GROUP, sessions=(Session(1, starts, starts + timedelta(hours=1)),))
    assert one.time_of_day == time_of_day
    assert time_of_day in TIMES_OF_DAY


def test_a_meeting_is_at_the_group_s_place_or_its_own() -> None:
    assert GROUP.place_of(GROUP.sessions[0]) == "Exempelgatan 1"
    assert GROUP.place_of(replace(GROUP.sessions[0], place="Biblioteket")) == "Biblioteket"


def test_a_meeting_is_found_by_its_own_name_and_no_two_have_the_same() -> None:
    assert [GROUP.find_session(one.id) for one in GROUP.sessions] == list(GROUP.sessions)
    assert GROUP.find_session("") is None
    assert len({one.id for one in GROUP.sessions}) == 4


def test_the_terms_of_a_group_are_those_that_decide() -> None:
    group = replace(GROUP, capacity=3, waiting_capacity=2, offer_policy=OfferPolicy.AT_ONCE, let_smaller_pass=True)
    terms = group.terms
    assert (terms.state, terms.capacity, terms.waiting_capacity) == (GroupState.PUBLISHED, 3, 2)
    assert (terms.begins_at, terms.policy, terms.let_smaller_pass) == (FIRST, OfferPolicy.AT_ONCE, True)
    assert terms.offer_hours == 24


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        (Wanted(), True),
        (Wanted("kurs", "sv", "evening", False), True),
        (Wanted(insats="other"), False),
        (Wanted(language="ar"), False),
        (Wanted(time_of_day="day"), False),
        (Wanted(is_online=True), False),
    ],
)
def test_a_resident_finds_what_she_looks_for(wanted: Wanted, fits: bool) -> None:
    assert wanted.fits(GROUP) is fits


def test_a_draft_in_order_has_nothing_wrong() -> None:
    assert wrong_fields(draft()) == ()
    assert (
        wrong_fields(draft(is_online=True, place="", waiting_capacity=None, accessibility=tuple(ACCESSIBILITY))) == ()
    )


def session(number: int, days: int, hours: float = 2) -> Session:
    starts = FIRST + timedelta(days=days)
    return Session(number, starts, starts + timedelta(hours=hours))


def in_year(year: int) -> Session:
    """Return a meeting of a year."""
    starts = FIRST.replace(year=year)
    return Session(1, starts, starts + timedelta(hours=2))


WRONG: dict[str, tuple[dict[str, object], str]] = {
    "no name": ({"name": " "}, "name"),
    "no meeting": ({"sessions": ()}, "sessions"),
    "numbers with a gap": ({"sessions": (session(1, 0), session(3, 7))}, "sessions"),
    "in the last year there is": ({"sessions": (Session(1, LAST, LAST + timedelta(hours=1)),)}, "sessions"),
    "not in order": ({"sessions": (session(1, 7), session(2, 0))}, "sessions"),
    "two at once": ({"sessions": (session(1, 0), session(2, 0))}, "sessions"),
    "ends before it starts": ({"sessions": (session(1, 0, -1),)}, "sessions"),
    "longer than half a day": ({"sessions": (session(1, 0, 12.1),)}, "sessions"),
    "over as it begins": ({"sessions": (session(1, 0, 0),)}, "sessions"),
    "before there were groups": ({"sessions": (in_year(YEARS[0] - 1),)}, "sessions"),
    "after all that is planned": ({"sessions": (in_year(YEARS[1] + 1),)}, "sessions"),
    "no places": ({"capacity": 0, "fewest": None}, "capacity"),
    "too many places": ({"capacity": 201}, "capacity"),
    "needs more than it takes": ({"capacity": 4, "fewest": 5}, "fewest"),
    "needs nobody": ({"fewest": 0}, "fewest"),
    "more waiting than places in any group": ({"waiting_capacity": MOST_PLACES + 1}, "waiting_capacity"),
    "less than no waiting": ({"waiting_capacity": -1}, "waiting_capacity"),
    "no language": ({"languages": ()}, "languages"),
    "three languages": ({"languages": ("sv", "ar", "so")}, "languages"),
    "no place": ({"place": ""}, "place"),
    "an unknown word": ({"accessibility": ("lift",)}, "accessibility"),
    "no time to answer": ({"offer_hours": 0}, "offer_hours"),
    "months to answer": ({"offer_hours": LONGEST_OFFER + 1}, "offer_hours"),
}


@pytest.mark.parametrize(("changes", "field"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_with_a_draft_is_named(changes: dict[str, object], field: str) -> None:
    assert wrong_fields(draft(**changes)) == (field,)


@pytest.mark.parametrize(
    "changes",
    [
        {"sessions": (session(1, 0, 12),)},
        {"sessions": (in_year(YEARS[0]),)},
        {"sessions": (in_year(YEARS[1]),)},
        {"capacity": 1, "fewest": 1},
        {"capacity": MOST_PLACES},
        {"waiting_capacity": 0},
        {"waiting_capacity": MOST_PLACES},
        {"languages": ("sv", "ar")},
        {"offer_hours": 1},
        {"offer_hours": LONGEST_OFFER},
    ],
)
def test_what_lies_just_at_a_limit_can_be(changes: dict[str, object]) -> None:
    assert wrong_fields(draft(**changes)) == ()
