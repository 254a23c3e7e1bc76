"""An application on paper: what stands in it, in the order of the form; who printed it is written down."""

from datetime import timedelta
from io import BytesIO
from os import urandom
from unicodedata import normalize

import pytest
from PIL import Image
from sqlalchemy import select

from portal.actions.applications.attachments import add_file
from portal.actions.applications.drafts import send_at_once
from portal.actions.applications.following import add_more
from portal.actions.applications.handling import ask_for_more, close, forward, note, set_case_number
from portal.actions.applications.inbox import open_application
from portal.actions.applications.printing import KEPT, PaperIsGone, ask_for_paper, draw_papers
from portal.domain.applications.rules import ApplicationRules
from portal.domain.applications.states import Identification
from portal.domain.refusals import NoSuchApplication
from portal.store.applications import tables as t
from portal.store.applications.files import File, FileInfo, add
from portal.store.applications.papers import PART
from portal.store.applications.printing import CannotPrint
from portal.store.applications.stored import find_by_id
from portal.store.audit import list_events
from portal.store.job_turns import turn_of
from portal.store.storage import Storage
from tests.made_up_applicants import ELSEWHERE, KOMMUN, NO_WORKER, NOW, OTHER_UNIT, WORKER, form, id_of, picture, sent
from tests.store.applications.test_drawing import letters, read


def paper(storage: Storage, rules: ApplicationRules, application_id: str) -> bytes:
    """Ask for a paper, let it be drawn, and return it."""
    assert ask_for_paper(storage, rules, WORKER, application_id, NOW) is None
    assert draw_papers(storage, rules, NOW) == 1
    made = ask_for_paper(storage, rules, WORKER, application_id, NOW)
    assert made is not None
    content = b"".join(made.parts)
    assert len(content) == made.length
    return content


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
    first, *rest = (" ".join(page.split()) for page in read(paper(storage, rules, one)))
    whole = " ".join([first, *rest])
    for word in (receipt.reference, "SN 2026-17", "skyddade personuppgifter", "Kanariefågel Vipansson", "Gökottan"):
        assert word in whole, word
    for word in ("Hjälp hemma", "En anteckning.", "Vad heter du?", "Ett svar, tack.", "Привіт", "brev.png"):
        assert word in whole, word
    assert set(letters(normalize("NFKC", wants))) <= set(letters(whole))
    assert whole.index("Kanariefågel") < whole.index("Hjälp hemma") < whole.index("En anteckning.")
    assert f"Kom in: {NOW:%Y-%m-%d %H:%M}" in first
    events = list_events(storage, KOMMUN, subject=f"application:{one}")
    assert (events[0].did, events[0].by) == ("print", "worker-1")


def test_the_paper_says_who_was_identified_and_that_somebody_was_not(storage: Storage, rules: ApplicationRules) -> None:
    shown = Identification("850101-2382", "loa3", NOW, "Kanariefågel Vipansson", "8501012382", "https://eid.example.se")
    kind = rules.kinds["elderly"]
    receipt = send_at_once(storage, rules, KOMMUN, kind, "identified", form(), "sv", NOW, identified=shown)
    whole = " ".join(" ".join(read(paper(storage, rules, id_of(storage, rules, receipt)))).split())
    for word in (
        "har visat vem den är",
        "Nivå: loa3",
        "Utfärdare: https://eid.example.se",
        "Id hos utfärdaren: 850101",
    ):
        assert word in whole, word
    other = sent(storage, rules)
    whole = " ".join(" ".join(read(paper(storage, rules, id_of(storage, rules, other)))).split())
    assert "har inte visat vem den är" in whole
    assert "Utfärdare" not in whole


def test_a_child_s_paper_has_what_the_law_says(storage: Storage, rules: ApplicationRules) -> None:
    receipt = sent(storage, rules, kind="addiction", for_whom="child", other_name="Liv", age=11)
    one = id_of(storage, rules, receipt)
    whole = " ".join(" ".join(read(paper(storage, rules, one))).split())
    assert "Barnet är under 12 år. Vårdnadshavarens samtycke behövs. (21 kap. 1 §)" in whole


@pytest.mark.parametrize("stranger", [ELSEWHERE, OTHER_UNIT, NO_WORKER])
def test_it_is_printed_by_who_may_see_it_alone(storage: Storage, rules: ApplicationRules, stranger: object) -> None:
    one = id_of(storage, rules, sent(storage, rules))
    with pytest.raises(NoSuchApplication):
        ask_for_paper(storage, rules, stranger, one, NOW)  # type: ignore[arg-type]


