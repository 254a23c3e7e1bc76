"""Who gets a seat, who waits and who is refused: each thing that is asked of a group."""

from datetime import timedelta

import pytest

from portal.domain.groups.deciding import (
    HOLD,
    Decision,
    decide_acceptance,
    decide_cancellation,
    decide_hold,
    decide_release,
    decide_sign_up,
    decide_withdrawal,
)
from portal.domain.groups.sign_ups import SignUp, State, can_wait, has_room, settle, taken, waiting
from portal.domain.refusals import GroupIsFull, NothingIsOffered, OfferHasEnded, OnlyWaitingIsLeft, PlaceIsGone
from tests.domain.groups.lines import HOUR, one, sign_up, states, terms
from tests.domain.made_up import FIRST, NOW

# ------------------------------------------------------------------------------------------------------ signing up


def test_a_free_seat_is_taken() -> None:
    decision = sign_up(terms(), one(1))
    assert decision.sign_up == SignUp("new", State.PLACED, 1, 2, None, "new")
    assert decision.changed == (decision.sign_up,)


def test_without_a_free_seat_one_waits_last() -> None:
    decision = sign_up(terms(), one(1), one(2), one(3, State.WAITING))
    assert decision.sign_up == SignUp("new", State.WAITING, 1, 4, None, "new")


def test_two_get_both_seats_or_none() -> None:
    assert sign_up(terms(), seats=2).sign_up == SignUp("new", State.PLACED, 2, 1, None, "new")
    assert sign_up(terms(), one(1), seats=2).sign_up == SignUp("new", State.WAITING, 2, 2, None, "new")


def test_who_may_not_wait_is_told_that_only_waiting_is_left() -> None:
    decision = sign_up(terms(), one(1), one(2), may_wait=False)
    assert isinstance(decision.refusal, OnlyWaitingIsLeft)
    assert (decision.sign_up, decision.changed) == (None, ())


@pytest.mark.parametrize(("seats", "is_full"), [(1, False), (2, True)])
def test_a_line_without_room_for_both_is_full(seats: int, is_full: bool) -> None:
    decision = sign_up(terms(), one(1), one(2), one(3, State.WAITING, 2), seats=seats)
    assert isinstance(decision.refusal, GroupIsFull) is is_full


def test_a_line_without_end_is_never_full() -> None:
    line = [one(number, State.WAITING) for number in range(3, 60)]
    assert can_wait(terms(waiting_capacity=None), line, 2)
    assert not can_wait(terms(waiting_capacity=0), [], 1)


def test_who_waits_is_never_overtaken() -> None:
    # One seat is free, the first in line needs two; whoever comes now waits too.
    known = (one(1), one(2, State.WAITING, 2))
    assert not has_room(terms(), known, 1)
    assert states(sign_up(terms(), *known)) == {"new": State.WAITING}


def test_where_the_kommun_lets_smaller_pass_a_newcomer_takes_the_seat() -> None:
    known = (one(1), one(2, State.WAITING, 2))
    assert states(sign_up(terms(let_smaller_pass=True), *known)) == {"new": State.PLACED}


def test_the_same_form_again_is_the_same_sign_up() -> None:
    known = (one(1), one(2))
    decision = sign_up(terms(), *known, form="form1")
    assert (decision.sign_up, decision.changed, decision.refusal) == (known[0], (), None)


def test_a_form_resent_after_leaving_signs_nobody_up_again() -> None:
    decision = sign_up(terms(), one(1, State.WITHDRAWN), form="form1")
    assert (decision.sign_up, decision.changed) == (one(1, State.WITHDRAWN), ())


# --------------------------------------------------------------------------------------------------------- holding


def test_a_hold_keeps_a_seat_for_fifteen_minutes() -> None:
    decision = decide_hold(terms(), (), "new", "new", 2, NOW)
    assert decision.sign_up == SignUp("new", State.HELD, 2, 1, NOW + HOLD, "new")
    assert timedelta(minutes=15) == HOLD


