"""A condition as it is written in data, for programs that decide by themselves."""

from typing import Any as Anything

from portal.domain.catalogue.age_range import AgeRange
from portal.domain.catalogue.ages import Age, BabyMonths, ChildAge, RecipientAge
from portal.domain.catalogue.condition import Condition
from portal.domain.catalogue.conditions import All, Any, Not
from portal.domain.catalogue.facts import Acute, For, Residence, Situation


def as_data(condition: Condition) -> dict[str, Anything]:
    """Return a condition of the closed list as `read_condition` reads it."""
    return {condition.kind: _value(condition)}


def _value(condition: Condition) -> Anything:
    if isinstance(condition, Age | ChildAge | BabyMonths | RecipientAge):
        return _ages(condition.ages)
    if isinstance(condition, Residence | For):
        return list(condition.allowed)
    if isinstance(condition, Acute):
        return list(condition.acute_needs)
    if isinstance(condition, Situation):
        return {topic: sorted(options) for topic, options in condition.options}
    if isinstance(condition, Any | All):
        return [as_data(part) for part in condition.parts]
    return as_data(condition.part) if isinstance(condition, Not) else True


def _ages(ages: AgeRange) -> dict[str, int]:
    ends = {"from": ages.low, "to": ages.high}
    return {end: age for end, age in ends.items() if age is not None}
