"""How names and words are compared, in every script that the portal shows (languages.md section 3, rule 11).

Whatever a person would call the same is the same: case, accents, vowel signs, the forms of a letter, what nobody sees.
What Unicode's own tables (case folding, NFKD, general categories) do not say stands in the table below: letters with
a stroke (Latin-1 and Latin Extended-A), letters of Arabic that keyboards exchange, and those of Ge'ez that sound alike.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

from portal.domain.typed import line_of, plain

_ALIKE_IN_GEEZ = {"\u1220": "\u1230", "\u1280": "\u1210", "\u1340": "\u1338"}
"""The first of seven forms: ሠ is read as ሰ, ኀ as ሐ, ፀ as ጸ."""

_SAME = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        **dict.fromkeys("ىیېۍێ", "ي"),
        **dict.fromkeys("كګڪ", "ک"),
        **dict.fromkeys("ةەہۂۃھ", "ه"),
        "ۆ": "و",
        "ڕ": "ر",
        "ڵ": "ل",
        "ـ": None,
        "ı": "i",
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ŧ": "t",
        "ŋ": "n",
        "ɨ": "i",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ĸ": "k",
        "ґ": "г",
        **{chr(ord(a) + n): chr(ord(b) + n) for a, b in _ALIKE_IN_GEEZ.items() for n in range(7)},
        **dict.fromkeys("\u115f\u1160\u3164\uffa0", " "),
    }
)

_HIDDEN = ("Cf", "Cc")
_WORD = re.compile(r"[^\W_]+")
_BROKEN = re.compile(r"(?<=[^\W_])['.\-]+(?=[^\W_])")
"""What a word may be broken by: O'Brien, Anna-Karin, Sa'id."""


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Return text as it is compared: lower case, no marks over or under letters, one spelling for each letter."""
    # Letters joined by a PDF are taken apart first, or the table above would not know them.
    whole = unicodedata.normalize("NFKC", line_of(text)).translate(_SAME)
    marked = unicodedata.normalize("NFKD", whole.casefold())
    # The rings and dots of å, ä and ö go too: a phone without a Swedish keyboard writes "valdsutsatt".
    bare = "".join(char for char in marked if not _is_mark(char)).translate(_SAME)
    return plain(bare)


def _is_mark(char: str) -> bool:
    return bool(unicodedata.combining(char)) or unicodedata.category(char) in _HIDDEN or "\ufe00" <= char <= "\ufe0f"


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text as they are compared, each once, without what stands between them."""
    return tuple(dict.fromkeys(_WORD.findall(folded(text))))


def spellings_of(text: str) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """Return for each word of a name the ways it is written: as it is, and where it is broken, in parts and as one.

    "Anna-Karin" is the words anna and karin, and the one word annakarin.
    """
    found = []
    for part in folded(text).split():
        parts, whole = _WORD.findall(part), _WORD.findall(_BROKEN.sub("", part))
        found += [tuple(dict.fromkeys((tuple(parts), tuple(whole))))] if parts else []
    return tuple(found)


def names_in(text: str) -> tuple[str, ...]:
    """Return every word that a name can be found by: those it has, broken words as one too, and neighbours joined.

    Al Hassan is also alhassan: the same name in one register stands as two words in another.
    """
    found = [word for ways in spellings_of(text) for way in ways for word in way]
    return tuple(dict.fromkeys([*found, *(one + other for one, other in pairwise(words_of(text)))]))
