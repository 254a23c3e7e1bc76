"""An administrator runs the staff of her kommun and reads the trail, which nobody can change."""

import re

import pytest

from portal.actions.applications.inbox import open_application
from portal.actions.groups.leading import list_sign_ups, withdraw_for
from portal.actions.groups.places import my_place
from portal.actions.groups.signing_up import sign_up
from portal.domain.applications.rules import ApplicationRules
from portal.domain.people.letters import Letter
from portal.domain.staff.roles import Role
from portal.settings import ROOT
from portal.store.audit import list_events
from portal.store.staff.accounts import find_account, list_staff
from portal.web.staff.trail import DONE
from tests import groups
from tests.apps import create_app
from tests.conftest import SITE, settings
from tests.domain.made_up import request
from tests.made_up_applicants import WORKER, id_of, sent
from tests.made_up_staff import OTHER_PASSWORD, PASSWORD, Member, Room
from tests.pages import Page
from tests.written import mails


@pytest.fixture
def administrator(room: Room) -> Member:
    """Return who runs the staff of Lekeberg."""
    return room.sign_in(Role.ADMINISTRATOR, email="adm@example.se")


@pytest.fixture
def second(room: Room) -> Member:
    """Return another who runs the staff of Lekeberg."""
    return room.sign_in(Role.ADMINISTRATOR, email="second@example.se")


def mailing(room: Room) -> Room:
    """Return the same room with a mail server."""
    address = room.storage.database.url.render_as_string(hide_password=False)
    app = create_app(
        settings(database_url=address, smtp_url="smtp://127.0.0.1:9", mail_from="p@example.se"), room.clock
    )
    return Room(app, room.storage, room.clock)


def waits(page: Page, administrator: Member) -> None:
    """Look that nothing was done, and that it waits for another."""
    assert page.response.location == "/staff/people"
    shown = administrator.follow(page)
    assert "Det väntar i sju dagar på att en annan administratör säger ja." in shown.text
    assert "Väntar på en andra administratör" in shown.text
    assert not shown.all("button", value="agree")


def proposal_on(page: Page) -> str:
    """Return where the proposal on the page of the staff is answered."""
    (form,) = [one for one in page.all("form", method="post") if "/proposals/" in (one.get("action") or "")]
    return (form.get("action") or "").removeprefix("/staff")


def answer(member: Member, do: str) -> Page:
    """Answer the proposal that waits."""
    return member.post(proposal_on(member.get("/people")), {"do": do})


def code_on(page: Page) -> str:
    """Return the one-time code on a page."""
    code = "".join(page.one("p", class_="code").itertext()).strip()
    assert re.fullmatch(r"(\w{3}-){3}\w{3}", code)
    return code


def add(administrator: Member, **changes: object) -> str:
    """Add somebody on the page; return the code that is shown."""
    administrator.get("/people")
    page = administrator.post("/people", {"email": "lea@example.se", "roles": ["leader", "editor"], **changes})
    assert page.status == 200, page.text
    assert f"{SITE}/staff/welcome" in page.text
    return " ".join("".join(page.one("p", class_="code").itertext()).split())


def test_somebody_is_added_and_comes_in_with_her_code(room: Room, administrator: Member) -> None:
    code = add(administrator)
    with room.storage.database.reading() as connection:
        found = find_account(connection, email="lea@example.se")
    assert found is not None
    assert (found.staff.roles, found.staff.kommun) == ((Role.LEADER, Role.EDITOR), "lekeberg")
    assert "Har inte loggat in än" in administrator.get("/people").text
    assert code not in administrator.get(f"/people/{found.staff.id}").text
    lea = room.visitor()
    lea.get("/welcome")
    assert lea.post("/welcome", {"code": code, "password": PASSWORD, "again": PASSWORD}).status == 303


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"email": "lea"}, "email"), ({"email": ""}, "email"), ({"roles": []}, "roles"), ({"roles": ["king"]}, "roles")],
)
def test_what_is_wrong_is_named(administrator: Member, changes: dict[str, object], field: str) -> None:
    administrator.get("/people")
    page = administrator.post("/people", {"email": "lea@example.se", "roles": ["leader"], **changes})
    assert page.status == 422
    assert [link.get("href") for link in page.one("div", id="problems").iter("a")] == [f"#{field}"]