def test_a_hold_ends_when_the_group_begins() -> None:
    late = FIRST - timedelta(minutes=5)
    decision = decide_hold(terms(), (), "new", "new", 1, late)
    assert decision.sign_up is not None
    assert decision.sign_up.until_at == FIRST


def test_a_held_seat_is_taken_for_others_until_its_end() -> None:
    held = one(2, State.HELD, until=HOLD)
    assert states(sign_up(terms(), one(1), held)) == {"new": State.WAITING}
    later = decide_sign_up(terms(), (one(1), held), "new", "new", 1, NOW + HOLD)
    assert states(later) == {"id2": State.RELEASED, "new": State.PLACED}


def test_holding_again_keeps_the_first_end() -> None:
    held = one(1, State.HELD, until=HOLD)
    decision = decide_hold(terms(), (held,), "new", "form1", 1, NOW + timedelta(minutes=9))
    assert (decision.sign_up, decision.changed) == (held, ())


def test_nothing_is_held_where_one_can_only_wait() -> None:
    assert isinstance(decide_hold(terms(), (one(1), one(2)), "new", "new", 1, NOW).refusal, OnlyWaitingIsLeft)


def test_half_of_a_group_is_kept_for_forms_and_no_more() -> None:
    forms = [one(number, State.HELD, until=HOLD) for number in (1, 2)]
    decision = decide_hold(terms(5), forms, "new", "new", 1, NOW)
    assert decision == Decision(())
    assert states(sign_up(terms(5), *forms)) == {"new": State.PLACED}


def test_a_form_whose_seat_is_kept_already_stays_so() -> None:
    forms = [one(number, State.HELD, until=HOLD) for number in (1, 2)]
    assert decide_hold(terms(5), forms, "new", "form2", 1, NOW).sign_up == forms[1]


def test_seats_of_forms_that_were_left_are_kept_for_others() -> None:
    forms = [one(number, State.HELD, until=HOLD) for number in (1, 2)]
    assert decide_hold(terms(5), forms, "new", "new", 1, NOW + HOLD).sign_up is not None


def test_a_form_that_held_a_seat_gets_it() -> None:
    decision = sign_up(terms(), one(1), one(2, State.HELD, until=HOLD), form="form2")
    assert decision.sign_up == SignUp("id2", State.PLACED, 1, 2, None, "form2")


def test_a_form_that_held_one_and_now_is_two_gets_both_where_they_are_free() -> None:
    decision = sign_up(terms(), one(1, State.HELD, until=HOLD), seats=2, form="form1")
    assert decision.sign_up == SignUp("id1", State.PLACED, 2, 1, None, "form1")


def test_a_form_that_held_two_and_now_is_one_lets_the_other_go_to_the_line() -> None:
    known = (one(1, State.HELD, 2, until=HOLD), one(2, State.WAITING))
    assert states(sign_up(terms(), *known, form="form1")) == {"id1": State.PLACED, "id2": State.OFFERED}


def test_a_form_that_held_one_and_must_wait_for_two_lets_its_seat_go_to_the_line() -> None:
    known = (one(1, State.HELD, until=HOLD), one(2), one(3, State.WAITING))
    decision = sign_up(terms(), *known, seats=2, form="form1")
    assert states(decision) == {"id1": State.WAITING, "id3": State.OFFERED}
    assert decision.sign_up == SignUp("id1", State.WAITING, 2, 4, None, "form1")


def test_a_hold_that_has_ended_is_decided_anew_and_stands_last() -> None:
    known = (one(1, State.HELD, until=-HOUR), one(2), one(3, State.WAITING))
    decision = sign_up(terms(), *known, form="form1")
    assert states(decision) == {"id1": State.WAITING, "id3": State.OFFERED}
    assert decision.sign_up is not None
    assert decision.sign_up.line == 4


def test_a_hold_that_has_ended_and_is_refused_is_taken_away() -> None:
    known = (one(1, State.HELD, until=-HOUR), one(2), one(3))
    decision = sign_up(terms(waiting_capacity=0), *known, form="form1")
    assert isinstance(decision.refusal, GroupIsFull)
    assert states(decision) == {"id1": State.RELEASED}


