"""Finding an insats by a word, in every script that the portal shows (languages.md section 3, rule 11)."""

import unicodedata
from collections.abc import Iterable

from portal.domain.catalogue.kommuner import Kommun

_SAME = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        "ى": "ي",
        "ی": "ي",
        "ك": "ک",
        "ة": "ه",
        "ە": "ه",
        "ـ": None,
        "\u200c": None,
        "–": "-",
        "—": "-",
        "’": "'",
    }
)


def folded(text: str) -> str:
    """Return text as it is compared: lower case, no marks over or under letters, one spelling for each letter."""
    # Letters joined by a PDF are taken apart first, or the table below would not know them.
    marked = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).translate(_SAME).casefold())
    # The rings and dots of å, ä and ö go too: a phone without a Swedish keyboard writes "valdsutsatt".
    return " ".join("".join(char for char in marked if not unicodedata.combining(char)).translate(_SAME).split())


def names_of(kommun: Kommun, among: Iterable[Kommun]) -> list[str]:
    """Return the (folded) names that a kommun is found by: its own, and the postal towns that no other shares."""
    others = {town for other in among if other.id != kommun.id for town in other.postal_towns}
    towns = [town for town in kommun.postal_towns if town not in others]
    return [folded(name) for name in (kommun.name, kommun.full_name, *towns)]


def finds(sought: str, in_texts: Iterable[str]) -> bool:
    """Return whether every word sought stands somewhere in the (folded) texts."""
    whole = "\n".join(in_texts)
    return all(word in whole for word in folded(sought).split())
