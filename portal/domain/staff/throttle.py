"""How often somebody may try to sign in: slowed by account and for the portal as a whole, by no address."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.domain.instants import later

FREE_TRIES = 5
"""Wrong tries for one account before it has to wait."""

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(minutes=15)
"""Longer would let anybody who knows an e-mail lock its owner out for a day."""

FORGOTTEN_AFTER = timedelta(hours=24)
"""Without a wrong try for so long an account begins anew."""

MOST_A_MINUTE = 60
"""Wrong tries for all accounts together within one minute; past it nobody's password is looked at until the next."""


@dataclass(frozen=True, slots=True)
class Tries:
    """The wrong tries for one account, or for all in one minute; `last_at` is the latest."""

    count: int
    last_at: datetime


def opens_at(tries: Tries) -> datetime:
    """Return from when an account may try again: each wrong try past the free ones doubles the wait."""
    over = tries.count - FREE_TRIES
    if over < 0:
        return tries.last_at
    doubled: timedelta = FIRST_WAIT * (1 << min(over, 8))
    return later(tries.last_at, min(doubled, LONGEST_WAIT))


def may_try(account: Tries | None, everybody: Tries | None, now: datetime) -> bool:
    """Return whether a try is looked at now."""
    if everybody is not None and is_same_minute(everybody.last_at, now) and everybody.count >= MOST_A_MINUTE:
        return False
    return account is None or is_forgotten(account, now) or now >= opens_at(account)


def after_wrong_try(account: Tries | None, now: datetime) -> Tries:
    """Return the tries of an account after one more that was wrong."""
    if account is None or is_forgotten(account, now):
        return Tries(1, now)
    return Tries(account.count + 1, now)


def counted_in_minute(everybody: Tries | None, now: datetime) -> Tries:
    """Return the tries of all in this minute after one more that was wrong."""
    if everybody is None or not is_same_minute(everybody.last_at, now):
        return Tries(1, now)
    return Tries(everybody.count + 1, now)


def is_forgotten(tries: Tries, now: datetime) -> bool:
    """Return whether the tries of an account are so old that they count no more."""
    return now - tries.last_at >= FORGOTTEN_AFTER


def is_same_minute(one: datetime, other: datetime) -> bool:
    """Return whether two instants are of the same minute."""
    return int(one.timestamp()) // 60 == int(other.timestamp()) // 60
