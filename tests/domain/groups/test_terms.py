"""What of a group decides who gets in."""

import pytest

from portal.domain.groups.deciding import decide_hold
from portal.domain.groups.terms import GroupState, Terms
from portal.domain.refusals import GroupHasBegun, GroupIsCancelled, NoSuchGroup, Refusal
from tests.domain.groups.lines import sign_up
from tests.domain.made_up import FIRST, NOW

CLOSED: dict[str, tuple[Terms, type[Refusal]]] = {
    "draft": (Terms(GroupState.DRAFT, 9, FIRST), NoSuchGroup),
    "cancelled": (Terms(GroupState.CANCELLED, 9, FIRST), GroupIsCancelled),
    "begun": (Terms(GroupState.PUBLISHED, 9, NOW), GroupHasBegun),
}


@pytest.mark.parametrize(("closed", "kind"), CLOSED.values(), ids=CLOSED)
def test_a_group_that_is_not_open_takes_nobody(closed: Terms, kind: type[Refusal]) -> None:
    assert isinstance(sign_up(closed).refusal, kind)
    assert isinstance(decide_hold(closed, (), "new", "new", 1, NOW).refusal, kind)
    assert not closed.is_open_at(NOW)
