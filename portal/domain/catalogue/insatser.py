"""What a kommun offers: an insats with its parts, how much of it, what it costs and what it rests on."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from portal.domain.catalogue.age_range import AgeRange
from portal.domain.catalogue.ages import Age, BabyMonths, ChildAge, RecipientAge
from portal.domain.catalogue.condition import Condition
from portal.domain.catalogue.conditions import flatten
from portal.domain.catalogue.facts import Acute, Situation
from portal.domain.catalogue.fits import HEAVINESS, PLACEMENT, Fits
from portal.domain.catalogue.ways_in import INVITATION_NEEDED, REFERRAL_NEEDED, guardian_from
from portal.domain.sentences import Sentence

ROUTES = ("direct", "assessed", "other")
ACCESSES = ("self", "referral", "invited")
REGIMES = ("full", "advice", "no_identity", "partly", "not_stated")
COSTS = ("free", "fee", "not_stated")
STARTERS = ("court", "authority")
FREQUENCIES = ("day", "several_times_a_week", "week", "two_weeks", "month")


RECORDS = ("count", "age", "sex", "reason", "role", "period", "problems")
"""What is always noted, also where nothing about the person is: how many, her age and sex, why, in which role …"""

FILES = ("own", "child", "family")
"""Whose file (akt) the staff write in."""

WAYS_IN = ("phone", "visit", "drop_in", "e_service", "school", "elevhalsa", "health_care", "police", "letter", "unit")
FOLLOW_UPS = ("visits", "individuals", "outcomes", "national_statistics", "survey")
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
    """What is written down: the regime, the paragraph the source cites and the enacted one beside it (SoL 14:3–5).

    records: what is always noted, of RECORDS; file: whose file it is written in, of FILES, where the source says so.
    """

    regime: str
    cited: str | None
    enacted: str | None
    note: Sentence | None = None
    records: tuple[str, ...] = ()
    file: str | None = None


@dataclass(frozen=True, slots=True)
class WayIn:
    """How one comes in, of WAYS_IN, where it is not by calling the contact; `address` of a service on the web."""

    by: str
    address: str | None = None
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
    """One method or group within an insats, with its own ages and lengths.

    decides: it has fits or a guardian rule of its own, so the insats fits exactly where one such part does. What is
    None is as in the insats.
    """

    id: str
    name: Sentence
    summary: Sentence
    conditions: tuple[Condition, ...]
    how: How
    decides: bool = False
    fits: Fits | None = None
    without_guardian_from: int | None = None
    documentation: Documentation | None = None
    contact: str | None = None
    application: str | None = None


@dataclass(frozen=True)
class Insats:
    """One thing a kommun offers. `conditions` are those of the source; `rules` add what the law derives from it.

    form: one of FORMS, for the law's guard; target_ages: what the source calls its target group, where its villkor
    say otherwise; statutory: the offers of data/law.yaml that it is; skr: the rows of SKR's list that it realises;
    by_law: the paragraph, for an entry that the portal adds because the kommun's source is silent; given_by: the
    kommun's own insatser that are this offer of the law, for those whom they reach; in_groups: it is given to groups
    that one signs up for; weight: one of HEAVINESS; order and chapter: its place in the kommun's own document;
    updated_at: when its file came to this installation as it is, None for what the law adds.
    """

    id: str
    name: Sentence
    route: str
    access: str
    fits: Fits
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
    given_by: frozenset[str] = frozenset()
    in_groups: bool = False
    weight: str = HEAVINESS[0]
    order: int = 0
    chapter: str = ""
    way_in: WayIn | None = None
    follow_up: tuple[str, ...] = ()
    review: str | None = None
    updated_at: datetime | None = field(default=None, compare=False)

    @cached_property
    def topics(self) -> frozenset[str]:
        """Return the topics under which it is found: its own, and those of its parts."""
        return self.fits.topics.union(*(part.fits.topics for part in self.parts if part.fits is not None))

    @cached_property
    def variants(self) -> tuple["Variant", ...]:
        """Return the ways in which it can fit somebody: the parts that decide, or itself."""
        deciding = [part for part in self.parts if part.decides]
        if not deciding:
            return (Variant(self, None, self.rules, self.fits),)
        return tuple(
            Variant(
                self,
                part,
                (*self.conditions, *part.conditions, *self._derived(part.without_guardian_from, part.conditions)),
                part.fits if part.fits is not None else self.fits,
            )
            for part in deciding
        )

    @cached_property
    def rules(self) -> tuple[Condition, ...]:
        """Return every condition that decides: the source's own and those the law and the way in add.

        Where parts have guardian rules of their own, what is said here is the one that asks for least.
        """
        ages = [part.without_guardian_from or GROWN_UP for part in self.parts if part.decides]
        return self.conditions + self._derived(min(ages, default=self.without_guardian_from or GROWN_UP), ())

    def _derived(self, without_guardian_from: int | None, more: tuple[Condition, ...]) -> tuple[Condition, ...]:
        derived: list[Condition] = []
        alone_from = without_guardian_from or GROWN_UP
        if self.route == "direct" and may_be_for_somebody_under(alone_from, self.conditions + more):
            derived.append(guardian_from(alone_from))
        if self.access == "referral":
            derived.append(REFERRAL_NEEDED)
        if self.access == "invited":
            derived.append(INVITATION_NEEDED)
        return tuple(derived)

    def is_for_age(self, age: int) -> bool:
        """Return whether no condition that always holds makes the one who gets it older or younger than that."""
        return all(age in rule.ages for rule in self.conditions if isinstance(rule, Age | RecipientAge))

    @property
    def is_placement(self) -> bool:
        """Return whether it is another place to live, or compulsion: never shown unless its situation was chosen."""
        return self.weight == PLACEMENT

    @property
    def is_open(self) -> bool:
        """Whether a person can start it herself, now or by applying: not one that a court or authority starts."""
        return self.started_by is None


@dataclass(frozen=True)
class Variant:
    """One way in which an insats can fit somebody: itself, or one of its parts that decide, with all rules and fits."""

    insats: Insats
    part: Part | None
    rules: tuple[Condition, ...]
    fits: Fits

    @cached_property
    def asks_about_situations(self) -> bool:
        """Return whether a rule looks at what somebody ticks under a topic."""
        return any(isinstance(rule, Situation | Acute) for rule in flatten(self.rules))


def may_be_for_somebody_under(age: int, conditions: tuple[Condition, ...]) -> bool:
    """Return whether the one who gets it may be younger than `age` years: no condition makes her older, or a parent."""
    for condition in conditions:
        if isinstance(condition, Age | RecipientAge) and (condition.ages.low or 0) >= age:
            return False
        if isinstance(condition, BabyMonths | ChildAge):
            return False
    return True
