"""A range of ages: read from data, with both its ends, and how it is said."""

import pytest

from portal.domain.catalogue.age_ranges import AgeRange
from portal.domain.catalogue.ages import Age, RecipientAge
from portal.domain.catalogue.condition import BadCondition

# ------------------------------------------------------------------------------------------- age ranges


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


def test_an_age_is_worth_saying_where_it_leaves_out_most_grown_ups() -> None:
    said = [AgeRange(13, 21), AgeRange(65, None), AgeRange(None, 20)]
    unsaid = [AgeRange(15, None), AgeRange(18, None), AgeRange(21, None)]
    for ages, is_said in [*((one, True) for one in said), *((one, False) for one in unsaid)]:
        assert [kind(ages).is_worth_saying({}) for kind in (Age, RecipientAge)] == [is_said, is_said]
