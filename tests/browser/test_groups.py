"""Signing up on a small phone, with and without script, from the left and from the right."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from portal.domain.references import read_code
from tests.browser.serving import Server
from tests.browser.states import GROUPS, INSATSER, MY_PLACE
from tests.browser.visits import visit
from tests.groups import OFFERED, PLACED

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 740}
NAME = "Rosenknopp"
_NUMBERS = count()


@dataclass(frozen=True)
class Parent:
    """Somebody with a phone."""

    page: Page
    language: str
    has_script: bool

    def go(self, path: str) -> None:
        """Open a page."""
        self.page.goto(f"/{self.language}{path}")

    def press(self, selector: str) -> None:
        """Press what leads on, and wait for the page that follows."""
        self.page.locator("h1").evaluate("heading => { heading.dataset.left = 'yes' }")
        self.page.locator(selector).first.click()
        self.page.locator("h1:not([data-left])").wait_for()

    def path(self) -> str:
        """Return the path of the page."""
        return urlsplit(self.page.url).path

    def code(self) -> str:
        """Return the code of the receipt."""
        return self.page.locator("p.code").inner_text()

    def fits(self) -> bool:
        """Return whether nothing of the page hangs out of the screen."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.fixture(params=["sv", "ar"])
def language(request: pytest.FixtureRequest) -> str:
    """Return a language of each direction."""
    tag: str = request.param
    return tag


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def parent(request: pytest.FixtureRequest, browser: Browser, address: str, language: str) -> Iterator[Parent]:
    """Return a parent in each language, whose browser runs scripts or not."""
    with visit(browser, address, viewport=PHONE, java_script_enabled=request.param) as page:
        yield Parent(page, language, has_script=request.param)


def step(parent: Parent, selector: str) -> None:
    """Press what leads on, in either browser."""
    if parent.has_script:
        parent.press(selector)
        return
    with parent.page.expect_navigation():
        parent.page.locator(selector).first.click()


def an_email() -> str:
    """Return an address that has no place yet: one person gets so many, and no more."""
    return f"rosenknopp{next(_NUMBERS)}@example.se"


def sign_up(parent: Parent) -> str:
    """Go from the list to a receipt; return the code."""
    parent.go(f"{GROUPS}?insats=abc-3-12")
    assert parent.fits()
    parent.page.locator("article", has=parent.page.locator('a[href$="/many"]')).locator("summary").click()
    assert parent.fits()
    step(parent, f'article a[href$="{GROUPS}/many"]')
    assert parent.fits()
    step(parent, "a.button.big")
    assert parent.fits()
    parent.page.locator("#nickname").fill(NAME)
    parent.page.locator("#email").fill(an_email())
    step(parent, "#here button.big")
    assert parent.fits()
    return parent.code()


def test_from_the_list_to_a_place_and_out_again(parent: Parent, server: Server) -> None:
    before = len(server.lines())
    code = sign_up(parent)
    assert read_code(code) == code
    step(parent, "#here button.big")
    assert parent.path() == f"/{parent.language}{MY_PLACE}"
    assert parent.fits()
    assert parent.page.locator("ol.meetings li").count() == 4
    step(parent, "button[value=leave]")
    assert parent.fits()
    step(parent, "button[value=withdraw]")
    expect(parent.page.locator(f'a[href$="{GROUPS}/many"]')).to_be_visible()
    written = "\n".join(server.lines()[before:])
    for secret in (code, code.replace("-", ""), NAME, "rosenknopp"):
        assert secret not in written


def test_a_receipt_can_be_loaded_anew_without_a_second_sign_up(parent: Parent) -> None:
    code = sign_up(parent)
    assert code not in parent.page.url
    parent.page.reload()
    if parent.has_script:
        # The address is already that of my place: it asks for the code that was written down.
        assert parent.path() == f"/{parent.language}{MY_PLACE}"
        parent.page.locator("#code").fill(code.lower())
        step(parent, "form.search button")
        expect(parent.page.locator("ol.meetings")).to_be_visible()
    else:
        # The browser sends the same form again, and is told that it has come; the code is shown once.
        assert code not in parent.page.content()
        assert parent.page.locator(f'a[href$="{MY_PLACE}"]').first.is_visible()


