"""What waits for a second administrator: one proposal for an account, taken once, gone when it is past."""

from dataclasses import replace

from portal.domain.staff.approvals import HOLDS_FOR, Ask, Proposal
from portal.domain.staff.roles import Role
from portal.store.staff.approvals import add_proposal, list_proposals, take_proposal
from portal.store.storage import Storage
from tests.domain.made_up import NOW

FIRST = Proposal("a" * 32, Ask.ADD, "lea@example.se", (Role.CASE_WORKER, Role.LEADER), "solbacka", "adm", NOW)


def test_a_proposal_comes_back_as_it_was_and_is_taken_once(storage: Storage) -> None:
    with storage.database.transaction() as connection:
        add_proposal(connection, FIRST)
        add_proposal(connection, replace(FIRST, id="b" * 32, email="ola@example.se", kommun=None))
        assert list_proposals(connection, "solbacka", NOW) == (FIRST,)
        assert len(list_proposals(connection, None, NOW)) == 2
        assert take_proposal(connection, FIRST.id) == FIRST
        assert take_proposal(connection, FIRST.id) is None


def test_a_newer_one_about_the_same_account_takes_its_place_and_old_ones_go(storage: Storage) -> None:
    newer = replace(FIRST, id="c" * 32, ask=Ask.RESET, roles=())
    with storage.database.transaction() as connection:
        add_proposal(connection, FIRST)
        add_proposal(connection, newer)
        assert list_proposals(connection, "solbacka", NOW) == (newer,)
        assert list_proposals(connection, "solbacka", NOW + HOLDS_FOR) == ()
        add_proposal(connection, replace(FIRST, id="d" * 32, email="x@example.se", made_at=NOW + HOLDS_FOR))
        assert take_proposal(connection, newer.id) is None
