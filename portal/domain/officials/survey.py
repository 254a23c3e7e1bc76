"""SKR's survey of what a kommun offers: what its catalogue says of each row, and what an officer answers herself.

Silence is no answer: of a way that the source does not set out to list nothing is known, neither yes nor no.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from portal.domain.catalogue.insatser import Insats
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.officials.skr import SkrList, SkrRow
from portal.domain.sentences import Sentence, sentence

DIRECT, ASSESSED, BOTH, NONE, NOT_KNOWN = "direct", "assessed", "both", "none", "not_known"

STATUSES: Mapping[str, Sentence] = {
    DIRECT: sentence("Direkt"),
    ASSESSED: sentence("Ansök"),
    BOTH: sentence("Både direkt och ansök"),
    NONE: sentence("Inget"),
    NOT_KNOWN: sentence("Vet inte"),
}
"""What can be answered, in the order of the form."""

LONGEST = 300
"""Characters of an explanation, and of a note."""

ALL, UNANSWERED, DOUBTFUL = "all", "unanswered", "doubtful"
SHOWN: Mapping[str, Sentence] = {
    ALL: sentence("Alla"),
    UNANSWERED: sentence("Utan svar"),
    DOUBTFUL: sentence("Att kontrollera"),
}
"""Which rows an officer wants to see."""


class BadAnswers(Exception):
    """Answers that cannot be as they are; `fields` names what is wrong in each row."""

    def __init__(self, fields: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__(", ".join(fields))
        self.fields = fields


@dataclass(frozen=True, slots=True)
class Listed:
    """What the catalogue says of a row.

    is_whole: its source would have said so if it were otherwise; by_law: what the law lets people apply for in every
    kommun, which is a hint and no answer.
    """

    status: str
    insatser: tuple[Insats, ...] = ()
    is_whole: bool = False
    by_law: tuple[Insats, ...] = ()

    @property
    def mark(self) -> str:
        """Return what it says in a few words, to see later whether it says something else."""
        return " ".join((self.status, *(insats.id for insats in self.insatser)))


@dataclass(frozen=True, slots=True)
class Answer:
    """What an officer answers; `basis` is the mark of what the catalogue said then, `note` is for the staff alone."""

    status: str
    explanation: str
    note: str
    basis: str
    answered_on: date


@dataclass(frozen=True, slots=True)
class Surveyed:
    """One row with what the catalogue says, and what an officer answers where she does."""

    row: SkrRow
    listed: Listed
    answer: Answer | None = None

    @property
    def status(self) -> str:
        """Return what stands: the officer's answer before the catalogue's."""
        return self.listed.status if self.answer is None else self.answer.status

    @property
    def insatser(self) -> tuple[Insats, ...]:
        """Return the insatser of the catalogue that the row is linked to."""
        return self.listed.insatser

    @property
    def is_answered(self) -> bool:
        """Return whether somebody said something: an officer, or the catalogue with more than its silence."""
        return self.status != NOT_KNOWN and not self.is_silence

    @property
    def is_silence(self) -> bool:
        """Return whether it is none only because a catalogue that lists everything does not name it."""
        return self.answer is None and self.status == NONE

    @property
    def is_overtaken(self) -> bool:
        """Return whether the catalogue has changed since the officer answered."""
        return self.answer is not None and self.answer.basis != self.listed.mark

    @property
    def is_doubtful(self) -> bool:
        """Return whether an officer should look: the catalogue changed, or only its silence says a part of it."""
        if self.answer is not None:
            return self.is_overtaken
        return self.is_silence or (self.is_answered and not self.listed.is_whole)

    def is_among(self, shown: str) -> bool:
        """Return whether an officer who chose one of SHOWN sees it."""
        return {UNANSWERED: not self.is_answered, DOUBTFUL: self.is_doubtful}.get(shown, True)


@dataclass(frozen=True, slots=True)
class Progress:
    """How many rows there are, have an answer, and should be looked at."""

    rows: int
    answered: int
    doubtful: int

    @property
    def unanswered(self) -> int:
        """Return how many rows have no answer."""
        return self.rows - self.answered


def survey(kommun: Kommun, skr: SkrList, answers: Mapping[str, Answer] | None = None) -> dict[str, Surveyed]:
    """Return every row of SKR's list with what the kommun offers, by row id in the list's order."""
    by_row: dict[str, list[Insats]] = {}
    for insats in kommun.insatser.values():
        for row_id in insats.skr:
            by_row.setdefault(row_id, []).append(insats)
    answered = answers or {}
    return {
        row.id: Surveyed(row, _listed(kommun, by_row.get(row.id, ())), answered.get(row.id))
        for row in skr.rows.values()
    }


def _listed(kommun: Kommun, linked: Sequence[Insats]) -> Listed:
    own = tuple(insats for insats in linked if insats.by_law is None)
    found = {ASSESSED if insats.route == ASSESSED else DIRECT for insats in own}
    silent = {DIRECT, ASSESSED} - found - kommun.lists
    status = BOTH if len(found) > 1 else next(iter(found), NOT_KNOWN if silent else NONE)
    by_law = tuple(insats for insats in linked if insats.by_law is not None)
    return Listed(status, own, is_whole=not silent, by_law=by_law)


def progress(rows: Iterable[Surveyed]) -> Progress:
    """Return how far an officer has come with some rows."""
    found = list(rows)
    return Progress(len(found), sum(one.is_answered for one in found), sum(one.is_doubtful for one in found))


def wrong_fields(status: str, explanation: str, note: str) -> tuple[str, ...]:
    """Return the fields of an answer that cannot be as they are."""
    checks = {
        "answer": status in STATUSES,
        "explanation": _is_line(explanation),
        "note": _is_line(note),
    }
    return tuple(field for field, is_right in checks.items() if not is_right)


def _is_line(text: str) -> bool:
    return len(text) <= LONGEST and not any(ord(char) < ord(" ") for char in text)
