"""How long what a person writes to take a place is kept, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.domain.sentences import Sentence, sentence

CONTACT_DAYS = 30
"""Days after the last meeting."""

WISH_DAYS = 365
"""Days that somebody waits for a group that she wished for."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """How long something is kept, in days, why, and by which paragraph it then goes."""

    days: int
    reason: Sentence
    paragraph: str


KEEPING: Mapping[str, Keeping] = {
    "contact": Keeping(
        CONTACT_DAYS,
        sentence("Vi kan behöva nå dig när gruppen är slut. Sedan tar vi bort dina uppgifter."),
        "artikel 5.1 e dataskyddsförordningen",
    ),
    "withdrawn": Keeping(
        0,
        sentence("När du avbokar tar vi bort dina uppgifter direkt."),
        "artikel 5.1 e dataskyddsförordningen",
    ),
    "alert": Keeping(
        0,
        sentence("Vi tar bort din e-post när vi har skrivit till dig, eller när gruppen börjar."),
        "artikel 5.1 e dataskyddsförordningen",
    ),
    "wish": Keeping(
        WISH_DAYS,
        sentence("Vi skriver en gång. Sedan tar vi bort din e-post, senast efter ett år."),
        "artikel 5.1 e dataskyddsförordningen",
    ),
}


def contact_ends_at(last_session_ends_at: datetime, days: int = CONTACT_DAYS) -> datetime:
    """Return when contact details go: a set number of days after the last meeting."""
    return last_session_ends_at + timedelta(days=days)


def is_past_keeping(last_session_ends_at: datetime, now: datetime, days: int = CONTACT_DAYS) -> bool:
    """Return whether contact details shall be gone."""
    return now >= contact_ends_at(last_session_ends_at, days)
