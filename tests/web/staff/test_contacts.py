"""An editor changes how a kommun is reached, and every public page shows it at once; without a database they go on."""

from xml.etree.ElementTree import Element

import pytest

from portal.domain.staff.roles import Role
from portal.store.audit import list_events
from tests.applicant import fields_in
from tests.apps import create_app
from tests.conftest import TUESDAY, settings
from tests.made_up_staff import Member, Room
from tests.pages import Visitor

CENTRE = "kontaktcenter"
HOURS = {f"{what}-{day}-1": time for day in ("mon", "tue") for what, time in (("opens", "09:00"), ("closes", "15:00"))}
FORM = {"unit": "Kontaktcenter", "phone": "070-174 06 05", "email": "", "confirmed_by": "Kontaktcenter", **HOURS}


@pytest.fixture
def editor(room: Room) -> Member:
    """Return somebody who edits the contacts of Lekeberg."""
    return room.sign_in(Role.EDITOR)


@pytest.fixture
def resident(room: Room) -> Visitor:
    """Return a resident of the same portal."""
    return Visitor(room.app.test_client())


def said(element: Element) -> str:
    """Return all that an element says."""
    return " ".join("".join(element.itertext()).split())


def save(editor: Member, contact: str = CENTRE, **changes: str) -> None:
    """Let the editor save a contact."""
    editor.get(f"/contacts/{contact}")
    answer = editor.post(f"/contacts/{contact}", {**FORM, **changes})
    assert answer.status == 303, answer.text
    assert "Sparat. Det syns på sidorna nu." in editor.follow(answer).text


def test_what_an_editor_saves_is_on_every_page_at_once(room: Room, editor: Member, resident: Visitor) -> None:
    before = resident.get("/sv/lekeberg/").text
    assert "0585" in before
    assert "Kommunen har inte bekräftat numret än." in before
    save(editor)
    for path in ("/sv/lekeberg/", "/ar/lekeberg/", "/sv/lekeberg/insatser/abc-3-12", "/sv/lekeberg/apply"):
        page = resident.get(path)
        assert "070‑174 06 05" in page.text, path
        assert "0585" not in page.text, path
    assert "Bekräftat av Kontaktcenter den 24 november 2026." in resident.get("/sv/lekeberg/").text
    assert "0585" not in resident.get("/api/v1/lekeberg/insatser/abc-3-12").text
    result = resident.post("/sv/lekeberg/self-check", data={"topics": "parenting", "children": "8", "age": "34"})
    assert "0585" not in result.text
    (event, *_) = list_events(room.storage, "lekeberg")
    assert (event.by, event.did, event.subject) == (editor.staff_id, "edit_contact", f"contact:{CENTRE}")


def test_a_unit_s_own_number_is_shown_as_its_own_with_its_own_hours_and_confirmed(
    editor: Member, resident: Visitor
) -> None:
    """A unit that was reached through the contact centre: 17 of 18 contacts."""
    own = {"unit": "Socialförvaltningens öppenvård", "phone": "070-174 06 06", "confirmed_by": "Öppenvården"}
    save(editor, "oppenvarden", **own, **{"opens-tue-1": "13:00", "opens-mon-1": "13:00"})
    page = resident.get("/sv/lekeberg/insatser/abc-3-12")
    card = said(page.one("section", class_="contact first"))
    assert "070‑174 06 06" in card
    assert "Kontaktcenter" not in card
    assert "Stängt nu. Öppnar 13:00" in card
    assert "Bekräftat av Öppenvården den 24 november 2026." in card
    assert "inte bekräftat" not in card
    facts = " ".join(said(one) for one in page.all("dl", class_="facts"))
    assert "måndag – tisdag: 13:00–15:00" in facts
    assert "08:00" not in facts
    assert "Bangatan 7" in card

    told = resident.client.get("/api/v1/lekeberg/insatser/abc-3-12").get_json()["contact"]
    assert (told["phone"], told["through"]) == ("070-174 06 06", None)
    assert (told["confirmed"], told["confirmed_by"]) == ("2026-11-24", "Öppenvården")
    assert told["hours"] == [{"day": day, "opens": "13:00", "closes": "15:00"} for day in ("mon", "tue")]
    assert told["day_before_holiday"] is None
    assert told["visit"] == "Bangatan 7, Fjugesta"


