"""A kommun with its contacts and insatser, and what its conditions have in common."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from portal.domain.catalogue.condition import Condition, joined_limits
from portal.domain.catalogue.conditions import flatten
from portal.domain.catalogue.contacts import Contact
from portal.domain.catalogue.facts import Residence
from portal.domain.catalogue.insatser import Decision, Insats
from portal.domain.catalogue.opening import Closure


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
        """Return the distinct conditions of all insatser; the place of each is its bit in a set of conditions."""
        return tuple({id(rule): rule for insats in self.insatser.values() for rule in insats.rules}.values())

    @cached_property
    def rule_sets(self) -> Mapping[str, int]:
        """Return the conditions of each insats as a set of bits, by insats id."""
        place = {id(rule): 1 << number for number, rule in enumerate(self.rules)}
        return {insats.id: _union(place[id(rule)] for rule in insats.rules) for insats in self.insatser.values()}

    @cached_property
    def rules_by_topic(self) -> Mapping[str, Mapping[int, Condition]]:
        """Return the conditions that matter for a topic, by their bit."""
        bits = {1 << number: rule for number, rule in enumerate(self.rules)}
        return {
            topic: {bit: rule for bit, rule in bits.items() if any(bit & self.rule_sets[one.id] for one in found)}
            for topic, found in self.by_topic.items()
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
        return joined_limits([rule for insats in self.insatser.values() for rule in insats.rules])

    @cached_property
    def residence_options(self) -> frozenset[str]:
        """Return the options of the residence question that some insats of this kommun tells apart."""
        options = {"registered", "staying", "elsewhere"}
        for insats in self.insatser.values():
            for condition in flatten(insats.conditions):
                if isinstance(condition, Residence):
                    options.update(condition.allowed)
        return frozenset(options)


def _union(bits: Iterable[int]) -> int:
    whole = 0
    for bit in bits:
        whole |= bit
    return whole
