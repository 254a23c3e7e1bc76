"""What a kommun offers: Kommun, Insats, Contact, and the nation's Catalogue of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from portal.domain.applications.kinds import ApplicationKind
from portal.domain.applications.messages import Phrase
from portal.domain.applications.retention import KeepingRule
from portal.domain.applications.time_limits import Limit
from portal.domain.catalogue.ages import Age, AgeRange, BabyMonths, ChildAge, RecipientAge
from portal.domain.catalogue.answers import Question, QuestionBank
from portal.domain.catalogue.condition import Condition, joined_limits
from portal.domain.catalogue.conditions import All, Any, Not
from portal.domain.catalogue.facts import Residence
from portal.domain.catalogue.fits import HEAVINESS, PLACEMENT, Fits, Scale, Weighed
from portal.domain.catalogue.opening import Closure, Hours, ShortDay
from portal.domain.catalogue.ways_in import INVITATION_NEEDED, REFERRAL_NEEDED, guardian_from
from portal.domain.officials.skr import SkrList
from portal.domain.sentences import Sentence, sentence

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
class Topic:
    """What support can be about; `safety` where violence can show on the page; `icon` a picture beside its name."""

    id: str
    name: Sentence
    hint: Sentence
    safety: bool = False
    icon: str | None = None


@dataclass(frozen=True, slots=True)
class Helpline:
    """A line anybody can call now; `when` names the acute needs and topics that put it first."""

    id: str
    name: str
    phone: str
    says: Sentence
    when: frozenset[str]
    always: bool
    confirmed: bool
    source: str


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Who said that a contact is right, and when."""

    on: date
    by: str


@dataclass(frozen=True, slots=True)
class Contact:
    """A unit one can reach; `through` is the contact whose phone leads to it, `ask_for` what to say there.

    The catalogue knows no closures: editors of the kommun tell them (`notices.laid_over`).
    """

    id: str
    unit: Sentence
    phone: str | None = None
    email: str | None = None
    sms: str | None = None
    hours: tuple[Hours, ...] = ()
    short_day: ShortDay | None = None
    visit: str | None = None
    languages: tuple[str, ...] = ()
    anonymous: bool | None = None
    through: str | None = None
    ask_for: Sentence | None = None
    confirmed: Confirmation | None = None
    source: str | None = None
    closures: tuple[Closure, ...] = ()


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
    that one signs up for; weight: one of HEAVINESS; order and chapter: its place in the kommun's own document.
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


@dataclass(frozen=True, slots=True)
class Placed:
    """A variant as the self-check weighs it: its rules as a set of bits, its fits on the kommun's scale, its place."""

    variant: Variant
    rules: int
    weighed: Weighed
    heaviness: int
    place: int


def may_be_for_somebody_under(age: int, conditions: tuple[Condition, ...]) -> bool:
    """Return whether the one who gets it may be younger than `age` years: no condition makes her older, or a parent."""
    for condition in conditions:
        if isinstance(condition, Age | RecipientAge) and (condition.ages.low or 0) >= age:
            return False
        if isinstance(condition, BabyMonths | ChildAge):
            return False
    return True


