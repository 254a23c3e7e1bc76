"""A place's meetings as a calendar (RFC 5545), in Swedish time. Its title never tells what the meetings are about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from portal.actions.groups.places import Place
from portal.domain.groups.planning import Group, Session
from portal.domain.groups.sign_ups import ACTIVE
from portal.domain.groups.terms import GroupState
from portal.domain.instants import STOCKHOLM

PRODUCT = "-//Insatsportalen//SV"
WINTER, SUMMER = timedelta(hours=1), timedelta(hours=2)
"""What Swedish time is ahead of UTC."""


def calendar_of(place: Place, title: str, now: datetime, *, with_place: bool = False) -> bytes:
    """Return the calendar of a place, with a neutral title in the resident's language.

    Each meeting keeps its UID for ever, the same before a sign-up as after, so that a feed replaces it; one that is
    cancelled, or left, says CANCELLED.
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
    calendar.add_component(_swedish_time())
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _swedish_time() -> Timezone:
    """Return the rule of Swedish time, as it has been since 1996.

    icalendar would list the nights of each year, from the hour after the change: Outlook reads no such list, and other
    programs are then an hour wrong in summer.
    """
    zone = Timezone()
    zone.add("tzid", STOCKHOLM.key)
    changes = (
        (TimezoneDaylight(), "CEST", datetime(1996, 3, 31, 2), 3, (WINTER, SUMMER)),  # noqa: DTZ001 - by the clock
        (TimezoneStandard(), "CET", datetime(1996, 10, 27, 3), 10, (SUMMER, WINTER)),  # noqa: DTZ001
    )
    for part, name, first_at, month, (before, after) in changes:
        part.add("tzname", name)
        part.add("dtstart", first_at)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1SU"})
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        zone.add_component(part)
    return zone


def _open_event(one: Open, session: Session, now: datetime) -> Event:
    is_cancelled = session.is_cancelled or one.group.state is GroupState.CANCELLED
    event = _meeting(session, now, is_cancelled=is_cancelled)
    event.add("summary", one.name)
    event.add("url", one.address)
    if one.group.place_of(session):
        event.add("location", one.group.place_of(session))
    return event


def _meeting(session: Session, now: datetime, *, is_cancelled: bool) -> Event:
    event = Event()
    event.add("uid", f"{session.id}@insatsportalen")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", session.starts_at)
    event.add("dtend", session.ends_at)
    event.add("sequence", session.sequence)
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    return event


def _event(place: Place, session: Session, title: str, now: datetime, *, with_place: bool) -> Event:
    is_left = place.sign_up.state not in ACTIVE or place.group.state is GroupState.CANCELLED
    is_cancelled = session.is_cancelled or is_left
    event = _meeting(session, now, is_cancelled=is_cancelled)
    event.add("summary", title)
    # Leaving is no change of the meeting: the later DTSTAMP tells it (RFC 5546, 2.1.5). A higher number would be in the
    # way of who comes back, for a calendar that has seen it takes no lower one.
    event.add("class", "PRIVATE")
    if with_place and not is_left:
        event.add("location", place.group.place_of(session))
    return event
