"""Signing in by the kommun's own account, against a real OpenID provider on this machine."""

from collections.abc import Iterator

import pytest
import requests
from oidc_provider_mock import User, run_server_in_thread

from portal.domain.staff.roles import Role
from portal.settings import Oidc
from portal.store.audit import list_events
from tests.apps import create_app
from tests.conftest import settings
from tests.made_up_staff import Member, Room
from tests.pages import Page

# The provider runs in a thread of this process and uses what its own library will drop one day.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

ACR = "http://id.elegnamnden.se/loa/1.0/loa3"


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """Return the address of a provider that knows some people."""
    people = (
        User(sub="lea", claims={"email": "Lea@example.se", "email_verified": True, "acr": ACR}),
        User(sub="renamed", claims={"email": "lea@example.se", "email_verified": True, "acr": ACR}),
        User(sub="unsaid", claims={"email": "lea@example.se", "acr": ACR}),
        User(sub="doubtful", claims={"email": "lea@example.se", "email_verified": False}),
        User(sub="weak", claims={"email": "lea@example.se", "email_verified": True, "acr": "password"}),
        User(sub="nameless", claims={}),
        User(sub="stranger", claims={"email": "stranger@example.se", "email_verified": True}),
    )
    with run_server_in_thread(user_claims=people) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def kommun(room: Room, issuer: str) -> Room:
    """Return a room whose kommun has a sign-in of its own."""
    return with_provider(room, Oidc(issuer, "portal", "a secret that both know"))


def with_provider(room: Room, oidc: Oidc) -> Room:
    """Return the same room with that provider."""
    address = room.storage.database.url.render_as_string()
    return Room(create_app(settings(database_url=address, oidc=oidc), room.clock), room.storage, room.clock)


def answer_of(member: Member, sub: str) -> str:
    """Lead somebody to the provider, where she is known as `sub`; return where it leads her back."""
    asked = member.get("/kommun").response
    assert asked.status_code == 302
    assert "code_challenge_method=S256" in (asked.location or "")
    found = requests.post(str(asked.location), data={"sub": sub}, allow_redirects=False, timeout=10)
    back = found.headers["Location"]
    assert back.startswith("https://localhost/staff/kommun/answer?")
    return back.removeprefix("https://localhost/staff")


def come_back(member: Member, sub: str) -> Page:
    """Sign in at the provider and come back; no strict cookie comes along from another site."""
    path = answer_of(member, sub)
    member.client.delete_cookie("__Secure-staff", path="/staff")
    return member.get(path)


def test_the_kommun_s_account_is_offered_and_lets_her_in(kommun: Room) -> None:
    staff, _ = kommun.add(Role.LEADER)
    member = kommun.visitor()
    assert "Logga in med kommunens konto" in member.get("/sign-in").text
    answer = come_back(member, "lea")
    assert answer.heading() == "Du loggas in"
    assert answer.one("a", class_="button").get("href") == "/staff"
    assert member.get("/groups").status == 200
    deeds = [event.did for event in list_events(kommun.storage, "lekeberg") if event.by == staff.id]
    assert deeds[:2] == ["sign_in", "bind_oidc"]
    # The next time nothing is bound any more.
    member.get("/account")
    member.post("/sign-out")
    come_back(member, "lea")
    assert member.get("/groups").status == 200


def is_refused(member: Member, sub: str) -> str:
    """Return what the page says to somebody who is not let in."""
    answer = come_back(member, sub)
    assert answer.status == 403
    assert member.get("/groups").response.location == "/staff/sign-in"
    return answer.text


@pytest.mark.parametrize("sub", ["doubtful", "unsaid", "nameless"])
def test_who_is_not_certain_to_be_somebody_is_not_let_in(kommun: Room, sub: str) -> None:
    kommun.add(Role.LEADER)
    assert "Kommunens inloggning gick inte." in is_refused(kommun.visitor(), sub)


def test_a_stranger_is_told_whom_to_ask(kommun: Room) -> None:
    assert "Du har inget konto här." in is_refused(kommun.visitor(), "stranger")


def test_an_address_that_somebody_else_got_opens_nothing(kommun: Room) -> None:
    kommun.add(Role.LEADER)
    come_back(kommun.visitor(), "lea")
    assert "Du har inget konto här." in is_refused(kommun.visitor(), "renamed")


def test_where_two_factors_are_demanded_the_provider_must_say_so(room: Room, issuer: str) -> None:
    strict = with_provider(room, Oidc(issuer, "portal", "a secret that both know", ACR))
    strict.add(Role.LEADER)
    assert "Kommunens inloggning gick inte." in is_refused(strict.visitor(), "weak")
    member = strict.visitor()
    asked = member.get("/kommun").response.location or ""
    assert "acr_values=" in asked
    come_back(member, "lea")
    assert member.get("/groups").status == 200


@pytest.mark.parametrize("path", ["/kommun/answer", "/kommun/answer?code=x&state=y"])
def test_an_answer_to_a_question_nobody_asked_is_refused(kommun: Room, path: str) -> None:
    member = kommun.visitor()
    member.get("/sign-in")
    assert "Kommunens inloggning gick inte." in member.get(path).text


def test_an_answer_that_comes_too_late_or_twice_is_refused(kommun: Room) -> None:
    kommun.add(Role.LEADER)
    member = kommun.visitor()
    late = answer_of(member, "lea")
    kommun.clock.pass_by(minutes=11)
    assert member.get(late).status == 403
    path = answer_of(member, "lea")
    kept = member.client.get_cookie("__Secure-kommun", path="/staff/kommun/answer")
    assert kept is not None
    assert member.get(path).status == 200
    assert member.get(path).status == 403
    # Whoever had copied the cookie in between comes too late: the provider gives its word for a code once.
    thief = kommun.visitor()
    thief.client.set_cookie("__Secure-kommun", kept.value, path="/staff/kommun/answer")
    assert thief.get(path).status == 403


def test_another_s_answer_lets_nobody_in(kommun: Room) -> None:
    kommun.add(Role.LEADER)
    path = answer_of(kommun.visitor(), "lea")
    victim = kommun.visitor()
    victim.get("/kommun")
    assert victim.get(path).status == 403
    assert victim.get("/groups").response.location == "/staff/sign-in"


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_signs_nobody_in(kommun: Room, site: str) -> None:
    member = kommun.visitor()
    asked = member.get("/kommun", headers={"Sec-Fetch-Site": site}).response
    assert (asked.status_code, asked.location) == (303, "/staff/sign-in")
    for own in ("same-origin", "none"):
        assert member.get("/kommun", headers={"Sec-Fetch-Site": own}).response.status_code == 302


def test_a_provider_that_is_down_is_explained(room: Room) -> None:
    member = with_provider(room, Oidc("http://127.0.0.1:9", "portal", "secret")).visitor()
    answer = member.get("/kommun")
    assert answer.status == 503
    assert "Kommunens inloggning svarar inte just nu." in answer.text
    assert answer.one("a", class_="button").get("href") == "/staff/sign-in"


def test_without_a_provider_there_is_no_such_page(room: Room) -> None:
    member = room.visitor()
    assert "kommunens konto" not in member.get("/sign-in").text
    assert {member.get(path).status for path in ("/kommun", "/kommun/answer")} == {404}
