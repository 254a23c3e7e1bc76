"""A sign-up and the states it passes through, the line of those who wait, and what time does to both."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from portal.domain.groups.terms import OfferPolicy, Terms
from portal.domain.instants import later

MOST_SEATS = 2
"""Two adults, or an adult and a child."""


class State(StrEnum):
    """Where a sign-up is. A released hold is taken away; the last four are final."""

    HELD = "held"
    PLACED = "placed"
    WAITING = "waiting"
    OFFERED = "offered"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    RELEASED = "released"


ACTIVE = (State.HELD, State.PLACED, State.WAITING, State.OFFERED)


TAKING = (State.HELD, State.PLACED, State.OFFERED)
"""The states whose seats nobody else can have."""


@dataclass(frozen=True, slots=True)
class SignUp:
    """One sign-up: `line` is its place in the order of all, `until_at` the end of a hold or an offer."""

    id: str
    state: State
    seats: int
    line: int
    until_at: datetime | None = None
    form_key: str = ""

    def has_ended_at(self, now: datetime) -> bool:
        """Return whether it is a hold or an offer whose time has passed."""
        return self.until_at is not None and self.state in (State.HELD, State.OFFERED) and now >= self.until_at


def taken(sign_ups: Iterable[SignUp]) -> int:
    """Return the seats that nobody else can have."""
    return sum(one.seats for one in sign_ups if one.state in TAKING)


def waiting(sign_ups: Iterable[SignUp]) -> tuple[SignUp, ...]:
    """Return those who wait, the first in line first."""
    return tuple(sorted((one for one in sign_ups if one.state is State.WAITING), key=lambda one: one.line))


def has_room(terms: Terms, sign_ups: Iterable[SignUp], seats: int) -> bool:
    """Return whether a newcomer can have seats: enough are free, and she overtakes nobody who waits."""
    known = tuple(sign_ups)
    is_enough = terms.capacity - taken(known) >= seats
    return is_enough and (terms.let_smaller_pass or not waiting(known))


def can_wait(terms: Terms, sign_ups: Iterable[SignUp], seats: int) -> bool:
    """Return whether the line has room for so many seats more."""
    return terms.waiting_capacity is None or sum(one.seats for one in waiting(sign_ups)) + seats <= (
        terms.waiting_capacity
    )


def settle(terms: Terms, sign_ups: Iterable[SignUp], now: datetime) -> tuple[SignUp, ...]:
    """Return the sign-ups as they are at this instant: what has ended is ended, and free seats go to the line."""
    known = [_ended(one) if one.has_ended_at(now) else one for one in sign_ups]
    if not terms.is_open_at(now):
        return tuple(known)
    promoted = {one.id: one for one in promotions(terms, known, now)}
    return tuple(promoted.get(one.id, one) for one in known)


def _ended(one: SignUp) -> SignUp:
    return replace(one, state=State.RELEASED if one.state is State.HELD else State.LAPSED, until_at=None)


def promotions(terms: Terms, sign_ups: Iterable[SignUp], now: datetime) -> tuple[SignUp, ...]:
    """Return those in line who now get a place or an offer, as they shall be; the first is never overtaken."""
    known = tuple(sign_ups)
    free = terms.capacity - taken(known)
    found: list[SignUp] = []
    for one in waiting(known):
        if one.seats <= free:
            free -= one.seats
            found.append(_promoted(terms, one, now))
        elif not terms.let_smaller_pass:
            break
    return tuple(found)


def _promoted(terms: Terms, one: SignUp, now: datetime) -> SignUp:
    if terms.policy is OfferPolicy.AT_ONCE:
        return replace(one, state=State.PLACED)
    until = min(later(now, timedelta(hours=terms.offer_hours)), terms.begins_at)
    return replace(one, state=State.OFFERED, until_at=until)


def differences(before: Iterable[SignUp], after: Iterable[SignUp]) -> tuple[SignUp, ...]:
    """Return the sign-ups that are new or differ."""
    known = {one.id: one for one in before}
    return tuple(one for one in after if known.get(one.id) != one)
