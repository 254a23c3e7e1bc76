"""Applying on a phone, in Arabic: self-check, bring along, pause, come back, send, see where it is.

The steps of staff join here: between `send` and `status` somebody takes the application in hand.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.serving import Server
from tests.browser.visits import Resident, visit

PHONE = {"width": 360, "height": 740}
ANSWERS = {"topics": ("wellbeing",), "for": ("me",), "age": ("35",), "residence": ("registered",)}
NAME, WANTS = "Kanariefågel", "أحتاج مساعدة في الإيجار."

_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("body *")]
  .filter(one => one.getBoundingClientRect().left < 0 || one.getBoundingClientRect().right > innerWidth)
  .map(one => one.outerHTML.slice(0, 120))"""
"""What hangs out of the screen."""


class Applicant:
    """Somebody who applies, in a browser that runs scripts or not."""

    def __init__(self, page: Page, has_script: bool) -> None:
        self.page = page
        self.has_script = has_script

    def press(self, selector: str) -> None:
        """Press what leads on, and wait for the page that follows."""
        found = self.page.locator(selector).first
        if not self.has_script:
            with self.page.expect_navigation():
                found.click()
        else:
            self.page.locator("h1").evaluate("heading => { heading.dataset.left = 'yes' }")
            found.click()
            self.page.locator("h1:not([data-left])").wait_for()
        assert self.page.evaluate(_WIDE) == []

    def next(self) -> None:
        """Press the button that leads to the next step."""
        self.press("#check .buttons:not(.quiet) button:not([name])")

    def step(self) -> str:
        """Return which step the page shows."""
        return self.page.locator("#check input[name=q]").get_attribute("value") or ""

    def code(self) -> str:
        """Return the code on the page."""
        return self.page.locator("p.code").inner_text()


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def applicant(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Applicant]:
    """Return somebody with a phone."""
    with visit(browser, address, viewport=PHONE, java_script_enabled=request.param) as page:
        yield Applicant(page, request.param)


def fill_until_check(applicant: Applicant) -> None:
    """Go on to the page that shows everything."""
    page = applicant.page
    page.locator("#check input[value=code]").check()
    applicant.next()
    assert applicant.step() == "contact"
    applicant.next()
    page.locator("#wants").fill(WANTS)
    for fact in page.locator("#check fieldset.options").all():
        # What cannot wait stops the form before it goes on: its last answer is that nothing of it is so.
        cannot_wait = fact.locator("input[name='facts.now']").count() > 0
        (fact.locator("input").last if cannot_wait else fact.locator("input").first).check()
    applicant.next()
    assert applicant.step() == "files"
    applicant.next()
    assert applicant.step() == "check"


def test_from_the_self_check_to_the_status(applicant: Applicant, server: Server) -> None:
    page = applicant.page
    resident = Resident(page, applicant.has_script)
    resident.begin("ar")
    resident.go_through(ANSWERS)
    applicant.page.locator("#applying > summary").click()
    applicant.press("button[name=bring]")
    # What she has answered is filled in, where she sees it and can change it.
    assert page.locator("#check input[name=for_whom]:checked").get_attribute("value") == "self"
    applicant.next()
    assert page.locator("#age").input_value()
    page.locator("#name").fill(NAME)
    applicant.next()
    assert applicant.step() == "reach"

    applicant.press("button[value=pause]")
    code = applicant.code()
    page.goto("/ar/lekeberg/apply")
    page.locator("main a[href$='/my-application']").click()
    page.locator("#code").fill(code.lower())
    applicant.press("form.search button")
    applicant.press("button[value=go_on]")
    assert applicant.step() == "reach"
    assert page.locator("#check input[type=hidden][name=name]").get_attribute("value") == NAME

    fill_until_check(applicant)
    assert NAME in page.locator("main").inner_text()
    applicant.press("button[value=send]")
    assert applicant.code() == code
    if applicant.has_script:
        assert urlsplit(page.url).path == "/ar/lekeberg/my-application"

    applicant.press("#here .button")
    assert page.locator(".route").count() == 1
    assert not [line for line in server.lines() if NAME in line or code in line]
    assert page.context.cookies() == []


def test_back_of_the_phone_goes_a_step_back_and_keeps_what_was_typed(browser: Browser, address: str) -> None:
    with visit(browser, address, viewport=PHONE) as page:
        applicant = Applicant(page, has_script=True)
        page.goto("/ar/lekeberg/apply/elderly")
        applicant.press("button[name=begin]")
        page.locator("#check input[value=self]").check()
        applicant.next()
        page.locator("#name").fill(NAME)
        applicant.next()
        assert applicant.step() == "reach"
        page.go_back()
        page.locator("#check input[name=q][value=person]").wait_for(state="attached")
        assert page.locator("#name").input_value() == NAME
        page.go_back()
        page.locator("#check input[name=q][value=who]").wait_for(state="attached")
        assert page.locator("#check input[value=self]").is_checked()
        assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
