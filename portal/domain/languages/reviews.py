"""What the portal knows of a text's truth: written here, translated, reviewed by whom and when, old, or missing."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

WRITTEN, TRANSLATED, REVIEWED, STALE, MISSING = "written", "translated", "reviewed", "stale", "missing"
STATES = (WRITTEN, TRANSLATED, REVIEWED, STALE, MISSING)
"""written: in this language from the start. translated: by nobody checked. stale: the Swedish has changed since."""

_NOTE = re.compile(r"reviewed (\d{4}-\d{2}-\d{2}) ([0-9a-f]{12}): (.+)")


@dataclass(frozen=True)
class Review:
    """Somebody has read a translation beside its Swedish text and found it right; `mark` is of what she read."""

    by: str
    on: date
    mark: str

    @property
    def note(self) -> str:
        """Return the comment that stands beside the translation in its file."""
        return f"reviewed {self.on.isoformat()} {self.mark}: {self.by}"


def mark_of(texts: Iterable[str]) -> str:
    """Return the mark of a Swedish text and its translation: another text has another mark."""
    return sha256("\0".join(texts).encode()).hexdigest()[:12]


def review_in(note: str) -> Review | None:
    """Return the review that a comment tells of, or None when it tells of none."""
    found = _NOTE.fullmatch(note.strip())
    if found is None:
        return None
    try:
        on = date.fromisoformat(found[1])
    except ValueError:
        return None
    return Review(found[3].strip(), on, found[2])


@dataclass(frozen=True)
class Truth:
    """What is true of all texts of a domain in a language, in numbers, with the latest review."""

    counts: tuple[tuple[str, int], ...] = ()
    reviewed_by: tuple[str, ...] = ()
    reviewed_on: date | None = None

    def count(self, state: str) -> int:
        """Return how many texts are in a state."""
        return dict(self.counts).get(state, 0)

    @property
    def is_reviewed(self) -> bool:
        """Whether every text has been reviewed as it stands."""
        others = sum(number for state, number in self.counts if state != REVIEWED)
        return self.count(REVIEWED) > 0 and others == 0

    def __add__(self, other: "Truth") -> "Truth":
        """Return what is true of both domains together."""
        dates = [found.reviewed_on for found in (self, other) if found.reviewed_on is not None]
        return Truth(
            tuple((state, self.count(state) + other.count(state)) for state in STATES),
            tuple(dict.fromkeys((*self.reviewed_by, *other.reviewed_by))),
            max(dates, default=None),
        )
