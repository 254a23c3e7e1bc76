"""A range of ages, and how conditions about ages are said."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from portal.domain.catalogue.condition import BadCondition
from portal.domain.sentences import Sentence, counted, fixed, forms, sentence


@dataclass(frozen=True)
class AgeRange:
    """Whole years or months, both ends included; None is open."""

    low: int | None
    high: int | None

    @classmethod
    def read(cls, data: object, highest: int = 120) -> "AgeRange":
        """Read `{from, to}`; raise BadCondition when neither is given, a value is over `highest`, or they cross."""
        if not isinstance(data, Mapping) or not data or set(data) - {"from", "to"}:
            raise BadCondition("an age is {from: …, to: …} with at least one of them")
        low, high = data.get("from"), data.get("to")
        for value in (low, high):
            if value is not None and (
                not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= highest
            ):
                raise BadCondition(f"an age is a whole number from 0 to {highest}, not {value!r}")
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

    @property
    def is_narrow(self) -> bool:
        """Return whether it leaves out most grown-ups: an end above, or a beginning when one is old."""
        return self.high is not None or (self.low or 0) > _MANY_ARE

    def say(self, between: str, at_least: tuple[str, str], at_most: tuple[str, str], whatever: str) -> Sentence:
        """Return the sentence for the shape of this range; the gaps are `{low}` and `{high}`, or `{n}`, or none."""
        if not self.low:
            return sentence(whatever) if self.high is None else counted(*at_most, count=self.high)
        if self.high is None:
            return counted(*at_least, count=self.low)
        return sentence(between, low=self.low, high=self.high)


_MANY_ARE = 21
"""Years: that somebody is so old is no reason to tell her."""


@cache
def age_rule(ages: AgeRange) -> Sentence:
    """Say for whom something is, by her own age."""
    return ages.say(
        fixed("För den som är mellan {low} och {high} år."),
        forms("För den som är {n} år eller äldre.", "För den som är {n} år eller äldre."),
        forms("För den som är högst {n} år.", "För den som är högst {n} år."),
        fixed("För alla åldrar."),
    )


@cache
def age_met(ages: AgeRange) -> Sentence:
    """Say that her own age is within a range."""
    return ages.say(
        fixed("Du är mellan {low} och {high} år."),
        forms("Du är {n} år eller äldre.", "Du är {n} år eller äldre."),
        forms("Du är högst {n} år.", "Du är högst {n} år."),
        fixed("Det är för alla åldrar."),
    )


@cache
def child_rule(ages: AgeRange) -> Sentence:
    """Say for whom something is, by the ages of her children."""
    return ages.say(
        fixed("För den som har barn mellan {low} och {high} år."),
        forms("För den som har barn som är {n} år eller äldre.", "För den som har barn som är {n} år eller äldre."),
        forms("För den som har barn som är högst {n} år.", "För den som har barn som är högst {n} år."),
        fixed("För den som har barn."),
    )


@cache
def child_met(ages: AgeRange) -> Sentence:
    """Say that a child of hers is within a range."""
    return ages.say(
        fixed("Du har barn mellan {low} och {high} år."),
        forms("Du har barn som är {n} år eller äldre.", "Du har barn som är {n} år eller äldre."),
        forms("Du har barn som är högst {n} år.", "Du har barn som är högst {n} år."),
        fixed("Du har barn."),
    )


@cache
def recipient_child_met(ages: AgeRange) -> Sentence:
    """Say that the child who gets it is within a range."""
    return ages.say(
        fixed("Barnet är mellan {low} och {high} år."),
        forms("Barnet är {n} år eller äldre.", "Barnet är {n} år eller äldre."),
        forms("Barnet är högst {n} år.", "Barnet är högst {n} år."),
        fixed("Det är för barn i alla åldrar."),
    )


@cache
def helped_met(ages: AgeRange) -> Sentence:
    """Say that the one whom she helps is within a range."""
    return ages.say(
        fixed("Den du stöttar är mellan {low} och {high} år."),
        forms("Den du stöttar är {n} år eller äldre.", "Den du stöttar är {n} år eller äldre."),
        forms("Den du stöttar är högst {n} år.", "Den du stöttar är högst {n} år."),
        fixed("Det är för alla åldrar."),
    )
