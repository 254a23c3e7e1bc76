"""Numbers that somebody gives: read in every way they are written, refused when they cannot be."""

import pytest

from portal.domain.applications.personal_numbers import day_of, is_in_sample, read_number


def checked(nine: str) -> str:
    """Return nine digits with the digit that makes them a number."""
    return next(nine + str(last) for last in range(10) if read_number(nine + str(last)))


NUMBER = checked("850101238")


@pytest.mark.parametrize(
    "typed", [NUMBER, f"19{NUMBER}", f"{NUMBER[:6]}-{NUMBER[6:]}", f" 20{NUMBER[:6]} – {NUMBER[6:]} "]
)
def test_it_is_read_however_it_is_written(typed: str) -> None:
    assert read_number(typed) == NUMBER


@pytest.mark.parametrize("typed", ["", "hej", "8501012", "8513012384", "8502302384", "8501002384", "18850101-2384"])
def test_what_is_no_number_is_none(typed: str) -> None:
    assert read_number(typed) is None


@pytest.mark.parametrize(("born", "is_day"), [("960229", True), ("000229", True), ("970229", False), ("040230", False)])
def test_the_29th_of_february_is_a_day_of_leap_years_alone(born: str, is_day: bool) -> None:
    assert any(read_number(f"{born}238{last}") for last in range(10)) is is_day


def test_every_other_last_digit_is_wrong() -> None:
    assert sum(read_number(NUMBER[:9] + str(last)) is not None for last in range(10)) == 1


def test_a_samordningsnummer_has_sixty_more_in_its_day() -> None:
    number = checked("850165238")
    assert day_of(number) == 5
    assert is_in_sample(number)


@pytest.mark.parametrize(("day", "is_in"), [("05", True), ("15", True), ("25", True), ("06", False), ("30", False)])
def test_who_is_kept_for_research(day: str, is_in: bool) -> None:
    assert is_in_sample(checked(f"8501{day}238")) is is_in
