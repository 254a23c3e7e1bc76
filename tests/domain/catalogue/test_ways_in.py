"""What the law and the way in add: a guardian's consent, a referral, an invitation."""

from itertools import product

import pytest

from portal.domain.catalogue.answers import Answers
from portal.domain.catalogue.condition import MET, NOT_MET, UNKNOWN, Outcome
from portal.domain.catalogue.ways_in import Guardian, InvitationNeeded, ReferralNeeded
from portal.domain.sentences import in_swedish

ALONE_FROM_15, ALONE_FROM_18 = Guardian(15), Guardian(18)
WHOM = ("me", "child", "relative", None)
BY_CONSENT = {"yes": MET, "no": NOT_MET, None: UNKNOWN}


@pytest.mark.parametrize("guardian", [ALONE_FROM_15, ALONE_FROM_18])
@pytest.mark.parametrize(("whom", "consent"), list(product(WHOM, BY_CONSENT)))
def test_a_child_under_15_needs_a_guardian(guardian: Guardian, whom: str | None, consent: str | None) -> None:
    answers: Answers = {"age": 14, "for": whom, "guardian_consent": consent}
    assert guardian.evaluate(answers) is BY_CONSENT[consent]


@pytest.mark.parametrize(("whom", "consent"), list(product(WHOM, BY_CONSENT)))
def test_at_15_the_guardian_decides_unless_it_is_found_suitable(whom: str | None, consent: str | None) -> None:
    answers: Answers = {"age": 15, "for": whom, "guardian_consent": consent}
    assert ALONE_FROM_18.evaluate(answers) is BY_CONSENT[consent]
    assert ALONE_FROM_15.evaluate(answers) is MET


@pytest.mark.parametrize(("age", "whom", "consent"), list(product((16, 17), ("me", "relative"), BY_CONSENT)))
def test_up_to_17_the_guardian_decides_over_support_for_oneself(age: int, whom: str, consent: str | None) -> None:
    answers: Answers = {"age": age, "for": whom, "guardian_consent": consent}
    assert ALONE_FROM_18.evaluate(answers) is BY_CONSENT[consent]
    assert ALONE_FROM_15.evaluate(answers) is MET


@pytest.mark.parametrize(("age", "consent"), list(product((16, 17), BY_CONSENT)))
def test_a_young_parent_who_asks_for_her_child_needs_no_guardian(age: int, consent: str | None) -> None:
    assert ALONE_FROM_18.evaluate({"age": age, "for": "child", "guardian_consent": consent}) is MET


@pytest.mark.parametrize(("age", "consent", "outcome"), [(16, "yes", MET), (17, "no", UNKNOWN), (17, None, UNKNOWN)])
def test_who_may_be_a_young_parent_is_not_refused(age: int, consent: str | None, outcome: Outcome) -> None:
    assert ALONE_FROM_18.evaluate({"age": age, "guardian_consent": consent}) is outcome
    assert ALONE_FROM_18.evaluate({"age": age, "for": None, "guardian_consent": consent}) is outcome


@pytest.mark.parametrize(("whom", "consent"), list(product(WHOM, BY_CONSENT)))
def test_a_grown_up_needs_no_guardian(whom: str | None, consent: str | None) -> None:
    answers: Answers = {"age": 18, "for": whom, "guardian_consent": consent}
    assert ALONE_FROM_18.evaluate(answers) is MET
    assert ALONE_FROM_15.evaluate(answers) is MET


