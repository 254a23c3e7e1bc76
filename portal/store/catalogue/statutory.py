"""What the law makes every kommun offer, from data/law.yaml, for the kommuner whose own catalogue is silent."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from pathlib import Path

from portal.domain.catalogue.insatser import Decision, Insats
from portal.store.catalogue.insatser import Known, read_insats
from portal.store.reading import Fields, Findings, read_yaml

_ENACTMENT = Decision("law", "Riksdagen", "SFS 2025:400", date(2025, 5, 22))
_CENTRE = "contact centre"


@dataclass(frozen=True)
class Law:
    """The offers one contacts directly, and what one can apply for, each as an insats without a kommun."""

    offers: tuple[Insats, ...]
    assessed: tuple[Insats, ...]


def offer_ids(shared_in: Path, findings: Findings) -> tuple[str, ...]:
    """Return the ids of the offers, which an insats may name in `statutory`."""
    offers = read_yaml(shared_in / "law.yaml", "law.yaml", findings).get("offers")
    return tuple(offers) if isinstance(offers, dict) else ()


def read_law(shared_in: Path, known: Known, findings: Findings) -> Law:
    """Return what the law makes every kommun offer."""
    data = read_yaml(shared_in / "law.yaml", "law.yaml", findings)
    fields = Fields(data, "law.yaml", "", findings)

    places = count(1)

    def read(entry_id: str, entry: Fields, route: str) -> Insats:
        place = next(places)
        paragraph = entry.string("paragraph") or ""
        whole = {
            "route": route,
            "access": "self",
            "cost": {"kind": "not_stated"},
            "documentation": {"regime": "not_stated"},
            "decision": _ENACTMENT.id,
            "source": {"document": "SFS 2025:400", "heading": paragraph},
            "contact": _CENTRE,
            "order": place,
        }
        entry.add(whole)
        if route == "assessed" and not entry.has("application"):
            entry.wrong("application", "is missing")
        found = read_insats(entry_id, entry, known, {_ENACTMENT.id: _ENACTMENT}, (_CENTRE,))
        return replace(found, by_law=paragraph)

    law = Law(
        tuple(fields.each("offers", lambda entry_id, entry: read(entry_id, entry, "other")).values()),
        tuple(fields.each("assessed", lambda entry_id, entry: read(entry_id, entry, "assessed")).values()),
    )
    fields.done()
    return law


def added_by_law(law: Law, own: Sequence[Insats], contact_centre: str) -> list[Insats]:
    """Return what the law adds to a kommun's own insatser, reached through its contact centre.

    An offer that the kommun gives itself is added too, for those whom its own insats does not reach.
    """
    found = [_beside(offer, own) for offer in law.offers]
    if not any(insats.route == "assessed" for insats in own):
        found += [_beside(entry, own) for entry in law.assessed]
    return [replace(entry, contact=contact_centre) for entry in found]


def _beside(offer: Insats, own: Sequence[Insats]) -> Insats:
    given_by = frozenset(insats.id for insats in own if offer.id in insats.statutory or insats.id == offer.id)
    own_id = offer.id if all(insats.id != offer.id for insats in own) else f"{offer.id}-enligt-lag"
    return replace(offer, id=own_id, given_by=given_by)
