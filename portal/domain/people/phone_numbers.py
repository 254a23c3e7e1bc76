"""Phone numbers: which lead to somebody, which are short ones of the whole nation, and how a phone dials them."""

import re

EMERGENCY = "112"

# People write and paste what stands between the groups in many ways.
_BETWEEN = re.compile(r"[\s().,/\u2010-\u2015\u2212\-]+")
_WRITTEN = re.compile(r"\(?\+?\(?[0-9](?:[\s().,/\u2010-\u2015\u2212\-]*[0-9])*")
_SWEDISH = re.compile(r"0[1-9][0-9]{6,12}")
_ABROAD = re.compile(r"\+[1-9][0-9]{6,14}")
# 112, 1177, 113 13, 114 14, 116 xxx (harmonised in the EU), 118 xxx and 90 xxx: the plan for numbers of PTS.
_SHORT = re.compile(r"112|11[3-9][0-9]{1,3}|90[0-9]{3}")

_SWEDEN = "+46"


def dialled(number: str) -> str:
    """Return the digits of a number as a phone dials them, with + first where a country's code is."""
    bare = _BETWEEN.sub("", number)
    if bare.startswith("00"):
        bare = f"+{bare[2:]}"
    # +46 (0)70 is how many write both ways at once; the 0 is dialled only inside the country.
    return f"{_SWEDEN}{bare[4:]}" if bare.startswith(f"{_SWEDEN}0") else bare


def is_phone(written: str) -> bool:
    """Return whether it is a whole number that somebody can be called at: with an area's or a country's code.

    In Sweden 7 to 13 digits follow the 0 or +46 (PTS), abroad 7 to 15 digits the + (E.164).
    """
    if not _WRITTEN.fullmatch(written):
        return False
    digits = dialled(written)
    if digits.startswith(_SWEDEN):
        digits = f"0{digits.removeprefix(_SWEDEN)}"
    return bool(_SWEDISH.fullmatch(digits) or _ABROAD.fullmatch(digits))


def is_short(written: str) -> bool:
    """Return whether it is one of the nation's short numbers, such as 112, 1177 or 116 111."""
    return bool(_WRITTEN.fullmatch(written) and _SHORT.fullmatch(dialled(written)))


def leads_to_a_unit(written: str) -> bool:
    """Return whether a unit of a kommun can have this number: a whole or a short one, but not 112."""
    return is_phone(written) or (is_short(written) and dialled(written) != EMERGENCY)