@dataclass(frozen=True)
class Kommun:
    """One kommun with its contacts and insatser; insatser stand in the order in which lists show them."""

    id: str
    name: str
    full_name: str
    neighbours: tuple[str, ...]
    postal_towns: tuple[str, ...]
    contact_centre: str
    contacts: Mapping[str, Contact]
    insatser: Mapping[str, Insats]
    decisions: Mapping[str, Decision]
    doubtful_villkor: tuple[str, ...] = ()
    chapters: Mapping[str, Sentence] = field(default_factory=dict)
    emergency_duty: Contact | None = None
    units: Mapping[str, str] = field(default_factory=dict)
    keeps_all_for_research: bool = False

    @cached_property
    def open_insatser(self) -> tuple[Insats, ...]:
        """Return the insatser that a person can start herself, in list order."""
        return tuple(insats for insats in self.insatser.values() if insats.is_open)

    @cached_property
    def by_topic(self) -> Mapping[str, tuple[Insats, ...]]:
        """Return the same by topic."""
        topics = {topic for insats in self.open_insatser for topic in insats.topics}
        return {topic: tuple(found for found in self.open_insatser if topic in found.topics) for topic in topics}

    @cached_property
    def rules(self) -> tuple[Condition, ...]:
        """Return the distinct conditions of all variants; the place of each is its bit in a set of conditions."""
        return tuple({id(rule): rule for one in self._variants for rule in one.rules}.values())

    @cached_property
    def _variants(self) -> tuple[Variant, ...]:
        return tuple(one for insats in self.insatser.values() for one in insats.variants)

    @cached_property
    def scale(self) -> Scale:
        """Return the scale of everything that its insatser are for."""
        return Scale(one.fits for one in self._variants)

    @cached_property
    def placed(self) -> tuple[Placed, ...]:
        """Return every variant that somebody can start herself, in list order."""
        bit = {id(rule): 1 << number for number, rule in enumerate(self.rules)}
        return tuple(
            Placed(
                one,
                _union(bit[id(rule)] for rule in one.rules),
                self.scale.weighed(one.fits),
                HEAVINESS.index(insats.weight),
                place,
            )
            for place, insats in enumerate(self.open_insatser)
            for one in insats.variants
        )

    @cached_property
    def placed_by_topic(self) -> Mapping[str, tuple[Placed, ...]]:
        """Return the same by topic."""
        topics = {topic for one in self.placed for topic in one.variant.fits.topics}
        return {topic: tuple(one for one in self.placed if topic in one.variant.fits.topics) for topic in topics}

    @cached_property
    def rules_by_topic(self) -> Mapping[str, Mapping[int, Condition]]:
        """Return the conditions that matter for a topic, by their bit."""
        bits = {1 << number: rule for number, rule in enumerate(self.rules)}
        return {
            topic: {bit: rule for bit, rule in bits.items() if any(bit & one.rules for one in found)}
            for topic, found in self.placed_by_topic.items()
        }

    def get_insats(self, insats_id: str) -> Insats:
        """Return the insats; raise KeyError when the kommun has none of that id."""
        return self.insatser[insats_id]

    def contact_of(self, insats: Insats) -> Contact:
        """Return the contact of an insats."""
        return self.contacts[insats.contact]

    def contact_of_unit(self, unit: str) -> Contact:
        """Return whom to contact about an application to a unit: its own contact, else the contact centre."""
        return self.contacts[self.units.get(unit, self.contact_centre)]

    def reached_by(self, contact: Contact) -> Contact:
        """Return the contact whose phone, hours and address lead to it: itself, or the one it is reached through."""
        return self.contacts[contact.through] if contact.through else contact

    @cached_property
    def limits(self) -> Mapping[str, frozenset[int]]:
        """Return, for each question answered by numbers, the numbers at which some outcome may change."""
        return joined_limits(self.rules)

    @cached_property
    def residence_options(self) -> frozenset[str]:
        """Return the options of the residence question that some insats of this kommun tells apart."""
        options = {"registered", "staying", "elsewhere"}
        for condition in flatten(self.rules):
            if isinstance(condition, Residence):
                options |= condition.told_apart
        return frozenset(options)


def _union(bits: Iterable[int]) -> int:
    whole = 0
    for bit in bits:
        whole |= bit
    return whole


def flatten(conditions: tuple[Condition, ...]) -> tuple[Condition, ...]:
    """Return the conditions and, depth first, the parts of those that are put together."""
    found: list[Condition] = []
    for condition in conditions:
        found.append(condition)
        if isinstance(condition, Any | All):
            found.extend(flatten(condition.parts))
        elif isinstance(condition, Not):
            found.extend(flatten((condition.part,)))
    return tuple(found)


@dataclass(frozen=True)
class Catalogue:
    """Everything the portal knows: the questions, topics, helplines and kinds of application, and each kommun."""

    questions: QuestionBank
    topics: Mapping[str, Topic]
    helplines: tuple[Helpline, ...]
    application_kinds: Mapping[str, ApplicationKind]
    kommuner: Mapping[str, Kommun]
    leave_to: str
    skr: SkrList = SkrList(())
    by_law: tuple[Insats, ...] = ()
    time_limits: Mapping[str, Limit] = field(default_factory=dict)
    keeping: Mapping[str, KeepingRule] = field(default_factory=dict)
    phrases: Mapping[str, Phrase] = field(default_factory=dict)

    @cached_property
    def _chosen(self) -> dict[frozenset[str], Sentence]:
        return {}

    def chosen(self, topics: frozenset[str]) -> Sentence:
        """Return the sentence that names these topics as chosen; kept, for there are only as many as insatser share."""
        said = self._chosen.get(topics)
        if said is None:
            names = tuple(topic.name for topic in self.topics.values() if topic.id in topics)
            said = self._chosen[topics] = sentence("Du valde: {topics}.", topics=names)
        return said

    @cached_property
    def _answered(self) -> dict[frozenset[tuple[str, str]], Sentence]:
        return {}

    def answered(self, ticked: frozenset[tuple[str, str]]) -> Sentence:
        """Return the sentence that names these options (topic, option) as answered, in the order of the questions."""
        said = self._answered.get(ticked)
        if said is None:
            names = tuple(
                option.name
                for question in self.questions.values()
                for option in question.options
                if (question.id, option.id) in ticked
            )
            said = self._answered[ticked] = sentence("Du svarade: {what}.", what=names)
        return said

    def find_kommun(self, kommun_id: str) -> Kommun | None:
        """Return the kommun, or None when the portal does not serve it."""
        return self.kommuner.get(kommun_id)

    def limits_of(self, kind_id: str) -> tuple[Limit, ...]:
        """Return the time limits of a kind of application; none for one that is not known any more."""
        kind = self.application_kinds.get(kind_id)
        return () if kind is None else tuple(self.time_limits[limit] for limit in kind.limits)

    def options_of(self, question: Question, kommun: Kommun) -> tuple[str, ...]:
        """Return the ids of the options that this kommun's page offers."""
        if question.id != "residence":
            return tuple(option.id for option in question.options)
        return tuple(option.id for option in question.options if option.id in kommun.residence_options)