def test_an_e_mail_that_is_taken_is_told(administrator: Member) -> None:
    add(administrator)
    page = administrator.post("/people", {"email": "LEA@example.se", "roles": ["leader"]})
    assert (page.status, "Den e-posten används redan." in page.text) == (422, True)


def test_a_form_cannot_name_another_kommun(room: Room, administrator: Member) -> None:
    add(administrator, kommun="mellerud")
    assert {one.kommun for one in list_staff(room.storage, None)} == {"lekeberg"}


def test_roles_are_changed_and_hold_at_the_next_page(room: Room, administrator: Member) -> None:
    lea = room.sign_in(Role.LEADER)
    assert lea.get("/groups").status == 200
    administrator.get(f"/people/{lea.staff_id}")
    assert administrator.post(f"/people/{lea.staff_id}/roles", {"roles": ["editor"]}).status == 303
    assert (lea.get("/groups").status, lea.get("/contacts").status) == (403, 200)
    page = administrator.post(f"/people/{lea.staff_id}/roles", {"roles": []})
    assert (page.status, bool(page.all("span", id="roles-error"))) == (422, True)


def test_an_account_is_ended_and_opened_again_by_two(room: Room, administrator: Member, second: Member) -> None:
    lea = room.sign_in(Role.LEADER)
    administrator.get(f"/people/{lea.staff_id}")
    administrator.post(f"/people/{lea.staff_id}/end")
    assert lea.get("/groups").response.location == "/staff/sign-in"
    assert "Kontot är avslutat." in administrator.get(f"/people/{lea.staff_id}").text
    administrator.get("/people")
    waits(administrator.post("/people", {"email": "lea@example.se", "roles": ["leader"]}), administrator)
    assert code_on(answer(second, "agree"))
    assert "Har inte loggat in än" in administrator.get("/people").text


def test_nobody_alone_begins_another_s_account_anew(room: Room, administrator: Member, second: Member) -> None:
    lea = room.sign_in(Role.LEADER)
    administrator.get(f"/people/{lea.staff_id}")
    waits(administrator.post(f"/people/{lea.staff_id}/reset"), administrator)
    assert lea.get("/groups").status == 200
    # Who proposed it is no second person, whatever she sends.
    assert answer(administrator, "agree").status == 409
    assert code_on(answer(second, "agree"))
    assert lea.get("/groups").response.location == "/staff/sign-in"
    again = lea.elsewhere()
    again.get("/sign-in")
    assert again.post("/sign-in", {"email": lea.email, "password": PASSWORD}).status == 422
    done = [event.did for event in list_events(room.storage, "lekeberg") if event.by != lea.staff_id][:3]
    assert done == ["reset_second_factor", "agree_to_proposal", "propose_reset"]
    told = {(mail.letter, mail.to) for mail in mails(room.storage)}
    assert (Letter.STAFF_CHANGED, lea.email) in told
    assert (Letter.STAFF_TOLD, administrator.email) in told


def test_with_mail_a_new_code_goes_to_the_person_alone(room: Room) -> None:
    with_mail = mailing(room)
    administrator = with_mail.sign_in(Role.ADMINISTRATOR, email="adm@example.se")
    lea = with_mail.sign_in(Role.CASE_WORKER)
    administrator.get(f"/people/{lea.staff_id}")
    page = administrator.post(f"/people/{lea.staff_id}/reset")
    assert "Koden är skickad till personens e-post." in page.text
    (mail,) = [one for one in mails(room.storage) if one.letter is Letter.STAFF_CODE]
    assert mail.to == lea.email
    assert mail.gaps["code"] not in page.response.text
    lea.get("/welcome")
    form = {"code": mail.gaps["code"], "password": OTHER_PASSWORD, "again": OTHER_PASSWORD}
    assert lea.post("/welcome", form).status == 303


