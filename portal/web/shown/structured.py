"""What a page says to search engines: the same as to people, in the words of schema.org (JSON-LD).

A block of data is never run, so the content security policy has nothing to allow.
"""

from collections.abc import Iterable
from typing import Any

from flask.json import dumps
from markupsafe import Markup

from portal.domain.catalogue.contacts import Contact
from portal.domain.catalogue.insatser import Insats
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.catalogue.opening import WEEKDAYS
from portal.domain.groups.planning import Group, Session
from portal.domain.groups.terms import GroupState
from portal.domain.people.phone_numbers import dialled
from portal.web.voices.voice import Voice

JSON = dict[str, Any]

_DAYS = dict(zip(WEEKDAYS, ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"), strict=True))


def block(node: JSON) -> Markup:
    """Return a node as a block of data in a page; nothing in it can end the block."""
    text = dumps({"@context": "https://schema.org", **node}, ensure_ascii=False, separators=(",", ":"))
    for sign, code in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        text = text.replace(sign, code)
    return Markup('<script type="application/ld+json">{}</script>').format(Markup(text))  # noqa: S704 - escaped above


def service(insats: Insats, kommun: Kommun, voice: Voice, address: str) -> JSON:
    """Return an insats as a service of its kommun."""
    found = {
        "@type": "GovernmentService",
        "name": voice.words(insats.name),
        "description": voice.words(insats.summary),
        "url": address,
        "provider": _kommun(kommun),
        "areaServed": {"@type": "AdministrativeArea", "name": kommun.name},
        "audience": {"@type": "Audience", "audienceType": voice.words(insats.audience)},
        "availableChannel": _channel(kommun.contact_of(insats), kommun, voice, address),
    }
    if insats.cost.kind == "free":
        found["offers"] = {"@type": "Offer", "price": 0, "priceCurrency": "SEK"}
    return found


def _kommun(kommun: Kommun) -> JSON:
    return {"@type": "GovernmentOrganization", "name": kommun.full_name}


def _channel(contact: Contact, kommun: Kommun, voice: Voice, address: str) -> JSON:
    phone = kommun.reached_by(contact).phone
    if phone is None:
        return {"@type": "ServiceChannel", "serviceUrl": address}
    hours = [
        {"@type": "OpeningHoursSpecification", "dayOfWeek": _DAYS[WEEKDAYS[one.weekday]]}
        | {"opens": f"{one.opens:%H:%M}", "closes": f"{one.closes:%H:%M}"}
        for one in kommun.answering(contact).hours
    ]
    point = {"@type": "ContactPoint", "name": voice.words(contact.unit), "telephone": dialled(phone)}
    return {"@type": "ServiceChannel", "servicePhone": point | ({"hoursAvailable": hours} if hours else {})}


def event(group: Group, insats: Insats | None, kommun: Kommun, name: str, voice: Voice, address: str) -> JSON:
    """Return a group as an event with its meetings; `name` is what its page calls it."""
    state = "EventCancelled" if group.state is GroupState.CANCELLED else "EventScheduled"
    found = {
        "@type": "EducationEvent",
        "name": name,
        "url": address,
        **_when(group, group.held_sessions),
        "eventStatus": f"https://schema.org/{state}",
        "eventAttendanceMode": f"https://schema.org/{'Online' if group.is_online else 'Offline'}EventAttendanceMode",
        "location": _location(group, group.place, kommun, address),
        "organizer": _kommun(kommun),
        "inLanguage": list(group.languages),
        "maximumAttendeeCapacity": group.capacity,
        "subEvent": [_meeting(group, one, kommun, name, address) for one in group.sessions],
    }
    return found if insats is None else {**found, "description": voice.words(insats.summary)}


def _when(group: Group, sessions: Iterable[Session]) -> JSON:
    held = sorted(sessions, key=lambda one: one.starts_at)
    return {"startDate": held[0].starts_at.isoformat(), "endDate": held[-1].ends_at.isoformat()}


def _location(group: Group, place: str, kommun: Kommun, address: str) -> JSON:
    if group.is_online:
        return {"@type": "VirtualLocation", "url": address}
    return {"@type": "Place", "name": place or kommun.name, "address": place or kommun.name}


def _meeting(group: Group, one: Session, kommun: Kommun, name: str, address: str) -> JSON:
    is_off = one.is_cancelled or group.state is GroupState.CANCELLED
    return {
        "@type": "Event",
        "name": f"{name} {one.number}",
        **_when(group, [one]),
        "eventStatus": f"https://schema.org/{'EventCancelled' if is_off else 'EventScheduled'}",
        "location": _location(group, group.place_of(one), kommun, address),
    }
