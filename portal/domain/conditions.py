"""The closed list of conditions: how each is read, what it decides, which questions it needs and the sentences it says."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from typing import ClassVar

from portal.domain.answers import Answers
from portal.domain.sentences import Sentence, counted, fixed, forms, sentence


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

    @abstractmethod
    def rule(self) -> Sentence:
        """Return the rule as a sentence: who the support is for."""

    def because(self, answers: Answers) -> Sentence:
        """Return why it is met, said to the person who answered."""
        return self.rule()

    def needs(self, answers: Answers) -> str | None:
        """Return what the person still has to get (a consent, a referral, an invitation), or None."""
        return None

    def limits(self) -> Mapping[str, frozenset[int]]:
        """Return the numbers at which its outcome may change, for each question answered by numbers."""
        return {}


# ----------------------------------------------------------------------------------------------- ages


@dataclass(frozen=True)
class AgeRange:
    """Whole years or months, both ends included; None is open."""

    low: int | None
    high: int | None

    @classmethod
    def read(cls, data: object) -> "AgeRange":
        """Read `{from, to}`; raise BadCondition when neither is given, a value is no age, or they cross."""
        if not isinstance(data, Mapping) or not data or set(data) - {"from", "to"}:
            raise BadCondition("an age is {from: …, to: …} with at least one of them")
        low, high = data.get("from"), data.get("to")
        for value in (low, high):
            if value is not None and (not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 120):
                raise BadCondition(f"an age is a whole number from 0 to 120, not {value!r}")
        if low is None and high is None:
            raise BadCondition("an age needs from or to")
        if low is not None and high is not None and low > high:
            raise BadCondition(f"the age range is empty: from {low} to {high}")
        return cls(low, high)

    def __contains__(self, age: int) -> bool:
        return (self.low is None or age >= self.low) and (self.high is None or age <= self.high)

    @property
    def limits(self) -> frozenset[int]:
        """Return the ages on both sides of each end."""
        ends: set[int] = set()
        if self.low is not None:
            ends |= {self.low - 1, self.low}
        if self.high is not None:
            ends |= {self.high, self.high + 1}
        return frozenset(age for age in ends if age >= 0)

    def say(self, between: str, at_least: tuple[str, str], at_most: tuple[str, str], whatever: str) -> Sentence:
        """Return the sentence for the shape of this range; each text has its gaps `{low}` and `{high}`, or `{n}`, or none."""
        if not self.low:
            return sentence(whatever) if self.high is None else counted(*at_most, count=self.high)
        if self.high is None:
            return counted(*at_least, count=self.low)
        return sentence(between, low=self.low, high=self.high)


def _outcome(fact: bool) -> Outcome:
    return MET if fact else NOT_MET


@dataclass(frozen=True)
class Age(Condition):
    """The age of the person who answers."""

    kind: ClassVar[str] = "age"
    ages: AgeRange

    def evaluate(self, answers: Answers) -> Outcome:
        age = answers.get("age")
        return _outcome(age in self.ages) if isinstance(age, int) else UNKNOWN

    def open_questions(self, answers: Answers) -> tuple[str, ...]:
        return ("age",)

    def rule(self) -> Sentence:
        return _age_rule(self.ages)

    def because(self, answers: Answers) -> Sentence:
        return _age_met(self.ages)

    def limits(self) -> Mapping[str, frozenset[int]]:
        return {"age": self.ages.limits}


@dataclass(frozen=True)
class ChildAge(Condition):
    """She is a parent of, or cares for, a child of that age (whole years)."""

    kind: ClassVar[str] = "child_age"
    ages: AgeRange

    def evaluate(self, answers: Answers) -> Outcome:
        children = answers.get("children")
        return _outcome(any(age in self.ages for age in children)) if isinstance(children, tuple) else UNKNOWN

    def open_questions(self, answers: Answers) -> tuple[str, ...]:
        return ("children",)

    def rule(self) -> Sentence:
        return _child_rule(self.ages)

    def because(self, answers: Answers) -> Sentence:
        return _child_met(self.ages)

    def limits(self) -> Mapping[str, frozenset[int]]:
        return {"children": self.ages.limits}


@dataclass(frozen=True)
class BabyMonths(Condition):
    """The same in whole months, for children under two; older children settle it without the question."""

    kind: ClassVar[str] = "baby_months"
    ages: AgeRange

    def evaluate(self, answers: Answers) -> Outcome:
        children = answers.get("children")
        if isinstance(children, tuple) and not any(age in self._years for age in children):
            return NOT_MET
        months = answers.get("babies")
        return _outcome(any(month in self.ages for month in months)) if isinstance(months, tuple) else UNKNOWN

    @property
    def _years(self) -> AgeRange:
        return AgeRange((self.ages.low or 0) // 12, (23 if self.ages.high is None else self.ages.high) // 12)

    def open_questions(self, answers: Answers) -> tuple[str, ...]:
        return ("babies",) if isinstance(answers.get("children"), tuple) else ("children",)

    def rule(self) -> Sentence:
        return self.ages.say(
            fixed("För föräldrar till barn som är {low} till {high} månader."),
            forms("För föräldrar till barn som är {n} månad eller äldre.", "För föräldrar till barn som är {n} månader eller äldre."),
            forms("För föräldrar till barn som är högst {n} månad.", "För föräldrar till barn som är högst {n} månader."),
            fixed("För föräldrar till barn under två år."),
        )

    def because(self, answers: Answers) -> Sentence:
        return self.ages.say(
            fixed("Du har ett barn som är {low} till {high} månader."),
            forms("Du har ett barn som är {n} månad eller äldre.", "Du har ett barn som är {n} månader eller äldre."),
            forms("Du har ett barn som är högst {n} månad.", "Du har ett barn som är högst {n} månader."),
            fixed("Du har ett barn under två år."),
        )

    def limits(self) -> Mapping[str, frozenset[int]]:
        return {"babies": self.ages.limits, "children": self._years.limits}


YOUNGEST_PARENT = 16
"""Under this age a person who asks is herself the child, even when she answers "we as a family"."""


@dataclass(frozen=True)
class RecipientAge(Condition):
    """The age of the one the support is given to: herself, or one of the children when she asks for a child.

    The age of the person who answers comes first: of the young it settles the question, and who it is for need not be asked.
    """

    kind: ClassVar[str] = "recipient_age"
    ages: AgeRange

    def evaluate(self, answers: Answers) -> Outcome:
        own = Age(self.ages).evaluate(answers)
        whom, age = answers.get("for"), answers.get("age")
        if whom in ("me", "relative") or (isinstance(age, int) and age < YOUNGEST_PARENT):
            return own
        child = ChildAge(self.ages).evaluate(answers)
        return child if whom == "child" or own is child else UNKNOWN

    def open_questions(self, answers: Answers) -> tuple[str, ...]:
        whom, age = answers.get("for"), answers.get("age")
        if whom in ("me", "relative") or age is None:
            return ("age",) if whom != "child" else ("children",)
        return ("children",) if whom == "child" else ("for",)

    def rule(self) -> Sentence:
        return _age_rule(self.ages)

    def because(self, answers: Answers) -> Sentence:
        age = answers.get("age")
        for_child = answers.get("for") == "child" and not (isinstance(age, int) and age < YOUNGEST_PARENT)
        return _recipient_child_met(self.ages) if for_child else _age_met(self.ages)

    def limits(self) -> Mapping[str, frozenset[int]]:
        return {"age": self.ages.limits | {YOUNGEST_PARENT - 1, YOUNGEST_PARENT}, "children": self.ages.limits}


@cache
def _age_rule(ages: AgeRange) -> Sentence:
    return ages.say(
        fixed("För den som är mellan {low} och {high} år."),
        forms("För den som är {n} år eller äldre.", "För den som är {n} år eller äldre."),
        forms("För den som är högst {n} år.", "För den som är högst {n} år."),
        fixed("För alla åldrar."),
    )


@cache
def _age_met(ages: AgeRange) -> Sentence:
    return ages.say(
        fixed("Du är mellan {low} och {high} år."),
        forms("Du är {n} år eller äldre.", "Du är {n} år eller äldre."),
        forms("Du är högst {n} år.", "Du är högst {n} år."),
        fixed("Det är för alla åldrar."),
    )


@cache
def _child_rule(ages: AgeRange) -> Sentence:
    return ages.say(
        fixed("För den som har barn mellan {low} och {high} år."),
        forms("För den som har barn som är {n} år eller äldre.", "För den som har barn som är {n} år eller äldre."),
        forms("För den som har barn som är högst {n} år.", "För den som har barn som är högst {n} år."),
        fixed("För den som har barn."),
    )


@cache
def _child_met(ages: AgeRange) -> Sentence:
    return ages.say(
        fixed("Du har barn mellan {low} och {high} år."),
        forms("Du har barn som är {n} år eller äldre.", "Du har barn som är {n} år eller äldre."),
        forms("Du har barn som är högst {n} år.", "Du har barn som är högst {n} år."),
        fixed("Du har barn."),
    )


@cache
def _recipient_child_met(ages: AgeRange) -> Sentence:
    return ages.say(
        fixed("Barnet är mellan {low} och {high} år."),
        forms("Barnet är {n} år eller äldre.", "Barnet är {n} år eller äldre."),
        forms("Barnet är högst {n} år.", "Barnet är högst {n} år."),
        fixed("Det är för barn i alla åldrar."),
    )


# -------------------------------------------------------------------------------- where, who and what


RESIDENCE_RULES: Mapping[str, Sentence] = {
    "registered": sentence("är folkbokförd i kommunen"),
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
}


@dataclass(frozen=True)
class Residence(Condition):
    """Who must live where, as the entry puts it. Folkbokföring alone is never the law's test (29 kap. 1 §)."""

    kind: ClassVar[str] = "residence"
    allowed: tuple[str, ...]

    def evaluate(self, answers: Answers) -> Outcome:
        lives = answers.get("residence")
        return UNKNOWN if lives is None else _outcome(lives in self.allowed)

    def open_questions(self, answers: Answers) -> tuple[str, ...]:
        return ("residence",)

    def rule(self) -> Sentence:
        return sentence("För den som: {who}.", who=tuple(RESIDENCE_RULES[option] for option in self.allowed))

    def because(self, answers: Answers) -> Sentence:
        return RESIDENCE_MET[str(answers["residence"])]


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
        return UNKNOWN if whom is None else _outcome(whom in self.allowed)

    def open_questions(self, answers: Answers) -> tuple[str, ...]:
        return ("for",)

    def rule(self) -> Sentence:
        return sentence("{rules}", rules=tuple(FOR_RULES[whom] for whom in self.allowed))

    def because(self, answers: Answers) -> Sentence:
        return FOR_RULES[str(answers["for"])]


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
            elif self._may_be_about(topic, answers):
                unknown = True
        return UNKNOWN if unknown else NOT_MET

    @staticmethod
    def _may_be_about(topic: str, answers: Answers) -> bool:
        topics = answers.get("topics")
        return not isinstance(topics, frozenset) or topic in topics

    def open_questions(self, answers: Answers) -> tuple[str, ...]:
        if not isinstance(answers.get("topics"), frozenset):
            return ("topics",)
        return tuple(topic for topic, _ in self.options if answers.get(topic) is None and self._may_be_about(topic, answers))

    def rule(self) -> Sentence:
        return sentence("Det gäller någon av de här situationerna: {what}.", what=tuple(self._named(None)))

    def because(self, answers: Answers) -> Sentence:
        return sentence("Du svarade: {what}.", what=tuple(self._named(answers)))

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
        return UNKNOWN if born is None else _outcome(born == "yes")

    def open_questions(self, answers: Answers) -> tuple[str, ...]:
        return ("born_abroad",)

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
        return UNKNOWN if has is None else _outcome(has == "yes")

    def open_questions(self, answers: Answers) -> tuple[str, ...]:
        return ("referral",)

    def rule(self) -> Sentence:
        return sentence("För den som har en remiss.")

    def because(self, answers: Answers) -> Sentence:
        return sentence("Du har en remiss.")


