"""What an editor of the kommun says of its contacts today, laid over what the catalogue says."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from portal.domain.catalogue.contacts import Confirmation, Contact
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.catalogue.opening import Closure, Hours
from portal.domain.people.phone_numbers import leads_to_a_unit
from portal.domain.people.reach import problems_of_reach
from portal.domain.sentences import Sentence
from portal.domain.typed import is_line

LONGEST_REASON = 120
LONGEST_UNIT = 120
MOST_DAYS = 366


@dataclass(frozen=True, slots=True)
class Edited:
    """What stands in place of the catalogue's words for one contact, and who confirmed it."""

    unit: str
    phone: str
    email: str
    hours: tuple[Hours, ...]
    confirmed: Confirmation


@dataclass(frozen=True, slots=True)
class Notices:
    """All that is laid over the contacts of one kommun, by contact id; `version` grows with each change."""

    version: int
    edited: Mapping[str, Edited]
    closures: Mapping[str, tuple[Closure, ...]]


NO_NOTICES = Notices(0, {}, {})


def laid_over(contact: Contact, notices: Notices) -> Contact:
    """Return a contact as its kommun's editors have it."""
    closures = notices.closures.get(contact.id, ())
    edited = notices.edited.get(contact.id)
    if edited is None:
        return replace(contact, closures=closures)
    return replace(
        contact,
        # The catalogue's own name stays the key of its translations.
        unit=contact.unit if edited.unit == contact.unit.text else Sentence(edited.unit),
        phone=edited.phone or None,
        email=edited.email or None,
        hours=edited.hours,
        confirmed=edited.confirmed,
        closures=closures,
    )


def kommun_with(kommun: Kommun, notices: Notices) -> Kommun:
    """Return a kommun whose contacts are as its editors have them."""
    return replace(kommun, contacts={key: laid_over(found, notices) for key, found in kommun.contacts.items()})


def wrong_fields_of_contact(contact: Contact, edited: Edited, is_relied_on: bool) -> tuple[str, ...]:
    """Return the fields that cannot be as they are. `is_relied_on`: other contacts are reached through its phone."""
    given = {problem.field for problem in problems_of_reach(edited.email, edited.phone)}
    # A unit that is reached through another needs no number of its own.
    needs_phone = is_relied_on and not edited.phone
    needs_any = contact.through is None and not edited.phone and not edited.email
    checks = {
        "unit": 0 < len(edited.unit.strip()) <= LONGEST_UNIT and is_line(edited.unit),
        "phone": not needs_phone and not needs_any and (not edited.phone or leads_to_a_unit(edited.phone)),
        "email": not edited.email or "email" not in given,
        "hours": all(one.opens < one.closes for one in edited.hours) and not _overlap(edited.hours),
    }
    return tuple(field for field, is_right in checks.items() if not is_right)


def _overlap(hours: tuple[Hours, ...]) -> bool:
    known = sorted(hours, key=lambda one: (one.weekday, one.opens))
    return any(
        one.weekday == two.weekday and two.opens < one.closes for one, two in zip(known, known[1:], strict=False)
    )


def wrong_fields_of_closure(closure: Closure, today: date) -> tuple[str, ...]:
    """Return the fields of a closure that cannot be as they are, in the order of the form."""
    checks = {
        "first_on": closure.first_on <= closure.last_on,
        "last_on": today <= closure.last_on and (closure.last_on - closure.first_on).days < MOST_DAYS,
        "reason": 0 < len(closure.reason.strip()) <= LONGEST_REASON and is_line(closure.reason),
    }
    return tuple(field for field, is_right in checks.items() if not is_right)
