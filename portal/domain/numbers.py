"""Numbers, money, ages and days as people write them; what could be two things is none, and is asked about again.

The words for numbers and units are data (data/number_words.yaml), the names of months CLDR's: whoever writes in a
language is read in it, whatever language the page has.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from portal.domain.folding import folded
from portal.domain.typed import plain

T = TypeVar("T")

YEAR, MONTH = "year", "month"
"""What an age is counted in."""

MONTHS_IN_A_YEAR = 12

YEARS = (1900, 2100)
"""Years that a day can have here; another is that of another calendar, or a slip."""

LONGEST_COMPOUND = 4
"""Words of one number, such as "kow iyo toban"."""

_DIGITS = 9
"""Of a number: more are no number of crowns, children or years."""


@dataclass(frozen=True)
class Words:
    """The words of every language, as they are compared.

    numbers: word or words → number; ands: between numbers; units: word → year or month; pairs: word for two of a unit;
    money: the crown; besides: words that say nothing more, such as "old"; before, after: what stands for "and" within a
    word; months: name → 1 to 12.
    """

    numbers: Mapping[str, int] = field(default_factory=dict)
    ands: frozenset[str] = frozenset()
    units: Mapping[str, str] = field(default_factory=dict)
    pairs: Mapping[str, str] = field(default_factory=dict)
    money: frozenset[str] = frozenset()
    besides: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()
    months: Mapping[str, int] = field(default_factory=dict)


NO_WORDS = Words()

_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:([ .,'٬])[0-9]{3})(?:\1[0-9]{3})*")
_NOTHING_AFTER = re.compile(r"[.,٫]00$")
_WRITTEN_OUT = re.compile(r"\s*(?:[:;.,]\s*-|,-)$")
_TOKEN = re.compile(r"[0-9]+(?:[.,٫][0-9]+)*|[^\W\d_]+(?:'[^\W\d_]+)*\.?|\S")


def number_in(typed: str, words: Words = NO_WORDS) -> int | None:
    """Return the whole number in a text such as "4 000", "12.000:-", "7900 kr" or "tre"; None where there is none.

    Points and commas are read where three digits stand behind each, or where nothing but 00 does.
    """
    said = _WRITTEN_OUT.sub("", _said(typed))
    parts = said.split()
    while parts and parts[-1].rstrip(".") in words.money:
        parts.pop()
    while parts and parts[0].rstrip(".") in words.money:
        parts.pop(0)
    bare = _unlike_money(" ".join(parts), words)
    spoken = words.numbers.get(bare)
    if spoken is not None:
        return spoken
    bare = _NOTHING_AFTER.sub("", _WRITTEN_OUT.sub("", bare))
    if not (bare.isascii() and bare.isdecimal()) and not _GROUPED.fullmatch(bare):
        return None
    digits = re.sub(r"[^0-9]", "", bare)
    return int(digits) if len(digits) <= _DIGITS else None


def _said(typed: str) -> str:
    """Return a text as it is compared; fractions and raised digits are no digits: 3½ is not 31/2, nor x² x2."""
    return folded("".join("?" if unicodedata.category(char) == "No" else char for char in plain(typed)))


def _unlike_money(text: str, words: Words) -> str:
    """Return a text without the word for crowns that is written together with the number."""
    found = re.fullmatch(r"([0-9].*?[0-9]|[0-9])\s*([^\W\d_]+)\.?", text)
    return found[1] if found and found[2] in words.money else text


def ages_in(typed: str, words: Words = NO_WORDS, unit: str = YEAR) -> tuple[int, ...] | None:
    """Return the ages in a text such as "3 8", "7 och 10 år" or "8 mån", in whole years or months; None where unsure.

    Halves, "1,5", and years with months behind them are asked about: they could be one child or two.
    """
    return _ages(typed, words, unit, may_be_compound=False)


def age_in(typed: str, words: Words = NO_WORDS) -> int | None:
    """Return the one age in a text, in whole years; None where there is none, or more than one."""
    found = _ages(typed, words, YEAR, may_be_compound=True)
    return found[0] if found is not None and len(found) == 1 else None


def _ages(typed: str, words: Words, unit: str, *, may_be_compound: bool) -> tuple[int, ...] | None:
    """Read ages token by token: a number, perhaps its unit, perhaps what stands between it and the next."""
    tokens = _tokens(typed)
    if not tokens or tokens[-1] in words.ands:
        return None
    found: list[tuple[int, str | None]] = []
    place, is_open = 0, False
    while place < len(tokens):
        number, length = _number_at(tokens, place, words, may_be_compound=may_be_compound)
        word = tokens[place].rstrip(".")
        if number is not None:
            found.append((number, None))
        elif length:
            return None  # it is one number, or two: "toddoba iyo toban" is 17, and 7 and 10
        elif word in words.pairs:
            found.append((2, words.pairs[word]))
        elif word in words.units and is_open and found[-1][1] is None:
            found[-1] = (found[-1][0], words.units[word])
        elif not (found and _is_between(tokens, place, words)) and word not in words.besides:
            return None
        is_open = number is not None or (is_open and word == "-")
        place += max(length, 1)
    return _counted(found, unit)


_BETWEEN = frozenset(",;،؛፣፡&")


def _is_between(tokens: list[str], place: int, words: Words) -> bool:
    """Return whether a token parts two ages, or is the hyphen of "7-year-old": 7-10 is a range, and no list."""
    if tokens[place] == "-":
        return place + 1 < len(tokens) and (tokens[place + 1] in words.units or tokens[place + 1] in words.besides)
    return tokens[place] in words.ands or tokens[place] in _BETWEEN


def _tokens(typed: str) -> list[str] | None:
    """Return the words and numbers of a text; None where a comma or a point could be that of a decimal."""
    said = _said(typed).rstrip(".")
    found: list[str] = []
    for token in _TOKEN.findall(said):
        if not token[0].isdecimal() or token.isdecimal():
            found.append(token)
            continue
        numbers = token.split(",")
        # 7,10,12 is three children; 3,5 is one or two, and 3,5,1,5 is two or four.
        if len(numbers) % 2 == 0 or not all(number.isdecimal() for number in numbers):
            return None
        found += numbers
    return found if all(len(one) <= 4 for one in found if one.isdecimal()) else None


def _number_at(tokens: list[str], place: int, words: Words, *, may_be_compound: bool) -> tuple[int | None, int]:
    """Return the number that begins at a place, and how many tokens it takes; None with a length where it is unsure."""
    token = tokens[place]
    if token.isdecimal():
        return int(token), 1
    for length in range(min(LONGEST_COMPOUND, len(tokens) - place), 0, -1):
        parts = tokens[place : place + length]
        number = words.numbers.get(" ".join(parts))
        if number is not None:
            is_unsure = not may_be_compound and any(part in words.ands for part in parts)
            return (None if is_unsure else number), length
    number = _joined_with_and(token, words)
    return number, int(number is not None)


def _joined_with_and(token: str, words: Words) -> int | None:
    """Return the number of a word that has its "and" within it: wa- before it in Arabic, -n behind it in Tigrinya."""
    bare = [token.removeprefix(one) for one in words.before if token.startswith(one)]
    bare += [token.removesuffix(one) for one in words.after if token.endswith(one)]
    return next((words.numbers[one] for one in bare if one in words.numbers), None)


def _counted(found: list[tuple[int, str | None]], unit: str) -> tuple[int, ...] | None:
    """Return ages in one unit: all in that one, or each of them said to be in the other."""
    said = {one for _, one in found}
    other = MONTH if unit == YEAR else YEAR
    if not found or (other in said and said != {other}):
        return None
    if other not in said:
        return tuple(number for number, _ in found)
    if unit == YEAR:
        return tuple(number // MONTHS_IN_A_YEAR for number, _ in found)
    return tuple(number * MONTHS_IN_A_YEAR for number, _ in found)


# ------------------------------------------------------------------------------------------------- days

_YEAR_FIRST = re.compile(r"([0-9]{4})\s*[-/. ]\s*([0-9]{1,2})\s*[-/. ]\s*([0-9]{1,2})|([0-9]{4})([0-9]{2})([0-9]{2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})(\.?\s*[-/. ]\s*)([0-9]{1,2})(\.?\s*[-/., ]\s*)([0-9]{4})")


def day_in(typed: str, words: Words = NO_WORDS) -> str | None:
    """Return the day that somebody wrote as year-month-day, whether there is such a day or not; None where unsure.

    Where the day stands first, as in all languages here, 3/2 2027 is in February; 3/2/2027 could be American.
    """
    said = _said(typed).strip(" .,")
    found = _YEAR_FIRST.fullmatch(said)
    if found is not None:
        year, month, day = (one for one in found.groups() if one is not None)
        return _written(int(year), int(month), int(day))
    found = _DAY_FIRST.fullmatch(said)
    if found is not None:
        return _day_first(int(found[1]), int(found[3]), int(found[5]), found[2].strip(), found[4].strip())
    return _with_name(said, words)


def date_in(typed: str, words: Words = NO_WORDS) -> date | None:
    """Return the day that somebody wrote; None for what is none, is unsure, or does not exist."""
    written = day_in(typed, words)
    return date.fromisoformat(written) if written is not None and is_day(written) else None


def _day_first(day: int, month: int, year: int, first: str, second: str) -> str | None:
    is_either_way = first == second and first in ("/", "-")
    if is_either_way and day <= MONTHS_IN_A_YEAR and month <= MONTHS_IN_A_YEAR and day != month:
        return None
    if is_either_way and month > MONTHS_IN_A_YEAR >= day:
        day, month = month, day
    return _written(year, month, day)


def _with_name(said: str, words: Words) -> str | None:
    """Return the day of a text with the name of a month, a day and a year of four digits, in any order."""
    tokens = [token.rstrip(".") for token in _TOKEN.findall(said) if token not in (",", "،", ".")]
    months, numbers, place = [], [], 0
    while place < len(tokens):
        length = next((n for n in (3, 2, 1) if " ".join(tokens[place : place + n]) in words.months), 0)
        if length:
            months.append(words.months[" ".join(tokens[place : place + length])])
        elif tokens[place].isdecimal():
            numbers.append(tokens[place])
        elif tokens[place] not in words.besides and tokens[place] not in words.units:
            return None
        place += max(length, 1)
    years = [number for number in numbers if len(number) == 4]
    days = [number for number in numbers if len(number) <= 2]
    if len(months) != 1 or len(years) != 1 or len(days) != 1 or len(numbers) != 2:
        return None
    return _written(int(years[0]), months[0], int(days[0]))


def _written(year: int, month: int, day: int) -> str:
    return f"{year:04}-{month:02}-{day:02}"


def is_day(written: str) -> bool:
    """Return whether there is such a day, written as year-month-day."""
    try:
        return date.fromisoformat(written).isoformat() == written
    except ValueError:
        return False


def is_of_our_years(written: str) -> bool:
    """Return whether a day has a year of the calendar in use here."""
    year = plain(written)[:4]
    return not year.isdecimal() or YEARS[0] <= int(year) <= YEARS[1]


def merged(every: Iterable[Words]) -> Words:
    """Return the words of several languages as those of one.

    A word that means two numbers, or two months, in two languages is left out: nobody could say which was meant.
    """
    every = tuple(every)
    return Words(
        _agreed(one.numbers for one in every),
        frozenset().union(*(one.ands for one in every)),
        _agreed(one.units for one in every),
        _agreed(one.pairs for one in every),
        frozenset().union(*(one.money for one in every)),
        frozenset().union(*(one.besides for one in every)),
        frozenset().union(*(one.before for one in every)),
        frozenset().union(*(one.after for one in every)),
        _agreed(one.months for one in every),
    )


def _agreed(tables: Iterable[Mapping[str, T]]) -> dict[str, T]:
    found: dict[str, T] = {}
    disputed: set[str] = set()
    for word, means in (pair for table in tables for pair in table.items()):
        if found.setdefault(word, means) != means:
            disputed.add(word)
    return {word: means for word, means in found.items() if word not in disputed}
