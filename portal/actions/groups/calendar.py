"""A place's meetings as a calendar (RFC 5545), in Swedish time. Its title never tells what the meetings are about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from icalendar import Calendar, Event

from portal.actions.groups.places import Place
from portal.domain.groups.planning import Group, Session
from portal.domain.groups.sign_ups import ACTIVE
from portal.domain.groups.terms import GroupState

PRODUCT = "-//Insatsportalen//SV"


def calendar_of(place: Place, title: str, now: datetime, *, with_place: bool = False) -> bytes:
    """Return the calendar of a place, with a neutral title in the resident's language.

    Each meeting keeps its UID for ever, so that a feed replaces it; one that is cancelled, or left, says CANCELLED.
    Where it is stands there only when asked for: a calendar may be shared with somebody who should not know.
    """
    return _written(_event(place, session, title, now, with_place=with_place) for session in place.group.sessions)


@dataclass(frozen=True)
class Open:
    """A group as anybody may see it: what its page calls it, and the address of that page."""

    group: Group
    name: str
    address: str


def calendar_of_groups(groups: Iterable[Open], now: datetime) -> bytes:
    """Return the meetings of groups that anybody may come to; they tell what they are, for nobody has a place here."""
    return _written(_open_event(one, session, now) for one in groups for session in one.group.sessions)


def _written(events: Iterable[Event]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for event in events:
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _open_event(one: Open, session: Session, now: datetime) -> Event:
    is_cancelled = session.is_cancelled or one.group.state is GroupState.CANCELLED
    event = _meeting(f"{one.group.id}-{session.number}", session, now, is_cancelled=is_cancelled)
    event.add("summary", one.name)
    event.add("sequence", session.sequence)
    event.add("url", one.address)
    if one.group.place_of(session):
        event.add("location", one.group.place_of(session))
    return event


def _meeting(name: str, session: Session, now: datetime, *, is_cancelled: bool) -> Event:
    event = Event()
    event.add("uid", f"{name}@insatsportalen")
    event.add("dtstamp", now)
    event.add("dtstart", session.starts_at)
    event.add("dtend", session.ends_at)
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    return event


def _event(place: Place, session: Session, title: str, now: datetime, *, with_place: bool) -> Event:
    is_left = place.sign_up.state not in ACTIVE or place.group.state is GroupState.CANCELLED
    is_cancelled = session.is_cancelled or is_left
    event = _meeting(f"{place.sign_up.id}-{session.number}", session, now, is_cancelled=is_cancelled)
    event.add("summary", title)
    # Leaving is a change that the meeting itself does not count.
    event.add("sequence", 2 * session.sequence + is_left)
    event.add("class", "PRIVATE")
    if with_place and not is_left:
        event.add("location", place.group.place_of(session))
    return event
