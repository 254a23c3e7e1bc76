"""What those who lead groups do, on both databases: everybody is told, everything stands in the trail."""

from dataclasses import replace
from datetime import timedelta

import pytest

from portal.actions.groups import leading
from portal.actions.groups.attendance import attendance_of, take_attendance
from portal.actions.groups.jobs import run_jobs
from portal.actions.groups.places import accept_offer, my_place, withdraw
from portal.actions.groups.signing_up import alert_me, hold, sign_up, tell_of_groups
from portal.domain.audit import Actor
from portal.domain.groups.sign_ups import State
from portal.domain.groups.terms import GroupState
from portal.domain.people.letters import Letter
from portal.domain.refusals import (
    BadDetails,
    BadDraft,
    GroupHasBegun,
    GroupIsCancelled,
    GroupIsFull,
    NoSuchGroup,
    NoSuchPlace,
    NoSuchSession,
    PlaceIsGone,
    TooFewPlaces,
)
from portal.store.audit import list_events
from portal.store.groups.planning import find_seen, list_coming
from portal.store.storage import Storage
from tests.made_up_groups import FIRST, LEADER, NOW, STRANGER, draft, published, request, sessions
from tests.written import letters, mails

DAY = timedelta(days=1)


def deeds(storage: Storage) -> list[str]:
    """Return what the trail says was done, the first deed first."""
    return [event.did for event in reversed(list_events(storage, "solbacka"))]


def test_a_group_is_a_draft_until_it_is_published(storage: Storage) -> None:
    group = leading.create_group(storage, LEADER, draft(), NOW)
    assert group.state is GroupState.DRAFT
    assert find_seen(storage, "solbacka", group.id, NOW) is None
    assert list_coming(storage, "solbacka", NOW) == ()
    leading.publish_group(storage, LEADER, group.id, NOW)
    leading.publish_group(storage, LEADER, group.id, NOW)
    assert [seen.group.id for seen in list_coming(storage, "solbacka", NOW)] == [group.id]
    assert deeds(storage) == ["create_group", "publish_group", "publish_group"]


def test_a_group_keeps_everything_that_was_written(storage: Storage) -> None:
    written = draft(
        programme="kurs",
        languages=("sv", "fa-AF"),
        has_interpreter=True,
        has_child_minding=True,
        accessibility=("step_free", "parking"),
        never_both_parents=True,
        let_smaller_pass=True,
        waiting_capacity=None,
        sessions=(*sessions(count=3), replace(sessions()[3], place="Biblioteket")),
    )
    group = leading.create_group(storage, LEADER, written, NOW)
    (seen,) = leading.list_groups(storage, LEADER, NOW)
    assert seen.group == group
    named = tuple(replace(one, id=own.id) for one, own in zip(written.sessions, group.sessions, strict=True))
    expected = vars(replace(written, sessions=named))
    assert {name: getattr(seen.group, name) for name in expected} == expected


def test_what_cannot_be_is_named_by_its_field(storage: Storage) -> None:
    with pytest.raises(BadDraft) as refusal:
        leading.create_group(storage, LEADER, draft(capacity=0, name=""), NOW)
    assert refusal.value.fields == ("name", "capacity", "fewest")
    begun = leading.create_group(storage, LEADER, draft(), NOW)
    with pytest.raises(BadDraft):
        leading.publish_group(storage, LEADER, begun.id, FIRST)


def test_another_kommun_s_group_is_not_there(storage: Storage) -> None:
    group = published(storage)
    receipt = sign_up(storage, group.id, request(), NOW)
    mine = my_place(storage, receipt.code, NOW).sign_up.id
    deeds_of_a_stranger = [
        lambda: leading.publish_group(storage, STRANGER, group.id, NOW),
        lambda: leading.edit_group(storage, STRANGER, group.id, draft(), NOW),
        lambda: leading.cancel_session(storage, STRANGER, group.id, group.sessions[0].id, NOW),
        lambda: leading.cancel_group(storage, STRANGER, group.id, NOW),
        lambda: leading.list_sign_ups(storage, STRANGER, group.id, NOW),
        lambda: leading.withdraw_for(storage, STRANGER, mine, NOW),
        lambda: leading.move_sign_up(storage, STRANGER, mine, group.id, NOW),
        lambda: leading.message_all(storage, STRANGER, group.id, "Hej", NOW),
        lambda: take_attendance(storage, STRANGER, group.id, group.sessions[0].id, {}, NOW),
        lambda: attendance_of(storage, STRANGER, group.id),
    ]
    for deed in deeds_of_a_stranger:
        with pytest.raises(NoSuchGroup):
            deed()
    assert leading.list_groups(storage, STRANGER, NOW) == ()
    assert list_events(storage, "granby") == ()
    assert my_place(storage, receipt.code, NOW).group == group


