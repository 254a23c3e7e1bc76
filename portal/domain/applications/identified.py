"""Whether the one who has shown who she is, is the one whose name and number stand in the form."""

import unicodedata

from portal.domain.applications.forms import Form
from portal.domain.applications.personal_numbers import read_number
from portal.domain.applications.states import Identification


def is_about(shown: Identification, form: Form) -> bool:
    """Return whether an identity does not gainsay the form: what its issuer has not said gainsays nothing."""
    return _is_called(shown.name, form.name) and _has_number(shown.number, form.number)


def _is_called(said: str, typed: str) -> bool:
    """Return whether every word that was typed is one of her names: most people write only some of theirs."""
    words = set(_words(said))
    return not words or not typed or set(_words(typed)) <= words


def _has_number(said: str, typed: str) -> bool:
    number = read_number(typed)
    return not said or number is None or read_number(said) == number


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(char if char.isalpha() or unicodedata.combining(char) else " " for char in plain).split()
