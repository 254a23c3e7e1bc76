"""Finding an insats by a word."""

from collections.abc import Iterable

from portal.domain.catalogue.kommuner import Kommun
from portal.domain.folding import folded

_AROUND = ",.;:!?()\"'”“«»„،؛؟፣።"
"""What stands around a word that is copied out of a sentence."""


def names_of(kommun: Kommun, among: Iterable[Kommun]) -> list[str]:
    """Return the (folded) names that a kommun is found by: its own, and the postal towns that no other shares."""
    others = {town for other in among if other.id != kommun.id for town in other.postal_towns}
    towns = [town for town in kommun.postal_towns if town not in others]
    return [folded(name) for name in (kommun.name, kommun.full_name, *towns)]


def finds(sought: str, in_texts: Iterable[str]) -> bool:
    """Return whether every word sought stands somewhere in the (folded) texts."""
    whole = "\n".join(in_texts)
    return all((word.strip(_AROUND) or word) in whole for word in folded(sought).split())
