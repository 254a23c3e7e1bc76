"""What a resident does with the code of her place."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from portal.actions.groups.signing_up import place_in_line, settle_group
from portal.actions.groups.telling import Own, step_of
from portal.domain.groups.deciding import Decision, decide_acceptance, decide_withdrawal
from portal.domain.groups.details import Details
from portal.domain.groups.planning import Group
from portal.domain.groups.sign_ups import SignUp
from portal.domain.people.reach import problems_of_interpreter, problems_of_reach
from portal.domain.references import read_code
from portal.domain.refusals import BadDetails, NoSuchPlace, PlaceIsGone, TooManyPlaces
from portal.store.groups.details import find_details, open_details, seal_details
from portal.store.groups.lines import Line, Step, read_line, take_step
from portal.store.groups.planning import get_group
from portal.store.groups.sign_ups import Kept, find_by_code, lock_kept, save_sealed
from portal.store.groups.ways import has_too_many, hashes_of, save_ways
from portal.store.storage import Storage


@dataclass(frozen=True, slots=True)
class Place:
    """A sign-up as the one who has its code sees it; details are None once they are no longer kept, or damaged."""

    sign_up: SignUp
    group: Group
    details: Details | None
    lang: str
    place_in_line: int | None
    is_damaged: bool = False


def my_place(storage: Storage, code: str, now: datetime) -> Place:
    """Return the place that a code opens; raise NoSuchPlace. What has ended in its group ends first."""
    kept = _kept(storage, code)
    settle_group(storage, kept.group_id, now)
    return _place(storage, code)


def withdraw(storage: Storage, code: str, now: datetime) -> Place:
    """Leave the group or its line; what was written about her is gone at once. Twice is as once. Raise NoSuchPlace."""
    kept = _kept(storage, code)
    _decide(storage, kept, code, decide_withdrawal, now)
    return _place(storage, code)


def decline_offer(storage: Storage, code: str, now: datetime) -> Place:
    """Say no thank you: the place goes to the next in line, and she is never offered it again. Raise NoSuchPlace."""
    return withdraw(storage, code, now)


def accept_offer(storage: Storage, code: str, now: datetime) -> Place:
    """Say yes in time. Twice is as once. Raise OfferHasEnded, NothingIsOffered, PlaceIsGone or NoSuchPlace."""
    kept = _kept(storage, code)
    step = _decide(storage, kept, code, decide_acceptance, now)
    if step.decision.refusal is not None:
        raise step.decision.refusal
    return _place(storage, code)


def change_contact(storage: Storage, code: str, email: str, phone: str, now: datetime) -> Place:
    """Change how she is reached; raise BadDetails, TooManyPlaces, PlaceIsGone or NoSuchPlace."""
    problems = problems_of_reach(email, phone)
    if problems:
        raise BadDetails(tuple(problem.field for problem in problems))
    return _change(storage, code, lambda details: replace(details, email=email, phone=phone), now)


def ask_for_interpreter(storage: Storage, code: str, language: str | None, now: datetime) -> Place:
    """Say in which language she needs an interpreter, or that she needs none. Raise as change_contact does."""
    if problems_of_interpreter(language or ""):
        raise BadDetails(("interpreter",))
    return _change(storage, code, lambda details: replace(details, interpreter=language or ""), now)


def _kept(storage: Storage, code: str) -> Kept:
    written = read_code(code)
    if written is None:
        raise NoSuchPlace
    with storage.database.reading() as connection:
        kept = find_by_code(storage, connection, written)
    if kept is None:
        raise NoSuchPlace
    return kept


def _place(storage: Storage, code: str) -> Place:
    kept = _kept(storage, code)
    with storage.database.reading() as connection:
        group = get_group(connection, kept.group_id)
        line = read_line(connection, kept.group_id)
    details, is_damaged = find_details(storage.vault, kept.sign_up.id, kept.person.sealed)
    in_line = place_in_line(line, Decision(()), kept.sign_up)
    return Place(kept.sign_up, group, details, kept.person.lang, in_line, is_damaged)


def _decide(storage: Storage, kept: Kept, code: str, decide: Callable[..., Decision], now: datetime) -> Step:
    own = Own(code=read_code(code))

    def decided(line: Line, connection: Connection) -> Step:
        decision = decide(line.terms, line.sign_ups, kept.sign_up.id, now)
        return step_of(storage, connection, line, decision, own)

    return take_step(storage, kept.group_id, decided, now, also=kept.sign_up.id)


def _change(storage: Storage, code: str, change: Callable[[Details], Details], now: datetime) -> Place:
    sign_up_id = _kept(storage, code).sign_up.id
    with storage.database.transaction() as connection:
        kept = lock_kept(connection, sign_up_id)
        details = None if kept is None else open_details(storage.vault, sign_up_id, kept.person.sealed)
        if kept is None or details is None:
            raise PlaceIsGone
        after = change(details)
        if has_too_many(storage, connection, after.email, after.phone, kept.group_id, now, sign_up_id):
            raise TooManyPlaces
        if not save_sealed(connection, sign_up_id, seal_details(storage.vault, sign_up_id, after), now):
            raise PlaceIsGone
        save_ways(connection, sign_up_id, hashes_of(storage, after.email, after.phone))
    return _place(storage, code)
