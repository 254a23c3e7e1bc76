"""How a text is compared, in every script that the portal shows (languages.md section 3, rule 11)."""

import unicodedata

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
