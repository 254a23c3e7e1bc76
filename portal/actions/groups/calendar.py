"""A place's meetings as a calendar (RFC 5545), in Swedish time. Its title never tells what the meetings are about."""

from datetime import datetime

from icalendar import Calendar, Event

from portal.actions.groups.places import Place
from portal.domain.groups.planning import Session
from portal.domain.groups.sign_ups import ACTIVE
from portal.domain.groups.terms import GroupState

PRODUCT = "-//Insatsportalen//SV"


def calendar_of(place: Place, title: str, now: datetime, *, with_place: bool = False) -> bytes:
    """Return the calendar of a place, with a neutral title in the resident's language.

    Each meeting keeps its UID for ever, so that a feed replaces it; one that is cancelled, or left, says CANCELLED.
    Where it is stands there only when asked for: a calendar may be shared with somebody who should not know.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for session in place.group.sessions:
        calendar.add_component(_event(place, session, title, now, with_place=with_place))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(place: Place, session: Session, title: str, now: datetime, *, with_place: bool) -> Event:
    is_left = place.sign_up.state not in ACTIVE or place.group.state is GroupState.CANCELLED
    is_cancelled = session.is_cancelled or is_left
    event = Event()
    event.add("uid", f"{place.sign_up.id}-{session.number}@insatsportalen")
    event.add("dtstamp", now)
    event.add("dtstart", session.starts_at)
    event.add("dtend", session.ends_at)
    event.add("summary", title)
    # Leaving is a change that the meeting itself does not count.
    event.add("sequence", 2 * session.sequence + is_left)
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    if with_place and not is_left:
        event.add("location", place.group.place_of(session))
    return event
