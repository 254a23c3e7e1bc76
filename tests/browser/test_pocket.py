"""What she chooses to keep opens without a net; nothing is kept before, no answer ever, and it goes when she says."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from tests.browser.test_anonymous import ANSWERS, on_disk
from tests.browser.visits import ARGUMENTS, PATIENCE, Resident

pytestmark = pytest.mark.browser

START, SAVED, LIST = "/sv/lekeberg/", "/sv/lekeberg/saved", "/sv/lekeberg/my-list?i=abc-3-12&i=stodtelefon"
KEPT = """async () => ({
  caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
  pages: (await caches.has("kept")) ? (await (await caches.open("kept")).keys())
    .map(one => new URL(one.url)).filter(one => !one.pathname.includes("/static/"))
    .map(one => one.pathname + one.search).sort() : [],
})"""
NOTHING = {"caches": [], "workers": 0, "pages": []}


@pytest.fixture
def profile(playwright: Playwright, chromium: str, address: str, tmp_path: Path) -> Iterator[BrowserContext]:
    """Return a browser that keeps its profile on disk."""
    with playwright.chromium.launch_persistent_context(
        tmp_path, executable_path=chromium, args=ARGUMENTS, base_url=address
    ) as context:
        context.set_default_timeout(PATIENCE)
        yield context


def keep(page: Page, path: str) -> None:
    """Open a page and press the button that keeps it."""
    page.goto(path)
    folded = page.locator("details:has([data-keep]) > summary")
    if folded.count():
        folded.click()
    page.locator("[data-keep]").click()
    page.locator("[data-told=kept]:visible").wait_for()


def test_what_is_kept_opens_without_a_net_and_holds_no_answer(profile: BrowserContext, tmp_path: Path) -> None:
    page = profile.pages[0]
    page.goto(SAVED)
    assert page.evaluate(KEPT) == NOTHING
    keep(page, LIST)
    resident = Resident(page)
    resident.begin()
    resident.go_through(ANSWERS)
    kept = [START, LIST, SAVED]
    assert page.evaluate(KEPT) == {"caches": ["kept"], "workers": 1, "pages": kept}
    profile.set_offline(True)
    page.goto(START)
    expect(page.locator('.start .lines a[href="tel:116016"]')).to_be_visible()
    assert page.locator("a.button.big").evaluate("button => getComputedStyle(button).color") == "rgb(255, 255, 255)"
    page.locator("[data-list]:visible").click()
    expect(page.locator("ul.cards h2")).to_have_count(2)
    page.goto(SAVED)
    expect(page.locator("[data-told=kept]")).to_be_visible()
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        page.goto("/sv/lekeberg/self-check")
    profile.close()
    assert on_disk(tmp_path, {"gambling", "has_left", "my-list"}) == {"my-list"}


def test_it_goes_when_she_says(profile: BrowserContext) -> None:
    page = profile.pages[0]
    keep(page, SAVED)
    assert page.evaluate(KEPT)["pages"] == [START, SAVED]
    page.locator("[data-forget]").click()
    page.locator("[data-told=forgotten]:visible").wait_for()
    assert page.evaluate(KEPT) == NOTHING


@pytest.mark.parametrize("path", ["/sv/lekeberg/self-check", "/en/mellerud/"])
def test_it_goes_when_she_leaves_quickly_from_any_page(profile: BrowserContext, path: str) -> None:
    page = profile.pages[0]
    keep(page, LIST)
    page.goto(path)
    page.route("https://**", lambda route: route.fulfill(body="<p>Sol", content_type="text/html"))
    page.locator("a.leave").click()
    page.wait_for_url("https://**")
    page.goto("/en/linkoping/privacy")
    page.wait_for_function(
        f'async () => JSON.stringify(await ({KEPT})()) === \'{"{"}"caches":[],"workers":0,"pages":[]{"}"}\''
    )


def test_the_last_list_takes_the_place_of_the_one_before(profile: BrowserContext) -> None:
    page = profile.pages[0]
    keep(page, "/sv/lekeberg/my-list?i=hemtjanst")
    keep(page, LIST)
    assert page.evaluate(KEPT)["pages"] == [START, LIST, SAVED]
