"""What case workers do: each deed moves it, is written down, and is told to her without a word about what it is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.actions.applications.exporting import confirm_export
from portal.actions.applications.following import status_of, withdraw
from portal.actions.applications.handling import ask_for_more, close, forward, note, set_case_number, take_in_hand
from portal.actions.applications.inbox import find_applications, inbox, open_application
from portal.domain.applications.handling import Handler
from portal.domain.applications.messages import What
from portal.domain.applications.rules import ApplicationRules
from portal.domain.applications.states import State
from portal.domain.people.letters import Letter, Mail
from portal.domain.refusals import ApplicationHasEnded, BadMessage, ConsentIsNeeded, NoSuchApplication, NotNow
from portal.store.audit import list_events
from portal.store.counting.tables import counters
from portal.store.storage import Storage
from tests.made_up_applicants import ELSEWHERE, KOMMUN, NO_WORKER, NOW, OTHER_UNIT, WORKER, id_of, sent
from tests.written import mails

FITTING = ("name", "reach", "more_words", "clearer_picture", "whole_letter", "certificate", "authority", "time", "call")
FULL = replace(WORKER, units=frozenset({"elderly", "family_counselling"}))


@pytest.fixture
def mine(storage: Storage, rules: ApplicationRules) -> str:
    """Return the id of an application that she has opened."""
    found = id_of(storage, rules, sent(storage, rules))
    open_application(storage, rules, WORKER, found, NOW)
    return found


Deed = Callable[[Storage, ApplicationRules, Handler, str], object]

DEEDS: dict[str, Deed] = {
    "take_in_hand": lambda storage, rules, by, one: take_in_hand(storage, by, one, NOW),
    "note": lambda storage, rules, by, one: note(storage, by, one, "Ring kollegan.", NOW),
    "ask_for_more": lambda storage, rules, by, one: ask_for_more(storage, rules, by, one, ["name"], "", NOW),
    "forward": lambda storage, rules, by, one: forward(storage, rules, by, one, "adults", NOW),
    "close": lambda storage, rules, by, one: close(storage, by, one, NOW),
    "set_case_number": lambda storage, rules, by, one: set_case_number(storage, by, one, "SN 1", NOW),
    "confirm_export": lambda storage, rules, by, one: confirm_export(storage, by, one, 1, NOW),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_each_deed_is_hers_alone_and_written_down(
    storage: Storage, rules: ApplicationRules, mine: str, deed: str
) -> None:
    for stranger in (ELSEWHERE, OTHER_UNIT, NO_WORKER):
        with pytest.raises(NoSuchApplication):
            DEEDS[deed](storage, rules, stranger, mine)
    for nothing in ("", "another", mine.upper()):
        with pytest.raises(NoSuchApplication):
            DEEDS[deed](storage, rules, WORKER, nothing)
    DEEDS[deed](storage, rules, WORKER, mine)
    events = list_events(storage, KOMMUN, subject=f"application:{mine}")
    assert [(event.did, event.by) for event in events] == [(deed, "worker-1"), ("open_application", "worker-1")]


def test_a_mail_says_only_that_there_is_something_to_read(storage: Storage, rules: ApplicationRules, mine: str) -> None:
    ask_for_more(storage, rules, WORKER, mine, ["certificate"], "Sidensvans", NOW)
    close(storage, WORKER, mine, NOW)
    assert mails(storage) == [Mail(Letter.SOMETHING_TO_READ, "koltrast@example.se", "ar", KOMMUN)] * 2


def test_who_has_not_said_that_mail_is_safe_gets_none(storage: Storage, rules: ApplicationRules) -> None:
    receipt = sent(storage, rules, ways=("code",), phone="")
    take_in_hand(storage, WORKER, id_of(storage, rules, receipt), NOW)
    ask_for_more(storage, rules, WORKER, id_of(storage, rules, receipt), ["name"], "", NOW)
    assert mails(storage) == []
    assert status_of(storage, rules, receipt.code, NOW).state is State.NEEDS_MORE


@pytest.mark.parametrize(
    ("phrases", "text", "field"),
    [
        ([], "", "text"),
        ([], "x" * 5000, "text"),
        (["name"], "x\x00", "text"),
        (["nonsense"], "", "phrases"),
        (["income"], "", "phrases"),
        ([*FITTING], "", "phrases"),
    ],
    ids=range(6),
)
def test_a_question_is_a_phrase_that_fits_or_a_text(
    storage: Storage, rules: ApplicationRules, mine: str, phrases: list[str], text: str, field: str
) -> None:
    with pytest.raises(BadMessage) as refusal:
        ask_for_more(storage, rules, WORKER, mine, phrases, text, NOW)
    assert refusal.value.fields == (field,)


def test_whoever_takes_it_has_it_until_a_colleague_does(storage: Storage, rules: ApplicationRules, mine: str) -> None:
    assert take_in_hand(storage, WORKER, mine, NOW).taken_by == "worker-1"
    assert take_in_hand(storage, replace(WORKER, id="worker-9"), mine, NOW).taken_by == "worker-9"


def test_a_note_is_a_text_for_staff(storage: Storage, rules: ApplicationRules, mine: str) -> None:
    with pytest.raises(BadMessage):
        note(storage, WORKER, mine, " ", NOW)
    before = open_application(storage, rules, WORKER, mine, NOW).application.version
    note(storage, WORKER, mine, "Ring kollegan.", NOW)
    opened = open_application(storage, rules, WORKER, mine, NOW)
    assert [(one.what, one.by) for one in opened.messages] == [(What.NOTED, "worker-1")]
    assert opened.application.version == before + 1


@pytest.mark.parametrize("number", ["", " ", "x" * 41, "SN\n1"])
def test_a_case_number_is_a_short_text(storage: Storage, rules: ApplicationRules, mine: str, number: str) -> None:
    with pytest.raises(BadMessage):
        set_case_number(storage, WORKER, mine, number, NOW)


def test_a_case_number_may_have_forty_signs(storage: Storage, rules: ApplicationRules, mine: str) -> None:
    set_case_number(storage, WORKER, mine, f" {'x' * 38} ", NOW)
    set_case_number(storage, WORKER, mine, "9" * 40, NOW)
    assert open_application(storage, rules, WORKER, mine, NOW).case_number == "9" * 40


def test_in_another_unit_it_is_new_and_gone_from_hers(storage: Storage, rules: ApplicationRules, mine: str) -> None:
    forward(storage, rules, WORKER, mine, "disability", NOW)
    to = replace(WORKER, id="worker-4", units=frozenset({"disability"}))
    (listed,) = inbox(storage, rules, to, NOW)
    assert (listed.application.id, listed.application.state, listed.application.taken_by) == (mine, State.SENT, None)
    with pytest.raises(NoSuchApplication):
        open_application(storage, rules, WORKER, mine, NOW)
    assert open_application(storage, rules, to, mine, NOW).messages[-1].what is What.FORWARDED


def test_another_kommun_gets_it_with_her_yes_only(storage: Storage, rules: ApplicationRules, mine: str) -> None:
    confirm_export(storage, WORKER, mine, 1, NOW)
    with pytest.raises(ConsentIsNeeded):
        forward(storage, rules, WORKER, mine, "elderly", NOW, kommun="mellerud")
    forward(storage, rules, WORKER, mine, "elderly", NOW, kommun="mellerud", has_consent=True)
    with pytest.raises(NoSuchApplication):
        open_application(storage, rules, WORKER, mine, NOW)
    assert find_applications(storage, rules, WORKER, "Vipansson", NOW) == ()
    (found,) = find_applications(storage, rules, ELSEWHERE, "Vipansson", NOW)
    # The case system of the new kommun has nothing of it yet, and each kommun's trail says what was done there.
    assert (found.application.kommun, found.application.is_exported) == ("mellerud", False)
    assert list_events(storage, KOMMUN)[1].did == "forward"
    assert "forwarded_here" in [event.did for event in list_events(storage, "mellerud")]


def test_what_was_told_behind_the_door_leaves_it_with_her_yes_only(storage: Storage, rules: ApplicationRules) -> None:
    receipt = sent(storage, rules, kind="family-counselling")
    mine = id_of(storage, rules, receipt, FULL)
    open_application(storage, rules, FULL, mine, NOW)
    with pytest.raises(ConsentIsNeeded):
        forward(storage, rules, FULL, mine, "elderly", NOW)
    forward(storage, rules, FULL, mine, "elderly", NOW, has_consent=True)
    assert [one.application.id for one in find_applications(storage, rules, FULL, "Vipansson", NOW)] == [mine]


@pytest.mark.parametrize(
    ("unit", "kommun", "field"),
    [("nowhere", None, "unit"), ("elderly", None, "unit"), ("elderly", "granby", "kommun"), ("elderly", "", "kommun")],
)
def test_it_goes_nowhere_that_is_not_there(
    storage: Storage, rules: ApplicationRules, mine: str, unit: str, kommun: str | None, field: str
) -> None:
    with pytest.raises(BadMessage) as refusal:
        forward(storage, rules, WORKER, mine, unit, NOW, kommun=kommun, has_consent=True)
    assert refusal.value.fields == (field,)
    assert open_application(storage, rules, WORKER, mine, NOW).application.unit == "elderly"


def test_what_nobody_has_opened_is_not_closed_and_what_is_closed_stays_so(
    storage: Storage, rules: ApplicationRules
) -> None:
    mine = id_of(storage, rules, sent(storage, rules))
    for deed in ("close", "forward", "note"):
        with pytest.raises(NotNow):
            DEEDS[deed](storage, rules, WORKER, mine)
    open_application(storage, rules, WORKER, mine, NOW)
    closed = close(storage, WORKER, mine, NOW, in_sample=False)
    assert (closed.state, closed.in_sample, closed.ended_at) == (State.CLOSED, False, NOW)
    for deed in ("take_in_hand", "ask_for_more", "forward", "close"):
        with pytest.raises(ApplicationHasEnded):
            DEEDS[deed](storage, rules, WORKER, mine)


# ------------------------------------------------------------------------------------------------------- counting


def counted(storage: Storage, kommun: str = KOMMUN) -> dict[tuple[str, str], int]:
    """Return what is counted of applications in a kommun."""
    with storage.database.reading() as connection:
        rows = connection.execute(select(counters).where(counters.c.kommun == kommun)).all()
    return {(row.key, row.value): row.number for row in rows if row.key.startswith("applications")}


def test_it_is_counted_when_it_comes_is_begun_and_ends(storage: Storage, rules: ApplicationRules, mine: str) -> None:
    assert counted(storage) == {("applications", ""): 1, ("applications_by_kind", "elderly"): 1}
    later = NOW + timedelta(days=3)
    take_in_hand(storage, WORKER, mine, later)
    begun = {("applications_begun", ""): 1, ("applications_begun_by_waited", "3-7"): 1}
    assert counted(storage).items() >= begun.items()
    # Once: whoever takes it over, asks, or gets it forwarded.
    ask_for_more(storage, rules, WORKER, mine, ["name"], "", later)
    forward(storage, rules, WORKER, mine, "adults", later)
    take_in_hand(storage, WORKER, mine, later)
    assert counted(storage).items() >= begun.items()
    with pytest.raises(NotNow):
        forward_then_close(storage, rules, mine)
    open_application(storage, rules, WORKER, mine, later)
    close(storage, WORKER, mine, later)
    assert counted(storage).items() >= {("applications_ended_by_ending", "closed"): 1}.items()
    with pytest.raises(ApplicationHasEnded):
        close(storage, WORKER, mine, later)
    assert counted(storage)["applications_ended", ""] == 1


def forward_then_close(storage: Storage, rules: ApplicationRules, one: str) -> None:
    """Hand it on, and close it before anybody there has opened it: that is refused, and not counted."""
    forward(storage, rules, WORKER, one, "elderly", NOW)
    close(storage, WORKER, one, NOW)


def test_asking_for_more_begins_it_too(storage: Storage, rules: ApplicationRules, mine: str) -> None:
    ask_for_more(storage, rules, WORKER, mine, ["name"], "", NOW)
    take_in_hand(storage, WORKER, mine, NOW)
    found = counted(storage)
    assert (found["applications_begun", ""], found["applications_begun_by_waited", "0-2"]) == (1, 1)


def test_what_is_withdrawn_is_counted_once_and_what_is_sent_twice_came_once(
    storage: Storage, rules: ApplicationRules
) -> None:
    receipt = sent(storage, rules)
    assert sent(storage, rules) == replace(receipt, code=None)
    for _ in range(2):
        withdraw(storage, rules, receipt.code, NOW)
    found = counted(storage)
    assert (found["applications", ""], found["applications_ended_by_ending", "withdrawn"]) == (1, 1)


def test_another_kommun_begins_it_for_itself(storage: Storage, rules: ApplicationRules, mine: str) -> None:
    take_in_hand(storage, WORKER, mine, NOW)
    forward(storage, rules, WORKER, mine, "elderly", NOW, kommun="mellerud", has_consent=True)
    take_in_hand(storage, ELSEWHERE, mine, NOW)
    assert counted(storage)["applications_begun", ""] == 1
    assert counted(storage, "mellerud")["applications_begun", ""] == 1
