"""What an administrator cannot do alone: a second one must agree, so that nobody becomes another, or sees more.

Two things are guarded. Roles that read applications, or that guard themselves: whoever could give them alone could give
them to an account of her own making. And a code that opens somebody's account, unless it is mailed to the person.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from portal.domain.staff.roles import Deed, Role, Staff, may

HOLDS_FOR = timedelta(days=7)
"""How long a proposal waits for a second administrator."""

GUARDED = frozenset({Role.CASE_WORKER, Role.ADMINISTRATOR})


class Ask(StrEnum):
    """What is proposed."""

    ADD = "add"
    ROLES = "roles"
    RESET = "reset"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one administrator wants to do with an account (its e-mail), and a second one must agree to."""

    id: str
    ask: Ask
    email: str
    roles: tuple[Role, ...]
    kommun: str | None
    by: str
    made_at: datetime

    def is_past(self, now: datetime) -> bool:
        """Return whether nobody can agree to it any more."""
        return now >= self.made_at + HOLDS_FOR


def needs_second(before: Iterable[Role], after: Iterable[Role]) -> bool:
    """Return whether somebody would gain a guarded role."""
    return bool((set(after) - set(before)) & GUARDED)


def may_agree(staff: Staff, proposal: Proposal) -> bool:
    """Return whether she is a second person: an administrator there, who neither proposed it nor is its subject."""
    is_second = staff.id != proposal.by and staff.email.casefold() != proposal.email.casefold()
    return is_second and may(staff, Deed.RUN_STAFF, proposal.kommun)