def test_a_unit_with_hours_but_no_number_of_its_own_keeps_the_contact_centre_s_number(
    editor: Member, resident: Visitor
) -> None:
    save(editor, "oppenvarden", unit="Socialförvaltningens öppenvård", phone="", **{"opens-tue-1": "13:00"})
    card = said(resident.get("/sv/lekeberg/insatser/abc-3-12").one("section", class_="contact first"))
    assert "0585" in card
    assert "Kontaktcenter" in card
    assert "Stängt nu. Öppnar 13:00" in card
    assert "Kommunen har inte bekräftat numret än." in card
    told = resident.client.get("/api/v1/lekeberg/insatser/abc-3-12").get_json()["contact"]
    assert (told["through"], told["confirmed"], told["confirmed_by"]) == ("Kontaktcenter", None, None)
    assert "Inte bekräftat" not in editor.get("/contacts").text.partition("öppenvård")[2].partition("Familjerätten")[0]


def test_a_closure_of_the_contact_centre_closes_no_unit_with_a_number_of_its_own(
    editor: Member, resident: Visitor
) -> None:
    save(editor, "oppenvarden", unit="Socialförvaltningens öppenvård", phone="070-174 06 06")
    editor.get(f"/contacts/{CENTRE}")
    editor.post(f"/contacts/{CENTRE}/close", {"first_on": "2026-11-24", "last_on": "2026-11-27", "reason": "Flytt"})
    assert "Öppet nu" in resident.get("/sv/lekeberg/insatser/abc-3-12").text
    other = resident.client.get("/api/v1/lekeberg/insatser/samarbetssamtal").get_json()["contact"]
    closed = [{"first_on": "2026-11-24", "last_on": "2026-11-27", "reason": "Flytt"}]
    assert (other["through"], other["closures"]) == ("Kontaktcenter", closed)


def test_other_processes_show_it_within_a_second(room: Room, editor: Member) -> None:
    ticks = [0.0]
    address = room.storage.database.url.render_as_string()
    other = Visitor(create_app(settings(database_url=address), lambda: TUESDAY, lambda: ticks[0]).test_client())
    other.get("/sv/lekeberg/")
    save(editor)
    assert "070‑174" not in other.get("/sv/lekeberg/").text
    ticks[0] += 1
    assert "070‑174" in other.get("/sv/lekeberg/").text


def test_the_catalogue_s_own_words_come_back(editor: Member, resident: Visitor) -> None:
    save(editor)
    page = editor.get(f"/contacts/{CENTRE}")
    assert page.one("input", id="phone").get("value") == "070-174 06 05"
    assert page.one("input", name="opens-tue-1").get("value") == "09:00"
    editor.post(f"/contacts/{CENTRE}/restore")
    assert "0585" in resident.get("/sv/lekeberg/").text


