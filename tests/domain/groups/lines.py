"""A made-up line, and what becomes of it."""

from datetime import timedelta

from portal.domain.groups.deciding import Decision, decide_sign_up
from portal.domain.groups.sign_ups import SignUp, State
from portal.domain.groups.terms import GroupState, Terms
from tests.domain.made_up import FIRST, NOW

HOUR = timedelta(hours=1)


def terms(capacity: int = 2, waiting_capacity: int | None = 3, **changes: object) -> Terms:
    """Return the terms of a small group."""
    return Terms(GroupState.PUBLISHED, capacity, FIRST, waiting_capacity, **changes)  # type: ignore[arg-type]


def one(line: int, state: State = State.PLACED, seats: int = 1, until: timedelta | None = None) -> SignUp:
    """Return the sign-up at a place of the order; its id and form are named after it."""
    return SignUp(f"id{line}", state, seats, line, None if until is None else NOW + until, f"form{line}")


def states(decision: Decision) -> dict[str, State]:
    """Return the state of each sign-up that a decision changes."""
    return {found.id: found.state for found in decision.changed}


def sign_up(found_terms: Terms, *known: SignUp, seats: int = 1, may_wait: bool = True, form: str = "new") -> Decision:
    """Decide about a new form."""
    return decide_sign_up(found_terms, known, "new", form, seats, NOW, may_wait=may_wait)
