"""What a resident does before she has a place: hold a seat, sign up, ask to be told, wish."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Connection

from portal.actions.groups.telling import Own, step_of
from portal.domain.groups.deciding import Decision, decide_hold, decide_release, decide_sign_up
from portal.domain.groups.details import Request, problems_of
from portal.domain.groups.planning import TIMES_OF_DAY
from portal.domain.groups.sign_ups import MOST_SEATS, SignUp, State, differences, settle, waiting
from portal.domain.groups.wishes import Wish
from portal.domain.people.brakes import ALERTS
from portal.domain.people.reach import problems_of_reach
from portal.domain.references import new_code
from portal.domain.refusals import BadDetails, SlowDown, TooManyPlaces
from portal.store.groups import alerts, wish_alerts, wishes
from portal.store.groups.codes import code_hashes
from portal.store.groups.details import seal_details
from portal.store.groups.lines import Line, Person, Step, read_line, take_step
from portal.store.groups.ways import has_too_many, hashes_of
from portal.store.people.brakes import press
from portal.store.storage import Storage

LONGEST_KEY = 200


@dataclass(frozen=True, slots=True)
class Held:
    """What a form has: seats kept until an instant, or the sign-up that it has already become."""

    state: State
    seats: int
    until_at: datetime | None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a form has become. `code` opens it, and is there only the first time; `place_in_line` is 1 for the first."""

    code: str | None
    state: State
    seats: int
    place_in_line: int | None = None
    until_at: datetime | None = None


def hold(storage: Storage, group_id: str, form_key: str, seats: int, now: datetime) -> Held:
    """Keep seats for 15 minutes while a form is filled in; again, the first end stays.

    Where half of the group is kept for forms already nothing more is: RELEASED, until no instant.
    Raise OnlyWaitingIsLeft, GroupIsFull, GroupHasBegun, GroupIsCancelled, NoSuchGroup or BadDetails.
    """
    keys = _form_keys(storage, group_id, form_key, seats)
    new_id = uuid4().hex

    def decide(line: Line, connection: Connection) -> Step:
        decision = decide_hold(line.terms, line.sign_ups, new_id, keys[0], seats, now)
        return step_of(storage, connection, line, decision)

    step = take_step(storage, group_id, decide, now, form_keys=keys)
    if step.decision.sign_up is None and step.decision.refusal is None:
        return Held(State.RELEASED, seats, None)
    sign_up = _done(step)
    return Held(sign_up.state, sign_up.seats, sign_up.until_at)


def release(storage: Storage, group_id: str, form_key: str, now: datetime) -> None:
    """Let go of what a form that is left held; nothing happens when it held nothing. Raise NoSuchGroup."""
    keys = _form_keys(storage, group_id, form_key, 1)

    def decide(line: Line, connection: Connection) -> Step:
        return step_of(storage, connection, line, decide_release(line.terms, line.sign_ups, keys[0], now))

    take_step(storage, group_id, decide, now, form_keys=keys)


def sign_up(storage: Storage, group_id: str, request: Request, now: datetime) -> Receipt:
    """Give a form seats, or a place in line; the same form again gets no code, only what became of it.

    Raise TooManyPlaces, GroupIsFull, OnlyWaitingIsLeft (when she may not wait), GroupHasBegun, GroupIsCancelled,
    NoSuchGroup or BadDetails, which names the fields.
    """
    problems = problems_of(request.details, request.regime, request.seats)
    if problems:
        raise BadDetails(tuple(problem.field for problem in problems))
    keys = _form_keys(storage, group_id, request.form_key, request.seats)
    code = new_code()
    ways = hashes_of(storage, request.details.email, request.details.phone)
    new_id = uuid4().hex
    lines: list[Line] = []

    def decide(line: Line, connection: Connection) -> Step:
        lines.append(line)
        decision = decide_sign_up(
            line.terms, line.sign_ups, new_id, keys[0], request.seats, now, may_wait=request.may_wait
        )
        if decision.refusal is None and decision.changed:
            details = request.details
            if has_too_many(storage, connection, details.email, details.phone, group_id, now):
                raise TooManyPlaces
        own = None if decision.sign_up is None else _own(storage, request, decision.sign_up.id, code)
        return replace(step_of(storage, connection, line, decision, own), ways=ways)

    step = take_step(storage, group_id, decide, now, form_keys=keys)
    found = _done(step)
    in_line = place_in_line(lines[-1], step.decision, found)
    return Receipt(code if step.decision.changed else None, found.state, found.seats, in_line, found.until_at)


