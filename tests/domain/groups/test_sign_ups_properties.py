"""A group lived through at random: every move there is, in any order, with time passing."""

from collections.abc import Callable
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

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
from portal.domain.groups.sign_ups import ACTIVE, SignUp, State, differences, settle, taken, waiting
from portal.domain.groups.terms import GroupState, OfferPolicy, Terms
from portal.domain.refusals import Refusal
from tests.domain.made_up import NOW

FINAL = (State.LAPSED, State.WITHDRAWN, State.CANCELLED, State.RELEASED)

# From each state, where others' luck and the clock alone may take a sign-up.
BY_ITSELF = {
    State.HELD: {State.RELEASED},
    State.PLACED: set(),
    State.WAITING: {State.OFFERED, State.PLACED},
    State.OFFERED: {State.LAPSED},
}


class Life:
    """Remembers sign-ups as the database does: what a decision changes, and nothing else; checks every change."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.now = NOW
        self.known: dict[str, SignUp] = {}
        self.made = 0

    def line(self) -> tuple[SignUp, ...]:
        return tuple(self.known.values())

    def remember(self, decision: Decision) -> None:
        before, own = dict(self.known), decision.sign_up
        assert len({one.id for one in decision.changed}) == len(decision.changed)
        for one in decision.changed:
            known = before.get(one.id)
            assert known != one, "a change that changes nothing"
            assert known is None or known.state in ACTIVE, "what is final has moved"
            if known is not None and (own is None or own.id != one.id):
                assert one.state in BY_ITSELF[known.state], f"{known.state} became {one.state} by itself"
                assert (one.seats, one.line, one.form_key) == (known.seats, known.line, known.form_key)
            self.known[one.id] = one
        self.known = {one.id: one for one in self.line() if one.state is not State.RELEASED}
        self.check(before)
        if decision.changed:
            assert settle(self.terms, self.line(), self.now) == self.line(), "a seat leaks: it waits for the next move"

    def check(self, before: dict[str, SignUp]) -> None:
        """Check what must hold after every move."""
        line = self.line()
        assert taken(line) <= self.terms.capacity, "over capacity"
        seats_waited_for = sum(one.seats for one in waiting(line))
        assert self.terms.waiting_capacity is None or seats_waited_for <= self.terms.waiting_capacity
        forms = [one.form_key for one in line]
        assert len(set(forms)) == len(forms), "a form is two sign-ups"
        for one in line:
            assert one.seats in (1, 2)
            assert (one.until_at is not None) == (one.state in (State.HELD, State.OFFERED))
        self.check_order(before)

    def check_order(self, before: dict[str, SignUp]) -> None:
        """Check that nobody who waited before, and still waits, was overtaken by anybody who came later."""
        if self.terms.let_smaller_pass:
            return
        for first in waiting(before.values()):
            if self.known[first.id].state is State.WAITING:
                for one in self.line():
                    had_seats = before.get(one.id) is not None and before[one.id].state is not State.WAITING
                    got_seats = one.state in (State.HELD, State.PLACED, State.OFFERED) and not had_seats
                    assert not (got_seats and one.line > first.line), "somebody was overtaken"

    # ------------------------------------------------------------------------------------------------------ the moves

    def hold(self, number: int, seats: int, yes: bool) -> None:
        self.made += 1
        decision = decide_hold(self.terms, self.line(), f"id{self.made}", f"form{number}", seats, self.now)
        self.remember(decision)
        self.is_as_once(decision, decide_hold(self.terms, self.line(), "x", f"form{number}", seats, self.now))

    def sign_up(self, number: int, seats: int, yes: bool) -> None:
        self.made += 1
        form = f"form{number}"
        decision = decide_sign_up(self.terms, self.line(), f"id{self.made}", form, seats, self.now, may_wait=yes)
        self.remember(decision)
        if decision.sign_up is not None:
            assert [one for one in self.line() if one.form_key == form] == [decision.sign_up]
        again = decide_sign_up(self.terms, self.line(), "x", form, seats, self.now, may_wait=yes)
        self.is_as_once(decision, again)

    def is_as_once(self, first: Decision, again: Decision) -> None:
        assert again.changed == ()
        assert again.sign_up == first.sign_up
        assert type(again.refusal) is type(first.refusal)

    def release(self, number: int, seats: int, yes: bool) -> None:
        self.remember(decide_release(self.terms, self.line(), f"form{number}", self.now))
        assert not any(one.form_key == f"form{number}" and one.state is State.HELD for one in self.line())

    def withdraw(self, number: int, seats: int, yes: bool) -> None:
        one = self.chosen(number)
        if one is not None:
            self.remember(decide_withdrawal(self.terms, self.line(), one.id, self.now))
            assert self.known[one.id].state in FINAL
            assert decide_withdrawal(self.terms, self.line(), one.id, self.now).changed == ()

    def accept(self, number: int, seats: int, yes: bool) -> None:
        one = self.chosen(number)
        if one is not None:
            decision = decide_acceptance(self.terms, self.line(), one.id, self.now)
            self.remember(decision)
            is_placed = self.known[one.id].state is State.PLACED
            assert is_placed is not isinstance(decision.refusal, Refusal)
            if is_placed and one.state is State.OFFERED:
                assert not one.has_ended_at(self.now), "an offer was taken after its end"

    def chosen(self, number: int) -> SignUp | None:
        """Return somebody who has a code."""
        filled = [one for one in self.line() if one.state is not State.HELD]
        return filled[number % len(filled)] if filled else None

    def wait(self, number: int, seats: int, yes: bool) -> None:
        self.now += (timedelta(minutes=4), HOLD, timedelta(hours=2), timedelta(hours=7))[number % 4]

    def jobs(self, number: int, seats: int, yes: bool) -> None:
        self.remember(Decision(differences(self.line(), settle(self.terms, self.line(), self.now))))
        assert settle(self.terms, self.line(), self.now) == self.line(), "settling twice is not as once"
        if self.terms.is_open_at(self.now):
            free = self.terms.capacity - taken(self.line())
            next_in_line = waiting(self.line()) if self.terms.let_smaller_pass else waiting(self.line())[:1]
            assert all(one.seats > free for one in next_in_line), "a seat leaks: it is enough for who is next"


Move = Callable[[Life, int, int, bool], None]

# Those that fill a group stand here more often: an empty one proves little.
MOVES: tuple[Move, ...] = (
    *(Life.sign_up,) * 5, *(Life.withdraw,) * 3, *(Life.hold,) * 2, Life.accept, Life.release, Life.wait, Life.jobs,
)  # fmt: skip

terms_of_a_group = st.builds(
    Terms,
    st.just(GroupState.PUBLISHED),
    st.integers(1, 4),
    st.integers(20, 200).map(lambda hours: NOW + timedelta(hours=hours)),
    st.none() | st.integers(0, 5),
    st.sampled_from(OfferPolicy),
    st.just(6),
    st.booleans(),
)
moves = st.tuples(st.sampled_from(MOVES), st.integers(0, 11), st.integers(1, 2), st.booleans())


@settings(max_examples=300, deadline=None)
@given(terms_of_a_group, st.lists(moves, min_size=15, max_size=60))
def test_whatever_happens_to_a_group_what_must_hold_holds(
    terms: Terms, happens: list[tuple[Move, int, int, bool]]
) -> None:
    life = Life(terms)
    for move, number, seats, yes in happens:
        move(life, number, seats, yes)
    for one in decide_cancellation(life.line()).changed:
        life.known[one.id] = one
    assert taken(life.line()) == 0
    assert waiting(life.line()) == ()
