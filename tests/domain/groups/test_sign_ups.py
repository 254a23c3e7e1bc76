"""What time does to a line: what is offered, what ends, who moves up."""

from portal.domain.groups.deciding import decide_withdrawal
from portal.domain.groups.sign_ups import State, settle
from portal.domain.groups.terms import OfferPolicy
from tests.domain.groups.lines import HOUR, one, states, terms
from tests.domain.made_up import FIRST, NOW

# ------------------------------------------------------------------------------------------------ the line moves up


def test_a_freed_seat_is_offered_to_the_first_in_line_for_a_set_time() -> None:
    known = (one(1), one(2), one(4, State.WAITING), one(3, State.WAITING))
    decision = decide_withdrawal(terms(offer_hours=5), known, "id1", NOW)
    assert states(decision) == {"id1": State.WITHDRAWN, "id3": State.OFFERED}
    offered = next(found for found in decision.changed if found.id == "id3")
    assert offered.until_at == NOW + 5 * HOUR


def test_an_offer_ends_when_the_group_begins() -> None:
    (offered,) = settle(terms(), (one(1, State.WAITING),), FIRST - HOUR)
    assert (offered.state, offered.until_at) == (State.OFFERED, FIRST)


def test_where_the_kommun_gives_places_at_once_nobody_is_asked() -> None:
    decision = decide_withdrawal(terms(policy=OfferPolicy.AT_ONCE), (one(1), one(2), one(3, State.WAITING)), "id1", NOW)
    assert states(decision) == {"id1": State.WITHDRAWN, "id3": State.PLACED}


def test_an_offer_that_has_ended_frees_its_seat_for_the_next() -> None:
    known = (one(1), one(2, State.OFFERED, until=HOUR), one(3, State.WAITING))
    assert settle(terms(), known, NOW) == known
    after = settle(terms(), known, NOW + HOUR)
    assert [found.state for found in after] == [State.PLACED, State.LAPSED, State.OFFERED]


def test_one_free_seat_stays_for_the_first_in_line_who_needs_two() -> None:
    known = (one(1), one(2, State.WAITING, 2), one(3, State.WAITING))
    assert settle(terms(), known, NOW) == known
    passed = settle(terms(let_smaller_pass=True), known, NOW)
    assert [found.state for found in passed] == [State.PLACED, State.WAITING, State.OFFERED]


def test_two_free_seats_go_to_two_in_line_in_order() -> None:
    known = (one(3, State.WAITING), one(1, State.WAITING), one(2, State.WAITING))
    after = {found.id: found.state for found in settle(terms(), known, NOW)}
    assert after == {"id1": State.OFFERED, "id2": State.OFFERED, "id3": State.WAITING}


def test_after_the_beginning_nobody_moves_up_but_what_ends_still_ends() -> None:
    known = (one(1, State.OFFERED, until=HOUR), one(2, State.WAITING))
    after = settle(terms(), known, FIRST)
    assert [found.state for found in after] == [State.LAPSED, State.WAITING]
