"""Codes that people read aloud: enough of them, no look-alikes, and every slip of one character caught."""

from hashlib import sha256
from math import log2

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.domain.references import (
    ALPHABET,
    LENGTH,
    REFERENCES,
    code_from,
    grouped,
    new_code,
    read_code,
    read_reference,
    reference_of,
)

digests = st.binary(min_size=16, max_size=32)


def test_a_code_has_more_than_fifty_bits() -> None:
    # Of the 29 values of the check four have no character; so many of the codes drawn are moved on.
    assert (LENGTH - 1) * log2(len(ALPHABET)) + log2(25 / 29) > 50


def test_no_two_characters_look_alike() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET) == 25
    for alike in ("0OQ", "1IL", "2Z", "5S", "8B", "6G", "UV", "VY"):
        assert len(set(alike) & set(ALPHABET)) <= 1, alike


@given(digests)
def test_a_code_is_read_as_it_was_written(digest: bytes) -> None:
    code = code_from(digest)
    assert read_code(code) == code
    assert code == code_from(digest)
    assert [len(part) for part in code.split("-")] == [3, 3, 3, 3]


@given(digests, st.sampled_from([" ", "", "-", "–", ".", "\u00a0", "  "]), st.booleans())
def test_case_spaces_and_dashes_are_free(digest: bytes, between: str, is_lower: bool) -> None:
    code = code_from(digest)
    typed = f" {code.replace('-', between)} "
    assert read_code(typed.lower() if is_lower else typed) == code


@given(digests, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_caught(digest: bytes, place: int, wrong: str) -> None:
    code = code_from(digest).replace("-", "")
    typed = code[:place] + wrong + code[place + 1 :]
    assert (read_code(typed) is None) == (typed != code)


@given(digests, st.integers(0, LENGTH - 2))
def test_a_swap_of_neighbours_is_caught(digest: bytes, place: int) -> None:
    code = code_from(digest).replace("-", "")
    typed = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert (read_code(typed) is None) == (typed != code)


@pytest.mark.parametrize("typed", ["", "KX4", "KX4-7TM-9PR-2HCC", "KX4-7TM-9PR-2H0", "ÅÄÖ-ÅÄÖ-ÅÄÖ-ÅÄÖ", "\x00" * 12])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert read_code(typed) is None


def test_different_digests_give_different_codes() -> None:
    assert len({code_from(sha256(b"%d" % number).digest()) for number in range(5000)}) == 5000


def test_nobody_foresees_a_code() -> None:
    drawn = {new_code() for _ in range(1000)}
    assert len(drawn) == 1000
    assert all(read_code(code) == code for code in drawn)


def test_a_code_is_grouped_by_three() -> None:
    assert grouped("KX47TM9PR2HC") == "KX4-7TM-9PR-2HC"


@settings(deadline=None)  # the first one reads the tables of signs
@given(st.integers(0, REFERENCES - 1))
def test_a_reference_is_read_however_it_is_typed(number: int) -> None:
    reference = reference_of(number)
    digits = "".join(char for char in reference if char.isdigit())
    assert (
        read_reference(reference)
        == read_reference(digits)
        == read_reference(f" a {digits[:4]} {digits[4:]}")
        == reference
    )
    assert read_code(reference) is None


@given(st.integers(0, REFERENCES - 1), st.integers(0, 8), st.integers(0, 9))
def test_one_wrong_digit_or_two_swapped_are_no_reference(number: int, place: int, digit: int) -> None:
    digits = [char for char in reference_of(number) if char.isdigit()]
    wrong = [*digits[:place], str(digit), *digits[place + 1 :]]
    assert (read_reference("".join(wrong)) is None) == (wrong != digits)
    swapped = [*digits[: place - 1], digits[place], digits[place - 1], *digits[place + 1 :]] if place else digits
    assert (read_reference("".join(swapped)) is None) == (swapped != digits)


@pytest.mark.parametrize("typed", ["", "A", "A-482-177", "١٢٣٤٥٦٧٨٩", "B-482-177-364"])
def test_what_is_no_reference_is_none(typed: str) -> None:
    assert read_reference(typed) is None
