"""What is said about an application after it was sent: what staff ask for, what is answered, and staff's own notes."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from portal.domain.sentences import Sentence
from portal.domain.typed import is_text

LONGEST_TEXT = 4000
MOST_PHRASES = 8


@dataclass(frozen=True, slots=True)
class Phrase:
    """What staff often ask for, as data: translated and reviewed once. Without kinds it fits all."""

    id: str
    says: Sentence
    kinds: tuple[str, ...] = ()

    def fits(self, kind: str) -> bool:
        """Return whether it can be asked about a kind of application."""
        return not self.kinds or kind in self.kinds


class What(StrEnum):
    """What a message is. A note is for staff only."""

    ASKED = "asked"
    ADDED = "added"
    NOTED = "noted"
    FORWARDED = "forwarded"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Message:
    """One message: `by` is a member of staff, or empty where the applicant wrote; phrases are ids."""

    id: str
    at: datetime
    what: What
    by: str = ""
    text: str = ""
    phrases: tuple[str, ...] = field(default=())

    @property
    def is_for_applicant(self) -> bool:
        """Return whether the applicant sees it."""
        return self.what is not What.NOTED


def is_bad_text(text: str) -> bool:
    """Return whether a text is too long, or holds what is no text."""
    return len(text) > LONGEST_TEXT or not is_text(text)
