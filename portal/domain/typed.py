"""What somebody typed, read once, for every field, query, code, file name and search.

Which signs are spaces, dashes, digits or invisible is told by the Unicode Character Database of Python's `unicodedata`
(unicode.org/Public; general categories and decimal values) and by its Default_Ignorable_Code_Point
(DerivedCoreProperties.txt), of which only the part written out below is needed.
"""

import re
import unicodedata
from collections.abc import Iterator

NON_JOINER, JOINER = "\u200c", "\u200d"
"""Signs between letters that nobody sees, and that Persian, Kurdish and emoji are written with: they stay."""

_SPACES = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")

# The flag of Scotland is a black flag and letters that nobody sees; without the flag they are hidden text.
_FLAG = "\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{2,6}\U000e007f"

_NO_SIGNS = "".join(chr(0x10000 * plane + 0xFFFE) + chr(0x10000 * plane + 0xFFFF) for plane in range(17))

_LEFT_OUT = re.compile(
    f"({_FLAG})"
    "|[\x00-\x09\x0e-\x1b\x1f\x7f-\x84\x86-\x9f]"  # controls; tabs and line ends are taken before
    "|[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb]"  # directions, breaks, fillings
    "|[\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]"
    f"|[\ud800-\udfff\ufdd0-\ufdef{_NO_SIGNS}]"
)
"""What no page holds: controls, halves of signs, what is no sign, and marks that turn or hide what others read."""

_BLANK = re.compile("[\\s\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200c\u200d\u2800\u3164\ufe00-\ufe0f\uffa0]*")

_APOSTROPHES = dict.fromkeys("‘’‛`´ʹʻʼʽˈ′＇", "'")
_OTHER_DASHES = dict.fromkeys("\u2043\u207b\u2212\u2796\u30fc", "-")
"""Dashes that Unicode has among other signs: a bullet, minus signs, and what a Japanese keyboard has in its place."""


def text_of(typed: str) -> str:
    """Return what was typed as it is kept: one kind of line end and of space, and nothing that no page may hold.

    Letters and what joins them stay as they are, in every script; their parts are put together (NFC).
    """
    spaced = _SPACES.sub(" ", _LINE_ENDS.sub("\n", typed))
    return unicodedata.normalize("NFC", _without_what_no_page_holds(spaced))


def _without_what_no_page_holds(text: str) -> str:
    return _LEFT_OUT.sub(lambda found: found[1] or "", text)


def line_of(typed: str) -> str:
    """Return the same of what stands on one line: what were lines are put behind each other."""
    return " ".join(text_of(typed).split("\n")).strip()


def is_text(given: str) -> bool:
    """Return whether a text holds nothing that would be left out."""
    spaced = given.replace("\t", " ")
    return _without_what_no_page_holds(spaced) == spaced


def is_line(given: str) -> bool:
    """Return whether it is such a text on one line."""
    return is_text(given) and _LINE_ENDS.search(given) is None and "\n" not in given


def is_blank(given: str) -> bool:
    """Return whether there is nothing in it that anybody could see."""
    return _BLANK.fullmatch(text_of(given)) is not None


def plain(typed: str) -> str:
    """Return a line as a number, a code, a date or an address is read: the signs of a simple keyboard.

    Digits of every script are 0 to 9, dashes of every sort a hyphen, apostrophes one, wide letters the narrow ones;
    what joins letters or chooses how they look is gone. Fractions stay what they are: "3½" is never 31/2.
    """
    found = "".join(map(_plain, line_of(typed)))
    return " ".join(found.split())


def _plain(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category == "Pd" or char in _OTHER_DASHES:
        return "-"
    if char in _APOSTROPHES:
        return "'"
    if category in ("Cf", "Me") or "\ufe00" <= char <= "\ufe0f":
        return ""
    return char if category == "No" else unicodedata.normalize("NFKC", char)


_NUMBER = re.compile(r"\+?\d(?:[\d ().,:;/\-–—\u00a0\u2011]*\d)")

MANY = 7
"""Digits: a phone number, a personal number or a date. A row of ages has fewer, and is read in its line's order."""


def number_parts(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the parts of a text with whether each is a number of many digits, which a line would turn round."""
    end = 0
    for match in _NUMBER.finditer(text):
        if sum(char.isdigit() for char in match[0]) >= MANY:
            yield text[end : match.start()], False
            yield match[0], True
            end = match.end()
    yield text[end:], False
