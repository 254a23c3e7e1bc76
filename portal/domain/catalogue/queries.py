"""What somebody types into a search field, as words: whatever signs, marks and dashes stand round or within them."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from portal.domain.folding import folded

LONGEST_QUERY = 80
"""Signs that a search may have."""

MOST_WORDS = 20
"""Words of a query that are looked at: the longest sentence of 80 signs has no more."""

_WITHIN = dict.fromkeys(map(ord, "'’ʼ‘`´ʻʿʾ′"), None)
"""Signs that stand within a word and that many leave out: don't, здоров'я, go'aan."""

_SAME_SOUND = {
    found + form: kept + form
    for found, kept in ((0x1220, 0x1230), (0x1340, 0x1338), (0x1280, 0x1210))
    for form in range(7)
}
"""Rows of Ethiopic letters that are written one for the other: ሠ for ሰ, ፀ for ጸ, ኀ for ሐ."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a query: as it was written, and as it is compared."""

    written: str
    compared: str


def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of a text in their order, without the signs that nobody sees or says."""
    found = []
    for written in _parts(text):
        compared = compared_as(written)
        if compared:
            found.append(Word(written, compared))
    return tuple(found)


def compared_as(word: str) -> str:
    """Return one word as it is compared."""
    return folded(word).translate(_SAME_SOUND)


def _parts(text: str) -> list[str]:
    """Return the runs of letters, digits and their marks; a mark of direction or a soft hyphen parts nothing."""
    return "".join(map(_kept, unicodedata.normalize("NFC", text).translate(_WITHIN))).split()


@lru_cache(maxsize=4096)
def _kept(sign: str) -> str:
    """Return a sign of a word as it is, a space for one that parts words, nothing for one that nobody sees."""
    kind = unicodedata.category(sign)
    return sign if kind[0] in "LNM" else "" if kind == "Cf" else " "
