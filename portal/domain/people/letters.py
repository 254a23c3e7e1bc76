"""What a mail tells: which letter it is and what stands in its gaps. Its words are said when it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Letter(StrEnum):
    """Every kind of mail that the portal sends."""

    PLACED = "placed"
    WAITING = "waiting"
    OFFERED = "offered"
    GOT_PLACE = "got_place"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    MOVED = "moved"
    CHANGED = "changed"
    SESSION_CANCELLED = "session_cancelled"
    GROUP_CANCELLED = "group_cancelled"
    REMINDER = "reminder"
    MESSAGE = "message"
    FREE = "free"
    WISHED = "wished"
    SOMETHING_TO_READ = "something_to_read"
    STAFF_CODE = "staff_code"
    STAFF_CHANGED = "staff_changed"
    STAFF_TOLD = "staff_told"
    STAFF_RECOVERY_CODE = "staff_recovery_code"


TO_STAFF = frozenset({Letter.STAFF_CODE, Letter.STAFF_CHANGED, Letter.STAFF_TOLD, Letter.STAFF_RECOVERY_CODE})
"""Mails to those who work in the staff room."""


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail: to whom, in which language, from which kommun. `once` names what must never be told twice."""

    letter: Letter
    to: str
    lang: str
    kommun: str
    gaps: Mapping[str, str] = field(default_factory=dict)
    once: str | None = None
