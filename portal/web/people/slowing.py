"""Says that there were too many wrong codes. A right code is looked at first, and never comes here."""

from datetime import datetime

from portal.domain.people.brakes import CODES, CODES_ALIKE
from portal.store.people.brakes import press
from portal.web.storage import current_storage

_START = 3
"""The signs of the first group: there are some fifteen thousand such starts, so the counts cannot fill the database."""


def is_one_too_many(code: str, at: datetime) -> bool:
    """Count a wrong code; return whether it came after so many that its answer is to wait."""
    storage = current_storage()
    return not (press(storage, CODES, "", at) and press(storage, CODES_ALIKE, code[:_START], at))