def test_an_application_that_went_on_is_printed_where_it_came(storage: Storage, rules: ApplicationRules) -> None:
    one = id_of(storage, rules, sent(storage, rules))
    open_application(storage, rules, WORKER, one, NOW)
    forward(storage, rules, WORKER, one, "adults", NOW)
    assert "Skickad vidare" in " ".join(read(paper(storage, rules, one)))


def test_a_paper_waits_in_line_is_drawn_once_for_all_who_ask_and_anew_when_something_is_added(
    storage: Storage, rules: ApplicationRules
) -> None:
    one = id_of(storage, rules, sent(storage, rules))
    open_application(storage, rules, WORKER, one, NOW)
    for _ in range(3):
        assert ask_for_paper(storage, rules, WORKER, one, NOW) is None
    assert [event.did for event in list_events(storage, KOMMUN, subject=f"application:{one}")].count("print") == 0
    assert draw_papers(storage, rules, NOW) == 1
    first, second = (ask_for_paper(storage, rules, WORKER, one, NOW) for _ in range(2))
    assert first is not None
    assert second is not None
    assert b"".join(first.parts) == b"".join(second.parts)
    assert [event.did for event in list_events(storage, KOMMUN, subject=f"application:{one}")].count("print") == 2
    note(storage, WORKER, one, "En ny anteckning.", NOW)
    assert "En ny anteckning." in " ".join(read(paper(storage, rules, one)))


def test_a_paper_that_could_not_be_drawn_is_told_once_and_tried_again(
    storage: Storage, rules: ApplicationRules
) -> None:
    receipt = sent(storage, rules)
    one = id_of(storage, rules, receipt)
    with storage.database.transaction() as connection:
        stored = find_by_id(storage, connection, one)
        assert stored is not None
        add(connection, stored, File(FileInfo("broken", "brev.pdf", "application/pdf", 3, NOW), b"hej"))
    for _ in range(2):
        assert ask_for_paper(storage, rules, WORKER, one, NOW) is None
        assert draw_papers(storage, rules, NOW) == 1
        with pytest.raises(CannotPrint):
            ask_for_paper(storage, rules, WORKER, one, NOW)


def test_papers_are_sealed_and_gone_within_the_hour(storage: Storage, rules: ApplicationRules) -> None:
    one = id_of(storage, rules, sent(storage, rules))
    paper(storage, rules, one)
    with storage.database.reading() as connection:
        sealed = connection.execute(select(t.paper_parts.c.sealed)).scalars().all()
    assert sealed
    assert not any(b"%PDF" in part for part in sealed)
    assert timedelta(hours=1) == KEPT
    draw_papers(storage, rules, NOW + KEPT)
    with storage.database.reading() as connection:
        assert len(connection.execute(select(t.papers)).all()) == 1
    draw_papers(storage, rules, NOW + KEPT + timedelta(seconds=1))
    with storage.database.reading() as connection:
        assert connection.execute(select(t.papers)).all() == []
        assert connection.execute(select(t.paper_parts)).all() == []


def test_a_large_paper_is_kept_and_given_in_parts_and_one_that_goes_away_is_never_half(
    storage: Storage, rules: ApplicationRules
) -> None:
    receipt = sent(storage, rules)
    one = id_of(storage, rules, receipt)
    noise = Image.frombytes("RGB", (1800, 1800), urandom(3 * 1800 * 1800))
    drawn = BytesIO()
    noise.save(drawn, "PNG")
    with storage.database.transaction() as connection:
        stored = find_by_id(storage, connection, one)
        assert stored is not None
        info = FileInfo("noise", "brus.png", "image/png", len(drawn.getvalue()), NOW)
        add(connection, stored, File(info, drawn.getvalue()))
    assert len(paper(storage, rules, one)) > PART
    made = ask_for_paper(storage, rules, WORKER, one, NOW)
    assert made is not None
    assert len(next(made.parts)) == PART
    draw_papers(storage, rules, NOW + KEPT + timedelta(seconds=1))
    with pytest.raises(PaperIsGone):
        next(made.parts)


def test_papers_are_left_to_the_run_that_is_drawing_already(storage: Storage, rules: ApplicationRules) -> None:
    one = id_of(storage, rules, sent(storage, rules))
    assert ask_for_paper(storage, rules, WORKER, one, NOW) is None
    with turn_of(storage, "papers", NOW) as is_mine:
        assert is_mine
        assert draw_papers(storage, rules, NOW) == 0
    assert draw_papers(storage, rules, NOW) == 1
