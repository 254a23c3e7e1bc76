"""What a condition is: it decides met, not met or unknown, knows its questions and says its sentences."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

from portal.domain.catalogue.answers import Answers
from portal.domain.sentences import Sentence


class Outcome(Enum):
    """What is known of a condition. Unknown is a value: it is neither yes nor no."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


MET, NOT_MET, UNKNOWN = Outcome.MET, Outcome.NOT_MET, Outcome.UNKNOWN


class BadCondition(ValueError):
    """A condition that the closed list does not have; says which part is wrong."""


@dataclass(frozen=True)
class Condition(ABC):
    """One fact that decides whether an insats fits."""

    kind: ClassVar[str]

    @abstractmethod
    def evaluate(self, answers: Answers) -> Outcome:
        """Return whether the answers meet it."""

    @abstractmethod
    def open_questions(self, answers: Answers) -> tuple[str, ...]:
        """Return the questions without a known answer that could settle an unknown outcome, the best first."""

    @property
    @abstractmethod
    def rule(self) -> Sentence:
        """Return the rule as a sentence: who the support is for."""

    def because(self, answers: Answers) -> Sentence:
        """Return why it is met, said to the person who answered."""
        return self.rule

    def is_worth_saying(self, answers: Answers) -> bool:
        """Return whether being met is a reason to tell her: not what holds for nearly everybody."""
        return True

    def reason(self, answers: Answers) -> Sentence | None:
        """Return why it is met, where that is worth saying; it is met."""
        return self.because(answers) if self.is_worth_saying(answers) else None

    def needs(self, answers: Answers) -> str | None:
        """Return what the person still has to get (a consent, a referral, an invitation), or None."""
        return None

    def limits(self) -> Mapping[str, frozenset[int]]:
        """Return the numbers at which its outcome may change, for each question answered by numbers."""
        return {}


def outcome_of(fact: bool) -> Outcome:
    """Return the outcome of a known fact."""
    return MET if fact else NOT_MET


def joined_limits(parts: Sequence[Condition]) -> dict[str, frozenset[int]]:
    """Return the limits of several conditions together."""
    limits: dict[str, frozenset[int]] = {}
    for part in parts:
        for question, numbers in part.limits().items():
            limits[question] = limits.get(question, frozenset()) | numbers
    return limits
