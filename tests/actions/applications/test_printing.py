"""An application on paper: what stands in it, in the order of the form; who printed it is written down."""

from unicodedata import normalize

import pytest

from portal.actions.applications.attachments import add_file
from portal.actions.applications.following import add_more
from portal.actions.applications.handling import ask_for_more, close, forward, note, set_case_number
from portal.actions.applications.inbox import open_application
from portal.actions.applications.printing import print_application
from portal.domain.applications.rules import ApplicationRules
from portal.domain.refusals import NoSuchApplication
from portal.store.audit import list_events
from portal.store.storage import Storage
from tests.made_up_applicants import ELSEWHERE, KOMMUN, NO_WORKER, NOW, OTHER_UNIT, WORKER, id_of, picture, sent
from tests.store.applications.test_drawing import letters, read


def test_the_paper_has_everything_with_the_files_after_it(storage: Storage, rules: ApplicationRules) -> None:
    wants = "أحتاج مساعدة"
    receipt = sent(storage, rules, wants=wants, is_protected=True)
    add_file(storage, rules, receipt.code, "brev.png", picture(), NOW)
    one = id_of(storage, rules, receipt)
    open_application(storage, rules, WORKER, one, NOW)
    note(storage, WORKER, one, "En anteckning.", NOW)
    ask_for_more(storage, rules, WORKER, one, ["name"], "Ett svar, tack.", NOW)
    add_more(storage, rules, receipt.code, "Привіт", "a form", NOW)
    set_case_number(storage, WORKER, one, "SN 2026-17", NOW)
    close(storage, WORKER, one, NOW)
    first, *rest = (" ".join(page.split()) for page in read(print_application(storage, rules, WORKER, one, NOW)))
    whole = " ".join([first, *rest])
    for word in (receipt.reference, "SN 2026-17", "skyddade personuppgifter", "Kanariefågel Vipansson", "Gökottan"):
        assert word in whole, word
    for word in ("Hjälp hemma", "En anteckning.", "Vad heter du?", "Ett svar, tack.", "Привіт", "brev.png"):
        assert word in whole, word
    assert set(letters(normalize("NFKC", wants))) <= set(letters(whole))
    assert whole.index("Kanariefågel") < whole.index("Hjälp hemma") < whole.index("En anteckning.")
    events = list_events(storage, KOMMUN, subject=f"application:{one}")
    assert (events[0].did, events[0].by) == ("print", "worker-1")


def test_a_child_s_paper_has_what_the_law_says(storage: Storage, rules: ApplicationRules) -> None:
    receipt = sent(storage, rules, kind="addiction", for_whom="child", other_name="Liv", age=11)
    one = id_of(storage, rules, receipt)
    whole = " ".join(" ".join(read(print_application(storage, rules, WORKER, one, NOW))).split())
    assert "Barnet är under 12 år. Vårdnadshavarens samtycke behövs. (21 kap. 1 §)" in whole


@pytest.mark.parametrize("stranger", [ELSEWHERE, OTHER_UNIT, NO_WORKER])
def test_it_is_printed_by_who_may_see_it_alone(storage: Storage, rules: ApplicationRules, stranger: object) -> None:
    one = id_of(storage, rules, sent(storage, rules))
    with pytest.raises(NoSuchApplication):
        print_application(storage, rules, stranger, one, NOW)  # type: ignore[arg-type]


def test_an_application_that_went_on_is_printed_where_it_came(storage: Storage, rules: ApplicationRules) -> None:
    one = id_of(storage, rules, sent(storage, rules))
    open_application(storage, rules, WORKER, one, NOW)
    forward(storage, rules, WORKER, one, "adults", NOW)
    assert "Skickad vidare" in " ".join(read(print_application(storage, rules, WORKER, one, NOW)))
