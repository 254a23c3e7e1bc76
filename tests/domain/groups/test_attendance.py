"""Counts of who came: known bands and genders, possible numbers."""

import pytest

from portal.domain.groups.attendance import AGE_BANDS, GENDERS, are_counts


def test_counts_of_known_bands_and_genders_are_counts() -> None:
    assert are_counts({(band, gender): 3 for band in AGE_BANDS for gender in GENDERS})
    assert are_counts({("18-24", "woman"): 0, ("18-24", "man"): 200})
    assert are_counts({})


@pytest.mark.parametrize(
    "counts", [{("7", "woman"): 1}, {("18-24", "x"): 1}, {("18-24", "woman"): -1}, {("18-24", "woman"): 201}]
)
def test_what_is_no_count_is_told(counts: dict[tuple[str, str], int]) -> None:
    assert not are_counts(counts)
