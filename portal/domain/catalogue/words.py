"""What people call things: the words of data/words.yaml, and how the words of each language are written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from portal.domain.catalogue.queries import words_of

Meaning = str
"""A topic ("violence"), an option under it ("violence.victim") or an acute need ("need.child_at_risk")."""

NEED = "need."
"""How a meaning begins that is an acute need and no answer of the self-check."""

_SHORTEST_STEM = 3


@dataclass(frozen=True, slots=True)
class Tongue:
    """How the words of one language are written, all of it as it is compared.

    stop: words that say little alone; beginnings and endings: what a word can have before and after its stem, the
    longest first; joins: it makes one word of two.
    """

    tag: str
    stop: frozenset[str] = frozenset()
    beginnings: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    joins: bool = False

    def stem(self, word: str) -> str:
        """Return a word without what bends it; a stem keeps three letters or more."""
        for beginning in self.beginnings:
            if word.startswith(beginning) and len(word) - len(beginning) >= _SHORTEST_STEM:
                word = word[len(beginning) :]
                break
        for ending in self.endings:
            if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
                return word[: -len(ending)]
        return word


@lru_cache(maxsize=32_768)
def _compared(text: str) -> tuple[str, ...]:
    """Return the words of a text as they are compared: the same few stand in many phrases."""
    return tuple(word.compared for word in words_of(text))


def alternatives(phrase: str) -> tuple[tuple[str, ...], ...]:
    """Return for each word of a phrase those that can stand there, as they are compared: slår/slog mig/henne."""
    found: list[tuple[str, ...]] = []
    for part in phrase.split():
        words = [word for one in part.split("/") for word in _compared(one)]
        # A dash parts two words, and both must be said; a stroke two of which one is enough.
        found += [tuple(words)] if "/" in part else [(word,) for word in words]
    return tuple(part for part in found if part)


@dataclass(frozen=True)
class Words:
    """What people call each meaning, in each language: phrases of one word or a few."""

    tongues: Mapping[str, Tongue] = field(default_factory=dict)
    said: Mapping[Meaning, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)


NO_WORDS = Words()
