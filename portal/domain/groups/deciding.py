"""Who gets a seat, who waits and who is refused, for each thing that is asked of a group (docs/groups.md)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from portal.domain.groups.sign_ups import ACTIVE, SignUp, State, can_wait, differences, has_room, settle
from portal.domain.groups.terms import Terms
from portal.domain.instants import later
from portal.domain.refusals import GroupIsFull, NothingIsOffered, OfferHasEnded, OnlyWaitingIsLeft, PlaceIsGone, Refusal

HOLD = timedelta(minutes=15)
"""How long a seat is kept while the form is filled in."""


LEAST_KEPT = 2
"""Seats that may be kept for forms in the smallest group; in others it is half of them."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of a request: sign-ups as they shall be, the one it was about, or why not.

    `changed` holds every sign-up that is new or differs, also those that others' time or luck has moved.
    """

    changed: tuple[SignUp, ...]
    sign_up: SignUp | None = None
    refusal: Refusal | None = None


def decide_hold(
    terms: Terms, sign_ups: Iterable[SignUp], new_id: str, form_key: str, seats: int, now: datetime
) -> Decision:
    """Decide whether seats are kept while a form is filled in. The same form again keeps its first end.

    No more than half of the seats are kept for forms, so that who only opens forms shuts nobody out; past that the
    decision names neither a sign-up nor a refusal: the form gets what is free when it is sent.
    """
    before = tuple(sign_ups)
    if terms.is_open_at(now) and not _may_keep(terms, before, form_key, seats, now):
        return Decision(differences(before, settle(terms, before, now)))
    return _decide(terms, before, SignUp(new_id, State.HELD, seats, 0, None, form_key), now, may_wait=False)


def _may_keep(terms: Terms, before: tuple[SignUp, ...], form_key: str, seats: int, now: datetime) -> bool:
    going_on = [one for one in before if not one.has_ended_at(now)]
    is_known = any(one.form_key == form_key for one in going_on)
    kept = sum(one.seats for one in going_on if one.state is State.HELD)
    is_much = kept + seats > max(LEAST_KEPT, terms.capacity // 2)
    return is_known or not is_much or not has_room(terms, settle(terms, before, now), seats)


def decide_sign_up(
    terms: Terms,
    sign_ups: Iterable[SignUp],
    new_id: str,
    form_key: str,
    seats: int,
    now: datetime,
    *,
    may_wait: bool = True,
) -> Decision:
    """Decide whether a form gets seats, a place in line or a refusal. The same form again is the same sign-up."""
    asked = SignUp(new_id, State.PLACED, seats, 0, None, form_key)
    return _decide(terms, tuple(sign_ups), asked, now, may_wait=may_wait)


def _decide(terms: Terms, before: tuple[SignUp, ...], asked: SignUp, now: datetime, *, may_wait: bool) -> Decision:
    own = next((one for one in before if one.form_key == asked.form_key), None)
    if own is not None and own.state is not State.HELD:
        return Decision((), own)
    settled = settle(terms, before, now)
    others = tuple(one for one in settled if own is None or one.id != own.id)
    refusal = terms.refusal_at(now)
    kept = own if own is not None and not own.has_ended_at(now) else None
    answer = None
    if refusal is None:
        answer, refusal = _answer(terms, others, kept, _placed_last(asked, own, before), now, may_wait)
    if answer is None:
        return Decision(differences(before, settled), None, refusal)
    after = (*others, answer)
    if kept is not None:
        # A form that held two seats and now is one, or now waits for two, has let a seat go: to the line.
        after = settle(terms, after, now)
    return Decision(differences(before, after), after[-1])


def _placed_last(asked: SignUp, own: SignUp | None, known: Iterable[SignUp]) -> SignUp:
    """Return what is asked for, at the end of the line; a form that held seats before stays the same sign-up."""
    last = max((one.line for one in known), default=0) + 1
    return replace(asked, id=asked.id if own is None else own.id, line=last)


def _answer(
    terms: Terms, others: tuple[SignUp, ...], kept: SignUp | None, asked: SignUp, now: datetime, may_wait: bool
) -> tuple[SignUp | None, Refusal | None]:
    if kept is not None and (asked.seats <= kept.seats or has_room(terms, others, asked.seats)):
        until = kept.until_at if asked.state is State.HELD else None
        return replace(kept, state=asked.state, seats=asked.seats, until_at=until), None
    if kept is None and has_room(terms, others, asked.seats):
        until = min(later(now, HOLD), terms.begins_at) if asked.state is State.HELD else None
        return replace(asked, until_at=until), None
    if not can_wait(terms, others, asked.seats):
        return None, GroupIsFull()
    return (replace(asked, state=State.WAITING), None) if may_wait else (None, OnlyWaitingIsLeft())


def decide_withdrawal(terms: Terms, sign_ups: Iterable[SignUp], sign_up_id: str, now: datetime) -> Decision:
    """Decide what follows when somebody leaves, or says no thank you: her seats go to the line. Twice is as once."""
    return _decide_leaving(terms, tuple(sign_ups), sign_up_id, State.WITHDRAWN, now)


def decide_release(terms: Terms, sign_ups: Iterable[SignUp], form_key: str, now: datetime) -> Decision:
    """Decide what follows when a form is left: the seats it held go to the line."""
    before = tuple(sign_ups)
    held = next((one for one in before if one.form_key == form_key and one.state is State.HELD), None)
    return Decision(()) if held is None else _decide_leaving(terms, before, held.id, State.RELEASED, now)


def _decide_leaving(terms: Terms, before: tuple[SignUp, ...], own_id: str, to: State, now: datetime) -> Decision:
    own = next((one for one in before if one.id == own_id and one.state in ACTIVE), None)
    if own is None:
        return Decision(differences(before, settle(terms, before, now)))
    # She leaves before anything is settled: who goes is not offered a seat by the same stroke.
    gone = replace(own, state=to, until_at=None)
    after = settle(terms, (gone if one.id == own_id else one for one in before), now)
    return Decision(differences(before, after), gone)


def decide_cancellation(sign_ups: Iterable[SignUp]) -> Decision:
    """Decide what follows when the group is cancelled: everybody in it and in its line is."""
    active = (one for one in sign_ups if one.state in ACTIVE)
    return Decision(
        tuple(
            replace(one, state=State.RELEASED if one.state is State.HELD else State.CANCELLED, until_at=None)
            for one in active
        )
    )


def decide_acceptance(terms: Terms, sign_ups: Iterable[SignUp], sign_up_id: str, now: datetime) -> Decision:
    """Decide whether a yes comes in time. Twice is as once."""
    before = tuple(sign_ups)
    settled = settle(terms, before, now)
    own = next((one for one in settled if one.id == sign_up_id), None)
    if own is None or own.state in (State.WITHDRAWN, State.CANCELLED, State.RELEASED):
        return Decision(differences(before, settled), None, PlaceIsGone())
    if own.state is State.LAPSED:
        return Decision(differences(before, settled), own, OfferHasEnded())
    if own.state in (State.WAITING, State.HELD):
        return Decision(differences(before, settled), own, NothingIsOffered())
    placed = replace(own, state=State.PLACED, until_at=None)
    return Decision(differences(before, (placed if one.id == sign_up_id else one for one in settled)), placed)
