"""A made-up group and made-up people who sign up; numbers are those reserved for fiction."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from portal.domain.groups.details import Details, Request
from portal.domain.groups.planning import Draft, Session

STOCKHOLM = ZoneInfo("Europe/Stockholm")

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=STOCKHOLM)
FIRST = datetime(2027, 1, 12, 18, 0, tzinfo=STOCKHOLM)


def sessions(first: datetime = FIRST, count: int = 4) -> tuple[Session, ...]:
    """Return weekly meetings of two and a half hours."""
    starts = [first + timedelta(weeks=week) for week in range(count)]
    return tuple(Session(number, one, one + timedelta(minutes=150)) for number, one in enumerate(starts, start=1))


def draft(**changes: Any) -> Draft:
    """Return a group of ten as a leader writes it, with some changes."""
    given: dict[str, Any] = {
        "insats": "kurs",
        "name": "Solbackakursen",
        "sessions": sessions(),
        "capacity": 10,
        "contact": "kursen",
        "fewest": 4,
        "waiting_capacity": 5,
        "place": "Exempelgatan 1",
    }
    return Draft(**{**given, **changes})


def request(who: object = 1, **changes: Any) -> Request:
    """Return the form of a made-up person; the same person has the same form key."""
    details = Details(nickname=f"Exempel {who}", email=f"exempel{who}@example.se")
    given: dict[str, Any] = {"form_key": f"a random key of form {who}", "details": details, "lang": "sv"}
    return Request(**{**given, "regime": "advice", **changes})
