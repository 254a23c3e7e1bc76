"""The one-time code with which a member of staff chooses a password: how long it holds, and what a password must be."""

from collections.abc import Collection
from datetime import datetime, timedelta
from functools import cache

from portal.domain.sentences import Sentence, counted, sentence

HOLDS_FOR = timedelta(days=3)

TOO_EASY_TO_GUESS = sentence("Lösenordet är för lätt att gissa. Skriv hellre tre eller fyra ord.")

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200

TOO_EASY = frozenset(
    {
        *("lösenord", "losenord", "password", "passw0rd", "p@ssw0rd", "passord", "hemligt", "hemlig", "secret"),
        *("sommar", "vinter", "höst", "summer", "winter", "spring", "januari", "december", "måndag", "fredag"),
        *("insatsportalen", "socialtjänst", "socialtjänsten", "kommun", "kommunen", "portalen", "sverige", "stockholm"),
        *("welcome", "välkommen", "valkommen", "letmein", "iloveyou", "administrator", "admin", "master", "monkey"),
        *("dragon", "football", "fotboll", "baseball", "princess", "sunshine", "shadow", "superman", "batman"),
        *("hejsan", "hejhej", "mamma", "pappa", "trustno1", "whatever", "changeme", "default", "abc123", "q1w2e3r4"),
        *("1q2w3e4r5t", "1qaz2wsx", "zaq12wsx", "qazwsx", "qweasd", "login", "test", "user", "hello", "charlie"),
    }
)
"""Words that a password may hold, but not be made of: the commonest, and those that lie at hand here."""

_ROWS = ("qwertyuiopå", "asdfghjklöä", "zxcvbnm", "abcdefghijklmnopqrstuvwxyzåäö")
_RUN = 4
"""Letters in a row on the keyboard or in the alphabet that count for nothing, forwards or backwards."""


@cache
def _runs() -> frozenset[str]:
    rows = [*_ROWS, *(row[::-1] for row in _ROWS)]
    return frozenset(
        row[start:end] for row in rows for start in range(len(row)) for end in range(start + _RUN, len(row) + 1)
    )


def words_of_email(email: str) -> tuple[str, ...]:
    """Return what stands in an e-mail: the address, its parts and their words."""
    before, _, after = email.partition("@")
    joined = (email.replace("@", "."), email.replace("@", ""))
    return (email, *joined, before, after, *before.replace("-", ".").split("."), *after.split("."))


def has_ended(given_at: datetime, now: datetime) -> bool:
    """Return whether a code given at an instant holds no longer."""
    return now >= given_at + HOLDS_FOR


def problem_of_password(password: str, own_words: Collection[str] = ()) -> Sentence | None:
    """Return why a password cannot be used, or None. `own_words` are those of its owner, such as her e-mail."""
    if len(password) < SHORTEST_PASSWORD:
        return counted("Skriv minst {n} tecken.", "Skriv minst {n} tecken.", SHORTEST_PASSWORD)
    if len(password) > LONGEST_PASSWORD:
        return counted("Skriv högst {n} tecken.", "Skriv högst {n} tecken.", LONGEST_PASSWORD)
    own = {word.casefold() for word in own_words if len(word) > 3}
    left = password.casefold()
    for word in sorted({*TOO_EASY, *own, *_runs()}, key=len, reverse=True):
        left = left.replace(word, "")
    if len({char for char in left if not char.isdecimal()}) < 4:
        return TOO_EASY_TO_GUESS
    return None
