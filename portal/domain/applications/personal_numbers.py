"""Personnummer and samordningsnummer: never asked for as a must; read where somebody gives one."""

import re
from datetime import date

from portal.domain.typed import plain

_WRITTEN = re.compile(r"(?:19|20)?(\d{6})[-+]?(\d{4})")
_COORDINATION = 60
"""Added to the day of a samordningsnummer."""

SAMPLE_DAYS = (5, 15, 25)
"""Who is born on such a day is in the sample that is kept for research (socialtjänstförordningen 2025:468, 13:1)."""


def read_number(typed: str) -> str | None:
    """Return the ten digits of the number that somebody typed; None when it is none. Spaces and century are free."""
    found = _WRITTEN.fullmatch(plain(typed).replace(" ", ""))
    if found is None:
        return None
    digits = found.group(1) + found.group(2)
    return digits if _is_date(digits) and _is_checked(digits) else None


def is_in_sample(number: str) -> bool:
    """Return whether the one who has these ten digits is in the sample for research."""
    return day_of(number) in SAMPLE_DAYS


def day_of(number: str) -> int:
    """Return the day of the month of birth."""
    day = int(number[4:6])
    return day - _COORDINATION if day > _COORDINATION else day


def _is_date(digits: str) -> bool:
    try:
        # The century is not told: a leap year fits the 29th of February.
        date(2000 + int(digits[:2]), int(digits[2:4]), day_of(digits))
    except ValueError:
        return False
    return True


def _is_checked(digits: str) -> bool:
    doubled = [int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(digits)]
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0
