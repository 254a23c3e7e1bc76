"""The inbox in the staff room: what case workers see and do, and that nothing of it is in an address or a log."""

import json
import logging
from collections.abc import Iterable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from portal.actions.applications.attachments import add_file
from portal.actions.applications.drafts import Receipt
from portal.actions.applications.units import give_units
from portal.domain.applications import kinds
from portal.domain.applications.rules import ApplicationRules
from portal.domain.audit import Actor
from portal.domain.staff.roles import Role
from portal.store.applications.files import File, FileInfo, add
from portal.store.applications.stored import find_by_id
from portal.store.audit import list_events
from tests.made_up_applicants import CANARIES, KOMMUN, WORKER, id_of, picture, sent
from tests.made_up_staff import Member, Room
from tests.pages import Page

UNITS = ("elderly", "adults")


def worker(room: Room, units: Iterable[str] = UNITS, kommun: str = KOMMUN, email: str = "lea@example.se") -> Member:
    """Return a case worker who has come in, with those units."""
    member = room.sign_in(Role.CASE_WORKER, kommun=kommun, email=email)
    give_units(room.storage, Actor("made", kommun), member.staff_id, list(units), room.clock.now)
    return member


def came(room: Room, rules: ApplicationRules, who: object = 1, **changes: Any) -> tuple[str, Receipt]:
    """Return the id and the receipt of an application that has come to Lekeberg."""
    receipt = sent(room.storage, rules, f"{who} {room.clock.now}", **changes)
    by = WORKER if receipt.unit in WORKER.units else type(WORKER)("made", KOMMUN, frozenset({receipt.unit}), True)
    return id_of(room.storage, rules, receipt, by), receipt


# ------------------------------------------------------------------------------------------------------- the inbox


def test_an_empty_inbox_says_so_and_who_has_no_unit_is_told(room: Room) -> None:
    assert "Det finns ingen ansökan här just nu." in worker(room).get("/applications").text
    page = worker(room, (), email="ola@example.se").get("/applications")
    assert "Du har ingen enhet än." in page.text


def test_new_ones_stand_first_with_their_time_in_words(room: Room, rules: ApplicationRules) -> None:
    first, receipt = came(room, rules)
    member = worker(room)
    member.get(f"/applications/{first}")
    second, _ = came(room, rules, 2, kind="addiction")
    room.clock.now = receipt.sent_at + timedelta(days=5)
    member = worker(room, email="ola@example.se")
    page = member.get("/applications")
    links = [str(one.get("href")) for one in page.one("ol").iter("a")]
    assert links == [f"/staff/applications/{second}", f"/staff/applications/{first}"]
    assert "2 dagar för sent" in page.text
    assert "Kom för 5 dagar sedan" in page.text
    assert "arabiska" in page.text
    assert "Kanariefågel" not in page.text
    assert "1 ny" in member.get("").text


def test_a_unit_is_shown_alone_and_another_s_is_not_there(room: Room, rules: ApplicationRules) -> None:
    one, _ = came(room, rules)
    two, _ = came(room, rules, 2, kind="addiction")
    member = worker(room)
    text = member.get("/applications?unit=elderly").response.text
    assert (one in text, two in text) == (True, False)
    for unit in ("children", "family_counselling", "nothing", "å\x00"):
        assert member.get("/applications", query_string={"unit": unit}).status == 404


def test_family_counselling_is_behind_its_own_door(room: Room, rules: ApplicationRules) -> None:
    one, receipt = came(room, rules, kind="family-counselling")
    member = worker(room, (*UNITS, "family_counselling"))
    page = member.get("/applications")
    assert one not in page.response.text
    assert member.get("/applications?unit=family_counselling").status == 404
    assert one in member.get("/applications/family-counselling").response.text
    assert one not in member.post("/applications/search", {"typed": receipt.reference}).response.text
    answer = member.post("/applications/search", {"typed": receipt.reference, "door": "family_counselling"})
    assert one in answer.response.text
    member.get(f"/applications/{one}")
    member.post(f"/applications/{one}/close")
    assert one not in member.get("/applications/ended").response.text
    assert one in member.get("/applications/ended?unit=family_counselling").response.text
    stranger = worker(room, email="ola@example.se")
    assert stranger.get("/applications/family-counselling").status == 404
    assert "Familjerådgivning" not in stranger.get("/applications").text