@pytest.mark.parametrize("role", ["case-worker", "administrator"])
def test_roles_that_read_applications_need_two(room: Room, administrator: Member, second: Member, role: str) -> None:
    lea = room.sign_in(Role.LEADER)
    administrator.get(f"/people/{lea.staff_id}")
    waits(administrator.post(f"/people/{lea.staff_id}/roles", {"roles": ["leader", role]}), administrator)
    path = {"case-worker": "/applications", "administrator": "/people"}[role]
    assert lea.get(path).status == 403
    assert answer(second, "agree").status == 303
    assert lea.get(path).status == 200
    # An account of one's own making is the same by another way.
    administrator.get("/people")
    waits(administrator.post("/people", {"email": "own@example.se", "roles": [role]}), administrator)
    assert answer(second, "decline").status == 303
    assert "own@example.se" not in administrator.get("/people").text


def test_a_proposal_ends_and_is_no_business_of_another_kommun(room: Room, administrator: Member) -> None:
    other = room.sign_in(Role.ADMINISTRATOR, kommun="mellerud", email="mellerud@example.se")
    lea = room.sign_in(Role.LEADER)
    administrator.get(f"/people/{lea.staff_id}")
    waits(administrator.post(f"/people/{lea.staff_id}/reset"), administrator)
    path = proposal_on(administrator.get("/people"))
    other.get("/people")
    assert other.post(path, {"do": "agree"}).status == 404
    room.clock.pass_by(days=7)
    administrator.come_in()
    assert not administrator.get("/people").all("button", value="agree")
    assert "Väntar på en andra administratör" not in administrator.get("/people").text


def test_an_administrator_gives_herself_no_units(room: Room) -> None:
    both = room.sign_in(Role.ADMINISTRATOR, Role.CASE_WORKER, email="adm@example.se")
    both.get("/people")
    assert both.post(f"/people/{both.staff_id}/units", {"units": ["elderly"]}).status == 409


def test_who_reads_other_applications_from_now_on_is_told_and_so_are_the_others(
    room: Room, administrator: Member, second: Member
) -> None:
    worker = room.sign_in(Role.CASE_WORKER)

    def told_after(*units: str) -> set[tuple[Letter, str]]:
        before = mails(room.storage)
        administrator.get(f"/people/{worker.staff_id}")
        assert administrator.post(f"/people/{worker.staff_id}/units", {"units": list(units)}).status == 303
        return {(mail.letter, mail.to) for mail in mails(room.storage)[len(before) :]}

    everybody = {(Letter.STAFF_CHANGED, worker.email), (Letter.STAFF_TOLD, second.email)}
    room.clock.pass_by(minutes=1)
    assert told_after("elderly") == everybody
    room.clock.pass_by(minutes=1)
    assert told_after("elderly", "family_counselling") == everybody
    room.clock.pass_by(minutes=1)
    assert told_after("elderly") == set(), "who reads less gains nothing"


@pytest.mark.parametrize("deed", ["end", "reset", "roles"])
def test_nobody_does_it_to_herself(administrator: Member, deed: str) -> None:
    page = administrator.get(f"/people/{administrator.staff_id}")
    assert "Det här är du." in page.text
    assert not [form for form in page.all("form", method="post") if "people" in (form.get("action") or "")]
    answer = administrator.post(f"/people/{administrator.staff_id}/{deed}", {"roles": ["leader"]})
    assert (answer.status, answer.heading()) == (409, "Du kan inte göra det med ditt eget konto.")


def test_an_administrator_of_the_portal_chooses_the_kommun(room: Room) -> None:
    everywhere = room.sign_in(Role.ADMINISTRATOR, kommun=None, email="all@example.se")
    add(everywhere, kommun="mellerud")
    two = {"email": "two@example.se", "roles": ["administrator"], "kommun": ""}
    everywhere.get("/people")
    waits(everywhere.post("/people", two), everywhere)
    assert {one.email: one.kommun for one in list_staff(room.storage, None)} == {
        "all@example.se": None,
        "lea@example.se": "mellerud",
    }
    page = everywhere.post("/people", {"email": "x@example.se", "roles": ["leader"], "kommun": "granby"})
    assert [link.get("href") for link in page.one("div", id="problems").iter("a")] == ["#kommun"]


# ------------------------------------------------------------------------------------------------------- the trail


