"""Being counted, in a real browser: only by pressing the button, and the result stays where it is."""

from collections.abc import Iterator
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.browser.states import CHECK, EVERY_LIST, State
from tests.browser.visits import reach, visit

pytestmark = pytest.mark.browser

RESULT = State("a result", CHECK, EVERY_LIST)
SENT = {"direct": ["yes"], "topic": ["parenting", "violence"]}


def counting(page: Page) -> list[Request]:
    """Return the requests that count, as they come."""
    found: list[Request] = []
    page.context.on("request", lambda one: found.append(one) if one.url.endswith("/counted") else None)
    return found


@pytest.fixture
def plain(browser: Browser, address: str) -> Iterator[Page]:
    """Return a page in a browser that runs no script."""
    with visit(browser, address, java_script_enabled=False) as page:
        yield page


def test_nothing_is_sent_until_the_button_is_pressed(page: Page) -> None:
    found = counting(page)
    reach(page, "sv", RESULT)
    page.locator("#more > summary").click()
    page.locator("#count-me").scroll_into_view_if_needed()
    expect(page.locator("#count-me")).not_to_contain_text("Öppnas i en ny flik.", use_inner_text=True)
    page.wait_for_load_state("networkidle")
    assert found == []
    page.locator("#count-me button").click()
    page.locator("#count-here:focus").wait_for()
    (request,) = found
    assert (request.method, parse_qs(request.post_data or "")) == ("POST", SENT)


@pytest.mark.parametrize("language", ["sv", "ar"])
def test_the_thanks_stand_in_the_result_where_the_button_was(page: Page, language: str) -> None:
    reach(page, language, RESULT)
    page.evaluate("window.sameDocument = true")
    page.locator("#more > summary").click()
    page.locator("#count-me button").click()
    page.locator("#count-here:focus").wait_for()
    expect(page.locator("#count-me h2")).to_be_visible()
    assert page.locator("#count-me button").count() == 0
    assert page.locator("section.first").is_visible()
    assert page.evaluate("[window.sameDocument, history.state, scrollY > 0]") == [True, None, True]


def go_through_without_script(page: Page) -> None:
    """Answer the first question and skip the others until the result comes."""
    page.goto(f"/sv{CHECK}")
    page.locator("#check input[value=money]").check()
    page.locator("#next").click()
    while page.locator("#check [name=skip]").count():
        page.locator("#check [name=skip]").click()


def test_without_script_the_thanks_come_in_a_tab_of_their_own(plain: Page) -> None:
    found = counting(plain)
    go_through_without_script(plain)
    assert found == []
    plain.locator("#more > summary").click()
    expect(plain.locator("#count-me")).to_contain_text("Öppnas i en ny flik.", use_inner_text=True)
    with plain.expect_popup() as opened:
        plain.locator("#count-me button").click()
    expect(opened.value.locator("h1")).to_have_text("Tack. Du är räknad.")
    expect(plain.locator("h1")).to_have_text("Stöd som kan passa dig")
    assert [request.method for request in found] == ["POST"]