def test_a_form_that_is_left_lets_its_seats_go_to_the_line() -> None:
    known = (one(1, State.HELD, 2, until=HOLD), one(2, State.WAITING, 2))
    decision = decide_release(terms(), known, "form1", NOW)
    assert states(decision) == {"id1": State.RELEASED, "id2": State.OFFERED}
    assert decide_release(terms(), known, "form2", NOW) == Decision(())


# ----------------------------------------------------------------------------------------------- yes, no and goodbye


def test_a_yes_in_time_is_a_place_and_twice_is_as_once() -> None:
    known = (one(1), one(2, State.OFFERED, until=HOUR))
    decision = decide_acceptance(terms(), known, "id2", NOW)
    assert decision.changed == (one(2),)
    assert decision.sign_up == one(2)
    again = decide_acceptance(terms(), (one(1), one(2)), "id2", NOW)
    assert (again.sign_up, again.changed, again.refusal) == (one(2), (), None)


def test_a_yes_that_comes_late_is_refused_and_the_next_is_offered_the_seat() -> None:
    known = (one(1), one(2, State.OFFERED, until=HOUR), one(3, State.WAITING))
    decision = decide_acceptance(terms(), known, "id2", NOW + HOUR)
    assert isinstance(decision.refusal, OfferHasEnded)
    assert states(decision) == {"id2": State.LAPSED, "id3": State.OFFERED}


def test_who_said_yes_after_the_offer_lapsed_is_told_so() -> None:
    assert isinstance(decide_acceptance(terms(), (one(1, State.LAPSED),), "id1", NOW).refusal, OfferHasEnded)


def test_who_waits_has_nothing_to_say_yes_to() -> None:
    known = (one(1), one(2), one(3, State.WAITING))
    assert isinstance(decide_acceptance(terms(), known, "id3", NOW).refusal, NothingIsOffered)
    assert isinstance(
        decide_acceptance(terms(), (one(1, State.HELD, until=HOUR),), "id1", NOW).refusal, NothingIsOffered
    )


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.CANCELLED])
def test_who_has_left_has_no_place_to_say_yes_to(state: State) -> None:
    assert isinstance(decide_acceptance(terms(), (one(1, state),), "id1", NOW).refusal, PlaceIsGone)
    assert isinstance(decide_acceptance(terms(), (), "id1", NOW).refusal, PlaceIsGone)


def test_a_yes_just_as_a_seat_is_freed_by_time_is_a_place() -> None:
    known = (one(1), one(2, State.HELD, until=-HOUR), one(3, State.WAITING))
    decision = decide_acceptance(terms(), known, "id3", NOW)
    assert states(decision) == {"id2": State.RELEASED, "id3": State.PLACED}


def test_leaving_twice_is_as_once() -> None:
    decision = decide_withdrawal(terms(), (one(1, State.WITHDRAWN), one(2)), "id1", NOW)
    assert decision == Decision(())


@pytest.mark.parametrize("state", [State.LAPSED, State.WITHDRAWN, State.CANCELLED])
def test_what_is_final_never_moves(state: State) -> None:
    known = (one(1, state),)
    assert settle(terms(), known, NOW + 99 * HOUR) == known
    assert taken(known) == 0
    assert waiting(known) == ()


def test_who_leaves_as_her_own_offer_ends_has_left() -> None:
    known = (one(1), one(2, State.OFFERED, until=-HOUR), one(3, State.WAITING))
    assert states(decide_withdrawal(terms(), known, "id2", NOW)) == {"id2": State.WITHDRAWN, "id3": State.OFFERED}


def test_a_cancelled_group_cancels_everybody_in_it_and_lets_holds_go() -> None:
    known = (
        one(1),
        one(2, State.WAITING),
        one(3, State.OFFERED, until=HOUR),
        one(4, State.HELD, until=HOUR),
        one(5, State.LAPSED),
    )
    assert states(decide_cancellation(known)) == {
        "id1": State.CANCELLED,
        "id2": State.CANCELLED,
        "id3": State.CANCELLED,
        "id4": State.RELEASED,
    }
