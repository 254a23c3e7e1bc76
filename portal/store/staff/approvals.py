"""What waits for a second administrator."""

from datetime import datetime

from sqlalchemy import Connection, RowMapping, delete, insert, select

from portal.domain.staff.approvals import HOLDS_FOR, Ask, Proposal
from portal.domain.staff.roles import Role
from portal.store.staff import tables as t


def add_proposal(connection: Connection, proposal: Proposal) -> None:
    """Remember a proposal; an earlier one about the same account is gone, and so are those that are past."""
    table = t.proposals.c
    is_old = (table.email == proposal.email) | (table.made_at <= proposal.made_at - HOLDS_FOR)
    connection.execute(delete(t.proposals).where(is_old))
    connection.execute(
        insert(t.proposals).values(
            id=proposal.id,
            ask=proposal.ask,
            email=proposal.email,
            roles=proposal.roles,
            kommun=proposal.kommun,
            by=proposal.by,
            made_at=proposal.made_at,
        )
    )


def list_proposals(connection: Connection, kommun: str | None, now: datetime) -> tuple[Proposal, ...]:
    """Return what waits in a kommun, or in the whole portal (None), the oldest first."""
    query = select(t.proposals).order_by(t.proposals.c.made_at, t.proposals.c.id)
    found = (_proposal(row) for row in connection.execute(query).mappings())
    return tuple(one for one in found if kommun in (None, one.kommun) and not one.is_past(now))


def take_proposal(connection: Connection, proposal_id: str) -> Proposal | None:
    """Return a proposal and take it away; of two who ask at once only one gets it."""
    taken = delete(t.proposals).where(t.proposals.c.id == proposal_id).returning(*t.proposals.c)
    row = connection.execute(taken).mappings().first()
    return None if row is None else _proposal(row)


def _proposal(row: RowMapping) -> Proposal:
    roles = tuple(Role(role) for role in row["roles"])
    return Proposal(row["id"], Ask(row["ask"]), row["email"], roles, row["kommun"], row["by"], row["made_at"])
