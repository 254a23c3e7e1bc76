"""What case workers see: their units and nobody else's, the new first, by reference, name or number only."""

from dataclasses import replace
from datetime import timedelta

import pytest

from portal.actions.applications.attachments import add_file
from portal.actions.applications.drafts import begin_application
from portal.actions.applications.handling import close, set_case_number, take_in_hand
from portal.actions.applications.inbox import count_new, find_applications, inbox, open_application, open_file
from portal.domain.applications.handling import Handler
from portal.domain.applications.kinds import FAMILY_COUNSELLING
from portal.domain.applications.rules import ApplicationRules
from portal.domain.applications.states import State
from portal.domain.refusals import NoSuchApplication, NoSuchFile
from portal.store.audit import list_events
from portal.store.storage import Storage
from tests.made_up_applicants import (
    ELSEWHERE,
    KOMMUN,
    NO_WORKER,
    NOW,
    OTHER_UNIT,
    WORKER,
    begun,
    form,
    id_of,
    picture,
    sent,
)

COUNSELLOR = Handler("counsellor", KOMMUN, frozenset({"family_counselling", "elderly"}), is_case_worker=True)
STRANGERS = [ELSEWHERE, OTHER_UNIT, NO_WORKER]


def test_the_new_and_the_longest_waiting_stand_first(storage: Storage, rules: ApplicationRules) -> None:
    receipts = [sent(storage, rules, who) for who in range(3)]
    begun(storage, rules, "draft")
    taken, ended, new = (id_of(storage, rules, receipt) for receipt in receipts)
    take_in_hand(storage, WORKER, taken, NOW)
    open_application(storage, rules, WORKER, ended, NOW)
    close(storage, WORKER, ended, NOW)
    listed = inbox(storage, rules, WORKER, NOW + timedelta(days=4))
    assert [one.application.id for one in listed] == [new, taken]
    assert [listed[0].waits[0].is_over, listed[1].waits[0].is_over] == [True, False]
    assert [one.application.id for one in inbox(storage, rules, WORKER, NOW, ended=True)] == [ended]
    assert count_new(storage, WORKER) == {"adults": 0, "elderly": 1}


@pytest.mark.parametrize("stranger", STRANGERS, ids=lambda one: one.id)
def test_who_is_elsewhere_sees_nothing(storage: Storage, rules: ApplicationRules, stranger: Handler) -> None:
    receipt = sent(storage, rules)
    mine = id_of(storage, rules, receipt)
    assert inbox(storage, rules, stranger, NOW) == ()
    assert inbox(storage, rules, stranger, NOW, unit="elderly") == ()
    assert not any(count_new(storage, stranger).values())
    for typed in (receipt.reference, "Vipansson", "850101-2382"):
        assert find_applications(storage, rules, stranger, typed, NOW) == ()
    with pytest.raises(NoSuchApplication):
        open_application(storage, rules, stranger, mine, NOW)
    with pytest.raises(NoSuchApplication):
        open_file(storage, stranger, mine, "file", NOW)


def test_a_draft_is_nobody_s_but_hers(storage: Storage, rules: ApplicationRules) -> None:
    kind = rules.kinds["elderly"]
    begin_application(storage, KOMMUN, kind, "form 1", "ar", NOW)
    assert inbox(storage, rules, WORKER, NOW) == ()


def test_the_first_reading_makes_it_received_and_every_reading_is_written_down(
    storage: Storage, rules: ApplicationRules
) -> None:
    mine = id_of(storage, rules, sent(storage, rules))
    later = NOW + timedelta(hours=1)
    opened = open_application(storage, rules, WORKER, mine, NOW)
    assert (opened.application.state, opened.application.received_at) == (State.RECEIVED, NOW)
    again = open_application(storage, rules, WORKER, mine, later)
    assert (again.application.received_at, again.form) == (
        NOW,
        form(facts={"help": "at_home", "alone": "yes", "hospital": "yes"}),
    )
    events = list_events(storage, KOMMUN, subject=f"application:{mine}")
    assert [(event.did, event.by, event.at) for event in events] == [
        ("open_application", "worker-1", later),
        ("open_application", "worker-1", NOW),
    ]


