"""What stands in the fields of an application, as it is kept: the same however it was typed."""

from collections.abc import Callable, Mapping

from portal.domain.applications.kinds import Fact
from portal.domain.numbers import NO_WORDS, Words, day_in, number_in
from portal.domain.people.emails import email_of
from portal.domain.people.phone_numbers import phone_of
from portal.domain.typed import plain

_FIELDS: Mapping[str, Callable[[str], str]] = {
    "phone": phone_of,
    "email": email_of,
    "number": plain,
    "other_number": plain,
}


def read_field(name: str, typed: str) -> str:
    """Return what was typed in a field as it is kept."""
    return _FIELDS[name](typed) if name in _FIELDS else typed


def read_fact(fact: Fact, typed: str, words: Words = NO_WORDS) -> str:
    """Return the answer to a question of a kind as it is kept: digits, a day as 2026-11-24, or as typed."""
    if fact.kind == "number":
        number = number_in(typed, words)
        return typed if number is None else str(number)
    if fact.kind == "date":
        return day_in(typed, words) or typed
    return typed
