"""Finding a kommun by its name, or by a postal town."""

from collections.abc import Iterable

from portal.domain.catalogue.kommuner import Kommun
from portal.domain.catalogue.queries import words_of
from portal.domain.catalogue.spelling import distance, faults_in
from portal.domain.folding import folded


def names_of(kommun: Kommun, among: Iterable[Kommun]) -> list[str]:
    """Return the (folded) names that a kommun is found by: its own, and the postal towns that no other shares."""
    others = {town for other in among if other.id != kommun.id for town in other.postal_towns}
    towns = [town for town in kommun.postal_towns if town not in others]
    return [folded(name) for name in (kommun.name, kommun.full_name, *towns)]


def kommuner_found(typed: str, among: Iterable[Kommun]) -> list[Kommun]:
    """Return the kommuner whose name or postal town begins so; where none does, those that are nearly spelled so.

    A postal town that two kommuner share finds both.
    """
    sought = [word.compared for word in words_of(typed)]
    known = [(kommun, _names(kommun)) for kommun in among]
    return [kommun for kommun, names in known if all(_begins(word, names) for word in sought)] or [
        kommun for kommun, names in known if all(_is_nearly(word, names) for word in sought)
    ]


def _names(kommun: Kommun) -> list[str]:
    said = (kommun.name, kommun.full_name, *kommun.postal_towns)
    return [word.compared for name in said for word in words_of(name)]


def _begins(word: str, names: Iterable[str]) -> bool:
    return any(name.startswith(word) for name in names)


def _is_nearly(word: str, names: Iterable[str]) -> bool:
    """Return whether a name is spelled so but for a slip, also as far as it is typed."""
    most = faults_in(word)
    return any(
        distance(word, name[:length], most) is not None
        for name in names
        for length in {len(name), *range(len(word) - most, len(word) + most + 1)}
        if most
    )
