"""Codes that a person can read aloud: no look-alikes, a check character, groups of three."""

from secrets import token_bytes

from portal.domain.typed import plain

ALPHABET = "2345789ACDEFGHJKMNPQRTWXY"
"""Of each set of look-alikes at most one is here: no 0 O, 1 I L, 6, B (8), S (5), Z (2), U V (Y)."""

_LOOKS_LIKE = str.maketrans("АСЕНКМРТХУΑΕΗΚΜΡΤΧΥ", "ACEHKMPTXYAEHKMPTXY")
"""Cyrillic and Greek letters that look like those of a code: whose keyboard has them sees no difference."""

_PRIME = 29
"""A prime over the size of the alphabet: the check then catches every wrong character and every swap of neighbours."""

LENGTH = 12
"""Characters of a code: eleven drawn from the alphabet, over 50 bits, and the check character."""

_GROUP = 3


def new_code() -> str:
    """Return a code that nobody can foresee; only its keyed hash is stored, so it is told once and never made again."""
    return code_from(token_bytes(32))


def code_from(digest: bytes) -> str:
    """Return the code that a keyed digest of 16 bytes or more stands for; the same digest gives the same code."""
    number = int.from_bytes(digest, "big")
    drawn = ""
    for _ in range(LENGTH - 1):
        number, rest = divmod(number, len(ALPHABET))
        drawn += ALPHABET[rest]
    # Four of the prime's values have no character. The last one drawn then moves on, until the check has one.
    while _check(drawn) >= len(ALPHABET):
        drawn = drawn[:-1] + ALPHABET[(ALPHABET.index(drawn[-1]) + 1) % len(ALPHABET)]
    return grouped(drawn + ALPHABET[_check(drawn)])


def grouped(code: str) -> str:
    """Return a code as it is written and read aloud, such as KX4-7TM-9PR-2HC."""
    return "-".join(code[place : place + _GROUP] for place in range(0, len(code), _GROUP))


def read_code(typed: str) -> str | None:
    """Return the code that somebody typed, as it is written; None when it is none. Case, spaces, dashes are free."""
    code = _bare(typed)
    if len(code) != LENGTH or any(char not in ALPHABET for char in code):
        return None
    return grouped(code) if _check(code[:-1]) == ALPHABET.index(code[-1]) else None


def _bare(typed: str) -> str:
    """Return the letters and digits of a code, from whatever keyboard they came."""
    return "".join(char for char in plain(typed).upper().translate(_LOOKS_LIKE) if char not in " -_.,:;'")


def _check(drawn: str) -> int:
    # The check character itself has the weight 1 (as -1), so the weights of all twelve differ.
    return sum(weight * ALPHABET.index(char) for weight, char in enumerate(drawn, start=2)) % _PRIME


_REFERENCE_DIGITS = 7
REFERENCES = 10**_REFERENCE_DIGITS
"""How many references there are."""


def reference_of(number: int) -> str:
    """Return a number under REFERENCES as a reference with two check digits, such as A-482-177-364 (ISO 7064).

    Digits are read aloud in every language, and it looks like no code. It is no secret and opens nothing.
    """
    digits = f"{number:0{_REFERENCE_DIGITS}}"
    digits += f"{98 - int(digits) * 100 % 97:02}"
    return f"A-{digits[:3]}-{digits[3:6]}-{digits[6:]}"


def read_reference(typed: str) -> str | None:
    """Return the reference that somebody typed, as it is written; None when it is none. A, spaces, dashes are free."""
    digits = _bare(typed).removeprefix("A")
    is_one = len(digits) == _REFERENCE_DIGITS + 2 and digits.isascii() and digits.isdigit() and int(digits) % 97 == 1
    return reference_of(int(digits[:_REFERENCE_DIGITS])) if is_one else None
