"""Finding an insats by a word."""

from collections.abc import Iterable

from portal.domain.folding import folded


def finds(sought: str, in_texts: Iterable[str]) -> bool:
    """Return whether every word sought stands somewhere in the (folded) texts."""
    whole = "\n".join(in_texts)
    return all(word in whole for word in folded(sought).split())