ACUTE_NEEDS: Mapping[str, tuple[tuple[str, frozenset[str]], ...]] = {
    # topic → the options that make it acute; an empty set: the topic alone does. 29 kap. 4 §.
    "violence": (("violence", frozenset()),),
    "shelter": (("housing", frozenset({"tonight"})), ("violence", frozenset({"needs_shelter"}))),
    "crisis": (("wellbeing", frozenset({"crisis"})),),
    "child_at_risk": (("violence", frozenset({"child_witnessed"})), ("parenting", frozenset({"police_interview"}))),
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
        return _outcome(bool(wanted & chosen)) if isinstance(chosen, frozenset) else UNKNOWN

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

    def rule(self) -> Sentence:
        return sentence("Är det akut får du hjälp, var du än bor.")

    def because(self, answers: Answers) -> Sentence:
        return sentence("Det är akut. Då hjälper kommunen dig där du är.")


def acute_needs(answers: Answers) -> frozenset[str]:
    """Return the acute needs that the answers show (keys of ACUTE_NEEDS)."""
    return frozenset(need for need in ACUTE_NEEDS if Acute((need,)).evaluate(answers) is MET)


# ---------------------------------------------------------------------------------------- put together


@dataclass(frozen=True)
class Any(Condition):
    """At least one of its parts."""

    kind: ClassVar[str] = "any"
    parts: tuple[Condition, ...]

    def evaluate(self, answers: Answers) -> Outcome:
        outcomes = [part.evaluate(answers) for part in self.parts]
        return MET if MET in outcomes else UNKNOWN if UNKNOWN in outcomes else NOT_MET

    def open_questions(self, answers: Answers) -> tuple[str, ...]:
        return _open_questions(self.parts, answers)

    def rule(self) -> Sentence:
        return sentence("Något av detta: {rules}", rules=tuple(part.rule() for part in self.parts))

    def because(self, answers: Answers) -> Sentence:
        return next(part.because(answers) for part in self.parts if part.evaluate(answers) is MET)

    def limits(self) -> Mapping[str, frozenset[int]]:
        return joined_limits(self.parts)


@dataclass(frozen=True)
class All(Condition):
    """All of its parts."""

    kind: ClassVar[str] = "all"
    parts: tuple[Condition, ...]

    def evaluate(self, answers: Answers) -> Outcome:
        outcomes = [part.evaluate(answers) for part in self.parts]
        return NOT_MET if NOT_MET in outcomes else UNKNOWN if UNKNOWN in outcomes else MET

    def open_questions(self, answers: Answers) -> tuple[str, ...]:
        return _open_questions(self.parts, answers)

    def rule(self) -> Sentence:
        return sentence("{rules}", rules=tuple(part.rule() for part in self.parts))

    def because(self, answers: Answers) -> Sentence:
        return sentence("{rules}", rules=tuple(part.because(answers) for part in self.parts))

    def limits(self) -> Mapping[str, frozenset[int]]:
        return joined_limits(self.parts)


@dataclass(frozen=True)
class Not(Condition):
    """The opposite of its part."""

    kind: ClassVar[str] = "not"
    part: Condition

    def evaluate(self, answers: Answers) -> Outcome:
        outcome = self.part.evaluate(answers)
        return UNKNOWN if outcome is UNKNOWN else _outcome(outcome is NOT_MET)

    def open_questions(self, answers: Answers) -> tuple[str, ...]:
        return self.part.open_questions(answers)

    def rule(self) -> Sentence:
        return sentence("Det här får inte stämma: {rule}", rule=self.part.rule())

    def limits(self) -> Mapping[str, frozenset[int]]:
        return self.part.limits()


def _open_questions(parts: Sequence[Condition], answers: Answers) -> tuple[str, ...]:
    found = {
        question: None for part in parts if part.evaluate(answers) is UNKNOWN for question in part.open_questions(answers)
    }
    return tuple(found)


def joined_limits(parts: Sequence[Condition]) -> dict[str, frozenset[int]]:
    """Return the limits of several conditions together."""
    limits: dict[str, frozenset[int]] = {}
    for part in parts:
        for question, numbers in part.limits().items():
            limits[question] = limits.get(question, frozenset()) | numbers
    return limits


# ------------------------------------------------------------------- derived from the insats, never written


@dataclass(frozen=True)
class Guardian(Condition):
    """A child gets a direct insats only with a guardian's consent, or from 15 where the nämnd found it suitable (21 kap. 2 §)."""

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
        age, whom = answers.get("age"), answers.get("for")
        if not isinstance(age, int):
            return ("age",)
        if age >= YOUNGEST_PARENT and whom is None and "for" not in answers:
            return ("for",)
        return ("guardian_consent",)

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

    def rule(self) -> Sentence:
        return sentence("Kommunen eller en annan myndighet bjuder in dig.")

    def needs(self, answers: Answers) -> str | None:
        return "invitation"


# --------------------------------------------------------------------------------------- read from data


SituationNames = Mapping[str, Mapping[str, Sentence]]
"""Topic → option id → the option's name, from the question bank."""


def read_condition(data: object, names: SituationNames) -> Condition:
    """Read one condition from data; raise BadCondition when the closed list has no such thing."""
    if not isinstance(data, Mapping) or len(data) != 1:
        raise BadCondition("a condition is one kind with its value, for example {age: {from: 18}}")
    kind, value = next(iter(data.items()))
    reader = _READERS.get(str(kind))
    if reader is None:
        raise BadCondition(f"there is no condition {kind!r}; there are: {', '.join(_READERS)}")
    return reader(value, names)


def _read_options(value: object, known: Mapping[str, object], kind: str) -> tuple[str, ...]:
    if not isinstance(value, Sequence) or isinstance(value, str) or not value:
        raise BadCondition(f"{kind} is a list of: {', '.join(known)}")
    for option in value:
        if option not in known:
            raise BadCondition(f"{kind} has no {option!r}; it has: {', '.join(known)}")
    if len(set(value)) != len(value):
        raise BadCondition(f"{kind} names an option twice")
    return tuple(value)


def _read_flag(kind: str, condition: Condition) -> Callable[[object, SituationNames], Condition]:
    def read(value: object, names: SituationNames) -> Condition:
        if value is not True:
            raise BadCondition(f"{kind} is written {kind}: true")
        return condition

    return read


def _read_situation(value: object, names: SituationNames) -> Condition:
    if not isinstance(value, Mapping) or not value:
        raise BadCondition("situation is {topic: [options]}")
    options: list[tuple[str, frozenset[str]]] = []
    said: dict[tuple[str, str], Sentence] = {}
    for topic, wanted in value.items():
        if topic not in names:
            raise BadCondition(f"situation: no topic {topic!r} has a follow-up question")
        chosen = _read_options(wanted, names[topic], f"situation {topic}")
        options.append((topic, frozenset(chosen)))
        said.update({(topic, option): names[topic][option] for option in chosen})
    return Situation(tuple(options), said)


def _read_parts(value: object, names: SituationNames, kind: str) -> tuple[Condition, ...]:
    if not isinstance(value, Sequence) or isinstance(value, str) or len(value) < 2:
        raise BadCondition(f"{kind} is a list of at least two conditions")
    return tuple(read_condition(part, names) for part in value)


_READERS: dict[str, Callable[[object, SituationNames], Condition]] = {
    "age": lambda value, names: Age(AgeRange.read(value)),
    "child_age": lambda value, names: ChildAge(AgeRange.read(value)),
    "baby_months": lambda value, names: BabyMonths(AgeRange.read(value)),
    "recipient_age": lambda value, names: RecipientAge(AgeRange.read(value)),
    "residence": lambda value, names: Residence(_read_options(value, RESIDENCE_RULES, "residence")),
    "for": lambda value, names: For(_read_options(value, FOR_RULES, "for")),
    "situation": _read_situation,
    "born_abroad": _read_flag("born_abroad", BornAbroad()),
    "referral": _read_flag("referral", Referral()),
    "acute": lambda value, names: Acute(_read_options(value, ACUTE_NEEDS, "acute")),
    "any": lambda value, names: Any(_read_parts(value, names, "any")),
    "all": lambda value, names: All(_read_parts(value, names, "all")),
    "not": lambda value, names: Not(read_condition(value, names)),
}

KINDS: tuple[str, ...] = tuple(_READERS)
"""The closed list, as written in data."""
