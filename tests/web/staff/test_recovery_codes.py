"""Recovery codes at the door and inside: shown once, enough in place of the app, and slowed as every second factor."""

import json

import pytest

from portal.actions.staff.recovery_codes import HOW_MANY, count_left, make_codes
from portal.domain.people.brakes import SECOND_FACTORS
from portal.domain.staff.roles import Role
from portal.store.audit import list_events
from portal.web.staff.sessions import IDLE
from tests.made_up_staff import PASSWORD, Member, Room
from tests.pages import Page
from tests.web.staff.test_signing_in import key_of, welcomed

WRONG = "Koden stämmer inte, eller så är den använd."


def codes_on(page: Page) -> list[str]:
    """Return the codes that a page shows."""
    return ["".join(one.itertext()).strip() for one in page.one("ol", class_="recovery").iter("li")]


def has_been_here(room: Room, member: Member, seconds: float) -> None:
    """Let somebody have signed in so long ago; Flask-Security looks at no clock of ours."""
    kept = room.storage.vault.open(member.cookie())
    holds = json.loads(kept["holds"])
    holds["fs_paa"] -= seconds
    sealed = room.storage.vault.seal(kept | {"holds": json.dumps(holds)})
    member.client.set_cookie("__Secure-staff", sealed, path="/staff")


def way_of(page: Page) -> str:
    """Return where an answer leads, without what is to be done after that."""
    return (page.response.location or "").partition("?")[0]


def at_the_code(room: Room, member: Member) -> Member:
    """Return the same person at another browser, who has given her password."""
    again = member.elsewhere()
    again.get("/sign-in")
    assert way_of(again.post("/sign-in", {"email": member.email, "password": PASSWORD})) == "/staff/code"
    return again


def test_at_the_end_of_the_first_sign_in_ten_codes_are_shown_once(room: Room) -> None:
    staff, code = room.add(Role.LEADER)
    member, _ = welcomed(room, code)
    member.get("/sign-in")
    member.post("/sign-in", {"email": staff.email, "password": PASSWORD})
    member.get("/second-factor")
    app = key_of(member.post("/second-factor", {"setup": "authenticator"}))
    shown = member.post("/code", {"code": app.generate(time=room.clock.now.timestamp()).token})
    assert shown.status == 200
    assert len(set(codes_on(shown))) == HOW_MANY
    assert "Du är inloggad." in shown.text
    # She is in, and whoever comes after her to the page sees how many there are, and none of them.
    again = member.get("/recovery-codes?show_codes=1")
    assert "Du har 10 reservkoder kvar." in again.text
    assert not again.all("ol")
    assert not any(code in again.response.text for code in codes_on(shown))
    member.email = staff.email
    used = at_the_code(room, member)
    used.get("/recovery-code")
    assert used.post("/recovery-code", {"code": codes_on(shown)[4]}).response.location == "/staff/account"


def test_a_code_stands_in_for_the_app_once(room: Room) -> None:
    member = room.sign_in(Role.LEADER)
    code, other, *_ = make_codes(room.storage, member.staff_id, room.clock.now)
    lost = at_the_code(room, member)
    asked = lost.get("/code")
    assert [link for link in asked.all("a") if link.get("href") == "/staff/recovery-code"]
    lost.get("/recovery-code")
    answer = lost.post("/recovery-code", {"code": code.lower().replace("-", " ")})
    account = lost.follow(answer)
    assert "Du loggade in med en reservkod." in account.text
    assert "Du har 9 reservkoder kvar." in account.text
    deeds = [event.did for event in list_events(room.storage, "lekeberg")]
    assert deeds[:2] == ["sign_in", "use_recovery_code"]
    # What is used opens nothing, what is left does: and with it she gets a new app.
    again = at_the_code(room, member)
    again.get("/recovery-code")
    refused = again.post("/recovery-code", {"code": code})
    assert (refused.status, refused.one("input", aria_invalid="true").get("value")) == (422, code)
    assert WRONG in refused.text
    assert again.post("/recovery-code", {"code": other}).response.location == "/staff/account"
    again.get("/second-factor")
    page = again.post("/second-factor", {"setup": "authenticator"})
    room.clock.pass_by(seconds=30)
    new = key_of(page).generate(time=room.clock.now.timestamp()).token
    path = (page.one("form", class_="sheet").get("action") or "").removeprefix("/staff")
    assert again.post(path, {"code": new}).response.location == "/staff/account"
    assert count_left(room.storage, member.staff_id) == HOW_MANY - 2


def test_new_codes_are_made_by_who_has_just_signed_in_and_end_the_old(room: Room) -> None:
    member = room.sign_in(Role.LEADER)
    old = make_codes(room.storage, member.staff_id, room.clock.now)
    assert member.get("/recovery-codes").status == 200
    new = codes_on(member.post("/recovery-codes"))
    assert not set(old) & set(new)
    lost = at_the_code(room, member)
    lost.get("/recovery-code")
    assert WRONG in lost.post("/recovery-code", {"code": old[0]}).text
    assert lost.post("/recovery-code", {"code": new[0]}).response.location == "/staff/account"
    # Somebody who has been here for a while, or who found the computer open, signs in first.
    member.get("/account")
    has_been_here(room, member, IDLE.total_seconds() + 1)
    assert way_of(member.post("/recovery-codes")) == "/staff/sign-in"
    assert count_left(room.storage, member.staff_id) == HOW_MANY - 1


def test_codes_and_the_app_are_slowed_as_one(room: Room) -> None:
    member = room.sign_in(Role.LEADER)
    codes = make_codes(room.storage, member.staff_id, room.clock.now)
    wrong, *_ = make_codes(room.storage, room.add(Role.LEADER, email="ola@example.se")[0].id, room.clock.now)
    guesser = at_the_code(room, member)
    guesser.get("/recovery-code")
    for _ in range(10):  # slips of the pen
        assert WRONG in guesser.post("/recovery-code", {"code": codes[0][:-1]}).text
    for _ in range(SECOND_FACTORS.most - 1):
        assert WRONG in guesser.post("/recovery-code", {"code": wrong}).text
    assert "Koden stämmer inte." in guesser.post("/code", {"code": "000000"}).text
    assert "Vänta en stund" in guesser.post("/recovery-code", {"code": codes[0]}).text
    assert count_left(room.storage, member.staff_id) == HOW_MANY
    room.clock.now += SECOND_FACTORS.within
    later = at_the_code(room, member)
    later.get("/recovery-code")
    assert later.post("/recovery-code", {"code": codes[0]}).response.location == "/staff/account"


@pytest.mark.parametrize("path", ["/recovery-code", "/recovery-codes"])
def test_codes_lead_nowhere_without_the_password(room: Room, path: str) -> None:
    visitor = room.visitor()
    assert way_of(visitor.get(path)) == "/staff/sign-in"
    visitor.get("/sign-in")
    assert way_of(visitor.post(path, {"code": "222-222-222-222"})) == "/staff/sign-in"
