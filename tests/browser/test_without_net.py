"""A net that goes away, and a page that is loaded anew by mistake: nothing typed is lost, and nothing false is said."""

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.browser.states import CHECK, GROUPS

pytestmark = pytest.mark.browser

NOT_SENT = "Det gick inte att skicka. Försök igen."
WANTS = "Jag behöver hjälp med hyran."


def begin(page: Page) -> None:
    """Begin an application, and type what it is about."""
    page.goto("/sv/lekeberg/apply/other")
    page.locator("button[name=begin]").click()
    page.locator("#check").wait_for()


def fail(page: Page) -> None:
    """Press the button that leads on, without a net, twice: it is said each time, and once."""
    for _ in range(2):
        page.locator("form .buttons:not(.quiet) button:not([name])").first.click()
        expect(page.get_by_text(NOT_SENT).locator("visible=true")).to_have_count(1)


def test_a_page_says_that_it_could_not_send_and_keeps_what_was_typed(page: Page) -> None:
    page.goto(f"/sv{CHECK}")
    page.locator("#check input[type=checkbox]").first.check()
    page.context.set_offline(True)
    fail(page)
    expect(page.locator("#check input[type=checkbox]").first).to_be_checked()
    page.context.set_offline(False)
    page.locator("#next").click()
    expect(page.locator("#check .count")).not_to_contain_text("Fråga 1 ")
    page.goto(f"/sv{GROUPS}/many/sign-up")
    page.locator("#nickname").fill("Exempel")
    # What a proxy says when nobody is behind it is no page of the portal.
    page.route("**/sign-up", lambda route: route.fulfill(status=502, content_type="text/plain", body="Bad gateway"))
    fail(page)
    expect(page.locator("#nickname")).to_have_value("Exempel")


def test_an_application_survives_without_net_and_warns_before_it_is_loaded_anew(page: Page) -> None:
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    begin(page)
    page.reload()
    assert asked == [], "nothing was typed"
    begin(page)
    page.locator("#check input[type=radio]").first.check()
    assert page.evaluate("document.documentElement.style.overscrollBehaviorY") == "contain"
    page.context.set_offline(True)
    fail(page)
    page.context.set_offline(False)
    expect(page.locator("#check input[type=radio]").first).to_be_checked()
    page.reload()
    assert asked == ["beforeunload"]
    begin(page)
    page.locator("#check input[type=radio]").first.check()
    page.locator(".leave").click()  # leaving quickly asks nothing
    page.wait_for_url(lambda url: "/apply/" not in url)
    assert asked == ["beforeunload"]
