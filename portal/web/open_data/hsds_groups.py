"""A group as Open Referral tells it: its service at a place, with the hours of each meeting, languages and access."""

from datetime import datetime
from typing import Any

from portal.domain.groups.planning import ACCESSIBILITY, Group, Session
from portal.web.open_data.places import id_of
from portal.web.voices.voice import Voice

JSON = dict[str, Any]


def hours_at(at: datetime) -> str:
    """Return a time of day with its distance to UTC, as the standard writes it."""
    offset = f"{at:%z}"
    return f"{at:%H:%M}{offset[:3]}:{offset[3:]}"


def group_at(service: str, group: Group, voice: Voice) -> JSON:
    """Return a coming group as its service at a location."""
    there = id_of(service, "group", group.id)
    return {
        "id": there,
        "service_id": service,
        "location_id": id_of(there, "location"),
        # The standard has no word for what is made up to try the portal.
        "description": f"Exempel. {group.name}" if group.is_sample else group.name,
        "schedules": [_meeting(there, one) for one in group.held_sessions],
        "location": _location(id_of(there, "location"), group, voice),
    }


def _location(location: str, group: Group, voice: Voice) -> JSON:
    found: JSON = {
        "id": location,
        "location_type": "virtual" if group.is_online else "physical",
        "languages": [
            {"id": id_of(location, "language", tag), "location_id": location, "code": tag} for tag in group.languages
        ],
    }
    if group.place:
        found["name"] = group.place
    access = [one for one in group.accessibility if one in ACCESSIBILITY]
    if access:
        found["accessibility"] = [
            {"id": id_of(location, one), "location_id": location, "description": voice.words(ACCESSIBILITY[one])}
            for one in access
        ]
    return found


def _meeting(there: str, one: Session) -> JSON:
    day = one.starts_at.date().isoformat()
    return {
        "id": id_of(there, "meeting", str(one.number)),
        "service_at_location_id": there,
        "dtstart": day,
        "valid_from": day,
        "valid_to": one.ends_at.date().isoformat(),
        "opens_at": hours_at(one.starts_at),
        "closes_at": hours_at(one.ends_at),
    }
