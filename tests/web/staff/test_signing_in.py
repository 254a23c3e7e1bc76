"""The staff room: nobody comes in with a password alone, sessions end, and no public page knows of any of it."""

import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask_security.utils import hash_password
from passlib.totp import TOTP

from portal.actions.staff.accounts import end_staff
from portal.domain.people.brakes import CODES_ALIKE, PASSWORDS, SECOND_FACTORS
from portal.domain.staff.roles import Role, Staff
from portal.settings import ROOT, Settings
from portal.store.audit import list_events
from portal.store.staff.accounts import find_account
from portal.web.staff.sessions import ABSOLUTE, IDLE
from tests.applicant import fields_in
from tests.apps import create_app
from tests.conftest import KEY, TUESDAY, settings
from tests.made_up_staff import OTHER_PASSWORD, PASSWORD, Member, Room
from tests.pages import Page

WRONG = "E-posten eller lösenordet stämmer inte."


def key_of(page: Page) -> TOTP:
    """Return the app for codes into which somebody types the key of the page."""
    shown = page.one("bdi", class_="key-of-app")
    return TOTP("".join(shown.itertext()).replace("-", ""))


def welcomed(room: Room, code: str, password: str = PASSWORD, again: str | None = None) -> tuple[Member, Page]:
    """Return somebody who chooses a password with her code, and the answer."""
    member = room.visitor()
    member.get("/welcome")
    form = {"code": code, "password": password, "again": password if again is None else again}
    return member, member.post("/welcome", form)


# ------------------------------------------------------------------------------------------------- the first sign-in


def test_the_first_sign_in_sets_a_password_and_a_second_factor(room: Room) -> None:
    staff, code = room.add(Role.LEADER)
    member, answer = welcomed(room, code)
    assert (answer.status, answer.response.location) == (303, "/staff")
    page = member.get("/sign-in")
    assert "Ditt lösenord är sparat." in page.text
    answer = member.post("/sign-in", {"email": " Lea@example.se", "password": PASSWORD})
    assert (answer.status, answer.response.location) == (302, "/staff/second-factor")
    # The password alone opens nothing.
    assert member.get("/groups").response.location == "/staff/sign-in"
    member.get("/second-factor")
    page = member.post("/second-factor", {"setup": "authenticator"})
    assert page.all("{http://www.w3.org/2000/svg}svg")
    app = key_of(page)
    member.get("/second-factor")
    page = member.post("/second-factor", {"setup": "authenticator"})
    assert key_of(page).key != app.key
    app = key_of(page)
    answer = member.post("/code", {"code": app.generate(time=room.clock.now.timestamp()).token})
    assert (answer.status, answer.heading()) == (200, "Reservkoder")
    assert member.get("/groups").heading() == "Grupper"
    assert ("sign_in", f"staff:{staff.id}") in [(event.did, event.subject) for event in list_events(room.storage, None)]


def test_before_the_code_is_right_no_second_factor_is_set(room: Room) -> None:
    staff, code = room.add(Role.LEADER)
    member, _ = welcomed(room, code)
    member.get("/sign-in")
    member.post("/sign-in", {"email": staff.email, "password": PASSWORD})
    member.get("/second-factor")
    member.post("/second-factor", {"setup": "authenticator"})
    assert member.post("/code", {"code": "000000"}).status == 422
    with room.storage.database.reading() as connection:
        found = find_account(connection, id=staff.id)
    assert found is not None
    assert found.sealed is None


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"password": "kort", "again": "kort"}, "Skriv minst 12 tecken."),
        ({"password": "qwertyuiop12", "again": "qwertyuiop12"}, "Lösenordet är för lätt att gissa."),
        ({"password": "leavemealone", "again": "leavemealone"}, "Lösenordet är för lätt att gissa."),
        ({"password": "Lea@example.se", "again": "Lea@example.se"}, "Lösenordet är för lätt att gissa."),
        ({"again": OTHER_PASSWORD}, "Skriv samma lösenord två gånger."),
        ({"code": "222-222-222-222"}, "Koden stämmer inte, eller så har den gått ut."),
        ({"code": ""}, "Koden stämmer inte, eller så har den gått ut."),
    ],
)
def test_what_is_wrong_on_the_first_page_is_named_and_the_code_is_not_used_up(
    room: Room, changes: dict[str, str], says: str
) -> None:
    _, code = room.add(Role.LEADER)
    given = {"code": code, "password": PASSWORD, **changes}
    _, answer = welcomed(room, given["code"], given["password"], given.get("again"))
    assert answer.status == 422
    assert says in answer.text
    assert answer.all("input", aria_invalid="true")
    assert PASSWORD not in answer.response.text
    assert welcomed(room, code)[1].status == 303
    assert welcomed(room, code)[1].status == 422


