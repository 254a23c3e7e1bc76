"""What somebody typed, for lines that run from right to left: which numbers must keep the order of their digits."""

import re
from collections.abc import Iterator

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
