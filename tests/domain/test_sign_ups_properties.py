"""A group lived through at random: every move there is, in any order, with time passing."""

from datetime import datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from portal.domain.refusals import Refusal
from portal.domain.sign_ups import (
    ACTIVE,
    HOLD,
    Decision,
    GroupState,
    OfferPolicy,
    SignUp,
    State,
    Terms,
    decide_acceptance,
    decide_hold,
    decide_release,
    decide_sign_up,
    decide_withdrawal,
    differences,
    settle,
    taken,
    waiting,
)
from tests.domain.made_up import NOW

FORMS = st.integers(0, 14).map("form{}".format)
FINAL = (State.LAPSED, State.WITHDRAWN, State.CANCELLED, State.RELEASED)


class AGroup(RuleBasedStateMachine):
    """Remembers sign-ups as the database does: what a decision changes, and nothing else."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.known: dict[str, SignUp] = {}
        self.final: dict[str, State] = {}
        self.made = 0

    @initialize(
        capacity=st.integers(1, 5),
        waiting_capacity=st.none() | st.integers(0, 4),
        policy=st.sampled_from(OfferPolicy),
        let_smaller_pass=st.booleans(),
        begins_in=st.integers(1, 60),
    )
    def open(
        self, capacity: int, waiting_capacity: int | None, policy: OfferPolicy, let_smaller_pass: bool, begins_in: int
    ) -> None:
        begins_at = NOW + timedelta(hours=begins_in)
        self.terms = Terms(GroupState.PUBLISHED, capacity, begins_at, waiting_capacity, policy, 6, let_smaller_pass)

    def line(self) -> tuple[SignUp, ...]:
        return tuple(self.known.values())

    def remember(self, decision: Decision) -> None:
        assert len({one.id for one in decision.changed}) == len(decision.changed)
        for one in decision.changed:
            before = self.known.get(one.id)
            assert one.id not in self.final, "what is final has moved"
            assert before != one, "a change that changes nothing"
            if before is not None and one.state is not State.HELD:
                self._check_move(before, one, decision)
            if one.state in FINAL:
                self.final[one.id] = one.state
            if one.state is State.RELEASED:
                del self.known[one.id]
                del self.final[one.id]
            else:
                self.known[one.id] = one

    def _check_move(self, before: SignUp, one: SignUp, decision: Decision) -> None:
        is_own = decision.sign_up is not None and decision.sign_up.id == one.id
        assert is_own or one.seats == before.seats, "seats of another were split"
        if (
            before.state is State.WAITING
            and one.state in (State.OFFERED, State.PLACED)
            and not self.terms.let_smaller_pass
        ):
            changed = {found.id: found for found in decision.changed}
            ahead = [found for found in waiting(self.line()) if found.line < one.line]
            assert all(changed.get(found.id, found).state is not State.WAITING for found in ahead), (
                "somebody was overtaken"
            )
        if before.state is State.OFFERED and one.state is State.PLACED:
            assert before.until_at is not None
            assert self.now < before.until_at, "an offer was taken after its end"

    # ----------------------------------------------------------------------------------------------------- the moves

    @rule(form=FORMS, seats=st.integers(1, 2))
    def hold(self, form: str, seats: int) -> None:
        self.made += 1
        decision = decide_hold(self.terms, self.line(), f"id{self.made}", form, seats, self.now)
        self.remember(decision)
        self.is_idempotent(decide_hold(self.terms, self.line(), "again", form, seats, self.now), decision)

    @rule(form=FORMS, seats=st.integers(1, 2), may_wait=st.booleans())
    def sign_up(self, form: str, seats: int, may_wait: bool) -> None:
        self.made += 1
        decision = decide_sign_up(self.terms, self.line(), f"id{self.made}", form, seats, self.now, may_wait=may_wait)
        self.remember(decision)
        if decision.sign_up is not None:
            mine = [one for one in self.line() if one.form_key == form]
            assert mine == [decision.sign_up], "a form is not exactly one sign-up"
        again = decide_sign_up(self.terms, self.line(), "again", form, seats, self.now, may_wait=may_wait)
        self.is_idempotent(again, decision)

    def is_idempotent(self, again: Decision, first: Decision) -> None:
        assert again.changed == ()
        assert again.sign_up == first.sign_up
        assert type(again.refusal) is type(first.refusal)

    @rule(form=FORMS)
    def release(self, form: str) -> None:
        self.remember(decide_release(self.terms, self.line(), form, self.now))
        assert not any(one.form_key == form and one.state is State.HELD for one in self.line())

    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        one = self.choose(data)
        if one is not None:
            self.remember(decide_withdrawal(self.terms, self.line(), one.id, self.now))
            assert self.known[one.id].state in FINAL
            assert decide_withdrawal(self.terms, self.line(), one.id, self.now).changed == ()

    @rule(data=st.data())
    def accept(self, data: st.DataObject) -> None:
        one = self.choose(data)
        if one is not None:
            decision = decide_acceptance(self.terms, self.line(), one.id, self.now)
            self.remember(decision)
            assert isinstance(decision.refusal, Refusal) or self.known[one.id].state is State.PLACED

    def choose(self, data: st.DataObject) -> SignUp | None:
        filled = [one for one in self.line() if one.state is not State.HELD]
        return data.draw(st.sampled_from(filled)) if filled else None

    @rule(passed=st.sampled_from([timedelta(minutes=4), HOLD, timedelta(hours=2), timedelta(hours=7)]))
    def time_passes(self, passed: timedelta) -> None:
        self.now += passed

    @rule()
    def jobs_run(self) -> None:
        self.remember(Decision(differences(self.line(), settle(self.terms, self.line(), self.now))))
        assert settle(self.terms, self.line(), self.now) == self.line(), "settling twice is not as once"
        if self.terms.is_open_at(self.now):
            free = self.terms.capacity - taken(self.line())
            line = waiting(self.line())
            first = line[:1] if not self.terms.let_smaller_pass else line
            assert all(one.seats > free for one in first), "a seat leaks: it is free, and enough for who is next"

    # ----------------------------------------------------------------------------------------------- what always holds

    @invariant()
    def never_over_capacity(self) -> None:
        if hasattr(self, "terms"):
            assert taken(self.line()) <= self.terms.capacity
            seats_waited_for = sum(one.seats for one in waiting(self.line()))
            assert self.terms.waiting_capacity is None or seats_waited_for <= self.terms.waiting_capacity

    @invariant()
    def both_or_none(self) -> None:
        for one in self.line():
            assert one.seats in (1, 2)
            assert (one.until_at is not None) == (one.state in (State.HELD, State.OFFERED))

    @invariant()
    def what_is_final_stays(self) -> None:
        for sign_up_id, state in self.final.items():
            assert self.known[sign_up_id].state is state
            assert state not in ACTIVE

    @invariant()
    def nobody_shares_a_place_in_line(self) -> None:
        lines = [one.line for one in self.line() if one.state in ACTIVE]
        assert len(set(lines)) == len(lines)


AGroup.TestCase.settings = settings(max_examples=120, stateful_step_count=40, deadline=None)
TestAGroup = AGroup.TestCase


def test_the_clock_of_the_machine_is_aware() -> None:
    assert isinstance(AGroup().now, datetime)
    assert AGroup().now.tzinfo is not None
