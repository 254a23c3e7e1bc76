"""What a kommun offers: an insats with its parts, how much of it, what it costs and what it rests on."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from portal.domain.catalogue.ages import Age, AgeRange, BabyMonths, ChildAge, RecipientAge
from portal.domain.catalogue.condition import Condition
from portal.domain.catalogue.ways_in import INVITATION_NEEDED, REFERRAL_NEEDED, guardian_from
from portal.domain.sentences import Sentence

ROUTES = ("direct", "assessed", "other")


ACCESSES = ("self", "referral", "invited")


REGIMES = ("full", "advice", "no_identity", "partly", "not_stated")


COSTS = ("free", "fee", "not_stated")


STARTERS = ("court", "authority")


FREQUENCIES = ("day", "several_times_a_week", "week", "two_weeks", "month")


PLACES = ("office", "home", "phone", "online", "school", "open_house")


FORMS = (
    "contact_person",
    "contact_family",
    "family_home",
    "lvm_home",
    "youth_home",
    "round_the_clock",
    "special_housing",
    "financial",
    "lss",
    "none",
)
"""What 11 kap. 5 § sets apart, and what other laws do: data says which one an insats is, or none."""


GROWN_UP = 18


@dataclass(frozen=True, slots=True)
class Span:
    """A number or a range of numbers; without a low end it is "up to"."""

    low: int | None
    high: int


@dataclass(frozen=True, slots=True)
class How:
    """How much: meetings, minutes each, how often, how long (weeks or months), group size, where."""

    meetings: Span | None = None
    minutes: Span | None = None
    every: str | None = None
    weeks: Span | None = None
    months: Span | None = None
    group: Span | None = None
    places: tuple[str, ...] = ()
    note: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Cost:
    """What it costs, as far as the source says."""

    kind: str
    note: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Documentation:
    """What is written down: the regime, the paragraph the source cites and the enacted one beside it (SoL 14:3–5)."""

    regime: str
    cited: str | None
    enacted: str | None
    note: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """The nämnd's decision that an insats rests on."""

    id: str
    board: str
    number: str | None
    date: date | None


@dataclass(frozen=True, slots=True)
class Source:
    """Where an entry comes from: the document's file name and its heading there."""

    document: str
    heading: str


@dataclass(frozen=True)
class Part:
    """One method or group within an insats, with its own ages and lengths."""

    id: str
    name: Sentence
    summary: Sentence
    conditions: tuple[Condition, ...]
    how: How


@dataclass(frozen=True)
class Insats:
    """One thing a kommun offers. `conditions` are those of the source; `rules` add what the law derives from it.

    form: one of FORMS, for the law's guard; target_ages: what the source calls its target group, where its villkor
    say otherwise; statutory: the offers of data/law.yaml that it is; skr: the rows of SKR's list that it realises;
    by_law: the paragraph, for an entry that the portal adds because the kommun's source is silent; in_groups: it is
    given to groups that one signs up for.
    """

    id: str
    name: Sentence
    route: str
    access: str
    topics: frozenset[str]
    summary: Sentence
    audience: Sentence
    happens: tuple[Sentence, ...]
    guidance: tuple[Sentence, ...]
    search: tuple[Sentence, ...]
    how: How
    cost: Cost
    conditions: tuple[Condition, ...]
    parts: tuple[Part, ...]
    without_guardian_from: int | None
    documentation: Documentation
    decision: Decision
    source: Source
    contact: str
    application: str | None = None
    started_by: str | None = None
    form: str | None = None
    special_reasons: str | None = None
    target_ages: AgeRange | None = None
    statutory: tuple[str, ...] = ()
    skr: tuple[str, ...] = ()
    by_law: str | None = None
    in_groups: bool = False

    @cached_property
    def rules(self) -> tuple[Condition, ...]:
        """Return every condition that decides: the source's own and those the law and the way in add."""
        derived: list[Condition] = []
        alone_from = self.without_guardian_from or GROWN_UP
        if self.route == "direct" and may_be_for_somebody_under(alone_from, self.conditions):
            derived.append(guardian_from(alone_from))
        if self.access == "referral":
            derived.append(REFERRAL_NEEDED)
        if self.access == "invited":
            derived.append(INVITATION_NEEDED)
        return self.conditions + tuple(derived)

    @property
    def is_open(self) -> bool:
        """Whether a person can start it herself, now or by applying: not one that a court or authority starts."""
        return self.started_by is None


def may_be_for_somebody_under(age: int, conditions: tuple[Condition, ...]) -> bool:
    """Return whether the one who gets it may be younger than `age` years: no condition makes her older, or a parent."""
    for condition in conditions:
        if isinstance(condition, Age | RecipientAge) and (condition.ages.low or 0) >= age:
            return False
        if isinstance(condition, BabyMonths | ChildAge):
            return False
    return True
