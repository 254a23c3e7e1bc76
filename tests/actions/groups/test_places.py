"""What a resident does with the code of her place, on both databases."""

from datetime import timedelta

import pytest

from portal.actions.groups.leading import cancel_group
from portal.actions.groups.places import (
    accept_offer,
    ask_for_interpreter,
    change_contact,
    decline_offer,
    my_place,
    withdraw,
)
from portal.actions.groups.signing_up import Receipt, hold, sign_up
from portal.domain.groups.planning import Group
from portal.domain.groups.sign_ups import State
from portal.domain.groups.terms import OfferPolicy
from portal.domain.people.letters import Letter
from portal.domain.refusals import BadDetails, NoSuchPlace, NothingIsOffered, OfferHasEnded, PlaceIsGone
from portal.store.storage import Storage
from tests.made_up_groups import LEADER, NOW, published, request
from tests.written import letters

DAY = timedelta(hours=24)


def three(storage: Storage, **changes: object) -> tuple[Group, list[Receipt]]:
    """Return a group with one seat, taken, and two who wait."""
    group = published(storage, capacity=1, **changes)
    return group, [sign_up(storage, group.id, request(who), NOW) for who in (1, 2, 3)]


def state_of(storage: Storage, receipt: Receipt, at: timedelta = timedelta(0)) -> State:
    """Return where a sign-up is."""
    return my_place(storage, receipt.code, NOW + at).sign_up.state


def test_who_waits_sees_her_place_in_line(storage: Storage) -> None:
    _, receipts = three(storage)
    assert [my_place(storage, receipt.code, NOW).place_in_line for receipt in receipts] == [None, 1, 2]


def test_a_code_may_be_typed_as_people_type(storage: Storage) -> None:
    _, (receipt, *_) = three(storage)
    typed = f" {receipt.code.lower().replace('-', ' ')} "
    assert my_place(storage, typed, NOW) == my_place(storage, receipt.code, NOW)
    assert withdraw(storage, typed, NOW).sign_up.state is State.WITHDRAWN


@pytest.mark.parametrize("code", ["", "KX4", "TFH-4AX-R29-RPE", "TFH-4AX-R29-RPF", "x" * 5000])
def test_a_code_that_opens_nothing_is_told_the_same_way_always(storage: Storage, code: str) -> None:
    for deed in (my_place, withdraw, accept_offer, decline_offer):
        with pytest.raises(NoSuchPlace):
            deed(storage, code, NOW)
    with pytest.raises(NoSuchPlace):
        change_contact(storage, code, "ny@example.se", "", NOW)
    with pytest.raises(NoSuchPlace):
        ask_for_interpreter(storage, code, "ti", NOW)


def test_who_leaves_is_told_her_details_are_gone_and_the_next_is_offered_the_place(storage: Storage) -> None:
    _, (first, second, third) = three(storage)
    left = withdraw(storage, first.code, NOW)
    assert (left.sign_up.state, left.details) == (State.WITHDRAWN, None)
    assert (state_of(storage, second), state_of(storage, third)) == (State.OFFERED, State.WAITING)
    assert withdraw(storage, first.code, NOW) == left
    assert sorted(letters(storage)) == ["offered", "placed", "waiting", "waiting", "withdrawn"]


def test_a_yes_in_time_is_a_place(storage: Storage) -> None:
    _, (first, second, _) = three(storage)
    withdraw(storage, first.code, NOW)
    assert accept_offer(storage, second.code, NOW + DAY / 2).sign_up.state is State.PLACED
    assert accept_offer(storage, second.code, NOW + 2 * DAY).sign_up.state is State.PLACED
    assert letters(storage).count(Letter.PLACED) == 2


def test_a_yes_too_late_is_refused_and_the_place_has_gone_to_the_next(storage: Storage) -> None:
    _, (first, second, third) = three(storage)
    withdraw(storage, first.code, NOW)
    for _ in range(2):
        with pytest.raises(OfferHasEnded):
            accept_offer(storage, second.code, NOW + DAY)
    assert state_of(storage, second, DAY) is State.LAPSED
    assert accept_offer(storage, third.code, NOW + DAY).sign_up.state is State.PLACED


