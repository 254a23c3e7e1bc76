"""Roles and what they may do: a role has its own deeds, in its own kommun, as long as its owner is staff."""

from dataclasses import replace

import pytest

from portal.domain.staff.roles import EVERYWHERE, MAY, ROLE_NAMES, Deed, Role, Staff, can_have, deeds_of, may

LEADER = Staff("1", "a@example.se", (Role.LEADER,), "solbacka")


def test_every_role_has_deeds_and_a_name() -> None:
    assert set(MAY) == set(ROLE_NAMES) == set(Role)
    assert all(Deed.BE_STAFF in deeds for deeds in MAY.values())
    assert deeds_of(Role) == set(Deed)


def test_nobody_but_a_leader_reaches_what_residents_wrote() -> None:
    assert [role for role in Role if Deed.LEAD_GROUPS in MAY[role]] == [Role.LEADER]
    assert [role for role in Role if Deed.RUN_STAFF in MAY[role]] == [Role.ADMINISTRATOR]
    assert [role for role in Role if Deed.READ_TRAIL in MAY[role]] == [Role.ADMINISTRATOR]


def test_several_roles_add_up() -> None:
    both = replace(LEADER, roles=(Role.LEADER, Role.EDITOR))
    assert both.deeds == MAY[Role.LEADER] | MAY[Role.EDITOR]


@pytest.mark.parametrize(
    ("deed", "kommun", "is_allowed"),
    [
        (Deed.LEAD_GROUPS, "solbacka", True),
        (Deed.LEAD_GROUPS, "granby", False),
        (Deed.LEAD_GROUPS, None, False),
        (Deed.EDIT_CONTACTS, "solbacka", False),
    ],
)
def test_a_role_holds_in_its_own_kommun(deed: Deed, kommun: str | None, is_allowed: bool) -> None:
    assert may(LEADER, deed, kommun) is is_allowed


def test_who_has_ended_may_nothing() -> None:
    ended = replace(LEADER, is_active=False)
    assert ended.deeds == frozenset()
    assert not may(ended, Deed.BE_STAFF, "solbacka")


def test_an_administrator_of_the_portal_runs_the_staff_of_every_kommun_and_nothing_else() -> None:
    everywhere = Staff("2", "b@example.se", (Role.ADMINISTRATOR, Role.LEADER), None)
    assert everywhere.deeds == EVERYWHERE
    assert may(everywhere, Deed.RUN_STAFF, "granby")
    assert may(everywhere, Deed.RUN_STAFF, None)
    assert not may(everywhere, Deed.LEAD_GROUPS, "granby")


@pytest.mark.parametrize(
    ("roles", "kommun", "is_possible"),
    [
        ([Role.LEADER, Role.EDITOR], "solbacka", True),
        ([], "solbacka", False),
        ([Role.ADMINISTRATOR], None, True),
        ([Role.LEADER], None, False),
        ([Role.ADMINISTRATOR, Role.LEADER], None, False),
    ],
)
def test_outside_a_kommun_there_are_only_administrators(
    roles: list[Role], kommun: str | None, is_possible: bool
) -> None:
    assert can_have(roles, kommun) is is_possible
