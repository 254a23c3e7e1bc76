"""The staff room in a real browser: every page passes axe and fits the screen, and staff come in with a passkey."""

from collections.abc import Iterable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Playwright

from portal.actions.staff.recovery_codes import HOW_MANY, count_left, make_codes
from tests.browser.looking import LARGE, SMALL, Desk, screen
from tests.browser.staff import EMAIL, WAY_IN, StaffPortal, staff_portal, states
from tests.browser.states import State
from tests.browser.test_accessible import LANGUAGES, each_page
from tests.browser.visits import ARGUMENTS, visit
from tests.conftest import TUESDAY
from tests.made_up_staff import PASSWORD

pytestmark = pytest.mark.browser

SAVED = (".csv", ".json", ".pdf", "/files/<file_id>")
"""What is saved and is no page."""

_SEND = """([address, fields]) => {
  const token = document.querySelector("[name=csrf_token]").value;
  const form = document.createElement("form");
  form.method = "post";
  form.action = address;
  for (const [name, value] of [["csrf_token", token], ...fields]) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = value;
    form.append(field);
  }
  document.body.append(form);
  form.submit();
}"""


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory, app: Flask) -> Iterator[StaffPortal]:
    """Return a portal with staff; the app has compiled the translations."""
    with staff_portal(tmp_path_factory.mktemp("staff")) as found:
        yield found


@pytest.fixture
def staff_page(browser: Browser, portal: StaffPortal) -> Iterator[Page]:
    """Return an empty page of a fresh profile, at the portal with staff."""
    with visit(browser, portal.address) as page:
        yield page


def reach(page: Page, state: State) -> None:
    """Lead a page to a state of the room, as a link or a form does."""
    if state.fields is None:
        response = page.goto(f"/staff{state.path}")
    else:
        page.goto("/staff/account")  # or the page to sign in, for somebody who is not in
        with page.expect_navigation() as navigation:
            page.evaluate(_SEND, [f"/staff{state.path}", state.fields])
        response = navigation.value
    assert response is not None
    assert response.status == state.status, f"{state.name}: {response.status}"


def test_every_page_passes_axe_and_fits_the_screen(staff_page: Page, portal: StaffPortal) -> None:
    desk, door = Desk.laid(staff_page, "/staff/sign-in"), staff_page.context.new_page()
    found = []
    for lang in LANGUAGES:
        staff_page.context.clear_cookies()
        portal.sign_in(door, lang)
        door.goto("/staff/account")
        token = door.locator("[name=csrf_token]").first.get_attribute("value") or ""
        desk.bring("/staff", states(portal), ("csrf_token", token), lang=lang)
        found += desk.complaints(lang, LARGE, SMALL)
    assert not found, "\n".join(found)


def left_by_scripts(page: Page, states: Iterable[State]) -> dict[str, str]:
    """Return each page as its scripts leave it on a small screen."""
    screen(page, SMALL)
    left = {}
    for state in states:
        reach(page, state)
        left[state.name] = page.content()
    return left


def test_every_page_passes_axe_with_its_scripts(staff_page: Page, portal: StaffPortal) -> None:
    portal.sign_in(staff_page)
    left = left_by_scripts(staff_page, each_page(tuple(state for state in states(portal) if state.fields is None)))
    desk = Desk.laid(staff_page, "/staff/account")
    desk.take(left)
    found = desk.complaints("sv", SMALL)
    assert not found, "\n".join(found)


def test_the_way_in_passes_axe_and_fits_the_screen(staff_page: Page) -> None:
    left = left_by_scripts(staff_page, WAY_IN)
    desk = Desk.laid(staff_page, "/staff/sign-in")
    desk.take(left)
    found = desk.complaints("sv", LARGE, SMALL)
    assert not found, "\n".join(found)


def test_a_recovery_code_opens_the_room(staff_page: Page, portal: StaffPortal) -> None:
    code, *_ = make_codes(portal.storage, portal.staff_id, TUESDAY)
    staff_page.context.clear_cookies()
    staff_page.goto("/staff/sign-in")
    staff_page.locator("#email").fill(EMAIL)
    staff_page.locator("#password").fill(PASSWORD)
    staff_page.locator("main button").click()
    staff_page.locator("#code").wait_for()
    left = {"the code of an app": staff_page.content()}
    staff_page.locator("a[href$='/recovery-code']").click()
    staff_page.locator("#code").fill("222-222-222-222")
    staff_page.locator("main button").click()
    staff_page.get_by_role("alert").wait_for()
    left["a wrong recovery code"] = staff_page.content()
    staff_page.locator("#code").fill(code.lower())
    staff_page.locator("main button").click()
    staff_page.locator(".rooms").wait_for()
    assert count_left(portal.storage, portal.staff_id) == HOW_MANY - 1
    desk = Desk.laid(staff_page, "/staff/account")
    desk.take(left)
    found = desk.complaints("sv", LARGE, SMALL)
    assert not found, "\n".join(found)


def test_the_states_are_of_every_page_there_is(portal: StaffPortal, app: Flask) -> None:
    room = app.extensions["staff"].app
    urls = room.url_map.bind("")
    shown = {
        urls.match(f"/staff{state.path.partition('?')[0]}", method="GET" if state.fields is None else "POST")[0]
        for state in (*states(portal), *WAY_IN)
        if state.status != 404
    }
    pages = {
        rule.endpoint
        for rule in room.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.endpoint.startswith("staff.") and not rule.rule.endswith(SAVED)
    }
    # The first pages lead on, and the kommun's own sign-in is tried with a provider.
    assert pages - shown == {"staff.lead_home", "staff.kommun_sign_in", "staff.kommun_answer"}


def test_a_passkey_is_added_and_opens_the_room(playwright: Playwright, chromium: str, portal: StaffPortal) -> None:
    # A passkey belongs to a name, never to a number: the portal is visited as localhost.
    arguments = [one.replace("127.0.0.1", "localhost") for one in ARGUMENTS]
    at_home = portal.address.replace("127.0.0.1", "localhost")
    with (
        playwright.chromium.launch(executable_path=chromium, args=arguments) as browser,
        visit(browser, at_home, locale="sv-SE") as page,
    ):
        session = page.context.new_cdp_session(page)
        session.send("WebAuthn.enable")
        options = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True}
        device = {**options, "isUserVerified": True, "automaticPresenceSimulation": True}
        session.send("WebAuthn.addVirtualAuthenticator", {"options": device})
        portal.sign_in(page)
        page.goto("/staff/passkeys")
        page.locator("main form button").click()
        page.get_by_text("Nyckeln är tillagd.").wait_for()
        page.get_by_role("button", name="Logga ut").click()
        page.locator("#email").fill("lea@example.se")
        page.locator("#password").fill(PASSWORD)
        page.locator("main button").click()
        page.get_by_role("button", name="Med min nyckel").click()
        page.get_by_role("button", name="Använd din nyckel").click()
        page.locator(".rooms").wait_for()
        page.goto("/staff/passkeys")
        page.get_by_role("button", name="Ta bort").click()
        page.get_by_text("Nyckeln är borttagen.").wait_for()


def test_the_list_of_people_prints_without_what_is_for_the_screen(staff_page: Page, portal: StaffPortal) -> None:
    portal.sign_in(staff_page)
    staff_page.goto(f"/staff/groups/{portal.group.id}/sign-ups")
    staff_page.emulate_media(media="print")
    assert staff_page.get_by_text("Exempel 1").first.is_visible()
    for hidden in (".rooms", ".no-print >> nth=0", "main button"):
        assert not staff_page.locator(hidden).is_visible(), hidden
