"""Ranges of ages: both ends included, read from data, and where the outcome may change."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.domain.catalogue.age_range import AgeRange
from portal.domain.catalogue.ages import Age, BabyMonths, ChildAge, RecipientAge
from portal.domain.catalogue.answers import Answers
from portal.domain.catalogue.condition import BadCondition, Condition, Outcome


@pytest.mark.parametrize(
    ("data", "ages"),
    [
        ({"from": 3, "to": 12}, AgeRange(3, 12)),
        ({"from": 18}, AgeRange(18, None)),
        ({"to": 20}, AgeRange(None, 20)),
        ({"from": 0, "to": 120}, AgeRange(0, 120)),
        ({"from": 7, "to": 7}, AgeRange(7, 7)),
        ({"from": 18, "to": None}, AgeRange(18, None)),
    ],
)
def test_an_age_range_is_read_from_data(data: object, ages: AgeRange) -> None:
    assert AgeRange.read(data) == ages


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (None, "at least one of them"),
        (18, "at least one of them"),
        ("18", "at least one of them"),
        ([3, 12], "at least one of them"),
        ({}, "at least one of them"),
        ({"from": 3, "until": 12}, "at least one of them"),
        ({"low": 3}, "at least one of them"),
        ({"from": None}, "needs from or to"),
        ({"from": None, "to": None}, "needs from or to"),
        ({"from": "3"}, "not '3'"),
        ({"from": 3.0}, "not 3.0"),
        ({"from": True}, "not True"),
        ({"to": False}, "not False"),
        ({"from": -1}, "not -1"),
        ({"to": 121}, "not 121"),
        ({"to": [12]}, r"not \[12\]"),
        ({"from": 13, "to": 12}, "from 13 to 12"),
    ],
)
def test_an_age_range_that_is_none_is_refused_with_what_is_wrong(data: object, says: str) -> None:
    with pytest.raises(BadCondition, match=says):
        AgeRange.read(data)


@pytest.mark.parametrize(
    ("ages", "inside", "outside"),
    [
        (AgeRange(3, 12), (3, 7, 12), (0, 2, 13, 120)),
        (AgeRange(18, None), (18, 120), (0, 17)),
        (AgeRange(None, 20), (0, 20), (21, 120)),
        (AgeRange(7, 7), (7,), (6, 8)),
    ],
)
def test_both_ends_belong_to_the_range(ages: AgeRange, inside: tuple[int, ...], outside: tuple[int, ...]) -> None:
    assert all(age in ages for age in inside)
    assert not any(age in ages for age in outside)


@pytest.mark.parametrize(
    ("ages", "limits"),
    [
        (AgeRange(3, 12), {2, 3, 12, 13}),
        (AgeRange(18, None), {17, 18}),
        (AgeRange(None, 20), {20, 21}),
        (AgeRange(0, 6), {0, 6, 7}),
    ],
)
def test_limits_are_the_ages_on_both_sides_of_each_end(ages: AgeRange, limits: set[int]) -> None:
    assert ages.limits == limits


some_ranges = st.tuples(st.none() | st.integers(0, 120), st.none() | st.integers(0, 120)).map(
    lambda ends: AgeRange(*ends) if None in ends else AgeRange(*sorted(ends))
)


def outcomes_by_age(condition: Condition, question: str, answers: Answers) -> dict[int, Outcome]:
    """Return the outcome for every answer by a number to one question."""
    written: Callable[[int], int | tuple[int, ...]] = (lambda age: age) if question == "age" else (lambda age: (age,))
    return {age: condition.evaluate({**answers, question: written(age)}) for age in range(121)}


@settings(derandomize=True, deadline=None, max_examples=40)
@given(ages=some_ranges)
def test_between_two_limits_the_outcome_never_changes(ages: AgeRange) -> None:
    for condition, question, answers in (
        (Age(ages), "age", {}),
        (ChildAge(ages), "children", {}),
        (BabyMonths(ages), "babies", {}),
        (BabyMonths(ages), "children", {}),
        (RecipientAge(ages), "age", {"for": "me"}),
        (RecipientAge(ages), "age", {"for": "child", "children": (8,)}),
        (RecipientAge(ages), "children", {"for": "child"}),
    ):
        outcome = outcomes_by_age(condition, question, answers)
        limits = condition.limits()[question]
        for age in range(1, 121):
            if age not in limits or age - 1 not in limits:
                assert outcome[age] is outcome[age - 1], f"{condition.kind} changes at {age}, limits {sorted(limits)}"
