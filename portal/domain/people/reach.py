"""How a person is reached: what an e-mail, a phone number and the language of an interpreter look like."""

import re

from portal.domain.people.phone_numbers import is_phone
from portal.domain.refusals import Problem
from portal.domain.sentences import sentence

LONGEST_EMAIL = 254


_EMAIL = re.compile(
    r"[^@\s,;<>()\"\\\x00-\x1f\x7f]+@[^@\s,;<>()\"\\\x00-\x1f\x7f.]+(\.[^@\s,;<>()\"\\\x00-\x1f\x7f.]+)+"
)


_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def ways_of(email: str, phone: str) -> tuple[str, ...]:
    """Return the ways to reach somebody as they are compared: the same however they are typed."""
    digits = "".join(char for char in phone if char.isdecimal())
    if phone.strip().startswith("+") or digits.startswith("00"):
        digits = digits.removeprefix("00")
        digits = "0" + digits.removeprefix("46") if digits.startswith("46") else f"+{digits}"
    return tuple(way for way in (email.strip().casefold(), digits) if way)


def problems_of_reach(email: str, phone: str) -> tuple[Problem, ...]:
    """Return what is wrong with a way to be reached: one is needed, and each that is given must look like one."""
    if not email.strip() and not phone.strip():
        return (Problem("email", sentence("Skriv din e-post eller ditt telefonnummer.")),)
    found = []
    if email and (len(email) > LONGEST_EMAIL or not _EMAIL.fullmatch(email) or not deliverable(email)):
        found.append(Problem("email", sentence("E-posten ser inte rätt ut. Så här kan den se ut: namn@example.se.")))
    elif email and not deliverable(email).isascii():
        says = sentence("Vi kan bara skicka till e-post med a–z före @. Skriv en annan, eller ditt nummer.")
        found.append(Problem("email", says))
    if phone and not is_phone(phone):
        found.append(Problem("phone", sentence("Numret ser inte rätt ut. Så här kan det se ut: 070-174 06 05.")))
    return tuple(found)


def deliverable(email: str) -> str:
    """Return an e-mail as every mail server takes it: a domain with å, ä and ö is written in its other way (IDNA).

    Empty where the domain is none.
    """
    name, _, domain = email.rpartition("@")
    try:
        return f"{name}@{domain.encode('idna').decode()}"
    except UnicodeError:
        return ""


def problems_of_interpreter(language: str) -> tuple[Problem, ...]:
    """Return what is wrong with the language of an interpreter; none is asked for by an empty one."""
    if not language or _LANGUAGE.fullmatch(language):
        return ()
    return (Problem("interpreter", sentence("Välj ett språk i listan.")),)