@pytest.mark.parametrize("typed", ["Kanariefågel Vipansson", "vipansson", "850101-2382", "reference"])
def test_it_is_found_by_name_number_and_reference(room: Room, rules: ApplicationRules, typed: str) -> None:
    one, receipt = came(room, rules)
    member = worker(room)
    member.get("/applications")
    answer = member.post("/applications/search", {"typed": receipt.reference if typed == "reference" else typed})
    assert one in answer.response.text
    assert "1 ansökan hittades" in answer.text
    other = worker(room, kommun="mellerud", email="ola@example.se")
    other.get("/applications")
    assert "Ingen ansökan hittades" in other.post("/applications/search", {"typed": typed}).text


@pytest.mark.parametrize("typed", ["", "   ", "x" * 201, "\u200b\u2800"])
def test_what_cannot_be_searched_for_is_said(room: Room, typed: str) -> None:
    member = worker(room)
    member.get("/applications")
    answer = member.post("/applications/search", {"typed": typed})
    assert answer.status == 422
    assert answer.all("input", aria_invalid="true")


# --------------------------------------------------------------------------------------------------- one application


def test_everything_stands_on_its_page_and_it_is_now_received(room: Room, rules: ApplicationRules) -> None:
    one, receipt = came(room, rules, is_protected=True, wants="<b>Sidensvans</b>\nbehöver hjälp.")
    add_file(room.storage, rules, receipt.code, "brev å.png", picture(), room.clock.now)
    member = worker(room)
    page = member.get(f"/applications/{one}")
    for word in ("Personen har skyddade personuppgifter", "Kanariefågel Vipansson", "Vilken hjälp tänker du på?"):
        assert word in page.text, word
    for word in ("Hjälp hemma", "<b>Sidensvans</b>", "brev å.png", "Öppnad", "inte visat vem den är", "arabiska"):
        assert word in page.text, word
    assert page.text.index("skyddade personuppgifter") < page.text.index("Kanariefågel")
    events = list_events(room.storage, KOMMUN, subject=f"application:{one}")
    assert [(event.did, event.by) for event in events] == [("open_application", member.staff_id)]


def test_a_child_s_application_has_what_the_law_says(room: Room, rules: ApplicationRules) -> None:
    one, _ = came(room, rules, kind="addiction", for_whom="child", other_name="Liv", age=11)
    page = worker(room).get(f"/applications/{one}")
    assert "Barnet är under 12 år. Vårdnadshavarens samtycke behövs." in page.text
    assert "21 kap. 1 §" in page.text


