"""E-mail addresses: as mail servers know them, and only those that no server reads otherwise (RFC 5321, 5322)."""

import re

from portal.domain.refusals import Problem
from portal.domain.sentences import sentence
from portal.domain.typed import plain

LONGEST_EMAIL = 254
_LONGEST_LOCAL = 64

# Quotes, % and ! once led on through other servers, and a leading hyphen is an option of a mail program.
_LOCAL = re.compile(r"[A-Za-z0-9#$&'*+/=?^_{}~](?:[A-Za-z0-9#$&'*+/=?^_{}~-]|\.(?!\.))*(?<!\.)")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.IGNORECASE)

# IDNA 2003, which is what Python has, would lead these letters to the domain of somebody else.
_OTHER_DOMAIN = re.compile("[ßẞς\u200c\u200d]")


def email_of(typed: str) -> str:
    """Return an address as mail servers know it: signs of a simple keyboard, a domain in other letters as xn--…

    What cannot be one stays as it was typed, and has a problem.
    """
    found = plain(typed)
    local, at, domain = found.rpartition("@")
    if not at or domain.isascii() or _OTHER_DOMAIN.search(typed):
        return found
    try:
        return f"{local}@{domain.lower().encode('idna').decode('ascii')}"
    except UnicodeError:
        return found


def problem_of_email(email: str) -> Problem | None:
    """Return what is wrong with an address."""
    known = email_of(email)
    local, _, domain = known.rpartition("@")
    if local and not local.isascii() and _is_domain(domain):
        return Problem("email", sentence("Före @ kan vi bara ha bokstäverna a till z. Har du en annan e-post?"))
    if len(known) > LONGEST_EMAIL or len(local) > _LONGEST_LOCAL or not _LOCAL.fullmatch(local):
        return Problem("email", _WRONG)
    return None if _is_domain(domain) else Problem("email", _WRONG)


_WRONG = sentence("E-posten ser inte rätt ut. Så här kan den se ut: namn@example.se.")


def _is_domain(domain: str) -> bool:
    labels = domain.split(".")
    is_named = len(labels) > 1 and not labels[-1].isdecimal()
    return is_named and len(domain) <= 253 and all(_LABEL.fullmatch(label) for label in labels)
