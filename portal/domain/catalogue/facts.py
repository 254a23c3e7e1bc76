"""Conditions about where one lives, whom it is for, what has happened, and needs that cannot wait."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar

from portal.domain.catalogue.answers import Answers
from portal.domain.catalogue.condition import MET, NOT_MET, UNKNOWN, Condition, Outcome, outcome_of
from portal.domain.sentences import Sentence, sentence

RESIDENCE_RULES: Mapping[str, Sentence] = {
    "registered": sentence("är folkbokförd i kommunen"),
    "child_registered": sentence("har ett barn som är folkbokfört i kommunen"),
    "staying": sentence("bor eller vistas i kommunen"),
    "child_only": sentence("har ett barn som är folkbokfört i kommunen"),
    "relative_only": sentence("stöttar någon som bor i kommunen"),
    "neighbour": sentence("bor i en kommun som delar stödet"),
    "pupil": sentence("går i skola i kommunen, eller har ett barn som gör det"),
}

RESIDENCE_MET: Mapping[str, Sentence] = {
    "registered": sentence("Du eller barnet är folkbokförd i kommunen."),
    "staying": sentence("Du bor eller vistas i kommunen."),
    "child_only": sentence("Barnet är folkbokfört i kommunen."),
    "relative_only": sentence("Den du stöttar bor i kommunen."),
    "neighbour": sentence("Du bor i en kommun som delar stödet."),
    "pupil": sentence("Du eller barnet går i skola i kommunen."),
    "child_elsewhere": sentence("Du är folkbokförd i kommunen."),
}

_ACCEPTED: Mapping[str, frozenset[str]] = {
    "registered": frozenset({"registered", "child_elsewhere"}),
    "child_registered": frozenset({"registered", "child_only"}),
}
"""Which answers a rule accepts, where it is not only its own: who is registered herself is asked for no child."""

_PLAIN = frozenset({"registered", "staying", "child_elsewhere"})
"""Answers that are no reason worth saying: most people live where they ask."""


@dataclass(frozen=True)
class Residence(Condition):
    """Who must live where, as the entry puts it. Folkbokföring alone is never the law's test (29 kap. 1 §)."""

    kind: ClassVar[str] = "residence"
    allowed: tuple[str, ...]

    def evaluate(self, answers: Answers) -> Outcome:
        lives = answers.get("residence")
        return UNKNOWN if lives is None else outcome_of(lives in self._accepted)

    @cached_property
    def _accepted(self) -> frozenset[str]:
        return frozenset().union(*(_ACCEPTED.get(option, frozenset({option})) for option in self.allowed))

    @property
    def told_apart(self) -> frozenset[str]:
        """Return the answers that a page must offer for this rule to be decided rightly."""
        asks_for_child = "child_registered" in self.allowed
        return (self._accepted - {"child_elsewhere"}) | ({"child_elsewhere"} if asks_for_child else frozenset())

    def open_questions(self, answers: Answers) -> tuple[str, ...]:
        return ("residence",)

    @cached_property
    def rule(self) -> Sentence:
        return sentence("För den som: {who}.", who=tuple(RESIDENCE_RULES[option] for option in self.allowed))

    def because(self, answers: Answers) -> Sentence:
        return RESIDENCE_MET[str(answers["residence"])]

    def is_worth_saying(self, answers: Answers) -> bool:
        return answers.get("residence") not in _PLAIN


FOR_RULES: Mapping[str, Sentence] = {
    "me": sentence("För den som själv behöver stöd."),
    "child": sentence("För barn och familjer."),
    "relative": sentence("För den som är anhörig till någon."),
}


@dataclass(frozen=True)
class For(Condition):
    """Whom the support is for."""

    kind: ClassVar[str] = "for"
    allowed: tuple[str, ...]

    def evaluate(self, answers: Answers) -> Outcome:
        whom = answers.get("for")
        return UNKNOWN if whom is None else outcome_of(whom in self.allowed)

    def open_questions(self, answers: Answers) -> tuple[str, ...]:
        return ("for",)

    @cached_property
    def rule(self) -> Sentence:
        return sentence("{rules}", rules=tuple(FOR_RULES[whom] for whom in self.allowed))

    def because(self, answers: Answers) -> Sentence:
        return FOR_RULES[str(answers["for"])]

    def is_worth_saying(self, answers: Answers) -> bool:
        return False