def test_whose_offer_lapsed_may_sign_up_anew_but_is_not_offered_again(storage: Storage) -> None:
    group, (first, second, third) = three(storage)
    withdraw(storage, first.code, NOW)
    assert state_of(storage, third, DAY) is State.OFFERED
    anew = sign_up(storage, group.id, request("anew"), NOW + DAY)
    decline_offer(storage, third.code, NOW + DAY)
    assert state_of(storage, second, DAY) is State.LAPSED
    assert state_of(storage, anew, DAY) is State.OFFERED


def test_who_said_no_thank_you_is_never_offered_again(storage: Storage) -> None:
    _, (first, second, third) = three(storage)
    withdraw(storage, first.code, NOW)
    assert decline_offer(storage, second.code, NOW).sign_up.state is State.WITHDRAWN
    decline_offer(storage, third.code, NOW)
    assert state_of(storage, second, 3 * DAY) is State.WITHDRAWN
    with pytest.raises(PlaceIsGone):
        accept_offer(storage, second.code, NOW)


def test_where_places_are_given_at_once_nobody_has_to_answer(storage: Storage) -> None:
    _, (first, second, _) = three(storage, offer_policy=OfferPolicy.AT_ONCE)
    withdraw(storage, first.code, NOW)
    assert state_of(storage, second) is State.PLACED
    assert Letter.GOT_PLACE in letters(storage)


def test_who_waits_has_nothing_to_say_yes_to(storage: Storage) -> None:
    _, (_, second, _) = three(storage)
    with pytest.raises(NothingIsOffered):
        accept_offer(storage, second.code, NOW)


def test_two_leave_together(storage: Storage) -> None:
    group = published(storage, capacity=2)
    both = sign_up(storage, group.id, request(1, seats=2), NOW)
    waiting = sign_up(storage, group.id, request(2, seats=2), NOW)
    withdraw(storage, both.code, NOW)
    place = my_place(storage, waiting.code, NOW)
    assert (place.sign_up.state, place.sign_up.seats) == (State.OFFERED, 2)


def test_contact_and_interpreter_can_be_changed(storage: Storage) -> None:
    _, (receipt, *_) = three(storage)
    change_contact(storage, receipt.code, "", "070-174 06 09", NOW)
    place = ask_for_interpreter(storage, receipt.code, "ti", NOW)
    assert place.details is not None
    assert (place.details.email, place.details.phone, place.details.interpreter) == ("", "070-174 06 09", "ti")
    again = ask_for_interpreter(storage, receipt.code, None, NOW).details
    assert again is not None
    assert (again.nickname, again.interpreter) == ("Exempel 1", "")


def test_a_bad_change_names_its_field(storage: Storage) -> None:
    _, (receipt, *_) = three(storage)
    with pytest.raises(BadDetails) as refusal:
        change_contact(storage, receipt.code, "fel", "", NOW)
    assert refusal.value.fields == ("email",)
    with pytest.raises(BadDetails) as refusal:
        ask_for_interpreter(storage, receipt.code, "!!", NOW)
    assert refusal.value.fields == ("interpreter",)


def test_who_has_left_or_whose_group_is_cancelled_changes_nothing(storage: Storage) -> None:
    group, (first, second, _) = three(storage)
    withdraw(storage, first.code, NOW)
    cancel_group(storage, LEADER, group.id, NOW)
    for receipt in (first, second):
        with pytest.raises(PlaceIsGone):
            change_contact(storage, receipt.code, "ny@example.se", "", NOW)


def test_a_form_that_only_holds_a_seat_has_no_code_yet(storage: Storage) -> None:
    group = published(storage)
    hold(storage, group.id, request().form_key, 1, NOW)
    code = sign_up(storage, published(storage).id, request(), NOW).code
    assert my_place(storage, code, NOW).group.id != group.id