def test_the_trail_shows_who_did_what_in_her_kommun(room: Room, administrator: Member) -> None:
    room.sign_in(Role.LEADER, kommun="mellerud", email="mellerud@example.se")
    add(administrator)
    page = administrator.get("/trail")
    rows = [" ".join("".join(row.itertext()).split()) for row in page.one("ol", class_="list").iter("li")]
    assert [row for row in rows if "adm@example.se" in row and "La till personal" in row and "lea@example.se" in row]
    assert [row for row in rows if "adm@example.se" in row and "Loggade in" in row]
    assert not [row for row in rows if "mellerud@example.se" in row]


def test_the_trail_goes_back_in_time(room: Room, administrator: Member) -> None:
    page = administrator.get("/trail?until=2020-01-01")
    assert "Inget är skrivet än." in page.text
    assert page.one("input", id="until").get("value") == "2020-01-01"
    assert administrator.get("/trail?until=2026-11-24").all("ol", class_="list")
    assert administrator.get("/trail?until=x").one("input", id="until").get("value") == ""
    assert administrator.get("/trail?until=9999-12-31").status == 200


def test_the_trail_is_searched_by_person_and_deed_and_says_what_is_none(room: Room, administrator: Member) -> None:
    room.sign_in(Role.LEADER)
    add(administrator, email="new@example.se")
    page = administrator.get("/trail?find=new@example.se")
    rows = [" ".join("".join(row.itertext()).split()) for row in page.one("ol", class_="list").iter("li")]
    assert len(rows) == 1
    assert "La till personal" in rows[0]
    assert "Kommandoraden" in administrator.get("/trail?did=add_staff").text
    assert "Loggade in" not in "".join(administrator.get("/trail?did=add_staff").one("ol", class_="list").itertext())
    for nothing in ("nobody@example.se", "A-482-177-364", "%00", "x"):
        assert "Inget är skrivet än." in administrator.get(f"/trail?find={nothing}").text or nothing == "%00"
    assert administrator.get("/trail?until=9999-12-31").status == 200


def test_the_trail_says_references_and_names_and_finds_by_reference(
    room: Room, administrator: Member, rules: ApplicationRules
) -> None:
    groups.put(room.storage, [groups.MANY])
    code = sign_up(room.storage, groups.MANY.id, request(), room.clock.now).code or ""
    mine = my_place(room.storage, code, room.clock.now).sign_up.id
    withdraw_for(room.storage, groups.LEADER, mine, room.clock.now)
    list_sign_ups(room.storage, groups.LEADER, groups.MANY.id, room.clock.now)
    receipt = sent(room.storage, rules)
    one = id_of(room.storage, rules, receipt)
    open_application(room.storage, rules, WORKER, one, room.clock.now)
    page = administrator.get("/trail")
    rows = [" ".join("".join(row.itertext()).split()) for row in page.one("ol", class_="list").iter("li")]
    for said in ("Läste anmälningar · ABC 3–12 år", "Avbokade åt någon · ABC 3–12 år", f"· {receipt.reference}"):
        assert any(said in row for row in rows), (said, rows)
    assert one not in page.text
    assert mine not in page.text
    found = administrator.get(f"/trail?find={receipt.reference}").one("ol", class_="list")
    assert all(receipt.reference in "".join(row.itertext()) for row in found.iter("li"))


def test_every_deed_that_is_recorded_has_words() -> None:
    recorded = {
        did
        for path in (*(ROOT / "portal" / "actions").rglob("*.py"), ROOT / "portal" / "web" / "staff" / "accounts.py")
        for did in re.findall(
            r'(?:_record\(.*?|AuditEvent\([^"]*|note_(?:credentials|within)\([^"]*|\b(?:get_hers|hers|record)\([^"\n]*)"(\w+)"',
            path.read_text("utf-8"),
        )
    }
    assert "read_sign_ups" in recorded
    assert recorded == set(DONE)


def test_no_page_of_the_trail_takes_a_form(room: Room) -> None:
    rules = room.app.extensions["staff"].app.url_map.iter_rules()
    assert {tuple(sorted(rule.methods or ())) for rule in rules if "trail" in rule.rule} == {("GET", "HEAD", "OPTIONS")}
