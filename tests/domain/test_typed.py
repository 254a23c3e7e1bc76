"""What somebody typed: long numbers are told from the rest, and nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.typed import number_parts


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Ring 070-174 06 77 eller 0585-487 00.", ["070-174 06 77", "0585-487 00"]),
        ("+46 (0)70 174 06 77", ["+46 (0)70 174 06 77"]),
        ("Född 2015-03-04", ["2015-03-04"]),
        ("٠٧٠-١٧٤ ٠٦ ٧٧", ["٠٧٠-١٧٤ ٠٦ ٧٧"]),
        ("5 8 12 år", []),
        ("123456", []),
        ("1234567", ["1234567"]),
        ("", []),
    ],
)
def test_a_number_of_many_digits_is_found(text: str, numbers: list[str]) -> None:
    assert [part for part, is_number in number_parts(text) if is_number] == numbers


@given(st.text(st.sampled_from("0123456789 -+()å.\nم"), max_size=40))
def test_the_parts_are_the_text(text: str) -> None:
    assert "".join(part for part, _ in number_parts(text)) == text
