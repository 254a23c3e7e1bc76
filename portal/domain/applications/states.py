"""An application: its states, and what can be done in each. It is guidance for deeds; no state tells a decision."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from portal.domain.applications.kinds import door_of
from portal.domain.refusals import ApplicationHasEnded, ApplicationIsSent, NotNow

DRAFT_DAYS = 30
"""Days after the last change."""


class State(StrEnum):
    """Where an application is."""

    DRAFT = "draft"
    SENT = "sent"
    RECEIVED = "received"
    IN_HAND = "in_hand"
    NEEDS_MORE = "needs_more"
    ANSWERED = "answered"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Deed(StrEnum):
    """What a person or staff do with it."""

    EDIT = "edit"
    SEND = "send"
    OPEN = "open"
    TAKE = "take"
    NOTE = "note"
    ASK = "ask"
    ADD = "add"
    FORWARD = "forward"
    CLOSE = "close"
    WITHDRAW = "withdraw"


ENDED = frozenset({State.CLOSED, State.WITHDRAWN})
ALIVE = frozenset({State.SENT, State.RECEIVED, State.IN_HAND, State.NEEDS_MORE, State.ANSWERED})
"""With the kommun, and not ended."""

_OPENED = ALIVE - {State.SENT}

_MOVES: Mapping[Deed, Mapping[State, State]] = {
    Deed.EDIT: {State.DRAFT: State.DRAFT},
    Deed.SEND: {State.DRAFT: State.SENT},
    # Whoever is allowed to reads it in every state; the first reading is what makes it received.
    Deed.OPEN: {state: state for state in _OPENED | ENDED} | {State.SENT: State.RECEIVED},
    Deed.TAKE: dict.fromkeys(ALIVE, State.IN_HAND),
    Deed.NOTE: {state: state for state in _OPENED | ENDED},
    Deed.ASK: dict.fromkeys(ALIVE, State.NEEDS_MORE),
    # What nobody asked for changes no state: it comes to whoever has the application.
    Deed.ADD: {state: state for state in ALIVE} | {State.NEEDS_MORE: State.ANSWERED},
    Deed.FORWARD: dict.fromkeys(_OPENED, State.SENT),
    Deed.CLOSE: dict.fromkeys(_OPENED, State.CLOSED),
    Deed.WITHDRAW: dict.fromkeys(ALIVE, State.WITHDRAWN) | {State.WITHDRAWN: State.WITHDRAWN},
}


def can(state: State, deed: Deed) -> bool:
    """Return whether a deed is possible in a state."""
    return state in _MOVES[deed]


def move(state: State, deed: Deed) -> State:
    """Return the state after a deed; raise ApplicationHasEnded, ApplicationIsSent or NotNow where it cannot be."""
    after = _MOVES[deed].get(state)
    if after is not None:
        return after
    if state in ENDED:
        raise ApplicationHasEnded
    if deed in (Deed.EDIT, Deed.SEND):
        raise ApplicationIsSent
    raise NotNow


@dataclass(frozen=True, slots=True)
class Identification:
    """Who an electronic identity says that she is: a subject of its issuer, how sure it is, and when.

    name, number: what the issuer says of her; empty where it says nothing. issuer: its address; empty in what was kept
    before it was.
    """

    subject: str
    level: str
    at: datetime
    name: str = ""
    number: str = ""
    issuer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """An application without a word of what stands in it.

    version: grows with everything that the kommun should have; exported_version: the newest that its case system has;
    in_sample: whether it belongs to the sample for research, where staff have said so.
    """

    id: str
    kommun: str
    unit: str
    kind: str
    state: State
    lang: str
    version: int
    made_at: datetime
    changed_at: datetime
    reference: str | None = None
    sent_at: datetime | None = None
    received_at: datetime | None = None
    asked_at: datetime | None = None
    ended_at: datetime | None = None
    taken_by: str | None = None
    is_identified: bool = False
    in_sample: bool | None = None
    exported_version: int = 0
    exported_at: datetime | None = None

    @property
    def door(self) -> str:
        """Return the door that it is behind."""
        return door_of(self.unit)

    @property
    def is_exported(self) -> bool:
        """Return whether the case system has everything."""
        return self.exported_at is not None and self.exported_version == self.version

    @property
    def draft_ends_at(self) -> datetime:
        """Return when a draft is gone."""
        return self.changed_at + timedelta(days=DRAFT_DAYS)

    def is_past(self, now: datetime) -> bool:
        """Return whether it is a draft whose time has passed: for everybody it is then gone, also before it is."""
        return self.state is State.DRAFT and now >= self.draft_ends_at
