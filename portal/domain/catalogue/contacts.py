"""Whom one can reach: the units of a kommun, and the lines that anybody can call."""

from dataclasses import dataclass
from datetime import date

from portal.domain.catalogue.opening import Closure, Hours, ShortDay
from portal.domain.sentences import Sentence

CHILD = "child"
"""In `when` of a line: for whoever is under 18, whatever it is about. Nobody needs anybody's consent to call."""


@dataclass(frozen=True, slots=True)
class Helpline:
    """A line anybody can call now; `when` names the needs, topics and options (topic.option) it is for, `word` what."""

    id: str
    name: str
    phone: str
    word: Sentence
    says: Sentence
    when: frozenset[str]
    always: bool
    confirmed: bool
    source: str


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Who said that a contact is right, and when."""

    on: date
    by: str


@dataclass(frozen=True, slots=True)
class Contact:
    """A unit one can reach; `ask_for` is what to say there.

    `through` is the contact whose phone leads to it while it has none of its own.

    The catalogue knows no closures: editors of the kommun tell them (`notices.kommun_with`).
    """

    id: str
    unit: Sentence
    phone: str | None = None
    email: str | None = None
    sms: str | None = None
    hours: tuple[Hours, ...] = ()
    short_day: ShortDay | None = None
    visit: str | None = None
    languages: tuple[str, ...] = ()
    anonymous: bool | None = None
    through: str | None = None
    ask_for: Sentence | None = None
    confirmed: Confirmation | None = None
    source: str | None = None
    closures: tuple[Closure, ...] = ()