def test_a_file_is_saved_and_never_shown_in_the_page(room: Room, rules: ApplicationRules) -> None:
    one, receipt = came(room, rules)
    file = add_file(room.storage, rules, receipt.code, "brev å.png", picture(), room.clock.now)
    member = worker(room)
    answer = member.get(f"/applications/{one}/files/{file.id}").response
    assert answer.headers["Content-Disposition"] == (
        "attachment; filename=\"brev _.png\"; filename*=UTF-8''brev%20%C3%A5.png"
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.mimetype == "image/png"
    assert len(answer.data) == file.size
    for wrong in ("nothing", "a%00b", "å"):
        assert member.get(f"/applications/{one}/files/{wrong}").status == 404


def drawn(member: Member, application_id: str) -> Page:
    """Return the answer to who asks for the PDF until it is drawn, or cannot be."""
    for _ in range(30):
        answer = member.get(f"/applications/{application_id}/application.pdf")
        if answer.status != 202:
            break
        assert "PDF:en är inte klar än" in answer.text
    return answer


def test_the_pdf_and_the_document_are_saved_and_the_version_is_confirmed(room: Room, rules: ApplicationRules) -> None:
    one, receipt = came(room, rules, wants="أحتاج مساعدة")
    add_file(room.storage, rules, receipt.code, "brev.png", picture(), room.clock.now)
    member = worker(room)
    member.get(f"/applications/{one}")
    pdf = drawn(member, one).response
    assert (pdf.mimetype, pdf.headers["Content-Disposition"][:10]) == ("application/pdf", "attachment")
    pages = [page.extract_text() for page in PdfReader(BytesIO(pdf.data)).pages]
    assert "Kanariefågel" in pages[0]
    assert "brev.png" in pages[-1]
    told = json.loads(member.get(f"/applications/{one}/application.json").response.data)
    assert told["form"]["wants"] == "أحتاج مساعدة"
    for wrong in ("", "x", "-1", "9" * 30):
        assert member.post(f"/applications/{one}/exported", {"version": wrong}).status == 422
    answer = member.post(f"/applications/{one}/exported", {"version": told["application"]["version"]})
    assert "Ärendesystemet har allt." in member.follow(answer).text


def test_a_paper_that_cannot_be_drawn_is_a_page_that_says_what_to_do(room: Room, rules: ApplicationRules) -> None:
    one, receipt = came(room, rules)
    with room.storage.database.transaction() as connection:
        stored = find_by_id(room.storage, connection, one)
        assert stored is not None
        info = FileInfo("broken", "brev.pdf", "application/pdf", 3, room.clock.now)
        add(connection, stored, File(info, b"hej"))
    answer = drawn(worker(room), one)
    assert answer.status == 503
    assert "Hämta filerna en och en" in answer.text


# ------------------------------------------------------------------------------------------------------------- deeds


def test_from_new_to_closed(room: Room, rules: ApplicationRules) -> None:
    one, _ = came(room, rules)
    member = worker(room)
    assert "Nu arbetar du med ansökan." in (_done(member, f"/applications/{one}/take")).text
    assert "Ring kollegan." in _done(member, f"/applications/{one}/note", {"text": "Ring kollegan.\r\nSnart."}).text
    assert "SN 17" in _done(member, f"/applications/{one}/case-number", {"number": "SN 17"}).text
    page = member.get(f"/applications/{one}/ask")
    assert page.all("span", lang="ar", dir="rtl")
    page = _done(member, f"/applications/{one}/ask", {"phrases": ["name", "time"], "text": "Välkommen."})
    assert "Vad heter du?" in page.text
    assert "Väntar på svar" in page.text
    assert "Avsluta ansökan?" in member.get(f"/applications/{one}/close").text
    assert "Avslutad" in _done(member, f"/applications/{one}/close").text
    assert one in member.get("/applications/ended").response.text
    assert one not in member.get("/applications").response.text


def _done(member: Member, path: str, form: dict[str, Any] | None = None) -> Any:
    member.get(path.rpartition("/")[0])
    answer = member.post(path, form)
    assert answer.status == 303, answer.text
    return member.follow(answer)


BAD = ("", "  \r\n ", "x" * 4001, "\u202e\u2066")


@pytest.mark.parametrize("text", BAD)
@pytest.mark.parametrize("deed", ["note", "ask"])
def test_what_is_wrong_with_a_text_is_said_and_the_text_is_kept(
    room: Room, rules: ApplicationRules, deed: str, text: str
) -> None:
    one, _ = came(room, rules)
    member = worker(room)
    member.get(f"/applications/{one}")
    answer = member.post(f"/applications/{one}/{deed}", {"text": f"{text}"})
    assert answer.status == 422
    assert answer.all("textarea", aria_invalid="true")
    if len(text) > 4000:
        assert text in answer.text


@pytest.mark.parametrize(
    ("deed", "form"),
    [
        ("case-number", {"number": ""}),
        ("case-number", {"number": "x" * 41}),
        ("ask", {"phrases": ["nothing"], "text": "Hej."}),
        ("forward", {"unit": ""}),
        ("forward", {"unit": "nothing\x00"}),
        ("forward", {"unit": "elderly"}),
        ("forward", {"unit": "adults", "kommun": "nowhere"}),
        ("forward", {"unit": "elderly", "kommun": "mellerud"}),
        ("delete", {}),
    ],
)
def test_each_mistake_is_a_page_that_says_what_to_do(
    room: Room, rules: ApplicationRules, deed: str, form: dict[str, Any]
) -> None:
    one, _ = came(room, rules)
    member = worker(room)
    member.get(f"/applications/{one}")
    answer = member.post(f"/applications/{one}/{deed}", form)
    assert answer.status == 422
    assert answer.all("div", role="alert")


def test_to_another_kommun_only_with_a_yes_and_what_was_chosen_stays(room: Room, rules: ApplicationRules) -> None:
    one, _ = came(room, rules)
    member = worker(room)
    member.get(f"/applications/{one}")
    form = {"unit": "adults", "kommun": "mellerud"}
    answer = member.post(f"/applications/{one}/forward", form)
    assert "Fråga först om personen säger ja" in answer.text
    assert [str(option.get("value")) for option in answer.all("option", selected="")] == ["adults", "mellerud"]
    answer = member.post(f"/applications/{one}/forward", form | {"has_consent": "1"})
    assert answer.response.location == "/staff/applications"
    assert member.get(f"/applications/{one}").status == 404
    there = worker(room, kommun="mellerud", email="ola@example.se")
    assert "Ny" in there.get("/applications").text
    assert there.get(f"/applications/{one}").status == 200


def test_who_sends_it_where_nobody_is_knows_that_before(room: Room, rules: ApplicationRules) -> None:
    member = worker(room, ["elderly"])
    one, _ = came(room, rules)
    notice = "tar ingen hand om ansökningar till:"
    assert notice in member.get(f"/applications/{one}/forward").text
    worker(room, kinds.UNITS, email="ola@example.se")
    assert notice not in member.get(f"/applications/{one}/forward").text


def test_what_has_ended_refuses_and_keeps_what_was_typed(room: Room, rules: ApplicationRules) -> None:
    one, _ = came(room, rules)
    member = worker(room)
    _done(member, f"/applications/{one}/close")
    answer = member.post(f"/applications/{one}/ask", {"text": "Gökunge"})
    assert (answer.status, "Gökunge" in answer.text) == (422, True)
    for deed, form in (("take", {}), ("close", {}), ("forward", {"unit": "adults"})):
        assert member.post(f"/applications/{one}/{deed}", form).status == 422, deed


def test_whether_research_keeps_it_is_asked_where_nobody_knows(room: Room, rules: ApplicationRules) -> None:
    known, _ = came(room, rules)
    unknown, _ = came(room, rules, 2, number="")
    member = worker(room)
    assert not member.get(f"/applications/{known}/close").all("input", type="radio")
    assert len(member.get(f"/applications/{unknown}/close").all("input", type="radio")) == 3
    _done(member, f"/applications/{unknown}/close", {"in_sample": "no"})
    assert "får tas bort från" in member.get(f"/applications/{unknown}/delete").text
    _done(member, f"/applications/{known}/close")


def test_it_is_deleted_when_a_rule_lets_it_go_and_that_stands_in_a_list(room: Room, rules: ApplicationRules) -> None:
    one, receipt = came(room, rules, number="")
    member = worker(room)
    assert "Avsluta ansökan först." in member.get(f"/applications/{one}/delete").text
    _done(member, f"/applications/{one}/close")
    page = member.get(f"/applications/{one}/delete")
    assert "För över den till ärendesystemet först." in page.text
    assert "i fem år" not in page.text
    told = json.loads(member.get(f"/applications/{one}/application.json").response.data)
    member.post(f"/applications/{one}/exported", {"version": told["application"]["version"]})
    member.get(f"/applications/{one}/delete")
    page = member.post(f"/applications/{one}/delete")
    assert "får inte tas bort än" in page.text
    # It goes 30 days after its export: the five years of what was never exported would contradict that.
    assert "får tas bort från" in page.text
    assert "i fem år" not in page.text
    room.clock.pass_by(days=31)
    member = member.elsewhere()
    member.come_in()
    assert "försvinner" in member.get(f"/applications/{one}/delete").text
    assert member.post(f"/applications/{one}/delete").response.location == "/staff/applications/ended"
    assert member.get(f"/applications/{one}").status == 404
    administrator = room.sign_in(Role.ADMINISTRATOR, email="ada@example.se")
    page = administrator.get("/deletions")
    assert receipt.reference in page.text
    assert member.email in page.text
    everywhere = room.sign_in(Role.ADMINISTRATOR, kommun=None, email="eva@example.se")
    assert receipt.reference in everywhere.get("/deletions").text
    other = room.sign_in(Role.ADMINISTRATOR, kommun="mellerud", email="ola@example.se")
    assert "Inget är borttaget än." in other.get("/deletions").text


# ------------------------------------------------------------------------------------------------------------- units


def test_an_administrator_gives_units_and_is_warned_of_those_that_nobody_has(
    room: Room, rules: ApplicationRules
) -> None:
    came(room, rules)
    worker_ = room.sign_in(Role.CASE_WORKER)
    administrator = room.sign_in(Role.ADMINISTRATOR, email="ada@example.se")
    assert "Ingen tar hand om de här ansökningarna" in administrator.get("").text
    address = f"/people/{worker_.staff_id}"
    administrator.get(address)
    assert administrator.post(f"{address}/units", {"units": ["nothing"]}).status == 422
    page = administrator.follow(administrator.post(f"{address}/units", {"units": ["elderly"]}))
    assert [one.get("value") for one in page.all("input", name="units", checked="")] == ["elderly"]
    assert "Ingen tar hand om" not in administrator.get("").text
    assert "1 ny" in worker_.get("").text
    assert not administrator.get(f"/people/{administrator.staff_id}").all("input", name="units")


def test_an_administrator_of_the_portal_gives_units_too(room: Room) -> None:
    worker_ = room.sign_in(Role.CASE_WORKER)
    everywhere = room.sign_in(Role.ADMINISTRATOR, kommun=None, email="eva@example.se")
    everywhere.get("")
    assert everywhere.post(f"/people/{worker_.staff_id}/units", {"units": ["adults"]}).status == 303
    assert everywhere.post(f"/people/{everywhere.staff_id}/units", {"units": ["adults"]}).status == 404


# ----------------------------------------------------------------------------------------------------------- privacy


def test_no_plain_word_reaches_a_log_or_an_address(
    room: Room, rules: ApplicationRules, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    one, _ = came(room, rules)
    member = worker(room)
    member.get("/applications")
    for word in CANARIES:
        answer = member.post("/applications/search", {"typed": word})
        assert answer.response.request.query_string == b""
    member.get(f"/applications/{one}")
    for deed, form in (
        ("note", {"text": "Sidensvans"}),
        ("ask", {"text": "Sidensvans"}),
        ("note", {"text": "\x00Gökottan"}),
    ):
        member.post(f"/applications/{one}/{deed}", form)
    member.get(f"/applications/{one}/application.pdf")
    member.get(f"/applications/{one}/application.json")
    logged = "\n".join(record.getMessage() for record in caplog.records)
    assert "/staff/applications" in logged
    assert [word for word in CANARIES if word in logged] == []