def test_guessing_codes_is_slowed_and_a_right_code_is_not(room: Room) -> None:
    _, code = room.add(Role.LEADER)
    for _ in range(CODES_ALIKE.most):
        assert "Koden stämmer inte" in welcomed(room, f"{code[:3]}-222-222-222")[1].text
    assert "Vänta en stund" in welcomed(room, f"{code[:3]}-333-222-222")[1].text
    assert welcomed(room, code)[1].status == 303


# ----------------------------------------------------------------------------------------------------- signing in


def attempt(room: Room, email: str, password: str) -> Page:
    """Return the answer to somebody who tries."""
    member = room.visitor()
    member.get("/sign-in")
    return member.post("/sign-in", {"email": email, "password": password})


def test_a_wrong_password_and_an_unknown_e_mail_look_the_same(room: Room) -> None:
    room.sign_in(Role.LEADER)
    room.add(Role.LEADER, email="invited@example.se")
    ended = room.sign_in(Role.LEADER, email="ended@example.se")
    administrator = Staff("adm", "adm@example.se", (Role.ADMINISTRATOR,), "lekeberg")
    end_staff(room.storage, administrator, ended.staff_id, room.clock.now)
    answers = [
        attempt(room, email, OTHER_PASSWORD)
        for email in ("lea@example.se", "nobody@example.se", "invited@example.se", "ended@example.se")
    ]
    assert {answer.status for answer in answers} == {422}
    assert all(WRONG in answer.text for answer in answers)
    bare = {re.sub(r'value="[^"]*"', "", answer.response.text) for answer in answers}
    assert len(bare) == 1
    assert attempt(room, "ended@example.se", PASSWORD).status == 422


def test_the_second_factor_is_asked_for_every_time_and_no_code_counts_twice(room: Room) -> None:
    member = room.sign_in(Role.LEADER)
    member.post("/sign-out")
    code = member.code()
    member.get("/sign-in")
    member.post("/sign-in", {"email": member.email, "password": PASSWORD})
    member.get("/code")
    answer = member.post("/code", {"code": code})
    assert answer.status == 422
    assert "Vänta på nästa kod" in answer.text
    room.clock.pass_by(seconds=30)
    assert member.post("/code", {"code": member.code()}).response.location == "/staff"


@pytest.mark.parametrize("path", ["/code", "/second-factor", "/choose-factor"])
def test_the_second_factor_leads_nowhere_without_the_password(room: Room, path: str) -> None:
    assert room.visitor().get(path).response.location == "/staff/sign-in"


def test_however_many_are_wrong_a_right_password_leads_on(room: Room) -> None:
    member = room.sign_in(Role.LEADER)
    for number in range(70):
        attempt(room, f"made-up-{number}@example.se", "fel")
    for _ in range(PASSWORDS.most):
        assert WRONG in attempt(room, member.email, "fel").text
    assert "Vänta en stund" in attempt(room, member.email, "fel").text
    assert WRONG in attempt(room, "ola@example.se", "fel").text
    assert member.elsewhere().come_in().response.location == "/staff"


def test_an_unknown_e_mail_is_slowed_just_the_same(room: Room) -> None:
    for _ in range(PASSWORDS.most):
        assert WRONG in attempt(room, "nobody@example.se", "fel").text
    assert "Vänta en stund" in attempt(room, "nobody@example.se", "fel").text


def test_who_knows_the_password_is_slowed_when_guessing_codes(room: Room) -> None:
    member = room.sign_in(Role.LEADER)
    guesser = room.visitor()
    guesser.get("/sign-in")
    guesser.post("/sign-in", {"email": member.email, "password": PASSWORD})
    guesser.get("/code")
    for number in range(SECOND_FACTORS.most):
        assert "Koden stämmer inte." in guesser.post("/code", {"code": f"00000{number}"}).text
    room.clock.pass_by(seconds=30)
    assert "Vänta en stund" in guesser.post("/code", {"code": member.code()}).text


def test_signing_in_leads_to_no_other_address(room: Room) -> None:
    member = room.sign_in(Role.LEADER)
    member.post("/sign-out")
    member.get("/sign-in?next=https://evil.example/")
    answer = member.post("/sign-in?next=https://evil.example/", {"email": member.email, "password": PASSWORD})
    assert (answer.status, answer.response.location) == (422, None)
    assert "Börja om från början." in answer.text


