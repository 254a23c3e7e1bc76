"""The states of an application: what can be done in each, and that no row of deeds loses one."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.applications.kinds import FAMILY_COUNSELLING, SHARED
from portal.domain.applications.states import ALIVE, ENDED, Deed, State, can, move
from portal.domain.refusals import ApplicationHasEnded, ApplicationIsSent, NotNow
from tests.domain.applications.made_up import application
from tests.domain.made_up import NOW

WAY = [
    (State.DRAFT, Deed.EDIT, State.DRAFT),
    (State.DRAFT, Deed.SEND, State.SENT),
    (State.SENT, Deed.OPEN, State.RECEIVED),
    (State.RECEIVED, Deed.OPEN, State.RECEIVED),
    (State.RECEIVED, Deed.TAKE, State.IN_HAND),
    (State.IN_HAND, Deed.NOTE, State.IN_HAND),
    (State.IN_HAND, Deed.ADD, State.IN_HAND),
    (State.IN_HAND, Deed.ASK, State.NEEDS_MORE),
    (State.NEEDS_MORE, Deed.ADD, State.ANSWERED),
    (State.ANSWERED, Deed.ADD, State.ANSWERED),
    (State.ANSWERED, Deed.OPEN, State.ANSWERED),
    (State.ANSWERED, Deed.TAKE, State.IN_HAND),
    (State.IN_HAND, Deed.FORWARD, State.SENT),
    (State.IN_HAND, Deed.CLOSE, State.CLOSED),
    (State.SENT, Deed.WITHDRAW, State.WITHDRAWN),
    (State.WITHDRAWN, Deed.WITHDRAW, State.WITHDRAWN),
    (State.CLOSED, Deed.OPEN, State.CLOSED),
    (State.CLOSED, Deed.NOTE, State.CLOSED),
]


@pytest.mark.parametrize(("before", "deed", "after"), WAY)
def test_a_deed_moves_an_application(before: State, deed: Deed, after: State) -> None:
    assert can(before, deed)
    assert move(before, deed) is after


@pytest.mark.parametrize("deed", [Deed.TAKE, Deed.ASK, Deed.ADD, Deed.FORWARD, Deed.CLOSE, Deed.EDIT, Deed.SEND])
@pytest.mark.parametrize("state", sorted(ENDED))
def test_what_has_ended_stays_so(state: State, deed: Deed) -> None:
    assert not can(state, deed)
    with pytest.raises(ApplicationHasEnded):
        move(state, deed)


@pytest.mark.parametrize("deed", [Deed.EDIT, Deed.SEND])
@pytest.mark.parametrize("state", sorted(ALIVE))
def test_what_is_sent_is_no_draft_any_more(state: State, deed: Deed) -> None:
    with pytest.raises(ApplicationIsSent):
        move(state, deed)


@pytest.mark.parametrize("deed", sorted(set(Deed) - {Deed.EDIT, Deed.SEND}))
def test_nobody_else_does_anything_with_a_draft(deed: Deed) -> None:
    with pytest.raises(NotNow):
        move(State.DRAFT, deed)


@pytest.mark.parametrize("deed", [Deed.CLOSE, Deed.FORWARD, Deed.NOTE])
def test_what_nobody_has_opened_is_neither_closed_nor_handed_on(deed: Deed) -> None:
    with pytest.raises(NotNow):
        move(State.SENT, deed)


@given(st.lists(st.sampled_from(list(Deed)), max_size=40))
def test_no_row_of_deeds_brings_back_a_draft_or_wakes_what_has_ended(deeds: list[Deed]) -> None:
    state, was_sent, ended = State.DRAFT, False, None
    for deed in deeds:
        if can(state, deed):
            state = move(state, deed)
        else:
            with pytest.raises((ApplicationHasEnded, ApplicationIsSent, NotNow)):
                move(state, deed)
        was_sent = was_sent or state is not State.DRAFT
        assert (state is State.DRAFT) == (not was_sent)
        ended = ended or (state if state in ENDED else None)
        assert ended in (None, state)
        # Never a dead end: what lives can always be added to and taken back.
        assert (state in ALIVE) <= (can(state, Deed.ADD) and can(state, Deed.WITHDRAW))


def test_a_draft_is_past_thirty_days_after_its_last_change() -> None:
    draft = application(state=State.DRAFT)
    assert draft.draft_ends_at == NOW + timedelta(days=30)
    assert not draft.is_past(NOW + timedelta(days=30, seconds=-1))
    assert draft.is_past(NOW + timedelta(days=30))
    assert not application().is_past(NOW + timedelta(days=3000))


def test_it_is_exported_only_with_its_newest_version() -> None:
    assert not application().is_exported
    assert application(exported_version=1, exported_at=NOW).is_exported
    assert not application(version=2, exported_version=1, exported_at=NOW).is_exported


def test_its_door_follows_its_unit() -> None:
    assert application().door == SHARED
    assert application(unit="family_counselling").door == FAMILY_COUNSELLING
