"""Visits to support that nobody signs up for: which is counted by a tap of the staff, and under whose unit."""

from collections.abc import Mapping

from portal.domain.catalogue.contacts import Contact
from portal.domain.catalogue.insatser import Insats
from portal.domain.catalogue.kommuner import Kommun

ASKED = "visits"
"""In `follow_up` of an insats: its source asks how many visits there were."""

DROP_IN = "drop_in"


def is_counted_by_tap(insats: Insats) -> bool:
    """Return whether staff count its visits: they are asked for, or one comes unannounced, and no group counts them."""
    is_open = insats.way_in is not None and insats.way_in.by == DROP_IN
    return insats.by_law is None and not insats.in_groups and (ASKED in insats.follow_up or is_open)


def counted_by_unit(kommun: Kommun) -> Mapping[str, tuple[Insats, ...]]:
    """Return the insatser that staff of each unit count, by contact id, in the order of the contacts."""
    counted = [insats for insats in kommun.insatser.values() if is_counted_by_tap(insats)]
    found = {unit: tuple(insats for insats in counted if insats.contact == unit) for unit in kommun.contacts}
    return {unit: insatser for unit, insatser in found.items() if insatser}


def find_unit(kommun: Kommun, unit: str) -> Contact | None:
    """Return a unit that has something to count; None for any other."""
    return kommun.contacts[unit] if unit in counted_by_unit(kommun) else None