def test_programs_get_pages_and_no_tokens(room: Room) -> None:
    client = room.app.test_client()
    for path in ("/staff/sign-in", "/staff/groups", "/staff/sign-in?include_auth_token"):
        answer = client.get(path, headers={"Accept": "application/json"})
        assert answer.mimetype == "text/html"
    answer = client.post("/staff/sign-in", json={"email": "lea@example.se", "password": PASSWORD})
    assert (answer.status_code, answer.mimetype) == (400, "text/html")


# ------------------------------------------------------------------------------------------------------- the session


def test_the_cookie_is_strict_secret_and_for_the_room_only(room: Room) -> None:
    answer = room.visitor().get("/sign-in").response
    (cookie,) = answer.headers.getlist("Set-Cookie")
    name, *flags = [part.strip() for part in cookie.split(";")]
    assert name.startswith("__Secure-staff=")
    assert {"Secure", "HttpOnly", "SameSite=Strict", "Path=/staff"} <= set(flags)
    assert not [flag for flag in flags if flag.startswith("Domain")]
    member = room.sign_in(Role.LEADER)
    with room.storage.database.reading() as connection:
        found = find_account(connection, id=member.staff_id)
    assert found is not None
    assert found.session_key not in member.cookie()


def test_nobody_is_remembered_past_her_session(room: Room) -> None:
    member = room.sign_in(Role.LEADER)
    member.post("/sign-out")
    room.clock.pass_by(seconds=30)
    member.get("/sign-in")
    form = {"email": member.email, "password": PASSWORD, "remember": "y"}
    answers = [member.post("/sign-in", form), member.get("/code"), member.post("/code", {"code": member.code()})]
    assert answers[-1].response.location == "/staff"
    cookies = [cookie for answer in answers for cookie in answer.response.headers.getlist("Set-Cookie")]
    assert {cookie.split("=")[0] for cookie in cookies} == {"__Secure-staff"}


def test_without_tls_in_development_the_cookie_says_so_in_its_name(room: Room) -> None:
    address = room.storage.database.url.render_as_string()
    app = create_app(settings(database_url=address, is_development=True), clock=room.clock)
    (cookie,) = app.test_client().get("/staff/sign-in").headers.getlist("Set-Cookie")
    assert cookie.startswith("staff=")
    assert "Secure" not in cookie
    assert "SameSite=Strict" in cookie


def is_in(member: Member) -> bool:
    """Return whether somebody is still inside."""
    return member.get("/account").status == 200


def test_a_session_ends_half_an_hour_after_the_last_page(room: Room) -> None:
    member = room.sign_in(Role.LEADER)
    for _ in range(3):
        room.clock.now += IDLE - timedelta(seconds=1)
        assert is_in(member)
    room.clock.now += IDLE
    assert not is_in(member)


def test_a_session_ends_twelve_hours_after_the_first_page(room: Room) -> None:
    member = room.sign_in(Role.LEADER)
    began = room.clock.now
    while room.clock.now < began + ABSOLUTE - IDLE:
        room.clock.pass_by(minutes=20)
        assert is_in(member)
    room.clock.now = began + ABSOLUTE
    assert not is_in(member)


def test_after_signing_out_a_copied_cookie_is_worth_nothing(room: Room) -> None:
    member = room.sign_in(Role.LEADER)
    thief = room.visitor()
    thief.client.set_cookie("__Secure-staff", member.cookie(), path="/staff")
    assert is_in(thief)
    member.get("/account")
    answer = member.post("/sign-out")
    assert answer.response.location == "/staff/sign-in"
    assert answer.response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not is_in(thief)
    assert not is_in(member)


def test_who_has_ended_is_out_at_once(room: Room) -> None:
    member = room.sign_in(Role.LEADER)
    administrator = Staff("adm", "adm@example.se", (Role.ADMINISTRATOR,), "lekeberg")
    end_staff(room.storage, administrator, member.staff_id, room.clock.now)
    assert not is_in(member)


@pytest.mark.parametrize("cookie", ["", "abc", "gAAAAAB", "å"])
def test_a_cookie_that_nobody_gave_is_none(room: Room, cookie: str) -> None:
    member = room.visitor()
    member.client.set_cookie("__Secure-staff", cookie, path="/staff")
    assert not is_in(member)


