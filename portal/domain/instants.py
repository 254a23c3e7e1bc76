"""Instants in Sweden. Python reckons with two times of one zone by the clock on the wall, which jumps twice a year.

So an instant that something is reckoned from carries the offset it has just then, and no zone; and what stands on the
clock on the wall (the hours of a unit, a meeting at 18.00 each week) is made with the zone.
"""

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def in_sweden(instant: datetime) -> datetime:
    """Return an aware instant with the day and time in Sweden, which adds and compares as an instant."""
    local = instant.astimezone(STOCKHOLM)
    return local.replace(tzinfo=timezone(local.utcoffset() or timedelta(0)), fold=0)


def later(instant: datetime, passes: timedelta) -> datetime:
    """Return the instant when so much time has passed, also over a night when the clocks change."""
    return in_sweden(in_sweden(instant) + passes)