@pytest.mark.parametrize(("consent", "outcome"), [("yes", MET), ("no", UNKNOWN), (None, UNKNOWN)])
def test_at_an_unknown_age_only_a_yes_settles_it(consent: str | None, outcome: Outcome) -> None:
    assert ALONE_FROM_18.evaluate({"guardian_consent": consent}) is outcome
    assert ALONE_FROM_18.evaluate({"age": None, "guardian_consent": consent}) is outcome


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ({}, "age"),
        ({"age": 14}, "guardian_consent"),
        ({"age": 15}, "guardian_consent"),
        ({"age": 16}, "for"),
        ({"age": 17, "for": None}, "guardian_consent"),
        ({"age": 17, "for": "me"}, "guardian_consent"),
    ],
)
def test_the_consent_is_asked_for_last(answers: Answers, asked: str) -> None:
    assert ALONE_FROM_18.evaluate(answers) is UNKNOWN
    assert ALONE_FROM_18.open_questions(answers) == (asked,)


def test_whoever_wont_tell_her_age_can_still_say_that_her_guardians_agree() -> None:
    answers: Answers = {"age": None}
    assert ALONE_FROM_18.evaluate({**answers, "guardian_consent": "yes"}) is MET
    assert "guardian_consent" in ALONE_FROM_18.open_questions(answers)


@pytest.mark.parametrize(
    ("answers", "needs"),
    [({}, None), ({"age": None}, None), ({"age": 17}, "guardian_consent"), ({"age": 18}, None)],
)
def test_only_a_child_still_has_to_get_a_consent(answers: Answers, needs: str | None) -> None:
    assert ALONE_FROM_18.needs(answers) == needs


def test_a_guardian_rule_says_at_what_age_and_why_it_is_met() -> None:
    assert in_swedish(ALONE_FROM_15.rule) == "Är du yngre än 15 år behöver dina vårdnadshavare säga ja."
    assert in_swedish(ALONE_FROM_15.because({"age": 15})) == "Du har fyllt 15 år."
    assert in_swedish(ALONE_FROM_18.because({"age": 18})) == "Du har fyllt 18 år."
    assert in_swedish(ALONE_FROM_18.because({"age": 17, "for": "child"})) == "Du frågar för ditt barn."
    assert in_swedish(ALONE_FROM_18.because({"age": 17, "guardian_consent": "yes"})) == "Dina vårdnadshavare säger ja."
    assert in_swedish(ALONE_FROM_18.because({"guardian_consent": "yes"})) == "Dina vårdnadshavare säger ja."


def test_that_her_guardians_agree_is_worth_saying_and_that_she_needs_none_is_not() -> None:
    assert ALONE_FROM_18.is_worth_saying({"age": 17, "guardian_consent": "yes"})
    assert not ALONE_FROM_18.is_worth_saying({"age": 18})


def test_a_guardian_rule_changes_at_its_age_and_at_that_of_a_young_parent() -> None:
    assert ALONE_FROM_18.limits() == {"age": {15, 16, 17, 18}}


@pytest.mark.parametrize(
    ("answers", "outcome", "asked"),
    [
        ({}, UNKNOWN, ("referral",)),
        ({"referral": None}, UNKNOWN, ("referral",)),
        ({"referral": "no"}, UNKNOWN, ()),
        ({"referral": "yes"}, MET, ("referral",)),
    ],
)
def test_without_a_referral_it_may_still_come(answers: Answers, outcome: Outcome, asked: tuple[str, ...]) -> None:
    assert ReferralNeeded().evaluate(answers) is outcome
    assert ReferralNeeded().open_questions(answers) == asked


def test_a_referral_is_something_to_get() -> None:
    assert ReferralNeeded().needs({}) == "referral"
    assert in_swedish(ReferralNeeded().rule) == "Du behöver en remiss."
    assert in_swedish(ReferralNeeded().because({"referral": "yes"})) == "Du har en remiss."


def test_no_answer_replaces_an_invitation() -> None:
    assert InvitationNeeded().evaluate({"referral": "yes", "age": 40}) is UNKNOWN
    assert InvitationNeeded().open_questions({}) == ()
    assert InvitationNeeded().needs({}) == "invitation"
    assert in_swedish(InvitationNeeded().rule) == "Kommunen eller en annan myndighet bjuder in dig."
