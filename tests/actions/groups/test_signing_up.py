"""What a resident does before she has a place, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from portal.actions.groups import leading
from portal.actions.groups.places import my_place, withdraw
from portal.actions.groups.signing_up import (
    LONGEST_KEY,
    alert_me,
    hold,
    is_sent,
    place_in_line,
    release,
    settle_group,
    sign_up,
    wish,
)
from portal.domain.groups.deciding import HOLD, Decision
from portal.domain.groups.details import Details
from portal.domain.groups.sign_ups import State
from portal.domain.people.letters import Letter
from portal.domain.references import read_code
from portal.domain.refusals import (
    BadDetails,
    GroupHasBegun,
    GroupIsCancelled,
    GroupIsFull,
    NoSuchGroup,
    OnlyWaitingIsLeft,
)
from portal.store.groups.lines import read_line
from portal.store.groups.planning import find_seen
from portal.store.groups.wishes import list_wishes
from portal.store.storage import Storage, open_storage
from tests.conftest import KEY
from tests.made_up_groups import FIRST, LEADER, NOW, draft, published, request
from tests.written import letters, mails


def left(storage: Storage, group_id: str, at: timedelta = timedelta(0)) -> int:
    """Return the places left."""
    seen = find_seen(storage, "solbacka", group_id, NOW + at)
    assert seen is not None
    return seen.left


def test_a_form_becomes_a_place_with_a_code_that_opens_it(storage: Storage) -> None:
    group = published(storage)
    receipt = sign_up(storage, group.id, request(), NOW)
    assert (receipt.state, receipt.seats, receipt.place_in_line) == (State.PLACED, 1, None)
    assert read_code(receipt.code) == receipt.code
    place = my_place(storage, receipt.code, NOW)
    assert place.group == group
    assert place.details == Details(nickname="Exempel 1", email="exempel1@example.se")
    assert left(storage, group.id) == 9


def test_the_same_form_again_is_one_sign_up_with_one_mail_and_its_code_is_told_once(storage: Storage) -> None:
    group = published(storage)
    first, again = (sign_up(storage, group.id, request(), NOW) for _ in range(2))
    assert again == replace(first, code=None)
    assert is_sent(storage, group.id, request().form_key)
    assert not is_sent(storage, group.id, request(2).form_key)
    assert left(storage, group.id) == 9
    assert letters(storage) == [Letter.PLACED]
    withdraw(storage, first.code or "", NOW)
    assert is_sent(storage, group.id, request().form_key)


def test_a_form_resent_after_the_keys_were_changed_is_the_same_sign_up(storage: Storage, database_url: str) -> None:
    group = published(storage)
    first = sign_up(storage, group.id, request(), NOW)
    changed = open_storage(database_url, ["b" * 43 + "=", KEY])
    assert sign_up(changed, group.id, request(), NOW).code is None
    assert my_place(changed, first.code, NOW).sign_up.state is State.PLACED
    assert left(changed, group.id) == 9
    assert sign_up(changed, group.id, request(2), NOW).code != first.code
    changed.close()


def test_a_full_group_has_a_line_and_a_full_line_an_end(storage: Storage) -> None:
    group = published(storage, capacity=1, waiting_capacity=2)
    assert sign_up(storage, group.id, request(1), NOW).state is State.PLACED
    assert [sign_up(storage, group.id, request(who), NOW).place_in_line for who in (2, 3)] == [1, 2]
    with pytest.raises(GroupIsFull):
        sign_up(storage, group.id, request(4), NOW)
    assert letters(storage) == [Letter.PLACED, Letter.WAITING, Letter.WAITING]


def test_who_may_not_wait_is_asked_first(storage: Storage) -> None:
    group = published(storage, capacity=1)
    sign_up(storage, group.id, request(1), NOW)
    with pytest.raises(OnlyWaitingIsLeft):
        sign_up(storage, group.id, request(2, may_wait=False), NOW)
    assert sign_up(storage, group.id, request(2), NOW).state is State.WAITING


def test_a_hold_keeps_a_seat_and_the_form_then_takes_it(storage: Storage) -> None:
    group = published(storage, capacity=1)
    key = request().form_key
    held = hold(storage, group.id, key, 1, NOW)
    assert (held.state, held.until_at) == (State.HELD, NOW + HOLD)
    assert hold(storage, group.id, key, 1, NOW + timedelta(minutes=5)) == held
    with pytest.raises(OnlyWaitingIsLeft):
        hold(storage, group.id, "another form", 1, NOW)
    assert (left(storage, group.id), left(storage, group.id, HOLD)) == (0, 1)
    assert sign_up(storage, group.id, request(), NOW + timedelta(minutes=14)).state is State.PLACED
    assert hold(storage, group.id, key, 1, NOW).state is State.PLACED


def test_who_only_opens_forms_shuts_nobody_out(storage: Storage) -> None:
    group = published(storage, capacity=6)
    held = [hold(storage, group.id, f"form {number}", 1, NOW).state for number in range(20)]
    assert held == [State.HELD] * 3 + [State.RELEASED] * 17
    assert sign_up(storage, group.id, request(), NOW).state is State.PLACED


def test_a_hold_that_ended_is_anybody_s(storage: Storage) -> None:
    group = published(storage, capacity=1)
    hold(storage, group.id, "a form", 1, NOW)
    assert sign_up(storage, group.id, request(), NOW + HOLD).state is State.PLACED
    assert sign_up(storage, group.id, request(2, form_key="a form"), NOW + HOLD).state is State.WAITING


def test_a_form_that_is_left_lets_go(storage: Storage) -> None:
    group = published(storage, capacity=1)
    hold(storage, group.id, "a form", 1, NOW)
    release(storage, group.id, "a form", NOW)
    release(storage, group.id, "a form", NOW)
    assert left(storage, group.id) == 1


def test_a_hold_that_ends_moves_the_line_without_any_job(storage: Storage) -> None:
    group = published(storage, capacity=2)
    sign_up(storage, group.id, request(1), NOW)
    hold(storage, group.id, "a form", 1, NOW)
    waiting = sign_up(storage, group.id, request(2), NOW)
    sign_up(storage, group.id, request(3), NOW + HOLD)
    assert my_place(storage, waiting.code, NOW + HOLD).sign_up.state is State.OFFERED


def test_who_is_promoted_is_mailed_a_code_of_her_own(storage: Storage) -> None:
    group = published(storage, capacity=1)
    first = sign_up(storage, group.id, request(1), NOW)
    second = sign_up(storage, group.id, request(2), NOW)
    withdraw(storage, first.code, NOW)
    offered = next(mail for mail in mails(storage) if mail.letter is Letter.OFFERED)
    assert offered.to == "exempel2@example.se"
    assert offered.gaps["code"] not in (first.code, second.code)
    assert (offered.gaps["day"], offered.gaps["time"]) == ("2026-11-25", "10:00")
    assert my_place(storage, offered.gaps["code"], NOW).sign_up == my_place(storage, second.code, NOW).sign_up


def test_without_an_email_nothing_is_mailed_and_all_works_by_code(storage: Storage) -> None:
    group = published(storage)
    by_phone = request(details=Details(nickname="Exempel", phone="070-174 06 05"))
    receipt = sign_up(storage, group.id, by_phone, NOW)
    assert my_place(storage, receipt.code, NOW).sign_up.state is State.PLACED
    assert mails(storage) == []


WRONG: dict[str, tuple[dict[str, object], tuple[str, ...]]] = {
    "a name where identity is exempt": (
        {"details": Details(nickname="E", name="Exempel", phone="070-174 06 05")},
        ("name",),
    ),
    "nothing": ({"details": Details()}, ("nickname", "email")),
    "three seats": ({"seats": 3}, ("seats",)),
    "no seat": ({"seats": 0}, ("seats",)),
    "no form key": ({"form_key": ""}, ("form_key",)),
    "a long form key": ({"form_key": "x" * 201}, ("form_key",)),
}


@pytest.mark.parametrize(("changes", "fields"), WRONG.values(), ids=WRONG)
def test_a_bad_form_names_its_fields_and_changes_nothing(
    storage: Storage, changes: dict[str, object], fields: tuple[str, ...]
) -> None:
    group = published(storage)
    with pytest.raises(BadDetails) as refusal:
        sign_up(storage, group.id, request(**changes), NOW)
    assert refusal.value.fields == fields
    assert left(storage, group.id) == 10


def test_a_group_that_is_not_there_not_published_cancelled_or_begun_takes_nobody(storage: Storage) -> None:
    with pytest.raises(NoSuchGroup):
        sign_up(storage, "nothing", request(), NOW)
    unseen = leading.create_group(storage, LEADER, draft(), NOW)
    with pytest.raises(NoSuchGroup):
        hold(storage, unseen.id, "a form", 1, NOW)
    group = published(storage)
    with pytest.raises(GroupHasBegun):
        sign_up(storage, group.id, request(), FIRST)
    leading.cancel_group(storage, LEADER, group.id, NOW)
    with pytest.raises(GroupIsCancelled):
        sign_up(storage, group.id, request(), NOW)


# ------------------------------------------------------------------------------------------------ alerts and wishes


def test_an_alert_is_mailed_once_when_a_place_is_free(storage: Storage) -> None:
    group = published(storage, capacity=1, waiting_capacity=0)
    first = sign_up(storage, group.id, request(1), NOW)
    for email in ("nyfiken@example.se", "NYFIKEN@example.se", "annan@example.se"):
        alert_me(storage, group.id, email, "ar", NOW)
    assert letters(storage) == [Letter.PLACED]
    withdraw(storage, first.code, NOW)
    free = [mail for mail in mails(storage) if mail.letter is Letter.FREE]
    assert sorted(mail.to for mail in free) == ["annan@example.se", "nyfiken@example.se"]
    assert {mail.lang for mail in free} == {"ar"}
    settle_group(storage, group.id, NOW, is_for_alerts=True)
    assert len(mails(storage)) == 4


def test_an_alert_waits_while_somebody_in_line_is_offered_the_place(storage: Storage) -> None:
    group = published(storage, capacity=1)
    first = sign_up(storage, group.id, request(1), NOW)
    sign_up(storage, group.id, request(2), NOW)
    alert_me(storage, group.id, "nyfiken@example.se", "sv", NOW)
    withdraw(storage, first.code, NOW)
    assert Letter.FREE not in letters(storage)
    settle_group(storage, group.id, NOW + timedelta(hours=24))
    assert letters(storage).count(Letter.FREE) == 1


def test_an_alert_for_a_group_with_free_places_is_mailed_at_once(storage: Storage) -> None:
    group = published(storage)
    alert_me(storage, group.id, "nyfiken@example.se", "sv", NOW)
    assert letters(storage) == [Letter.FREE]


def test_an_alert_needs_an_email_and_a_group_that_is_open(storage: Storage) -> None:
    group = published(storage)
    for email in ("", "nyfiken"):
        with pytest.raises(BadDetails):
            alert_me(storage, group.id, email, "sv", NOW)
    with pytest.raises(GroupHasBegun):
        alert_me(storage, group.id, "nyfiken@example.se", "sv", FIRST)
    with pytest.raises(NoSuchGroup):
        alert_me(storage, "nothing", "nyfiken@example.se", "sv", NOW)


def test_wishes_are_counted_once_for_each_form_and_shown_from_five(storage: Storage) -> None:
    for number in (1, 2, 3, 4, 4):
        wish(storage, "solbacka", "kurs", "ti", "evening", f"form {number}", NOW)
    assert list_wishes(storage, "solbacka") == ()
    wish(storage, "solbacka", "kurs", "ti", "evening", "form 5", NOW)
    (found,) = list_wishes(storage, "solbacka")
    assert (found.wish.language, found.count) == ("ti", 5)
    assert list_wishes(storage, "granby") == ()
    with pytest.raises(BadDetails):
        wish(storage, "solbacka", "kurs", "ti", "at night", "form 6", NOW)


def test_a_wish_comes_from_a_form_with_a_key(storage: Storage) -> None:
    for key in ("", "x" * (LONGEST_KEY + 1)):
        with pytest.raises(BadDetails):
            wish(storage, "solbacka", "kurs", "ti", "evening", key, NOW)
    for key in ("x", "x" * LONGEST_KEY, "a", "b", "c"):
        wish(storage, "solbacka", "kurs", "ti", "evening", key, NOW)
    assert [one.count for one in list_wishes(storage, "solbacka")] == [5]


def test_the_place_in_line_counts_those_ahead(storage: Storage) -> None:
    group = published(storage, capacity=1)
    for who in (1, 2, 3):
        sign_up(storage, group.id, request(who), NOW)
    with storage.database.reading() as connection:
        line = read_line(connection, group.id)
    last = max(line.sign_ups, key=lambda one: one.line)
    assert place_in_line(line, Decision(()), last) == 2
    assert place_in_line(line, Decision((replace(last, state=State.PLACED),)), last) is None