@dataclass(frozen=True)
class Situation(Condition):
    """At least one of the named situations, each an option of a topic's follow-up question."""

    kind: ClassVar[str] = "situation"
    options: tuple[tuple[str, frozenset[str]], ...]
    names: Mapping[tuple[str, str], Sentence] = field(compare=False, hash=False)

    def evaluate(self, answers: Answers) -> Outcome:
        unknown = False
        for topic, wanted in self.options:
            chosen = answers.get(topic)
            if isinstance(chosen, frozenset):
                if wanted & chosen:
                    return MET
            else:  # a topic that she did not choose is unknown, not no
                unknown = True
        return UNKNOWN if unknown else NOT_MET

    def open_questions(self, answers: Answers) -> tuple[str, ...]:
        topics = answers.get("topics")
        if not isinstance(topics, frozenset):
            return ("topics",)
        return tuple(topic for topic, _ in self.options if answers.get(topic) is None and topic in topics)

    @cached_property
    def rule(self) -> Sentence:
        return sentence("Det gäller någon av de här situationerna: {what}.", what=tuple(self._named(None)))

    def because(self, answers: Answers) -> Sentence:
        return sentence("Du svarade: {what}.", what=tuple(self._named(answers)))

    def is_worth_saying(self, answers: Answers) -> bool:
        return False  # what she ticked is said once, of everything that the insats is for

    def _named(self, answers: Answers | None) -> Sequence[Sentence]:
        said: list[Sentence] = []
        for (topic, option), name in self.names.items():
            chosen = None if answers is None else answers.get(topic)
            if answers is None or (isinstance(chosen, frozenset) and option in chosen):
                said.append(name)
        return said


@dataclass(frozen=True)
class BornAbroad(Condition):
    """She or the other parent was born outside Sweden."""

    kind: ClassVar[str] = "born_abroad"

    def evaluate(self, answers: Answers) -> Outcome:
        born = answers.get("born_abroad")
        return UNKNOWN if born is None else outcome_of(born == "yes")

    def open_questions(self, answers: Answers) -> tuple[str, ...]:
        return ("born_abroad",)

    @cached_property
    def rule(self) -> Sentence:
        return sentence("För föräldrar som är födda utanför Sverige.")

    def because(self, answers: Answers) -> Sentence:
        return sentence("Du eller barnets andra förälder är född utanför Sverige.")


@dataclass(frozen=True)
class Referral(Condition):
    """She has a referral, where that is one of several ways in."""

    kind: ClassVar[str] = "referral"

    def evaluate(self, answers: Answers) -> Outcome:
        has = answers.get("referral")
        return UNKNOWN if has is None else outcome_of(has == "yes")

    def open_questions(self, answers: Answers) -> tuple[str, ...]:
        return ("referral",)

    @cached_property
    def rule(self) -> Sentence:
        return sentence("För den som har en remiss.")

    def because(self, answers: Answers) -> Sentence:
        return sentence("Du har en remiss.")


ACUTE_NEEDS: Mapping[str, tuple[tuple[str, frozenset[str]], ...]] = {
    # topic → the options that make it acute; an empty set: the topic alone does. 29 kap. 4 §.
    "violence": (("violence", frozenset()),),
    "shelter": (("housing", frozenset({"tonight"})), ("violence", frozenset({"needs_shelter", "not_safe_now"}))),
    "crisis": (("wellbeing", frozenset({"crisis", "no_wish_to_live"})),),
    "child_at_risk": (
        ("violence", frozenset({"child_witnessed", "police_interview"})),
        ("parenting", frozenset({"police_interview"})),
    ),
    "food": (("money", frozenset({"no_food"})),),
}


@dataclass(frozen=True)
class Acute(Condition):
    """An acute need, which the kommun where the person is has to meet (29 kap. 4 § SoL 2025:400)."""

    kind: ClassVar[str] = "acute"
    acute_needs: tuple[str, ...]

    def evaluate(self, answers: Answers) -> Outcome:
        unknown = False
        for need in self.acute_needs:
            for topic, wanted in ACUTE_NEEDS[need]:
                outcome = self._about(topic, wanted, answers)
                if outcome is MET:
                    return MET
                unknown = unknown or outcome is UNKNOWN
        return UNKNOWN if unknown else NOT_MET

    @staticmethod
    def _about(topic: str, wanted: frozenset[str], answers: Answers) -> Outcome:
        topics, chosen = answers.get("topics"), answers.get(topic)
        if isinstance(topics, frozenset) and topic not in topics:
            return NOT_MET
        if not wanted:
            return MET if isinstance(topics, frozenset) else UNKNOWN
        return outcome_of(bool(wanted & chosen)) if isinstance(chosen, frozenset) else UNKNOWN

    def open_questions(self, answers: Answers) -> tuple[str, ...]:
        if not isinstance(answers.get("topics"), frozenset):
            return ("topics",)
        asked = {
            topic: None
            for need in self.acute_needs
            for topic, wanted in ACUTE_NEEDS[need]
            if wanted and answers.get(topic) is None and self._about(topic, wanted, answers) is UNKNOWN
        }
        return tuple(asked)

    @cached_property
    def rule(self) -> Sentence:
        return sentence("Är det akut får du hjälp, var du än bor.")

    def because(self, answers: Answers) -> Sentence:
        return sentence("Det är akut. Då hjälper kommunen dig där du är.")


def acute_needs(answers: Answers) -> frozenset[str]:
    """Return the acute needs that the answers show (keys of ACUTE_NEEDS)."""
    return frozenset(need for need, condition in _EACH_ACUTE_NEED.items() if condition.evaluate(answers) is MET)


_EACH_ACUTE_NEED = {need: Acute((need,)) for need in ACUTE_NEEDS}
