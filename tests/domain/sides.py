"""Answers on both sides of every limit of a condition, and whether they meet it."""

from collections.abc import Callable, Iterator

from portal.domain.catalogue.age_ranges import AgeRange
from portal.domain.catalogue.ages import Age, BabyMonths, ChildAge, RecipientAge
from portal.domain.catalogue.answers import Answers
from portal.domain.catalogue.condition import Condition
from portal.domain.catalogue.facts import Acute, BornAbroad, For, Referral, Residence, Situation
from portal.domain.catalogue.ways_in import Guardian

Side = tuple[Answers, bool]


def around(ages: AgeRange) -> Iterator[tuple[int, bool]]:
    """Yield the ages just outside and just inside of each end."""
    if ages.low:
        yield ages.low - 1, False
    if ages.low is not None:
        yield ages.low, True
    if ages.high is not None:
        yield ages.high, True
        yield ages.high + 1, False


def age_sides(condition: Age) -> Iterator[Side]:
    """Yield her own age."""
    for age, is_met in around(condition.ages):
        yield {"age": age}, is_met


def child_sides(condition: ChildAge) -> Iterator[Side]:
    """Yield the age of one child, and no child."""
    yield {"children": ()}, False
    for age, is_met in around(condition.ages):
        yield {"children": (age,)}, is_met


def baby_sides(condition: BabyMonths) -> Iterator[Side]:
    """Yield the months of one baby, and no baby."""
    yield {"children": (5,)}, False
    for months, is_met in around(condition.ages):
        yield {"children": (months // 12,), "babies": (months,)}, is_met


def recipient_sides(condition: RecipientAge) -> Iterator[Side]:
    """Yield her own age when it is for herself, and the child's when it is for a child."""
    for age, is_met in around(condition.ages):
        yield {"for": "me", "age": age}, is_met
        yield {"for": "child", "age": 40, "children": (age,)}, is_met


def guardian_sides(condition: Guardian) -> Iterator[Side]:
    """Yield the last age that needs a consent, without one, and the first that does not."""
    yield {"age": condition.alone_from - 1, "for": "me", "guardian_consent": "no"}, False
    yield {"age": condition.alone_from, "for": "me", "guardian_consent": "no"}, True


def residence_sides(condition: Residence) -> Iterator[Side]:
    """Yield every answer to where she lives; who is registered herself is so wherever her child is."""
    own = {"registered", "child_elsewhere"} if "registered" in condition.allowed else set()
    child_s = {"registered", "child_only"} if "child_registered" in condition.allowed else set()
    for lives in ("registered", "child_elsewhere", "staying", "child_only", "relative_only", "neighbour", "pupil"):
        yield {"residence": lives}, lives in {*condition.allowed, *own, *child_s}
    yield {"residence": "elsewhere"}, False


def for_sides(condition: For) -> Iterator[Side]:
    """Yield everybody it can be for."""
    for whom in ("me", "child", "relative"):
        yield {"for": whom}, whom in condition.allowed


def situation_sides(condition: Situation) -> Iterator[Side]:
    """Yield each named situation alone, none of them, and others."""
    topics = [topic for topic, _ in condition.options]
    for ticked in ((), ("another",)):
        yield {"topics": frozenset(topics), **{topic: frozenset(ticked) for topic in topics}}, False
    for topic, options in condition.options:
        for option in options:
            yield {"topics": frozenset({topic}), topic: frozenset({option})}, True


def acute_sides(condition: Acute) -> Iterator[Side]:
    """Yield the answers that show each need, as the law's needs are told in the self-check, and another topic."""
    told = {
        "violence": ("violence", "victim"),
        "shelter": ("housing", "tonight"),
        "crisis": ("wellbeing", "crisis"),
        "child_at_risk": ("parenting", "police_interview"),
    }
    yield {"topics": frozenset({"money"})}, False
    for need in condition.acute_needs:
        topic, option = told[need]
        yield {"topics": frozenset({topic}), topic: frozenset({option})}, True


def born_abroad_sides(condition: BornAbroad) -> Iterator[Side]:
    """Yield yes and no."""
    yield {"born_abroad": "yes"}, True
    yield {"born_abroad": "no"}, False


def referral_sides(condition: Referral) -> Iterator[Side]:
    """Yield yes and no."""
    yield {"referral": "yes"}, True
    yield {"referral": "no"}, False


BY_KIND: dict[type[Condition], Callable[..., Iterator[Side]]] = {
    Age: age_sides,
    ChildAge: child_sides,
    BabyMonths: baby_sides,
    RecipientAge: recipient_sides,
    Guardian: guardian_sides,
    Residence: residence_sides,
    For: for_sides,
    Situation: situation_sides,
    Acute: acute_sides,
    BornAbroad: born_abroad_sides,
    Referral: referral_sides,
}


def both_sides(condition: Condition) -> list[Side]:
    """Return the sides of one condition that is not put together of others."""
    return list(BY_KIND[type(condition)](condition))
