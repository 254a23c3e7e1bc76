"""What a program asks for in an address: what is wrong is told with its name."""

from datetime import UTC, datetime

import pytest

from portal.web.asked import MOST_NAMED, Part, WrongQuery, moment, number, one_of, only, part_of

LIST = list(range(1, 8))


def part(**asked: str) -> Part[int]:
    """Return the page of a list of seven that an address asks for."""
    return part_of(LIST, asked, size="limit", usual=3, most=5)


def test_a_list_comes_in_pages() -> None:
    assert [list(part(page=str(page)).items) for page in (1, 2, 3)] == [[1, 2, 3], [4, 5, 6], [7]]
    assert (part().page, part().limit, part().total, part().pages) == (1, 3, 7, 3)
    assert list(part(limit="5", page="2").items) == [6, 7]


def test_an_empty_list_has_one_empty_page() -> None:
    empty = part_of([], {}, size="limit", usual=3, most=5)
    assert (list(empty.items), empty.pages) == ([], 1)


@pytest.mark.parametrize(
    ("asked", "field", "status"),
    [
        ({"page": "4"}, "page", 404),
        ({"page": "0"}, "page", 422),
        ({"page": "-1"}, "page", 422),
        ({"page": "1.5"}, "page", 422),
        ({"page": "²"}, "page", 422),
        ({"page": ""}, "page", 422),
        ({"page": "9" * 30}, "page", 422),
        ({"limit": "6"}, "limit", 422),
    ],
)
def test_a_page_that_is_none_is_told(asked: dict[str, str], field: str, status: int) -> None:
    with pytest.raises(WrongQuery) as wrong:
        part(**asked)
    assert (wrong.value.problem.field, wrong.value.status) == (field, status)


def test_what_no_list_knows_is_told() -> None:
    only({"page": "1"}, ("page", "limit"))
    with pytest.raises(WrongQuery) as wrong:
        only({"x" * 90: "1"}, ())
    assert len(wrong.value.problem.field) < 50


def test_a_value_is_one_of_those_known_or_told() -> None:
    assert one_of({"route": "direct"}, "route", ("direct", "other")) == "direct"
    assert one_of({}, "route", ("direct",)) is None
    with pytest.raises(WrongQuery) as wrong:
        one_of({"n": "x"}, "n", [str(one) for one in range(MOST_NAMED + 5)])
    assert dict(wrong.value.problem.says.values)["known"] == ", ".join(map(str, range(MOST_NAMED))) + " …"


def test_a_number_may_be_missing() -> None:
    assert number({}, "age", 0, 120) is None
    assert number({"age": "0"}, "age", 0, 120) == 0


def test_a_moment_has_its_distance_to_utc() -> None:
    assert moment({}, "since") is None
    assert moment({"since": "2026-11-30T13:00:00+01:00"}, "since") == datetime(2026, 11, 30, 12, tzinfo=UTC)
    for wrong in ("", "yesterday", "2026-11-30", "2026-11-30T12:00:00", "0001-01-01T00:00:00+23:59"):
        with pytest.raises(WrongQuery):
            moment({"since": wrong}, "since")
