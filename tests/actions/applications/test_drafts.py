"""Before an application is with the kommun: it begins, pauses, comes back, and is sent once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from portal.actions.applications.drafts import (
    check_key,
    discard_draft,
    is_sent,
    open_draft,
    save_draft,
    send,
    send_at_once,
)
from portal.actions.applications.following import status_of, withdraw
from portal.actions.applications.inbox import open_application
from portal.domain.applications.forms import Form
from portal.domain.applications.rules import ApplicationRules
from portal.domain.applications.states import Identification, State
from portal.domain.refusals import ApplicationIsSent, BadApplication, BadDetails, NoSuchApplication, NotNow
from portal.store.kept_key import new_key
from portal.store.storage import Storage
from tests.conftest import KEY, open_storage
from tests.made_up_applicants import KOMMUN, NOW, WORKER, begun, form, id_of, sent


def test_a_draft_is_paused_and_gone_on_with_by_its_code(storage: Storage, rules: ApplicationRules) -> None:
    code = begun(storage, rules)
    half = Form(name="Kanariefågel", wants="مرحبا 👋")
    saved = save_draft(storage, code, half, NOW + timedelta(days=3), lang="fa-AF")
    assert saved.ends_at == NOW + timedelta(days=33)
    found = open_draft(storage, code.lower().replace("-", " "), NOW + timedelta(days=32))
    assert (found.form, found.application.lang, found.files) == (half, "fa-AF", ())
    assert found.application.state is State.DRAFT


def test_who_knows_the_key_of_a_form_reaches_no_draft_that_it_became(storage: Storage, rules: ApplicationRules) -> None:
    hers, others = begun(storage, rules), begun(storage, rules)
    save_draft(storage, hers, form(), NOW)
    save_draft(storage, others, form(wants="Något annat."), NOW)
    assert open_draft(storage, hers, NOW).form == form()


def test_a_draft_is_opened_after_the_keys_have_changed(
    storage: Storage, rules: ApplicationRules, database_url: str
) -> None:
    code = begun(storage, rules)
    changed = open_storage(database_url, [new_key(), KEY])
    assert open_draft(changed, code, NOW).application.kommun == KOMMUN
    changed.close()


def test_after_thirty_days_a_draft_is_gone_also_before_it_is_deleted(storage: Storage, rules: ApplicationRules) -> None:
    code = begun(storage, rules)
    late = NOW + timedelta(days=30)
    assert open_draft(storage, code, late - timedelta(seconds=1))
    for deed in (
        lambda: open_draft(storage, code, late),
        lambda: save_draft(storage, code, form(), late),
        lambda: send(storage, rules, code, late),
        lambda: discard_draft(storage, code, late),
    ):
        with pytest.raises(NoSuchApplication):
            deed()


@pytest.mark.parametrize("code", ["", "hej", "KX4-7TM-9PR-2HC", "A-482-177-364", "x" * 10_000], ids=range(5))
def test_every_wrong_code_is_the_same(storage: Storage, code: str) -> None:
    with pytest.raises(NoSuchApplication):
        open_draft(storage, code, NOW)


def test_what_is_thrown_away_is_gone(storage: Storage, rules: ApplicationRules) -> None:
    code = begun(storage, rules)
    discard_draft(storage, code, NOW)
    with pytest.raises(NoSuchApplication):
        open_draft(storage, code, NOW)


def test_a_draft_is_sent_as_it_was_saved_and_once(storage: Storage, rules: ApplicationRules) -> None:
    code = begun(storage, rules)
    save_draft(storage, code, form(), NOW)
    receipt = send(storage, rules, code, NOW)
    assert (receipt.code, receipt.unit, receipt.sent_at) == (code, "elderly", NOW)
    assert [wait.limit.id for wait in receipt.waits] == ["confirmation", "decision", "delay"]
    assert send(storage, rules, code, NOW + timedelta(days=2)).reference == receipt.reference
    for deed in (
        lambda: save_draft(storage, code, form(), NOW),
        lambda: open_draft(storage, code, NOW),
        lambda: discard_draft(storage, code, NOW),
        lambda: begun(storage, rules),
    ):
        with pytest.raises(ApplicationIsSent):
            deed()


def test_a_form_that_is_not_whole_is_not_sent_and_stays_as_it_was(storage: Storage, rules: ApplicationRules) -> None:
    code = begun(storage, rules)
    half = form(wants="")
    save_draft(storage, code, half, NOW)
    with pytest.raises(BadApplication) as refusal:
        send(storage, rules, code, NOW)
    assert [problem.field for problem in refusal.value.problems] == ["wants"]
    assert open_draft(storage, code, NOW).form == half
    with pytest.raises(BadApplication):
        save_draft(storage, code, form(wants="x" * 20_000), NOW)


def test_what_is_sent_at_once_is_sent_once(storage: Storage, rules: ApplicationRules) -> None:
    receipt = sent(storage, rules)
    assert sent(storage, rules, wants="Något annat.") == replace(receipt, code=None)
    assert is_sent(storage, KOMMUN, "form 1")
    assert not is_sent(storage, KOMMUN, "form 2")
    assert status_of(storage, rules, receipt.code, NOW).state is State.SENT
    with pytest.raises(BadApplication):
        sent(storage, rules, 2, name="")
    # Nothing of what was refused is kept: the same form begins anew.
    assert open_draft(storage, begun(storage, rules, 2), NOW).form == Form()


def test_a_form_that_was_paused_is_sent_once_from_a_page_without_the_code(
    storage: Storage, rules: ApplicationRules
) -> None:
    code = begun(storage, rules)
    receipt = sent(storage, rules)
    assert receipt.code not in (None, code)
    assert sent(storage, rules) == replace(receipt, code=None)
    assert is_sent(storage, KOMMUN, "form 1")
    assert open_draft(storage, code, NOW).form == Form()


def test_a_form_that_is_sent_again_tells_where_the_application_is(storage: Storage, rules: ApplicationRules) -> None:
    receipt = sent(storage, rules)
    withdraw(storage, rules, receipt.code or "", NOW)
    again = sent(storage, rules)
    assert (again.state, again.code) == (State.WITHDRAWN, None)


def test_where_she_lives_is_never_kept_of_who_is_protected(storage: Storage, rules: ApplicationRules) -> None:
    code = begun(storage, rules)
    save_draft(storage, code, form(is_protected=True, address="Gatan 1"), NOW)
    assert open_draft(storage, code, NOW).form.address == ""


def test_who_has_shown_who_she_is_is_marked_so(storage: Storage, rules: ApplicationRules) -> None:
    kind = rules.kinds["elderly"]
    shown = Identification("8501012382", "substantial level", NOW, form().name, "8501012382")
    receipt = send_at_once(storage, rules, KOMMUN, kind, "form 1", form(), "sv", NOW, identified=shown)
    opened = open_application(storage, rules, WORKER, id_of(storage, rules, receipt), NOW)
    assert opened.application.is_identified
    assert opened.identified == shown
    other = open_application(storage, rules, WORKER, id_of(storage, rules, sent(storage, rules, 2)), NOW)
    assert (other.application.is_identified, other.identified) == (False, None)


@pytest.mark.parametrize("said", [{"name": "Kim Berg"}, {"number": "9001012385"}])
def test_an_identity_that_gainsays_the_form_marks_nothing(
    storage: Storage, rules: ApplicationRules, said: dict[str, str]
) -> None:
    kind = rules.kinds["elderly"]
    shown = replace(Identification("x", "high", NOW), **said)
    receipt = send_at_once(storage, rules, KOMMUN, kind, "form 1", form(), "sv", NOW, identified=shown)
    opened = open_application(storage, rules, WORKER, id_of(storage, rules, receipt), NOW)
    assert (opened.application.is_identified, opened.identified) == (False, None)


@pytest.mark.parametrize("key", ["", "x" * 201], ids=["none", "long"])
def test_a_form_without_a_key_of_its_own_is_refused(key: str) -> None:
    with pytest.raises(BadDetails):
        check_key(key)
    for good in ("x", "x" * 200):
        check_key(good)


def test_to_a_kommun_or_for_a_kind_that_is_gone_nothing_is_sent(storage: Storage, rules: ApplicationRules) -> None:
    code = begun(storage, rules)
    for gone in ("kinds", "kommuner"):
        without = replace(rules, **{gone: {}})
        with pytest.raises(NotNow):
            send(storage, without, code, NOW, form=form())
    assert send(storage, rules, code, NOW, form=form()).code == code