def test_who_wished_for_a_group_is_told_once_when_it_is_published_and_then_forgotten(storage: Storage) -> None:
    group = leading.create_group(storage, LEADER, draft(), NOW)
    wish = (group.kommun, group.insats, group.languages[0])
    for email in ("ros@example.se", "ROS@example.se", "liv@example.se"):
        tell_of_groups(storage, wish, email, "ti", NOW)
    for other in ((group.kommun, "another", wish[2]), (group.kommun, wish[1], "zz"), ("elsewhere", *wish[1:])):
        tell_of_groups(storage, other, "ros@example.se", "ti", NOW)
    assert Letter.WISHED not in letters(storage), "a draft is no group yet"
    for _ in range(2):
        leading.publish_group(storage, LEADER, group.id, NOW)
    told = [mail for mail in mails(storage) if mail.letter is Letter.WISHED]
    assert sorted(mail.to for mail in told) == ["liv@example.se", "ros@example.se"]
    assert {(mail.lang, mail.gaps["group"]) for mail in told} == {("ti", group.id)}
    assert run_jobs(storage, NOW + timedelta(days=366)).alerts_forgotten == 3, "after a year nobody waits"


@pytest.mark.parametrize("email", ["", "ros", "ros@"])
def test_a_wish_is_told_by_an_email_that_can_be_one(storage: Storage, email: str) -> None:
    with pytest.raises(BadDetails):
        tell_of_groups(storage, ("lekeberg", "abc-3-12", "ti"), email, "sv", NOW)


def test_more_places_go_to_the_line(storage: Storage) -> None:
    group = published(storage, capacity=1)
    receipts = [sign_up(storage, group.id, request(who), NOW) for who in (1, 2, 3)]
    leading.edit_group(storage, LEADER, group.id, replace(group, capacity=2), NOW)
    found = [my_place(storage, receipt.code, NOW).sign_up.state for receipt in receipts]
    assert found == [State.PLACED, State.OFFERED, State.WAITING]
    assert letters(storage).count(Letter.OFFERED) == 1


def test_more_places_than_the_line_needs_are_told_to_those_who_asked(storage: Storage) -> None:
    group = published(storage, capacity=1, waiting_capacity=0)
    sign_up(storage, group.id, request(), NOW)
    alert_me(storage, group.id, "nyfiken@example.se", "sv", NOW)
    leading.edit_group(storage, LEADER, group.id, replace(group, capacity=2), NOW)
    assert letters(storage).count(Letter.FREE) == 1


def test_fewer_places_than_are_taken_are_refused(storage: Storage) -> None:
    group = published(storage, capacity=3)
    sign_up(storage, group.id, request(1, seats=2), NOW)
    with pytest.raises(TooFewPlaces):
        leading.edit_group(storage, LEADER, group.id, replace(group, capacity=1), NOW)
    assert leading.edit_group(storage, LEADER, group.id, replace(group, capacity=2), NOW).capacity == 2


def test_a_hold_that_has_ended_does_not_stop_a_smaller_group(storage: Storage) -> None:
    group = published(storage, capacity=2)
    hold(storage, group.id, "a form", 2, NOW)
    smaller = replace(group, capacity=1)
    with pytest.raises(TooFewPlaces):
        leading.edit_group(storage, LEADER, group.id, smaller, NOW)
    assert leading.edit_group(storage, LEADER, group.id, smaller, NOW + DAY).capacity == 1


def test_a_new_time_is_told_and_counted_for_calendars(storage: Storage) -> None:
    group = published(storage)
    sign_up(storage, group.id, request(), NOW)
    later = tuple(replace(one, starts_at=one.starts_at + DAY, ends_at=one.ends_at + DAY) for one in group.sessions)
    after = leading.edit_group(storage, LEADER, group.id, replace(group, sessions=(later[0], *group.sessions[1:])), NOW)
    assert [one.sequence for one in after.sessions] == [1, 0, 0, 0]
    assert letters(storage) == [Letter.CHANGED, Letter.PLACED]
    leading.edit_group(storage, LEADER, group.id, replace(after, name="Nytt namn"), NOW)
    assert letters(storage) == [Letter.CHANGED, Letter.PLACED]