def test_a_closure_is_told_and_opens_again(room: Room, editor: Member, resident: Visitor) -> None:
    assert "Öppet nu" in resident.get("/sv/lekeberg/").text
    editor.get(f"/contacts/{CENTRE}")
    form = {"first_on": "2026-11-24", "last_on": "2026-11-27", "reason": "Vi flyttar <b>."}
    assert editor.post(f"/contacts/{CENTRE}/close", form).status == 303
    for path in ("/sv/lekeberg/", "/sv/lekeberg/insatser/abc-3-12"):
        text = resident.get(path).text
        assert "Stängt till och med 27 november 2026. Vi flyttar <b>." in text
        assert "Öppet nu" not in text
        assert "Öppnar måndag 08:00" in text
    page = editor.get(f"/contacts/{CENTRE}")
    (again,) = [form for form in page.all("form", method="post") if "/open/" in (form.get("action") or "")]
    editor.post((again.get("action") or "").removeprefix("/staff"))
    assert "Öppet nu" in resident.get("/sv/lekeberg/").text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"unit": ""}, "unit"),
        ({"phone": "ring"}, "phone"),
        ({"phone": ""}, "phone"),
        ({"phone": "112"}, "phone"),
        ({"phone": "0585-487"}, "phone"),
        ({"email": "ingen"}, "email"),
        ({"opens-mon-1": "16:00"}, "hours"),
        ({"closes-mon-1": ""}, "hours"),
        ({"opens-mon-1": "nio"}, "hours"),
        ({"opens-mon-2": "14:00", "closes-mon-2": "16:00"}, "hours"),
        ({"confirmed_by": " "}, "confirmed_by"),
    ],
)
def test_what_is_wrong_of_a_contact_is_named(
    editor: Member, resident: Visitor, changes: dict[str, str], field: str
) -> None:
    editor.get(f"/contacts/{CENTRE}")
    page = editor.post(f"/contacts/{CENTRE}", {**FORM, **changes})
    assert page.status == 422
    assert [link.get("href") for link in page.one("div", id="problems").iter("a")] == [f"#{field}"]
    assert page.all("span", id=f"{field}-error")
    assert "0585" in resident.get("/sv/lekeberg/").text


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"first_on": ""}, ["first_on"]),
        ({"last_on": "snart"}, ["last_on"]),
        ({"first_on": "2026-11-28"}, ["first_on"]),
        ({"first_on": "2026-11-01", "last_on": "2026-11-23"}, ["last_on"]),
        ({"reason": ""}, ["reason"]),
    ],
)
def test_what_is_wrong_of_a_closure_is_named(editor: Member, changes: dict[str, str], fields: list[str]) -> None:
    editor.get(f"/contacts/{CENTRE}")
    given = {"first_on": "2026-11-24", "last_on": "2026-11-27", "reason": "Flytt", **changes}
    page = editor.post(f"/contacts/{CENTRE}/close", given)
    assert page.status == 422
    assert [link.get("href") for link in page.one("div", id="problems").iter("a")] == [f"#{name}" for name in fields]
    assert page.one("input", id="phone").get("value") == "0585-487 00"


def test_the_list_shows_what_is_confirmed_and_closed(editor: Member) -> None:
    save(editor)
    editor.get(f"/contacts/{CENTRE}")
    editor.post(f"/contacts/{CENTRE}/close", {"first_on": "2026-12-24", "last_on": "2026-12-27", "reason": "Jul"})
    text = editor.get("/contacts").text
    assert "Bekräftat av Kontaktcenter den 24 november 2026." in text
    assert "Stängt 24 december 2026 till 27 december 2026" in text
    assert "Nås genom Kontaktcenter." in text


def test_an_editor_reads_reports_of_translations(editor: Member) -> None:
    assert "Ingen har rapporterat fel" in editor.get("/translations").text


def test_a_portal_whose_database_is_down_shows_the_catalogue_s_contacts(room: Room, editor: Member) -> None:
    save(editor)
    down = create_app(settings(database_url="postgresql://nobody@127.0.0.1:9/nothing"), lambda: TUESDAY)
    visitor = Visitor(down.test_client())
    for path in ("/sv/lekeberg/", "/sv/lekeberg/self-check", "/sv/lekeberg/insatser/abc-3-12"):
        assert visitor.get(path).status == 200
    assert "0585" in visitor.get("/sv/lekeberg/").text


def test_an_older_page_undoes_no_other_s_words_and_shows_both(editor: Member, resident: Visitor) -> None:
    older = fields_in(editor.get(f"/contacts/{CENTRE}").one("form", action=f"/staff/contacts/{CENTRE}"))
    save(editor, phone="070-174 06 06")
    page = editor.post(f"/contacts/{CENTRE}", {**older, "phone": "070-174 06 07"})
    assert page.status == 409
    assert "Någon annan har ändrat det här under tiden." in page.text
    assert page.one("input", id="phone").get("value") == "070-174 06 07"
    assert any("070-174 06 06" in "".join(one.itertext()) for one in page.all("span", class_="small now"))
    assert "070‑174 06 06" in resident.get("/sv/lekeberg/").text
    both = fields_in(page.one("form", action=f"/staff/contacts/{CENTRE}"))
    assert editor.post(f"/contacts/{CENTRE}", both).status == 303
    assert "070‑174 06 07" in resident.get("/sv/lekeberg/").text
    # Taking the editors' words away from an older page is refused as well.
    restore = {"seen": older["seen"]}
    assert editor.post(f"/contacts/{CENTRE}/restore", restore).status == 409
