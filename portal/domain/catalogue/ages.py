"""Conditions about age: of the person who answers, of her children, of the one the support is given to."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import ClassVar

from portal.domain.catalogue.age_range import AgeRange
from portal.domain.catalogue.answers import Answers
from portal.domain.catalogue.condition import NOT_MET, UNKNOWN, Condition, Outcome, outcome_of
from portal.domain.sentences import Sentence, fixed, forms


@dataclass(frozen=True)
class Age(Condition):
    """The age of the person who answers."""

    kind: ClassVar[str] = "age"
    ages: AgeRange

    def evaluate(self, answers: Answers) -> Outcome:
        age = answers.get("age")
        return outcome_of(age in self.ages) if isinstance(age, int) else UNKNOWN

    def open_questions(self, answers: Answers) -> tuple[str, ...]:
        return ("age",)

    @cached_property
    def rule(self) -> Sentence:
        return _age_rule(self.ages)

    def because(self, answers: Answers) -> Sentence:
        return _age_met(self.ages)

    def is_worth_saying(self, answers: Answers) -> bool:
        return self.ages.is_narrow

    def limits(self) -> Mapping[str, frozenset[int]]:
        return {"age": self.ages.limits}


YOUNGEST_PARENT = 16
"""Under this age a person who asks is herself the child, even when she answers "we as a family"."""


def is_a_child(answers: Answers) -> bool:
    """Return whether the one who answers is too young to be asked about children of her own."""
    age = answers.get("age")
    return isinstance(age, int) and age < YOUNGEST_PARENT


def is_taken_for_childless(answers: Answers) -> bool:
    """Return whether nobody would ask her about children: a child, or one under 18 who asks about something else."""
    age, topics = answers.get("age"), answers.get("topics")
    is_about_others = isinstance(topics, frozenset) and "parenting" not in topics and answers.get("for") == "me"
    return is_a_child(answers) or (isinstance(age, int) and age < _GROWN_UP and is_about_others)


_GROWN_UP = 18


@dataclass(frozen=True)
class ChildAge(Condition):
    """She is a parent of, or cares for, a child of that age (whole years)."""

    kind: ClassVar[str] = "child_age"
    ages: AgeRange

    def evaluate(self, answers: Answers) -> Outcome:
        children = answers.get("children")
        if isinstance(children, tuple):
            return outcome_of(any(age in self.ages for age in children))
        return NOT_MET if is_taken_for_childless(answers) else UNKNOWN

    def open_questions(self, answers: Answers) -> tuple[str, ...]:
        return ("children",)

    @cached_property
    def rule(self) -> Sentence:
        return _child_rule(self.ages)

    def because(self, answers: Answers) -> Sentence:
        return _child_met(self.ages)

    def limits(self) -> Mapping[str, frozenset[int]]:
        return {"children": self.ages.limits}


OLDEST_BABY = 23
"""Months: nobody is asked for the months of a child of two years or more."""


@dataclass(frozen=True)
class BabyMonths(Condition):
    """The same in whole months, for children under two; older children settle it without the question."""

    kind: ClassVar[str] = "baby_months"
    ages: AgeRange

    def evaluate(self, answers: Answers) -> Outcome:
        children = answers.get("children")
        if isinstance(children, tuple) and not any(age in self._years for age in children):
            return NOT_MET
        if children is None and is_taken_for_childless(answers):
            return NOT_MET
        months = answers.get("babies")
        return outcome_of(any(month in self.ages for month in months)) if isinstance(months, tuple) else UNKNOWN

    @property
    def _years(self) -> AgeRange:
        return AgeRange((self.ages.low or 0) // 12, (OLDEST_BABY if self.ages.high is None else self.ages.high) // 12)

    def open_questions(self, answers: Answers) -> tuple[str, ...]:
        return ("babies",) if isinstance(answers.get("children"), tuple) else ("children",)

    @cached_property
    def rule(self) -> Sentence:
        return self.ages.say(
            fixed("För föräldrar till barn som är {low} till {high} månader."),
            forms(
                "För föräldrar till barn som är {n} månad eller äldre.",
                "För föräldrar till barn som är {n} månader eller äldre.",
            ),
            forms(
                "För föräldrar till barn som är högst {n} månad.", "För föräldrar till barn som är högst {n} månader."
            ),
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


@dataclass(frozen=True)
class RecipientAge(Condition):
    """The age of the one the support is given to: herself, one of the children, or the one she helps.

    The age of the person who answers comes first: of the young it settles the question without asking whom it is for.
    Who helps somebody is asked how old that one is: her own age says nothing of it.
    """

    kind: ClassVar[str] = "recipient_age"
    ages: AgeRange

    def evaluate(self, answers: Answers) -> Outcome:
        own = Age(self.ages).evaluate(answers)
        whom = answers.get("for")
        if whom == "me" or is_a_child(answers):
            return own
        if whom == "relative":
            helped = answers.get("helped_age")
            return outcome_of(helped in self.ages) if isinstance(helped, int) else UNKNOWN
        child = ChildAge(self.ages).evaluate(answers)
        return child if whom == "child" else UNKNOWN

    def open_questions(self, answers: Answers) -> tuple[str, ...]:
        whom = answers.get("for")
        asked = {"me": ("age",), "relative": ("helped_age",), "child": ("children", "age")}
        order = asked.get(str(whom), ("age", "for", "children"))
        return tuple(question for question in order if answers.get(question) is None)

    @cached_property
    def rule(self) -> Sentence:
        return _age_rule(self.ages)

    def because(self, answers: Answers) -> Sentence:
        if answers.get("for") == "relative" and not is_a_child(answers):
            return _helped_met(self.ages)
        for_child = answers.get("for") == "child" and not is_a_child(answers)
        return _recipient_child_met(self.ages) if for_child else _age_met(self.ages)

    def is_worth_saying(self, answers: Answers) -> bool:
        return self.ages.is_narrow

    def limits(self) -> Mapping[str, frozenset[int]]:
        return {
            "age": self.ages.limits | {YOUNGEST_PARENT - 1, YOUNGEST_PARENT},
            "children": self.ages.limits,
            "helped_age": self.ages.limits,
        }


@cache
def _age_rule(ages: AgeRange) -> Sentence:
    return ages.say(
        fixed("För den som är mellan {low} och {high} år."),
        forms("För den som är {n} år eller äldre.", "För den som är {n} år eller äldre."),
        forms("För den som är högst {n} år.", "För den som är högst {n} år."),
        fixed("För alla åldrar."),
    )


@cache
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
@cache
def _child_met(ages: AgeRange) -> Sentence:
    return ages.say(
        fixed("Du har barn mellan {low} och {high} år."),
        forms("Du har barn som är {n} år eller äldre.", "Du har barn som är {n} år eller äldre."),
        forms("Du har barn som är högst {n} år.", "Du har barn som är högst {n} år."),
        fixed("Du har barn."),
    )


@cache
@cache
def _recipient_child_met(ages: AgeRange) -> Sentence:
    return ages.say(
        fixed("Barnet är mellan {low} och {high} år."),
        forms("Barnet är {n} år eller äldre.", "Barnet är {n} år eller äldre."),
        forms("Barnet är högst {n} år.", "Barnet är högst {n} år."),
        fixed("Det är för barn i alla åldrar."),
    )


@cache
@cache
def _helped_met(ages: AgeRange) -> Sentence:
    return ages.say(
        fixed("Den du stöttar är mellan {low} och {high} år."),
        forms("Den du stöttar är {n} år eller äldre.", "Den du stöttar är {n} år eller äldre."),
        forms("Den du stöttar är högst {n} år.", "Den du stöttar är högst {n} år."),
        fixed("Det är för alla åldrar."),
    )
