"""The one-time code with which a member of staff chooses a password: how long it holds, and what a password must be."""

from collections.abc import Collection
from datetime import datetime, timedelta

from portal.domain.sentences import Sentence, counted, sentence

HOLDS_FOR = timedelta(days=3)

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200

TOO_EASY = frozenset({"lösenord", "password", "sommar", "vinter", "insatsportalen", "socialtjänst", "qwerty"})
"""Words that a password may hold, but not be made of."""


def has_ended(given_at: datetime, now: datetime) -> bool:
    """Return whether a code given at an instant holds no longer."""
    return now >= given_at + HOLDS_FOR


def problem_of_password(password: str, own_words: Collection[str] = ()) -> Sentence | None:
    """Return why a password cannot be used, or None. `own_words` are those of its owner, such as her e-mail."""
    if len(password) < SHORTEST_PASSWORD:
        return counted("Skriv minst {n} tecken.", "Skriv minst {n} tecken.", SHORTEST_PASSWORD)
    if len(password) > LONGEST_PASSWORD:
        return counted("Skriv högst {n} tecken.", "Skriv högst {n} tecken.", LONGEST_PASSWORD)
    left = password.casefold()
    for word in sorted({*TOO_EASY, *(own.casefold() for own in own_words if len(own) > 3)}, key=len, reverse=True):
        left = left.replace(word, "")
    if len({char for char in left if not char.isdecimal()}) < 4:
        return sentence("Lösenordet är för lätt att gissa. Skriv hellre tre eller fyra ord.")
    return None
