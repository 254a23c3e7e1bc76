"""The mark of a version: the same for what is equal, another for what is not."""

from datetime import UTC, datetime

import pytest

from portal.domain.refusals import ChangedMeanwhile
from portal.domain.versions import check_version, version_of


def test_what_is_equal_has_the_same_mark_in_any_order() -> None:
    assert version_of(frozenset({"a", "b", "c"})) == version_of({"c", "a", "b"})
    assert version_of({"x": 1, "y": 2}) == version_of({"y": 2, "x": 1})
    assert version_of(None) == version_of(None)


def test_what_differs_has_another() -> None:
    at = datetime(2026, 11, 30, tzinfo=UTC)
    values = (None, "", "a", ("a",), {"a"}, {"a": 1}, {"a": 2}, at, 1)
    assert len({version_of(value) for value in values}) == len(values)
    assert version_of("a", "b") != version_of("ab")


def test_an_older_form_is_refused_and_one_without_a_mark_is_not() -> None:
    check_version(None, "now")
    check_version(version_of("now"), "now")
    with pytest.raises(ChangedMeanwhile):
        check_version(version_of("before"), "now")
