"""What a person can apply for, as data: the kinds, the few facts each needs, and who in the kommun gets it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from portal.domain.catalogue.answers import Option
from portal.domain.sentences import Sentence, sentence

FACT_KINDS = ("text", "choice", "yes_no", "number", "date")
CONSENTS = ("none", "sol", "lss")
"""Whose yes the law asks for: nobody else's, SoL 21 kap. 1 §, or LSS 8 §."""

SHARED, FAMILY_COUNSELLING = "shared", "family_counselling"
DOORS = (SHARED, FAMILY_COUNSELLING)
"""Family counselling is kept apart: what is told there in confidence is nobody else's (OSL 26 kap. 3 §)."""

UNITS: Mapping[str, Sentence] = {
    "reception": sentence("Mottagningen"),
    "financial": sentence("Ekonomiskt bistånd"),
    "children": sentence("Barn och familj"),
    "adults": sentence("Vuxna"),
    "violence": sentence("Våld i nära relationer"),
    "elderly": sentence("Äldre"),
    "disability": sentence("Funktionsnedsättning"),
    "family_counselling": sentence("Familjerådgivning"),
}
"""Who handles applications, by what it is about. In a small kommun one person has several."""

DOOR_UNITS: Mapping[str, str] = {"family_counselling": FAMILY_COUNSELLING}
"""The units behind a door of their own."""


def door_of(unit: str) -> str:
    """Return the door that a unit is behind."""
    return DOOR_UNITS.get(unit, SHARED)


@dataclass(frozen=True, slots=True)
class Fact:
    """One question of a kind: how it is answered, why it is asked, and its options or its lowest and highest number.

    acute: the answers that cannot wait for an application, each with the acute needs that it shows; urgent: those after
    which she should call the same day, whatever the form becomes.
    """

    id: str
    kind: str
    ask: Sentence
    why: Sentence
    is_required: bool = False
    options: tuple[Option, ...] = ()
    low: int = 0
    high: int = 0
    acute: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    urgent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ApplicationKind:
    """One thing to apply for, and the paragraph that gives the right.

    unit: who gets it; acute: which helplines stand before the form; limits and retention: ids of the rules for time and
    for keeping; consent: whose yes the law asks for.
    """

    id: str
    name: Sentence
    summary: Sentence
    law: str
    unit: str = "reception"
    acute: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    retention: str = "social_file"
    consent: str = "none"
    takes_files: bool = True
    facts: tuple[Fact, ...] = ()

    @property
    def door(self) -> str:
        """Return the door that it comes in by."""
        return door_of(self.unit)

    def needs_now(self, facts: Mapping[str, str]) -> frozenset[str]:
        """Return the acute needs that the answers to its questions show: none of them can wait for an application."""
        return frozenset(need for fact in self.facts for need in fact.acute.get(facts.get(fact.id, ""), ()))

    def is_urgent(self, facts: Mapping[str, str]) -> bool:
        """Return whether an answer says that she should call the same day."""
        return any(facts.get(fact.id) in fact.urgent for fact in self.facts)