def test_what_the_same_keys_have_sealed_for_another_purpose_is_no_session(room: Room) -> None:
    member = room.sign_in(Role.LEADER)
    kept = room.storage.vault.open(member.cookie())
    again = room.visitor()
    again.client.set_cookie("__Secure-staff", room.storage.vault.seal(kept), path="/staff")
    assert is_in(again)
    stranger = room.visitor()
    sealed = room.storage.vault.seal({**kept, "purpose": "a letter"})
    stranger.client.set_cookie("__Secure-staff", sealed, path="/staff")
    assert not is_in(stranger)


# ---------------------------------------------------------------------------------------------------------- forms


def test_a_form_without_its_token_does_nothing(room: Room) -> None:
    member = room.sign_in(Role.ADMINISTRATOR)
    for token in ("", "x", room.visitor().token):
        answer = member.client.post(
            "/staff/people", data={"csrf_token": token, "email": "ola@example.se", "roles": "leader"}
        )
        assert answer.status_code == 400
    with room.storage.database.reading() as connection:
        assert find_account(connection, email="ola@example.se") is None


def test_the_token_of_the_way_in_is_not_that_of_the_room(room: Room) -> None:
    staff, _ = room.add(Role.EDITOR, email="ola@example.se")
    member = room.sign_in(Role.ADMINISTRATOR).elsewhere()
    member.get("/sign-in")
    outside = member.token
    member.come_in()
    answer = member.client.post(f"/staff/people/{staff.id}/end", data={"csrf_token": outside})
    assert answer.status_code == 400
    member.get("/account")
    assert member.post(f"/people/{staff.id}/end").status == 303


def test_a_form_that_was_open_too_long_is_explained(room: Room) -> None:
    member = room.sign_in(Role.LEADER)
    member.token = "old"  # noqa: S105 - no secret
    answer = member.post("/account/language", {"lang": "en"})
    assert answer.status == 400
    assert "öppen länge" in answer.text


# ------------------------------------------------------------------------------------- what the public pages know of it


def test_no_public_page_opens_a_session_or_reads_one(room: Room) -> None:
    member = room.sign_in(Role.LEADER)
    sealed = member.cookie()
    for path in ("/", "/sv/", "/sv/lekeberg/", "/sv/lekeberg/self-check", "/healthz", "/api/v1/kommuner", "/staffing"):
        client = room.app.test_client()
        plain = client.get(path)
        client.set_cookie("__Secure-staff", sealed)
        answer = client.get(path)
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")
        assert answer.data == plain.data
        assert answer.status_code == plain.status_code


def test_the_room_s_own_sessions_open_nowhere_else(room: Room) -> None:
    app: Flask = room.app.extensions["staff"].app
    for path, is_open in (("/staff", True), ("/staff/groups", True), ("/staffing", False), ("/sv/", False)):
        with app.test_request_context(path) as context:
            found = app.session_interface.open_session(app, context.request)
            assert (found is not None) is is_open, path


