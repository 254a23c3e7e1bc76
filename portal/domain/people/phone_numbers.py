"""Phone numbers: which lead to somebody, which are short ones of the whole nation, and how a phone dials them."""

import re

from portal.domain.typed import plain

EMERGENCY = "112"

# People write and paste what stands between the groups in many ways.
_BETWEEN = re.compile(r"[\s().,/\-]+")
_WRITTEN = re.compile(r"\(?\+?\(?[0-9](?:[\s().,/\-]*[0-9])*\)?")
# Whose it is, or which, said behind the number or before it: (mobil), (work), tel:
_SAID = re.compile(r"\s*\([^()0-9+]*\)\s*|^\s*tel(?:\.|:|\.:)\s*", re.IGNORECASE)
# A mobile number has nine digits behind its 0 (PTS); others have seven or more.
_SWEDISH = re.compile(r"07[02369][0-9]{7}|0(?!7[02369])[1-9][0-9]{6,12}")
_MOBILE_BEGINS = re.compile("07[02369]")
_ABROAD = re.compile(r"\+[1-9][0-9]{6,14}")
# 112, 1177, 113 13, 114 14, 116 xxx (harmonised in the EU), 118 xxx and 90 xxx: the plan for numbers of PTS.
_SHORT = re.compile(r"112|11[3-9][0-9]{1,3}|90[0-9]{3}")
# No number of an area begins so: it is the country's code without its +.
_CODE_ALONE = re.compile(r"46[1-9][0-9]{6,11}")

SWEDEN = "+46"
_FEWEST = 8
_MOBILE = 10
"""Digits of a whole number, and of a mobile one, with the 0."""


def phone_of(typed: str) -> str:
    """Return a number as it is kept: the signs of a simple keyboard, with what stands between its groups."""
    return plain(typed)


def dialled(number: str) -> str:
    """Return the digits of a number as a phone dials them, with + first where a country's code is."""
    bare = _BETWEEN.sub("", _SAID.sub("", plain(number)))
    if bare.startswith("00"):
        bare = f"+{bare[2:]}"
    elif _CODE_ALONE.fullmatch(bare):
        bare = f"+{bare}"
    # +46 (0)70 is how many write both ways at once; the 0 is dialled only inside the country.
    return f"{SWEDEN}{bare[4:]}" if bare.startswith(f"{SWEDEN}0") else bare


def is_phone(written: str) -> bool:
    """Return whether it is a whole number that somebody can be called at: with an area's or a country's code.

    In Sweden 7 to 13 digits follow the 0 or +46, and 9 in a mobile number (PTS); abroad 7 to 15 digits the + (E.164).
    """
    if not _is_written(written):
        return False
    digits = dialled(written)
    if digits.startswith(SWEDEN):
        return bool(_SWEDISH.fullmatch(f"0{digits.removeprefix(SWEDEN)}"))
    return bool(_SWEDISH.fullmatch(digits) or _ABROAD.fullmatch(digits))


def is_too_short(written: str) -> bool:
    """Return whether it is the beginning of a number, or one without its area's code."""
    digits = dialled(written)
    fewest = _MOBILE if _MOBILE_BEGINS.match(digits) else _FEWEST
    return _is_written(written) and len(digits) < fewest


def _is_written(written: str) -> bool:
    return bool(_WRITTEN.fullmatch(_SAID.sub("", plain(written))))


def is_short(written: str) -> bool:
    """Return whether it is one of the nation's short numbers, such as 112, 1177 or 116 111."""
    return bool(_is_written(written) and _SHORT.fullmatch(dialled(written)))


def leads_to_a_unit(written: str) -> bool:
    """Return whether a unit of a kommun can have this number: a whole or a short one, but not 112."""
    return is_phone(written) or (is_short(written) and dialled(written) != EMERGENCY)
