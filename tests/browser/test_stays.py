"""A result stays: what it leads to is looked at in its place, and Back, or a button, brings it back as it was."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.states import CHECK, EVERY_LIST, State
from tests.browser.visits import Resident, reach, visit

pytestmark = pytest.mark.browser

RESULT = State("a result", CHECK, EVERY_LIST)
MOTHER = {
    "topics": ("parenting",),
    "parenting": ("everyday",),
    "children": ("8",),
    "residence": ("registered",),
    "age": ("34",),
    "for": ("me",),
    "born_abroad": ("no",),
}


def at_result(resident: Resident) -> str:
    """Go through the self-check; return the heading of what stands first."""
    resident.begin()
    resident.go_through(MOTHER)
    return resident.page.locator("#first-title").inner_text()


def look_at_first(page: Page) -> None:
    """Open the card of what stands first."""
    page.locator("#first-title a").click()
    page.locator("[data-result]:visible").wait_for()


def test_back_from_a_card_brings_the_result_back_as_it_was(resident: Resident) -> None:
    page, first = resident.page, at_result(resident)
    page.locator(".one summary").first.click()
    look_at_first(page)
    assert "/insatser/" in page.url
    expect(page.locator("h1")).to_have_text(first)
    page.go_back()
    expect(page.locator("#first-title")).to_have_text(first)
    assert page.url.endswith("/self-check")
    assert page.locator(".one").first.get_attribute("open") is not None
    resident.press("back")
    assert resident.asked() is not None


def test_a_button_leads_back_from_wherever_one_has_gone(resident: Resident) -> None:
    page, first = resident.page, at_result(resident)
    look_at_first(page)
    page.locator("footer a[href$='/groups']").click()
    page.wait_for_url("**/groups")
    page.locator("nav.languages summary").click()
    page.locator("nav.languages a[lang=ti]").click()
    page.locator("html[lang=ti]").wait_for()
    page.locator("[data-result]").click()
    expect(page.locator("#first-title")).to_have_text(first)
    assert page.locator("html").get_attribute("lang") == "sv"


def test_back_goes_through_each_page_that_was_looked_at(resident: Resident) -> None:
    page, first = resident.page, at_result(resident)
    look_at_first(page)
    card = page.url
    page.locator("footer a[href$='/groups']").click()
    page.wait_for_url("**/groups")
    page.locator("article summary").first.click()
    page.locator("article a[href*='/groups/']:not(.button)").first.click()
    page.wait_for_url("**/groups/*")
    page.go_back()
    page.wait_for_url("**/groups")
    page.go_back()
    page.wait_for_url(card)
    expect(page.locator("h1")).to_have_text(first)
    page.go_back()
    expect(page.locator("#first-title")).to_have_text(first)


def test_my_list_leads_back_too(resident: Resident) -> None:
    page, first = resident.page, at_result(resident)
    page.locator("details:has(#share) > summary").click()
    page.locator("#share button").first.click()
    page.wait_for_url("**/my-list?**")
    page.locator("[data-result]").click()
    expect(page.locator("#first-title")).to_have_text(first)


def test_a_card_that_is_loaded_anew_has_forgotten_the_result(resident: Resident) -> None:
    page = resident.page
    at_result(resident)
    look_at_first(page)
    page.reload()
    expect(page.locator("h1")).to_be_visible()
    assert "/insatser/" in page.url
    assert page.locator("[data-result]").count() == 0


def test_who_leaves_from_a_card_takes_the_result_with_her(resident: Resident) -> None:
    page, first = resident.page, at_result(resident)
    look_at_first(page)
    page.route("**/*", lambda route: route.abort() if "127.0.0.1" not in route.request.url else route.continue_())
    page.evaluate("document.querySelector('.leave').href = '/sv/'")
    page.locator(".leave").click()
    page.wait_for_url("**/sv/")
    page.go_back()
    page.wait_for_load_state()
    assert first not in page.content()


def test_the_way_out_stays_in_sight(page: Page) -> None:
    reach(page, "sv", RESULT)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(page.locator(".leave")).to_be_in_viewport()


@pytest.fixture
def plain(browser: Browser, address: str) -> Iterator[Page]:
    """Return a page in a browser that runs no script."""
    with visit(browser, address, java_script_enabled=False) as page:
        yield page


def test_without_script_a_card_opens_beside_the_result(plain: Page) -> None:
    resident = Resident(plain, has_script=False)
    first = at_result(resident)
    with plain.context.expect_page() as opened:
        plain.locator("#first-title a").click()
    expect(opened.value.locator("h1")).to_have_text(first)
    expect(plain.locator("#first-title")).to_have_text(first)