def test_a_mistake_is_told_beside_its_field_and_costs_nothing(parent: Parent) -> None:
    parent.go(f"{GROUPS}/many/sign-up")
    parent.page.locator("#nickname").fill(NAME)
    parent.page.locator("#email").fill("rosenknopp")
    step(parent, "#here button.big")
    expect(parent.page.locator("#email")).to_have_attribute("aria-invalid", "true")
    assert parent.page.locator("#email-error").is_visible()
    expect(parent.page.locator("#nickname")).to_have_value(NAME)
    if parent.has_script:
        expect(parent.page.locator("#problems")).to_be_focused()
    parent.page.locator("#email").fill(an_email())
    step(parent, "#here button.big")
    assert read_code(parent.code())


def test_another_language_keeps_what_was_typed(parent: Parent) -> None:
    parent.go(f"{GROUPS}/many/sign-up")
    parent.page.locator("#nickname").fill(NAME)
    parent.page.locator("nav.languages summary").click()
    step(parent, "nav.languages button[lang=en]")
    expect(parent.page.locator("html")).to_have_attribute("lang", "en")
    expect(parent.page.locator("#nickname")).to_have_value(NAME)


def test_enter_in_a_field_sends_the_form_and_no_language(parent: Parent) -> None:
    parent.go(f"{GROUPS}/many/sign-up")
    parent.page.locator("#nickname").fill(NAME)
    parent.page.locator("#email").fill(an_email())
    parent.page.locator("#email").press("Enter")
    parent.page.locator("p.code").wait_for()
    expect(parent.page.locator("html")).to_have_attribute("lang", parent.language)


def test_an_offer_says_until_when_in_its_own_order(parent: Parent) -> None:
    parent.go(MY_PLACE)
    parent.page.locator("#code").fill(OFFERED.code)
    step(parent, "form.search button")
    assert parent.page.locator("p.route .time").inner_text() == "09:00"
    assert parent.page.locator("button[value=accept]").is_visible()
    assert parent.fits()


def test_a_wrong_code_keeps_what_was_typed(parent: Parent) -> None:
    parent.go(MY_PLACE)
    parent.page.locator("#code").fill("KX4")
    step(parent, "form.search button")
    expect(parent.page.locator("#code")).to_have_value("KX4")
    assert parent.page.locator("#code-error").is_visible()


# ------------------------------------------------------------------------------------------ with script


def test_the_code_of_a_mail_goes_from_the_address_into_the_field(page: Page) -> None:
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    page.goto(f"/sv{MY_PLACE}#{PLACED.code}")
    expect(page.locator("#code")).to_have_value(PLACED.code)
    assert urlsplit(page.url).fragment == ""
    assert not [address for address in seen if PLACED.code in address.partition("#")[0]]
    page.locator("form.search button").click()
    expect(page.locator("ol.meetings")).to_be_visible()


def test_nothing_is_left_in_the_browser_after_a_sign_up(page: Page) -> None:
    sign_up(Parent(page, "sv", has_script=True))
    assert page.evaluate("document.cookie + localStorage.length + sessionStorage.length") == "00"
    assert page.context.storage_state() == {"cookies": [], "origins": []}


def test_the_groups_of_an_insats_come_by_themselves(page: Page) -> None:
    page.goto(f"/sv{INSATSER}/abc-3-12")
    group = page.locator("#groups article", has=page.locator('a[href$="/groups/many"]'))
    group.locator("summary").click()
    expect(group.locator('a[href$="/many/sign-up"]')).to_be_visible()


def test_the_list_narrows_when_something_is_chosen(page: Page) -> None:
    page.goto(f"/sv{GROUPS}")
    page.locator("summary", has_text="Välj bland grupperna").click()
    page.locator("#language").select_option("ar")
    expect(page.locator("#found article")).to_have_count(1)
    assert re.fullmatch(r".*/sv/lekeberg/groups", page.url)


def test_a_form_that_cannot_be_sent_says_so_and_keeps_what_was_typed(page: Page) -> None:
    page.goto(f"/sv{GROUPS}/many/sign-up")
    page.locator("#nickname").fill(NAME)
    page.locator("#email").fill(an_email())
    page.route("**/sign-up", lambda route: route.abort())
    page.locator("#here button.big").click()
    expect(page.locator("form [data-failed]")).to_be_visible()
    expect(page.locator("#nickname")).to_have_value(NAME)
