"""What needs a second administrator, and who is one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from portal.domain.staff.approvals import HOLDS_FOR, Ask, Proposal, may_agree, needs_second
from portal.domain.staff.roles import Role, Staff

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
FIRST = Staff("one", "one@example.se", (Role.ADMINISTRATOR,), "lekeberg")
SECOND = Staff("two", "two@example.se", (Role.ADMINISTRATOR,), "lekeberg")
PROPOSAL = Proposal("x", Ask.ADD, "lea@example.se", (Role.CASE_WORKER,), "lekeberg", "one", NOW)


@pytest.mark.parametrize(
    ("before", "after", "is_needed"),
    [
        ((), (Role.LEADER, Role.EDITOR, Role.STATISTICS), False),
        ((), (Role.CASE_WORKER,), True),
        ((Role.LEADER,), (Role.ADMINISTRATOR,), True),
        ((Role.CASE_WORKER,), (Role.CASE_WORKER, Role.LEADER), False),
        ((Role.CASE_WORKER, Role.ADMINISTRATOR), (), False),
    ],
)
def test_whoever_gains_a_guarded_role_needs_two(
    before: tuple[Role, ...], after: tuple[Role, ...], is_needed: bool
) -> None:
    assert needs_second(before, after) is is_needed


def test_a_second_person_is_another_administrator_there() -> None:
    assert may_agree(SECOND, PROPOSAL)
    assert may_agree(replace(SECOND, kommun=None), PROPOSAL)
    assert not may_agree(FIRST, PROPOSAL)
    assert not may_agree(replace(SECOND, email="LEA@example.se"), PROPOSAL)
    assert not may_agree(replace(SECOND, kommun="mellerud"), PROPOSAL)
    assert not may_agree(replace(SECOND, roles=(Role.CASE_WORKER,)), PROPOSAL)
    assert not may_agree(SECOND, replace(PROPOSAL, kommun=None))


def test_a_proposal_waits_seven_days() -> None:
    assert timedelta(days=7) == HOLDS_FOR
    assert not PROPOSAL.is_past(NOW + HOLDS_FOR - timedelta(seconds=1))
    assert PROPOSAL.is_past(NOW + HOLDS_FOR)
