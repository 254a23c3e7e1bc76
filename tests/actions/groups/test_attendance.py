"""Who came is counted for a meeting, which keeps its counts whatever becomes of those beside it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from portal.actions.groups import leading
from portal.actions.groups.attendance import attendance_of, take_attendance
from portal.domain.groups.planning import Session
from portal.domain.refusals import BadDraft, NoSuchSession, SessionHasNotBegun, SessionIsCounted
from portal.store.storage import Storage
from tests.made_up_groups import LEADER, NOW, draft, published


def test_attendance_is_counted_without_who(storage: Storage) -> None:
    group = published(storage)
    first, second, third, _ = (one.id for one in group.sessions)
    with pytest.raises(SessionHasNotBegun):
        take_attendance(storage, LEADER, group.id, first, {}, NOW)
    later = group.ends_at
    take_attendance(storage, LEADER, group.id, first, {("25-44", "woman"): 3, ("25-44", "man"): 0}, later)
    take_attendance(storage, LEADER, group.id, first, {("25-44", "woman"): 2}, later)
    take_attendance(storage, LEADER, group.id, second, {}, later)
    assert attendance_of(storage, LEADER, group.id) == {first: {("25-44", "woman"): 2}}
    with pytest.raises(BadDraft):
        take_attendance(storage, LEADER, group.id, first, {("7", "woman"): 2}, later)
    leading.cancel_session(storage, LEADER, group.id, third, NOW)
    for meeting in (third, "nothing", published(storage).sessions[0].id):
        with pytest.raises(NoSuchSession):
            take_attendance(storage, LEADER, group.id, meeting, {}, later)


def test_counts_stay_with_their_meeting_when_others_go_or_come(storage: Storage) -> None:
    group = published(storage)
    first, second, third, fourth = group.sessions
    take_attendance(storage, LEADER, group.id, third.id, {("25-44", "woman"): 5}, group.ends_at)
    added = Session(1, first.starts_at + timedelta(days=1), first.ends_at + timedelta(days=1))
    moved = replace(third, starts_at=third.starts_at + timedelta(days=1), ends_at=third.ends_at + timedelta(days=1))
    kept = [replace(one, number=number) for number, one in enumerate((added, moved, fourth), start=1)]
    after = leading.edit_group(storage, LEADER, group.id, draft(fewest=None, sessions=tuple(kept)), NOW)
    assert [one.id for one in after.sessions][1:] == [third.id, fourth.id]
    assert attendance_of(storage, LEADER, group.id) == {third.id: {("25-44", "woman"): 5}}
    # Where the counts would go with the meeting, they are emptied first.
    rest = [replace(one, number=number) for number, one in enumerate((second, fourth), start=1)]
    gone = draft(fewest=None, sessions=tuple(rest))
    with pytest.raises(SessionIsCounted, match="2027-01-27"):
        leading.edit_group(storage, LEADER, group.id, gone, NOW)
    take_attendance(storage, LEADER, group.id, third.id, {}, group.ends_at)
    assert len(leading.edit_group(storage, LEADER, group.id, gone, NOW).sessions) == 2
