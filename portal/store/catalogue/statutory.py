"""What the law makes every kommun offer, from data/law.yaml, for the kommuner whose own catalogue is silent."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
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

    def read(entry_id: str, entry: Fields, route: str) -> Insats:
        paragraph = entry.string("paragraph") or ""
        whole = {
            "route": route,
            "access": "self",
            "cost": {"kind": "not_stated"},
            "documentation": {"regime": "not_stated"},
            "decision": _ENACTMENT.id,
            "source": {"document": "SFS 2025:400", "heading": paragraph},
            "contact": _CENTRE,
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
    """Return what the law adds to a kommun's own insatser, reached through its contact centre."""
    named = {offer for insats in own for offer in insats.statutory} | {insats.id for insats in own}
    silent = [offer for offer in law.offers if offer.id not in named]
    if not any(insats.route == "assessed" for insats in own):
        silent += [entry for entry in law.assessed if entry.id not in named]
    return [replace(entry, contact=contact_centre) for entry in silent]