def test_a_change_that_is_taken_back_before_it_was_told_is_none(storage: Storage) -> None:
    group = published(storage)
    sign_up(storage, group.id, request(), NOW)
    after = leading.edit_group(storage, LEADER, group.id, replace(group, place="Biblioteket"), NOW)
    assert letters(storage) == [Letter.CHANGED, Letter.PLACED]
    leading.edit_group(storage, LEADER, group.id, replace(after, place=group.place), NOW)
    assert letters(storage) == [Letter.PLACED]


def test_a_new_place_of_the_group_is_told_too(storage: Storage) -> None:
    group = published(storage)
    sign_up(storage, group.id, request(), NOW)
    after = leading.edit_group(storage, LEADER, group.id, replace(group, place="Biblioteket"), NOW)
    assert {one.sequence for one in after.sessions} == {1}
    assert Letter.CHANGED in letters(storage)
    longer = replace(after, sessions=(*after.sessions, replace(sessions(count=5)[4], sequence=7)))
    assert leading.edit_group(storage, LEADER, group.id, longer, NOW).sessions[4].sequence == 0


def test_a_cancelled_meeting_is_told_once_in_the_resident_s_language(storage: Storage) -> None:
    group = published(storage)
    sign_up(storage, group.id, request(lang="ti"), NOW)
    for _ in range(2):
        after = leading.cancel_session(storage, LEADER, group.id, group.sessions[1].id, NOW)
        assert after.sessions[1].is_cancelled
    assert [(one.is_cancelled, one.sequence) for one in after.sessions[:3]] == [(False, 0), (True, 1), (False, 0)]
    (told,) = [mail for mail in mails(storage) if mail.letter is Letter.SESSION_CANCELLED]
    assert (told.lang, told.gaps["day"]) == ("ti", "2027-01-19")
    with pytest.raises(NoSuchSession):
        leading.cancel_session(storage, LEADER, group.id, "nothing", NOW)


def test_a_cancelled_group_tells_everybody_in_it_and_in_its_line_once(storage: Storage) -> None:
    group = published(storage, capacity=1)
    receipts = [sign_up(storage, group.id, request(who), NOW) for who in (1, 2, 3)]
    withdraw(storage, receipts[0].code, NOW)
    for _ in range(2):
        leading.cancel_group(storage, LEADER, group.id, NOW)
    assert [my_place(storage, one.code, NOW).sign_up.state for one in receipts] == [
        "withdrawn",
        "cancelled",
        "cancelled",
    ]
    assert letters(storage).count(Letter.GROUP_CANCELLED) == 2
    for deed in (
        lambda: leading.publish_group(storage, LEADER, group.id, NOW),
        lambda: leading.edit_group(storage, LEADER, group.id, draft(), NOW),
    ):
        with pytest.raises(GroupIsCancelled):
            deed()


def test_reading_who_is_in_a_group_stands_in_the_trail(storage: Storage) -> None:
    group = published(storage, capacity=1)
    for who in (1, 2):
        sign_up(storage, group.id, request(who), NOW)
    hold(storage, published(storage).id, "a form", 1, NOW)
    found = leading.list_sign_ups(storage, LEADER, group.id, NOW)
    called = [(one.details.called, one.sign_up.state) for one in found if one.details is not None]
    assert called == [("Exempel 1", State.PLACED), ("Exempel 2", State.WAITING)]
    (event,) = list_events(storage, "solbacka", subject=f"group:{group.id}", most=1)
    assert (event.by, event.did, event.at) == ("leader-1", "read_sign_ups", NOW)


def test_who_asks_by_phone_is_taken_out_and_the_next_is_offered_the_place(storage: Storage) -> None:
    group = published(storage, capacity=1)
    first, second = (sign_up(storage, group.id, request(who), NOW) for who in (1, 2))
    leading.withdraw_for(storage, LEADER, my_place(storage, first.code, NOW).sign_up.id, NOW)
    assert my_place(storage, first.code, NOW).details is None
    assert my_place(storage, second.code, NOW).sign_up.state is State.OFFERED
    with pytest.raises(NoSuchPlace):
        leading.withdraw_for(storage, LEADER, "nobody", NOW)