def _own(storage: Storage, request: Request, sign_up_id: str, code: str) -> Own:
    """Return the person of a form. A form that held a seat is that sign-up already, so the line says which it is."""
    sealed = seal_details(storage.vault, sign_up_id, request.details)
    return Own(Person(request.lang, sealed, code_hashes(storage, code)[0]), request.details.email, code)


def is_sent(storage: Storage, group_id: str, form_key: str) -> bool:
    """Return whether a form has become a sign-up already; one that only holds seats has not."""
    keys = _form_keys(storage, group_id, form_key, 1)
    with storage.database.reading() as connection:
        line = read_line(connection, group_id, keys)
    return any(one.form_key == keys[0] and one.state is not State.HELD for one in line.sign_ups)


def alert_me(storage: Storage, group_id: str, email: str, lang: str, now: datetime) -> None:
    """Mail somebody once, when a place is free; at once when one is. Raise as sign_up does."""
    if problems_of_reach(email, "") or not email:
        raise BadDetails(("email",))
    with storage.database.reading() as connection:
        refusal = read_line(connection, group_id).terms.refusal_at(now)
    if refusal is not None:
        raise refusal
    if not press(storage, ALERTS, email.strip().casefold(), now):
        raise SlowDown
    alerts.add_alert(storage, group_id, email, lang, now)
    settle_group(storage, group_id, now, is_for_alerts=True)


def wish(
    storage: Storage, kommun: str, insats: str, language: str, time_of_day: str, form_key: str, now: datetime
) -> None:
    """Count a wish for a group that does not exist; a form sent twice is one. Raise BadDetails."""
    if time_of_day not in TIMES_OF_DAY or not 0 < len(form_key) <= LONGEST_KEY:
        raise BadDetails(("time_of_day",))
    wishes.add_wish(storage, kommun, Wish(insats, language, time_of_day), form_key, now.date())


def tell_of_groups(storage: Storage, wish: tuple[str, str, str], email: str, lang: str, now: datetime) -> None:
    """Mail somebody once, when a group comes as wished: kommun, insats, language. Raise BadDetails, SlowDown."""
    if problems_of_reach(email, "") or not email:
        raise BadDetails(("email",))
    if not press(storage, ALERTS, email.strip().casefold(), now):
        raise SlowDown
    wish_alerts.add_wish_alert(storage, wish, email, lang, now)


def settle_group(storage: Storage, group_id: str, now: datetime, *, is_for_alerts: bool = False) -> Step:
    """Let what has ended in a group end, and free seats go to the line. Raise NoSuchGroup."""

    def decide(line: Line, connection: Connection) -> Step:
        decision = Decision(differences(line.sign_ups, settle(line.terms, line.sign_ups, now)))
        is_open = line.terms.is_open_at(now)
        return step_of(storage, connection, line, decision, is_for_alerts=is_for_alerts and is_open)

    return take_step(storage, group_id, decide, now)


def place_in_line(line: Line, decision: Decision, one: SignUp) -> int | None:
    """Return the place of somebody who waits, 1 for the first; None of somebody who does not."""
    changed = {changed.id: changed for changed in decision.changed}
    after = [changed.pop(known.id, known) for known in line.sign_ups]
    ids = [known.id for known in waiting([*after, *changed.values()])]
    return ids.index(one.id) + 1 if one.id in ids else None


def _form_keys(storage: Storage, group_id: str, form_key: str, seats: int) -> tuple[str, ...]:
    if not 0 < len(form_key) <= LONGEST_KEY:
        raise BadDetails(("form_key",))
    if not 1 <= seats <= MOST_SEATS:
        raise BadDetails(("seats",))
    return storage.vault.digests("form", f"{group_id} {form_key}")


def _done(step: Step) -> SignUp:
    if step.decision.refusal is not None:
        raise step.decision.refusal
    assert step.decision.sign_up is not None  # noqa: S101 - the domain refuses, or names the sign-up
    return step.decision.sign_up
