"""Numbers, ages and days as people write them: what is one thing is read, what could be two is not."""

from datetime import date

import pytest

from portal.domain.folding import folded
from portal.domain.numbers import (
    MONTH,
    NO_WORDS,
    Words,
    age_in,
    ages_in,
    date_in,
    day_in,
    is_day,
    is_of_our_years,
    merged,
    number_in,
)

WORDS = Words(
    numbers={"tre": 3, "sju": 7, "tio": 10, "toddoba iyo toban": 17, "toddoba": 7, "toban": 10, "سبع": 7, "عشر": 10},
    ands=frozenset({"och", "iyo", "و"}),
    units={"ar": "year", "arig": "year", "man": "month"},
    pairs={"سنتين": "year", "شهرين": "month"},
    money=frozenset({"kr", "sek"}),
    besides=frozenset({"gammal", "den"}),
    before=frozenset({"و"}),
    after=frozenset({"ን"}),
    months={"februari": 2, "شباط": 2, folded("كانون الثاني"): 1, "feb": 2},
)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0", 0),
        ("007", 7),
        ("4 000", 4000),
        ("4\u00a0000", 4000),
        ("12.000", 12000),
        ("12,000", 12000),
        ("12'000", 12000),
        ("1.234.567", 1234567),
        ("12 000,00", 12000),
        ("12.000,00", 12000),
        ("12,00", 12),
        ("7900 kr", 7900),
        ("7900 kr.", 7900),
        ("7900kr", 7900),
        ("SEK 7 900", 7900),
        ("12 000:-", 12000),
        ("12 000 kr:-", 12000),
        ("١٢٠٠٠", 12000),
        ("٤٬٠٠٠", 4000),
        ("１２００", 1200),
        ("tre", 3),
        ("tre kr", 3),
        ("999999999", 999999999),
    ],
)
def test_a_number_is_read_as_people_write_it(typed: str, number: int) -> None:
    assert number_in(typed, WORDS) == number


@pytest.mark.parametrize(
    "typed",
    ["", "kr", "1,5", "0.500", "12 00", "1 2 3", "1.23", "3½", "-5", "+5", "€50", "50 euro", "12k", "1000000000", "x"]
    + ["1 000.000", "1.000,5", "7 900 kr/mån", "1e3", "²"],
)
def test_what_could_be_another_number_is_none(typed: str) -> None:
    assert number_in(typed, WORDS) is None


@pytest.mark.parametrize(
    ("typed", "ages"),
    [
        ("7", (7,)),
        ("7 år", (7,)),
        ("7år", (7,)),
        ("7 år.", (7,)),
        ("3  8", (3, 8)),
        ("3\n8", (3, 8)),
        ("3, 8", (3, 8)),
        ("٧، ١٠", (7, 10)),
        ("7,10,12", (7, 10, 12)),
        ("7 och 10 år", (7, 10)),
        ("7 år, 10 år", (7, 10)),
        ("٧ و١٠", (7, 10)),
        ("سبع وعشر", (7, 10)),
        ("toddobaን tobanን", (7, 10)),
        ("7-årig", (7,)),
        ("7-årig, 10-årig", (7, 10)),
        ("sju & tio", (7, 10)),
        ("7 år gammal", (7,)),
        ("8 mån", (0,)),
        ("18 mån.", (1,)),
        ("سنتين", (2,)),
        ("شهرين", (0,)),
        ("3\u200f 8", (3, 8)),
    ],
)
def test_ages_are_read_as_people_write_them(typed: str, ages: tuple[int, ...]) -> None:
    assert ages_in(typed, WORDS) == ages


@pytest.mark.parametrize(
    "typed",
    ["", ",", "år", "1,5", "3.5", "3½", "3,5,1,5", "7-10", "7 - 10", "7/10", "-3", "+5", "7 och", "och 7", "12345"]
    + ["1 år 6 mån", "8 mån och 3", "8 och 10 mån", "7, år", "7 år år", "en halv", "toddoba iyo toban", "7 x", "7 -"],
)
def test_ages_that_could_be_others_are_none(typed: str) -> None:
    assert ages_in(typed, WORDS) is None


def test_months_are_counted_as_months_and_years_as_twelve() -> None:
    assert ages_in("8", WORDS, MONTH) == (8,)
    assert ages_in("8 mån", WORDS, MONTH) == (8,)
    assert ages_in("1 år", WORDS, MONTH) == (12,)
    assert ages_in("1 år, 8", WORDS, MONTH) is None


def test_one_age_is_one_number() -> None:
    assert age_in("34 år", WORDS) == 34
    assert age_in("toddoba iyo toban", WORDS) == 17
    assert age_in("7 10", WORDS) is None
    assert age_in("x") is None


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2027-02-03", "2027-02-03"),
        ("2027-2-3", "2027-02-03"),
        ("2027/2/3", "2027-02-03"),
        ("٢٠٢٧-٠٢-٠٣", "2027-02-03"),
        ("20270203", "2027-02-03"),
        ("3/2 2027", "2027-02-03"),
        ("3.2.2027", "2027-02-03"),
        ("3. 2. 2027", "2027-02-03"),
        ("13/2/2027", "2027-02-13"),
        ("2/13/2027", "2027-02-13"),
        ("2/2/2027", "2027-02-02"),
        ("3 februari 2027", "2027-02-03"),
        ("den 3 feb. 2027", "2027-02-03"),
        ("februari 3, 2027", "2027-02-03"),
        ("3 februari år 2027", "2027-02-03"),
        ("٣ شباط ٢٠٢٧", "2027-02-03"),
        ("3 كانون الثاني 2027", "2027-01-03"),
        ("2027-02-30", "2027-02-30"),
        ("1405-09-10", "1405-09-10"),
    ],
)
def test_a_day_is_read_as_people_write_it(typed: str, day: str) -> None:
    assert day_in(typed, WORDS) == day


@pytest.mark.parametrize(
    "typed",
    ["", "3/2", "3/2 27", "03/02/2027", "3-2-2027", "x 3 2027", "3 feb", "3 feb feb 2027", "3 4 feb 2027", "feb 2027"]
    + ["3 mars 2027", "i morgon", "270203"],
)
def test_a_day_that_could_be_another_is_none(typed: str) -> None:
    assert day_in(typed, WORDS) is None


def test_some_days_are_none_and_some_are_of_another_calendar() -> None:
    assert [is_day(one) for one in ("2028-02-29", "2027-02-29", "20270203", "x")] == [True, False, False, False]
    assert [is_of_our_years(one) for one in ("1405-09-10", "1900-01-01", "2100-12-31", "2570-01-01", "i morgon")] == [
        False,
        True,
        True,
        False,
        True,
    ]


def test_a_word_that_means_two_things_in_two_languages_is_none() -> None:
    both = merged([Words(numbers={"sex": 6, "en": 1}, ands=frozenset({"och"})), Words(numbers={"en": 9, "six": 6})])
    assert both.numbers == {"sex": 6, "six": 6}
    assert both.ands == {"och"}
    assert merged([]) == NO_WORDS


@pytest.mark.parametrize("typed", ["2027-03-29", " 20270329 ", "29.3.2027", "29/3 2027", "29/3/2027", "29-3-2027"])
def test_days_are_read_as_people_write_them(typed: str) -> None:
    assert date_in(typed) == date(2027, 3, 29)


@pytest.mark.parametrize("typed", ["", "2027-02-30", "30.2.2027", "29.3.27", "i morgon", "2027"])
def test_a_day_that_does_not_exist_is_none(typed: str) -> None:
    assert date_in(typed) is None
