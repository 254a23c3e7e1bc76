"""After an application is sent: where it is, what is added, taking it back, a copy to print."""

from datetime import timedelta

import pytest

from portal.actions.applications.following import add_more, copy_for_print, status_of, withdraw
from portal.actions.applications.handling import ask_for_more, close, note, take_in_hand
from portal.actions.applications.inbox import open_application
from portal.domain.applications.messages import What
from portal.domain.applications.rules import ApplicationRules
from portal.domain.applications.states import State
from portal.domain.refusals import ApplicationHasEnded, BadDetails, BadMessage, NoSuchApplication, NotNow
from portal.store.storage import Storage
from tests.made_up_applicants import NOW, WORKER, begun, form, id_of, sent


def test_the_code_alone_opens_the_status_and_the_reference_does_not(storage: Storage, rules: ApplicationRules) -> None:
    receipt = sent(storage, rules)
    found = status_of(storage, rules, receipt.code or "", NOW)
    assert (found.state, found.asked, found.can_add, found.can_withdraw) == (State.SENT, None, True, True)
    for code in (receipt.reference, ""):
        with pytest.raises(NoSuchApplication):
            status_of(storage, rules, code, NOW)


def test_a_draft_has_a_status_by_its_code_alone(storage: Storage, rules: ApplicationRules) -> None:
    found = status_of(storage, rules, begun(storage, rules), NOW)
    assert (found.state, found.can_add, found.can_withdraw, found.waits) == (State.DRAFT, False, False, ())


def test_what_is_asked_is_seen_and_answered_once(storage: Storage, rules: ApplicationRules) -> None:
    receipt = sent(storage, rules)
    mine = id_of(storage, rules, receipt)
    ask_for_more(storage, rules, WORKER, mine, ["certificate"], "متى؟", NOW)
    found = status_of(storage, rules, receipt.code, NOW)
    assert found.state is State.NEEDS_MORE
    assert found.asked is not None
    assert (found.asked.phrases, found.asked.text) == (("certificate",), "متى؟")
    for _ in range(2):
        answered = add_more(storage, rules, receipt.code, "غدا", "answer 1", NOW)
        assert (answered.state, answered.asked) == (State.ANSWERED, None)
    opened = open_application(storage, rules, WORKER, mine, NOW)
    assert [(one.what, one.text) for one in opened.messages] == [(What.ASKED, "متى؟"), (What.ADDED, "غدا")]


def test_something_can_be_added_without_being_asked(storage: Storage, rules: ApplicationRules) -> None:
    receipt = sent(storage, rules)
    before = status_of(storage, rules, receipt.code, NOW).application
    after = add_more(storage, rules, receipt.code, "En sak till.", "answer 1", NOW).application
    assert (after.state, after.version) == (State.SENT, before.version + 1)


@pytest.mark.parametrize("text", ["", " \n", "x" * 5000, "a\x00"], ids=range(4))
def test_an_answer_is_a_text(storage: Storage, rules: ApplicationRules, text: str) -> None:
    with pytest.raises(BadMessage):
        add_more(storage, rules, sent(storage, rules).code, text, "answer 1", NOW)
    with pytest.raises(BadDetails):
        add_more(storage, rules, sent(storage, rules).code, "Hej", "", NOW)


def test_it_is_taken_back_once_and_for_all(storage: Storage, rules: ApplicationRules) -> None:
    receipt = sent(storage, rules)
    for day in (0, 1):
        found = withdraw(storage, rules, receipt.code, NOW + timedelta(days=day))
        assert (found.state, found.can_add, found.can_withdraw) == (State.WITHDRAWN, False, False)
        assert found.application.ended_at == NOW
    with pytest.raises(ApplicationHasEnded):
        add_more(storage, rules, receipt.code, "Hej", "answer 1", NOW)
    with pytest.raises(NotNow):
        withdraw(storage, rules, begun(storage, rules, 2), NOW)


def test_what_is_closed_says_so_and_never_what_was_decided(storage: Storage, rules: ApplicationRules) -> None:
    receipt = sent(storage, rules)
    mine = id_of(storage, rules, receipt)
    open_application(storage, rules, WORKER, mine, NOW)
    take_in_hand(storage, WORKER, mine, NOW)
    assert status_of(storage, rules, receipt.code, NOW).state is State.IN_HAND
    close(storage, WORKER, mine, NOW)
    found = status_of(storage, rules, receipt.code, NOW)
    assert (found.state, found.waits, found.can_withdraw) == (State.CLOSED, (), False)
    with pytest.raises(ApplicationHasEnded):
        withdraw(storage, rules, receipt.code, NOW)


def test_the_copy_has_everything_but_what_staff_note(storage: Storage, rules: ApplicationRules) -> None:
    receipt = sent(storage, rules)
    mine = id_of(storage, rules, receipt)
    open_application(storage, rules, WORKER, mine, NOW)
    note(storage, WORKER, mine, "Ring kollegan.", NOW)
    add_more(storage, rules, receipt.code, "En sak till.", "answer 1", NOW)
    copy = copy_for_print(storage, receipt.code, NOW)
    assert copy.form == form()
    assert [one.what for one in copy.messages] == [What.ADDED]
    assert copy.application.reference == receipt.reference
