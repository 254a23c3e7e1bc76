"""Conditions that nobody writes: the law and the way in derive them from the insats."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import ClassVar

from portal.domain.catalogue.ages import YOUNGEST_PARENT
from portal.domain.catalogue.answers import Answers
from portal.domain.catalogue.condition import MET, NOT_MET, UNKNOWN, Condition, Outcome
from portal.domain.sentences import Sentence, counted, sentence


@dataclass(frozen=True)
class Guardian(Condition):
    """A child needs a guardian's consent; from 15 not where the nämnd found the insats suitable (21 kap. 2 §)."""

    kind: ClassVar[str] = "guardian"
    alone_from: int

    def evaluate(self, answers: Answers) -> Outcome:
        age, whom, consent = answers.get("age"), answers.get("for"), answers.get("guardian_consent")
        if consent == "yes":
            return MET
        if not isinstance(age, int):
            return UNKNOWN
        if age >= self.alone_from:
            return MET
        if age >= YOUNGEST_PARENT and whom in ("child", None):
            return MET if whom == "child" else UNKNOWN
        return NOT_MET if consent == "no" else UNKNOWN

    def open_questions(self, answers: Answers) -> tuple[str, ...]:
        # The consent is asked for last: most people are grown up, or ask for their child.
        if "age" not in answers:
            return ("age",)
        age = answers["age"]
        if isinstance(age, int) and age >= YOUNGEST_PARENT and "for" not in answers:
            return ("for",)
        return ("guardian_consent",)

    @cached_property
    def rule(self) -> Sentence:
        return counted(
            "Är du yngre än {n} år behöver dina vårdnadshavare säga ja.",
            "Är du yngre än {n} år behöver dina vårdnadshavare säga ja.",
            self.alone_from,
        )

    def because(self, answers: Answers) -> Sentence:
        if answers.get("guardian_consent") == "yes":
            return sentence("Dina vårdnadshavare säger ja.")
        age = answers.get("age")
        if isinstance(age, int) and age < self.alone_from:
            return sentence("Du frågar för ditt barn.")
        return counted("Du har fyllt {n} år.", "Du har fyllt {n} år.", self.alone_from)

    def is_worth_saying(self, answers: Answers) -> bool:
        return answers.get("guardian_consent") == "yes"

    def needs(self, answers: Answers) -> str | None:
        age = answers.get("age")
        return "guardian_consent" if isinstance(age, int) and age < self.alone_from else None

    def limits(self) -> Mapping[str, frozenset[int]]:
        return {"age": frozenset({self.alone_from - 1, self.alone_from, YOUNGEST_PARENT - 1, YOUNGEST_PARENT})}


@dataclass(frozen=True)
class ReferralNeeded(Condition):
    """The way in is a referral: without one it is still needed, and may still come."""

    kind: ClassVar[str] = "referral_needed"

    def evaluate(self, answers: Answers) -> Outcome:
        return MET if answers.get("referral") == "yes" else UNKNOWN

    def open_questions(self, answers: Answers) -> tuple[str, ...]:
        return () if answers.get("referral") == "no" else ("referral",)

    @cached_property
    def rule(self) -> Sentence:
        return sentence("Du behöver en remiss.")

    def because(self, answers: Answers) -> Sentence:
        return sentence("Du har en remiss.")

    def needs(self, answers: Answers) -> str | None:
        return "referral"


@dataclass(frozen=True)
class InvitationNeeded(Condition):
    """The way in is an invitation: another event or authority opens it, no answer does."""

    kind: ClassVar[str] = "invitation_needed"

    def evaluate(self, answers: Answers) -> Outcome:
        return UNKNOWN

    def open_questions(self, answers: Answers) -> tuple[str, ...]:
        return ()

    @cached_property
    def rule(self) -> Sentence:
        return sentence("Kommunen eller en annan myndighet bjuder in dig.")

    def needs(self, answers: Answers) -> str | None:
        return "invitation"


REFERRAL_NEEDED = ReferralNeeded()
INVITATION_NEEDED = InvitationNeeded()


@cache
def guardian_from(alone_from: int) -> Guardian:
    """Return the one guardian rule of that age: equal conditions are one object, so that each is asked once."""
    return Guardian(alone_from)