def test_the_room_is_not_built_before_somebody_knocks(tmp_path: Path) -> None:
    code = (
        "import sys; from portal import create_app; from portal.settings import Settings;"
        f"given = Settings('x' * 40, 'sqlite:///{tmp_path}/a.sqlite', encryption_keys=('{KEY}',));"
        "app = create_app(given);"
        "assert app.test_client().get('/sv/lekeberg/').status_code == 200;"
        "print([name for name in ('flask_security', 'webauthn', 'authlib', 'argon2') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.strip() == "[]"


# ---------------------------------------------------------------------------------------------------- one's account


def test_everybody_reads_the_room_in_her_own_language(room: Room) -> None:
    member = room.sign_in(Role.LEADER)
    page = member.get("/account")
    assert page.tree is not None
    assert page.tree.get("lang") == "sv"
    page = member.follow(member.post("/account/language", {"lang": "ar"}))
    assert page.tree is not None
    assert (page.tree.get("lang"), page.tree.get("dir")) == ("ar", "rtl")
    page = member.follow(member.post("/account/language", {"lang": "tlh"}))
    assert page.tree is not None
    assert page.tree.get("lang") == "ar"


def test_a_password_is_changed_by_who_knows_it_and_ends_every_session(room: Room) -> None:
    member = room.sign_in(Role.LEADER)
    form = {"old": PASSWORD, "password": OTHER_PASSWORD, "again": OTHER_PASSWORD}
    for changes, field in (
        ({"old": "fel"}, "old"),
        ({"password": "kort"}, "password"),
        ({"password": "lea@example.se", "again": "lea@example.se"}, "password"),
        ({"password": "qwertyuiop12", "again": "qwertyuiop12"}, "password"),
        ({"again": "annat"}, "again"),
    ):
        member.get("/account")
        answer = member.post("/account/password", {**form, **changes})
        assert answer.status == 422
        assert answer.one("input", aria_invalid="true").get("id") == field
    assert member.post("/account/password", form).status == 303
    assert not is_in(member)
    assert WRONG in attempt(room, member.email, PASSWORD).text
    assert member.come_in(OTHER_PASSWORD).response.location == "/staff"


def test_guessing_the_password_of_an_open_session_is_slowed(room: Room) -> None:
    member = room.sign_in(Role.LEADER)
    form = {"password": OTHER_PASSWORD, "again": OTHER_PASSWORD}
    member.get("/account")
    for _ in range(PASSWORDS.most):
        assert "Lösenordet stämmer inte." in member.post("/account/password", {**form, "old": "fel"}).text
    assert "Vänta en stund" in member.post("/account/password", {**form, "old": "fel"}).text
    assert member.post("/account/password", {**form, "old": PASSWORD}).status == 303


def test_another_app_for_codes_is_connected_by_who_has_just_signed_in(room: Room) -> None:
    member = room.sign_in(Role.LEADER)
    member.get("/second-factor")
    page = member.post("/second-factor", {"setup": "authenticator"})
    new = key_of(page)
    room.clock.pass_by(seconds=30)
    form = page.one("form", class_="sheet").get("action") or ""
    answer = member.post(form.removeprefix("/staff"), {"code": new.generate(time=room.clock.now.timestamp()).token})
    assert answer.response.location == "/staff/account"
    old, member.totp = member.totp, new
    assert old.key != new.key
    member.get("/account")
    member.post("/sign-out")
    assert member.come_in().response.location == "/staff"


# ------------------------------------------------------------------------------------------------------- what is wrong


def test_a_page_that_is_not_there_and_a_database_that_is_down_are_pages(room: Room, tmp_path: Path) -> None:
    member = room.sign_in(Role.LEADER)
    page = member.get("/nothing")
    assert (page.status, page.heading()) == (404, "Sidan finns inte")
    empty = create_app(settings(database_url=f"sqlite:///{tmp_path / 'empty.sqlite'}"), clock=room.clock)
    stranger = Member(room, empty.test_client())
    assert stranger.get("/sign-in").status == 200
    answer = stranger.post("/sign-in", {"email": "lea@example.se", "password": PASSWORD})
    assert (answer.status, answer.heading()) == (503, "Det går inte att läsa eller spara just nu")
    assert PASSWORD not in answer.text
    assert not answer.all("input", name="password")


def test_a_database_that_goes_down_is_a_page_for_who_is_inside_too(room: Room) -> None:
    member = room.sign_in(Role.LEADER)
    down = create_app(settings(database_url="postgresql://nobody@127.0.0.1:9/nothing"), clock=room.clock)
    inside = Member(room, down.test_client())
    inside.client.set_cookie("__Secure-staff", member.cookie(), path="/staff")
    for path in ("", "/groups", "/account", "/sign-in"):
        assert inside.get(path).status == 503, path
    written = "Vi ses kl. 17 i stället. Ta med\nbarnen & <fika>."
    answer = inside.post("/groups/many/message?x=1", {"message": written, "form_key": "k"})
    assert answer.status == 503
    again = next(form for form in answer.all("form") if form.get("action") == "/staff/groups/many/message?x=1")
    assert fields_in(again)["message"] == [written]
    assert fields_in(again)["form_key"] == ["k"]
    assert fields_in(again)["csrf_token"]
    assert inside.post("/groups/many/message", {"message": "x" * 70_000}).status in (413, 503)


def test_too_much_at_once_is_refused(room: Room) -> None:
    member = room.visitor()
    member.get("/sign-in")
    assert member.post("/sign-in", {"email": "x" * 70_000}).status == 413


def test_a_wrong_method_is_a_page(room: Room) -> None:
    assert room.sign_in(Role.LEADER).get("/sign-out").status == 405


def test_a_password_costs_what_the_code_says_and_no_environment_makes_it_cheaper(sqlite_file: Path) -> None:
    asked = {
        "PORTAL_ENV": "development",
        "PORTAL_DATABASE_URL": f"sqlite:///{sqlite_file}",
        "PORTAL_ENCRYPTION_KEYS": KEY,
        "PORTAL_PASSWORD_COST": "1",
    }
    app = create_app(Settings.from_environment(asked), clock=lambda: TUESDAY)
    app.test_client().get("/staff/sign-in")
    with app.extensions["staff"].app.app_context():
        assert hash_password(PASSWORD).startswith("$argon2id$v=19$m=65536,t=3,p=4$")
