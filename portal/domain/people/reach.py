"""How a person is reached: what an e-mail, a phone number and the language of an interpreter look like."""

import re

from portal.domain.people.emails import email_of, problem_of_email
from portal.domain.people.phone_numbers import SWEDEN, dialled, is_phone, is_too_short
from portal.domain.refusals import Problem
from portal.domain.sentences import sentence
from portal.domain.typed import is_blank

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def ways_of(email: str, phone: str) -> tuple[str, ...]:
    """Return the ways to reach somebody as they are compared: the same however they are typed."""
    digits = dialled(phone)
    if digits.startswith(SWEDEN):
        digits = f"0{digits.removeprefix(SWEDEN)}"
    return tuple(way for way in (email_of(email).casefold(), digits) if way)


def problems_of_reach(email: str, phone: str) -> tuple[Problem, ...]:
    """Return what is wrong with a way to be reached: one is needed, and each that is given must look like one."""
    if is_blank(email) and is_blank(phone):
        return (Problem("email", sentence("Skriv din e-post eller ditt telefonnummer.")),)
    found = (problem_of_email(email) if email else None, problem_of_phone(phone) if phone else None)
    return tuple(problem for problem in found if problem is not None)


def problem_of_phone(phone: str) -> Problem | None:
    """Return what is wrong with a phone number."""
    if is_phone(phone):
        return None
    if is_too_short(phone):
        return Problem(
            "phone", sentence("Numret är för kort. Skriv hela numret, så här: {example}.", example="070-174 06 05")
        )
    return Problem("phone", sentence("Numret ser inte rätt ut. Så här kan det se ut: 070-174 06 05."))


def problems_of_interpreter(language: str) -> tuple[Problem, ...]:
    """Return what is wrong with the language of an interpreter; none is asked for by an empty one."""
    if not language or _LANGUAGE.fullmatch(language):
        return ()
    return (Problem("interpreter", sentence("Välj ett språk i listan.")),)
