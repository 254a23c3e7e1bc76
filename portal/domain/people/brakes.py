"""What slows those who guess, and those who send in floods. No brake knows who: it counts by a hash of what is tried.

A brake never refuses what is right. A right code or password is looked at first and opens at once, however many wrong
ones came before it; only the answer to a wrong one is another. So nobody can shut out anybody by being wrong. What
keeps guessing hopeless is how many codes there are (25 to the power of eleven), and the second factor of staff.
"""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Brake:
    """How many of something are let by from the first one on, until so long after it."""

    name: str
    most: int
    within: timedelta


PLACES_IN_GROUP, PLACES = 3, 10
"""Sign-ups that one e-mail or phone number holds, in one group and in all; those left count on for PLACES_FOR."""

PLACES_FOR = timedelta(hours=24)

ALERTS = Brake("alerts", 5, timedelta(hours=24))
"""Wishes to be told of a free place, for one e-mail."""

APPLICATIONS = Brake("applications", 60, timedelta(minutes=1))
"""Applications sent to one kommun."""

CODES_ALIKE = Brake("codes alike", 5, timedelta(minutes=10))
"""Wrong codes that begin alike, for all processes together. A slip of the pen is no such code: the check finds it."""

CODES = Brake("codes", 100, timedelta(minutes=1))
"""Wrong codes of everybody."""

PASSWORDS = Brake("passwords", 5, timedelta(minutes=15))
"""Wrong passwords for one account, whether it exists or not."""

SECOND_FACTORS = Brake("second factors", 5, timedelta(minutes=15))
SECOND_FACTORS_OF_A_DAY = Brake("second factors of a day", 30, timedelta(hours=24))
"""Wrong codes of an app for one account. Here the right one waits too, for six figures can be guessed; only who knows
the password comes so far."""