@pytest.mark.parametrize(
    "typed",
    ["Vipansson", "vipansson KANARIEFÅGEL", " Kanariefågel-Vipansson", "850101-2382", "198501012382", "sn 2026/17"],
)
def test_it_is_found_by_name_number_or_case_number(storage: Storage, rules: ApplicationRules, typed: str) -> None:
    receipt = sent(storage, rules)
    sent(storage, rules, 2, name="Någon Annan", number="")
    mine = id_of(storage, rules, receipt)
    set_case_number(storage, WORKER, mine, " SN 2026/17", NOW)
    assert [one.application.id for one in find_applications(storage, rules, WORKER, typed, NOW)] == [mine]
    by_reference = find_applications(storage, rules, WORKER, receipt.reference, NOW)
    assert [one.application.id for one in by_reference] == [mine]
    assert open_application(storage, rules, WORKER, mine, NOW).case_number == "SN 2026/17"


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Å", "a"),
        ("İnce", "INCE"),
        ("Åkesson", "\u200eakesson\u00a0"),
        ("Anna-Karin", "annakarin"),
        ("OBrien", "O’Brien"),
        ("Alhassan", "Al Hassan"),
        ("سه\u200cیران", "سهيران"),
    ],
)
def test_it_is_found_by_its_name_however_that_is_spelt(
    storage: Storage, rules: ApplicationRules, name: str, typed: str
) -> None:
    sent(storage, rules, name=name)
    assert len(find_applications(storage, rules, WORKER, typed, NOW)) == 1


@pytest.mark.parametrize(
    "typed", ["", "x", "Sidensvans", "070-174 06 77", "hjälp", "Vipans", "Vipansson Någon", "A-000-000-098"]
)
def test_it_is_found_by_nothing_else(storage: Storage, rules: ApplicationRules, typed: str) -> None:
    sent(storage, rules)
    assert find_applications(storage, rules, WORKER, typed, NOW) == ()


def test_a_search_is_written_down_but_not_what_was_searched(storage: Storage, rules: ApplicationRules) -> None:
    find_applications(storage, rules, WORKER, "Vipansson", NOW)
    (event,) = list_events(storage, KOMMUN)
    assert (event.did, event.subject) == ("search_applications", "shared")


def test_family_counselling_is_behind_its_own_door(storage: Storage, rules: ApplicationRules) -> None:
    receipt = sent(storage, rules, kind="family-counselling")
    mine = id_of(storage, rules, receipt, COUNSELLOR)
    everybody = replace(OTHER_UNIT, units=frozenset({"elderly", "adults", "children", "reception"}))
    for by in (everybody, COUNSELLOR):
        assert inbox(storage, rules, by, NOW) == ()
        assert find_applications(storage, rules, by, "Vipansson", NOW) == ()
        assert find_applications(storage, rules, by, receipt.reference, NOW) == ()
    assert inbox(storage, rules, everybody, NOW, unit="family_counselling") == ()
    assert find_applications(storage, rules, everybody, "Vipansson", NOW, door=FAMILY_COUNSELLING) == ()
    with pytest.raises(NoSuchApplication):
        open_application(storage, rules, everybody, mine, NOW)
    behind = find_applications(storage, rules, COUNSELLOR, "Vipansson", NOW, door=FAMILY_COUNSELLING)
    assert [one.application.id for one in behind] == [mine]
    assert open_application(storage, rules, COUNSELLOR, mine, NOW).form.name == "Kanariefågel Vipansson"


def test_a_file_is_read_by_whoever_may_and_written_down(storage: Storage, rules: ApplicationRules) -> None:
    receipt = sent(storage, rules)
    info = add_file(storage, rules, receipt.code, "brev.png", picture(), NOW)
    mine = id_of(storage, rules, receipt)
    assert open_application(storage, rules, WORKER, mine, NOW).files == (info,)
    assert open_file(storage, WORKER, mine, info.id, NOW).info == info
    assert list_events(storage, KOMMUN)[0].did == "open_file"
    with pytest.raises(NoSuchFile):
        open_file(storage, WORKER, mine, "another", NOW)


def test_consent_is_told_with_its_paragraph(storage: Storage, rules: ApplicationRules) -> None:
    worker = replace(WORKER, units=frozenset({"children"}))
    receipt = sent(storage, rules, kind="child-and-family", for_whom="child", other_name="Kanin", age=8)
    opened = open_application(storage, rules, worker, id_of(storage, rules, receipt, worker), NOW)
    assert [note.paragraph for note in opened.notes] == ["21 kap. 1 §"]
    assert [wait.limit.id for wait in opened.waits] == ["child_assessment", "child_inquiry", "delay"]
    gone = replace(rules, kinds={})
    assert open_application(storage, gone, worker, opened.application.id, NOW).notes == ()
