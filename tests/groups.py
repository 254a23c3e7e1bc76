"""Made-up groups: one in every state that a page can show, and the codes of the places in them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from portal.actions.groups.leading import cancel_group
from portal.actions.groups.places import withdraw
from portal.actions.groups.signing_up import sign_up
from portal.domain.audit import Actor
from portal.domain.groups.details import Details, Request
from portal.domain.groups.planning import Group, Session
from portal.domain.groups.terms import GroupState
from portal.domain.references import code_from
from portal.store.crypto import Vault
from portal.store.form_keys import new_form_key
from portal.store.groups.codes import add_codes, code_hashes
from portal.store.groups.planning import add_group
from portal.store.groups.sign_ups import find_by_code
from portal.store.schema import upgrade
from portal.store.storage import Storage, open_storage

KEY = "dGhpcyBrZXkgb25seSBzZWFscyB3aGF0IHRlc3RzIHc="
"""A key of 32 bytes that everybody may know."""

KOMMUN = "lekeberg"
LEADER = Actor("leader", KOMMUN)
NOW = datetime.fromisoformat("2026-11-24T10:00:00+01:00")


def meetings(first_at: datetime, count: int, hours: float = 2.5) -> tuple[Session, ...]:
    """Return weekly meetings from the first one on."""
    starts = [first_at + timedelta(weeks=number) for number in range(count)]
    return tuple(Session(number, at, at + timedelta(hours=hours)) for number, at in enumerate(starts, start=1))


MANY = Group(
    id="many",
    kommun=KOMMUN,
    state=GroupState.PUBLISHED,
    insats="abc-3-12",
    name="ABC 3–12 år",
    sessions=meetings(datetime.fromisoformat("2027-01-12T17:30:00+01:00"), 4),
    capacity=200,
    contact="oppenvarden",
    languages=("sv", "ti"),
    has_interpreter=True,
    place="Exempelgatan 1, Exempelstad",
    has_child_minding=True,
    accessibility=("step_free", "hearing_loop"),
    is_sample=True,
)
"""Room for every test that signs somebody up."""

ELSEWHERE = {"alingsas": "abc", "linkoping": "abc-3-12", "mellerud": "abc"}
"""The insats of the group that each of the other kommuner has; the group's id is that of its kommun."""

GROUPS = {
    group.id: group
    for group in (
        MANY,
        *(replace(MANY, id=kommun, kommun=kommun, insats=insats) for kommun, insats in ELSEWHERE.items()),
        replace(MANY, id="full", capacity=1, has_interpreter=False, has_child_minding=False, accessibility=()),
        replace(MANY, id="shut", capacity=1, waiting_capacity=0, languages=("ar",), name="ABC för alla"),
        replace(MANY, id="offers", capacity=1),
        replace(MANY, id="lapsed", capacity=1, offer_hours=24),
        replace(MANY, id="gone"),
        replace(MANY, id="begun", sessions=meetings(NOW - timedelta(days=1), 4)),
        replace(MANY, id="draft", state=GroupState.DRAFT),
        replace(
            MANY,
            id="apart",
            insats="biff",
            name="BIFF",
            sessions=meetings(datetime.fromisoformat("2027-02-03T13:00:00+01:00"), 3, 2),
            is_online=True,
            place="",
            languages=("sv",),
            never_both_parents=True,
        ),
        # Where all is documented the form asks for a name. No group of the catalogues is; a leader may make one.
        replace(MANY, id="named", insats="kognitiva-stodteamet", name="Kurs om vardagen"),
    )
}


def key_for(form: str, at: datetime = NOW) -> str:
    """Return a key that the portal has made for a form, such as "sign-up many"."""
    return new_form_key(Vault([KEY]), form, at).text


@dataclass(frozen=True)
class Signed:
    """Somebody in a group: the key of her form, and a code that opens her place as if it had been mailed."""

    group: str
    key: str

    @property
    def code(self) -> str:
        """Return the code of her place."""
        return code_from(sha256(f"{self.group} {self.key}".encode()).digest())

    def comes(self, storage: Storage, now: datetime) -> None:
        """Sign her up."""
        receipt = sign_up(storage, self.group, request_of(self.key), now)
        with storage.database.transaction() as connection:
            kept = find_by_code(storage, connection, receipt.code or "")
            assert kept is not None
            add_codes(storage.vault, connection, {code_hashes(storage, self.code)[0]: kept.sign_up.id})


PLACED = Signed("full", "placed-000000000000000000000000x")
WAITING = Signed("full", "waiting-00000000000000000000000x")
SHUT_IN = Signed("shut", "shut-in-00000000000000000000000x")
LEFT = Signed("offers", "left-00000000000000000000000000x")
OFFERED = Signed("offers", "offered-00000000000000000000000x")
LEFT_LONG_AGO = Signed("lapsed", "long-ago-0000000000000000000000x")
LAPSED = Signed("lapsed", "lapsed-000000000000000000000000x")
CANCELLED = Signed("gone", "cancelled-000000000000000000000x")
STRANGER = Signed("no-such-group", "stranger-0000000000000000000000x")
"""A code that is well formed, and opens nothing."""


def request_of(key: str, email: str = "") -> Request:
    """Return the form of somebody who may be called anything."""
    details = Details(nickname="Ros", phone="070-174 06 05", email=email)
    return Request(key, details, "sv", "advice")


def made_up(database_url: str, groups: Iterable[Group] = GROUPS.values()) -> Storage:
    """Return a storage on a new database that holds those groups."""
    storage = open_storage(database_url, [KEY])
    upgrade(storage.database)
    put(storage, groups)
    return storage


def put(storage: Storage, groups: Iterable[Group] = GROUPS.values()) -> None:
    """Remember those groups."""
    with storage.database.transaction() as connection:
        for group in groups:
            # The groups are made of each other; no two share a meeting.
            own = tuple(replace(one, id=f"{group.id}-{one.number}") for one in group.sessions)
            add_group(connection, replace(group, sessions=own), NOW - timedelta(days=10))


def fill(storage: Storage) -> None:
    """Sign somebody up for each state that a place can be in."""
    before = NOW - timedelta(days=5)
    for one in (PLACED, WAITING, SHUT_IN, LEFT, OFFERED, LEFT_LONG_AGO, LAPSED, CANCELLED):
        one.comes(storage, before)
    withdraw(storage, LEFT_LONG_AGO.code, before + timedelta(hours=1))
    withdraw(storage, LEFT.code, NOW - timedelta(hours=1))
    cancel_group(storage, LEADER, "gone", NOW)
