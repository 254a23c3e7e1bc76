"""How guessing at the second factor is slowed: by account, and only for who has its password already."""

from portal.domain.people.brakes import SECOND_FACTORS, SECOND_FACTORS_OF_A_DAY
from portal.store.people.brakes import is_full, let_go, press
from portal.web.portal import now
from portal.web.storage import current_storage

_BOTH = (SECOND_FACTORS, SECOND_FACTORS_OF_A_DAY)


def may_try_code(staff_id: str) -> bool:
    """Return whether a code is looked at now."""
    return not any(is_full(current_storage(), brake, staff_id, now()) for brake in _BOTH)


def note_wrong_code(staff_id: str) -> None:
    """Count a wrong code."""
    for brake in _BOTH:
        press(current_storage(), brake, staff_id, now())


def forget_wrong_codes(staff_id: str) -> None:
    """Begin anew: she has signed in."""
    for brake in _BOTH:
        let_go(current_storage(), brake, staff_id)
