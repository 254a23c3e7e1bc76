"""Whether the one who has shown who she is, is the one whose name and number stand in the form."""

from portal.domain.applications.forms import Form
from portal.domain.applications.personal_numbers import read_number
from portal.domain.applications.states import Identification
from portal.domain.folding import names_in, spellings_of


def is_about(shown: Identification, form: Form) -> bool:
    """Return whether an identity does not gainsay the form: what its issuer has not said gainsays nothing."""
    return _is_called(shown.name, form.name) and _has_number(shown.number, form.number)


def _is_called(said: str, typed: str) -> bool:
    """Return whether every word that was typed is one of her names: most people write only some of theirs."""
    words = set(names_in(said))
    return not words or all(any(set(way) <= words for way in ways) for ways in spellings_of(typed))


def _has_number(said: str, typed: str) -> bool:
    number = read_number(typed)
    return not said or number is None or read_number(said) == number
