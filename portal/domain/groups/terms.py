"""What of a group decides who gets in: its state, its places, and what the first in line gets."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from portal.domain.refusals import GroupHasBegun, GroupIsCancelled, NoSuchGroup, Refusal


class GroupState(StrEnum):
    """Whether residents see a group and can sign up."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


class OfferPolicy(StrEnum):
    """What the first in line gets when a seat is free: an offer with an end, or the place at once."""

    OFFER = "offer"
    AT_ONCE = "at_once"


@dataclass(frozen=True, slots=True)
class Terms:
    """What of a group decides who gets in. `waiting_capacity` is in seats; None is without end."""

    state: GroupState
    capacity: int
    begins_at: datetime
    waiting_capacity: int | None = None
    policy: OfferPolicy = OfferPolicy.OFFER
    offer_hours: int = 24
    let_smaller_pass: bool = False

    def is_open_at(self, now: datetime) -> bool:
        """Return whether anybody can sign up, or be offered a place."""
        return self.state is GroupState.PUBLISHED and now < self.begins_at

    def refusal_at(self, now: datetime) -> Refusal | None:
        """Return why nobody can sign up, or None."""
        if self.state is GroupState.CANCELLED:
            return GroupIsCancelled()
        if self.state is GroupState.DRAFT:
            return NoSuchGroup()
        return None if now < self.begins_at else GroupHasBegun()