def test_a_move_takes_the_person_and_her_codes_along(storage: Storage) -> None:
    here, there = published(storage, capacity=1), published(storage, capacity=1)
    first, second = (sign_up(storage, here.id, request(who), NOW) for who in (1, 2))
    withdraw(storage, first.code, NOW)
    offered = next(mail for mail in mails(storage) if mail.letter is Letter.OFFERED)
    mine = my_place(storage, second.code, NOW).sign_up.id
    moved = leading.move_sign_up(storage, LEADER, mine, there.id, NOW)
    assert moved.state is State.PLACED
    told = next(mail for mail in mails(storage) if mail.letter is Letter.MOVED)
    for code in (second.code, offered.gaps["code"], told.gaps["code"]):
        place = my_place(storage, code, NOW)
        assert (place.group.id, place.sign_up.state) == (there.id, State.PLACED)
        assert place.details is not None
    again = sign_up(storage, here.id, request(2), NOW)
    assert (again.state, again.code) == (State.WITHDRAWN, None)
    assert letters(storage).count(Letter.WITHDRAWN) == 1


def test_a_move_frees_the_seat_it_leaves(storage: Storage) -> None:
    here, there = published(storage, capacity=1), published(storage)
    first, second = (sign_up(storage, here.id, request(who), NOW) for who in (1, 2))
    leading.move_sign_up(storage, LEADER, my_place(storage, first.code, NOW).sign_up.id, there.id, NOW)
    assert accept_offer(storage, second.code, NOW).sign_up.state is State.PLACED


def test_a_move_into_a_full_group_waits_and_into_a_full_line_changes_nothing(storage: Storage) -> None:
    here, there = published(storage), published(storage, capacity=1, waiting_capacity=1)
    sign_up(storage, there.id, request("there"), NOW)
    mine = [my_place(storage, sign_up(storage, here.id, request(who), NOW).code, NOW).sign_up.id for who in (1, 2)]
    assert leading.move_sign_up(storage, LEADER, mine[0], there.id, NOW).state is State.WAITING
    with pytest.raises(GroupIsFull):
        leading.move_sign_up(storage, LEADER, mine[1], there.id, NOW)
    states = {one.sign_up.id: one.sign_up.state for one in leading.list_sign_ups(storage, LEADER, here.id, NOW)}
    assert states == {mine[0]: State.WITHDRAWN, mine[1]: State.PLACED}


def test_a_move_that_makes_no_sense_is_refused(storage: Storage) -> None:
    here, there = published(storage), published(storage)
    receipt = sign_up(storage, here.id, request(), NOW)
    mine = my_place(storage, receipt.code, NOW).sign_up.id
    with pytest.raises(BadDraft):
        leading.move_sign_up(storage, LEADER, mine, here.id, NOW)
    with pytest.raises(NoSuchGroup):
        leading.move_sign_up(storage, LEADER, mine, "nothing", NOW)
    with pytest.raises(GroupHasBegun):
        leading.move_sign_up(storage, LEADER, mine, there.id, FIRST)
    withdraw(storage, receipt.code, NOW)
    with pytest.raises(PlaceIsGone):
        leading.move_sign_up(storage, LEADER, mine, there.id, NOW)


def test_a_message_goes_to_everybody_with_an_email_and_twice_is_as_once(storage: Storage) -> None:
    group = published(storage, capacity=1)
    receipts = [sign_up(storage, group.id, request(who), NOW) for who in (1, 2, 3)]
    withdraw(storage, receipts[2].code, NOW)
    assert leading.message_all(storage, LEADER, group.id, " Ta med ett foto. ", NOW, form_key="one form") == 2
    assert leading.message_all(storage, LEADER, group.id, "Ta med ett foto.", NOW, form_key="one form") == 0
    told = [mail for mail in mails(storage) if mail.letter is Letter.MESSAGE]
    assert {mail.to for mail in told} == {"exempel1@example.se", "exempel2@example.se"}
    assert {mail.gaps["words"] for mail in told} == {"Ta med ett foto."}
    assert leading.message_all(storage, LEADER, group.id, "x" * 2000, NOW) == 2
    for words in (" ", "x" * 2001):
        with pytest.raises(BadDraft):
            leading.message_all(storage, LEADER, group.id, words, NOW)


def test_the_trail_names_who_did_it(storage: Storage) -> None:
    leading.create_group(storage, Actor("leader-7", "solbacka"), draft(), NOW)
    (event,) = list_events(storage, "solbacka")
    assert (event.by, event.kommun) == ("leader-7", "solbacka")
