"""A kommun with its contacts and insatser, and what its conditions have in common."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from portal.domain.catalogue.answers import Answer
from portal.domain.catalogue.condition import Condition, joined_limits
from portal.domain.catalogue.conditions import flatten
from portal.domain.catalogue.contacts import Contact
from portal.domain.catalogue.facts import Residence
from portal.domain.catalogue.fits import HEAVINESS, Scale, Weighed
from portal.domain.catalogue.insatser import Decision, Insats, Variant
from portal.domain.catalogue.look import Look
from portal.domain.catalogue.opening import Closure
from portal.domain.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Placed:
    """A variant as the self-check weighs it: its rules as a set of bits, its fits on the kommun's scale, its place.

    What is asked of every variant for every resident stands here itself, one step away.
    """

    variant: Variant
    rules: int
    weighed: Weighed
    heaviness: int
    place: int
    insats: Insats
    is_assessed: bool
    is_placement: bool
    is_law_s: bool


@dataclass(frozen=True)
class Kommun:
    """One kommun with its contacts and insatser; insatser stand in the order in which lists show them.

    lists: the routes (direct, assessed) that its source sets out to list whole; what it says nothing of is not known.
    embed_in: the origins of the kommun's own sites that may show the self-check in a frame.
    """

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
    lists: frozenset[str] = frozenset()
    look: Look = Look()
    embed_in: tuple[str, ...] = ()

    @property
    def own_insatser(self) -> tuple[Insats, ...]:
        """Return its own insatser, without what the law adds, in list order."""
        return tuple(insats for insats in self.insatser.values() if insats.by_law is None)

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
                insats,
                is_assessed=insats.route == "assessed",
                is_placement=insats.is_placement,
                is_law_s=bool(insats.given_by),
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
    def _numbers_by_topic(self) -> Mapping[str, frozenset[int]]:
        numbered = tuple(enumerate(self.placed))
        return {
            topic: frozenset(number for number, one in numbered if topic in one.variant.fits.topics)
            for topic in self.placed_by_topic
        }

    def placed_about(self, topics: frozenset[str]) -> Sequence[Placed]:
        """Return those about any of the topics, in list order."""
        if len(topics) == 1:
            return self.placed_by_topic.get(next(iter(topics)), ())
        numbers = self._numbers_by_topic
        found = frozenset[int]().union(*(numbers[topic] for topic in topics if topic in numbers))
        return [self.placed[number] for number in sorted(found)]

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
        """Return the contact whose phone leads to it: itself where it has one, else the one it is reached through."""
        return self.contacts[contact.through] if contact.through and not contact.phone else contact

    def answering(self, contact: Contact) -> Contact:
        """Return the contact whose hours say when it answers: itself where it has some, else whose phone it is."""
        return contact if contact.hours else self.reached_by(contact)

    def visited_at(self, contact: Contact) -> Contact:
        """Return the contact whose address it is visited at: an own number moves no unit."""
        return self.contacts[contact.through] if contact.through and not contact.visit else contact

    def closures_of(self, contact: Contact) -> tuple[Closure, ...]:
        """Return the days when nobody answers there: its own, and those of whose phone leads there."""
        reached = self.reached_by(contact)
        return contact.closures if reached is contact else (*contact.closures, *reached.closures)

    @cached_property
    def limits(self) -> Mapping[str, frozenset[int]]:
        """Return, for each question answered by numbers, the numbers at which some outcome may change."""
        return joined_limits(self.rules)

    @cached_property
    def residence_options(self) -> frozenset[str]:
        """Return the options of the residence question that some insats of this kommun tells apart."""
        return _told_apart(self.rules)

    def residence_options_for(self, topics: Answer) -> frozenset[str]:
        """Return those that some insats about the chosen topics tells apart; of all where no topic is known."""
        if not isinstance(topics, frozenset) or not topics:
            return self.residence_options
        return _told_apart(tuple(rule for topic in topics for rule in self.rules_by_topic.get(topic, {}).values()))


def _told_apart(rules: tuple[Condition, ...]) -> frozenset[str]:
    options = {"registered", "staying", "elsewhere"}
    for condition in flatten(rules):
        if isinstance(condition, Residence):
            options |= condition.told_apart
    return frozenset(options)


def _union(bits: Iterable[int]) -> int:
    whole = 0
    for bit in bits:
        whole |= bit
    return whole
