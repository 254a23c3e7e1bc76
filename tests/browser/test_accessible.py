"""Every page and state passes axe-core and fits the screen, in three languages, on a small and a large screen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from portal.domain.catalogue import Catalogue
from tests.browser.states import CHECK, EVERY_LIST, NOTHING_FITS, ROOMS, State, states
from tests.browser.visits import reach, visit

pytestmark = pytest.mark.browser

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# The source, a translation written the same way, and one written the other way; the rest share their templates.
LANGUAGES = ("sv", "en", "ar")
WIDTHS = (320, 1280)

_AUDIT = """async rules => {
  const found = await axe.run(document, {resultTypes: ["violations"], runOnly: rules});
  return found.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html}: ${node.failureSummary}`));
}"""

_OPEN_EVERYTHING = "() => { for (const found of document.querySelectorAll('details')) found.open = true }"

# What hangs out of the screen, and what a box with hidden overflow cuts. The skip link stands outside on purpose,
# and .hidden is for those who listen; the options of a menu are drawn by the browser.
_CUT = """() => {
  const found = [], across = document.documentElement.scrollWidth;
  if (across > innerWidth) found.push(`the page is ${across} px wide`);
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange();
  while (texts.nextNode()) {
    const text = texts.currentNode, holder = text.parentElement;
    if (!text.data.trim() || holder.closest(".skip, .hidden, option, script")) continue;
    range.selectNodeContents(text);
    for (const box of range.getClientRects()) {
      if (box.width && (box.left < -1 || box.right > innerWidth + 1)) found.push(`outside: ${text.data}`);
    }
    for (let box = holder; box !== document.documentElement; box = box.parentElement) {
      const hides = getComputedStyle(box).overflowX !== "visible" || getComputedStyle(box).overflowY !== "visible";
      if (hides && (box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1)) {
        found.push(`cut: ${text.data}`);
      }
    }
  }
  return found;
}"""

# The longest option beside the room that the menu has for it, without the arrow.
_MENU = """menu => {
  const style = getComputedStyle(menu), measure = document.createElement("canvas").getContext("2d");
  measure.font = style.font;
  const room = menu.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - 20;
  return [...menu.options].map(option => option.text).filter(text => measure.measureText(text).width > room);
}"""


@pytest.fixture(params=WIDTHS)
def screen(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """Return an empty page on a screen of that width."""
    with visit(browser, address, viewport={"width": request.param, "height": 800}) as page:
        yield page


def complaints(page: Page, language: str, state: State) -> list[str]:
    """Return what axe finds in a state, and which text does not fit the screen."""
    reach(page, language, state)
    page.evaluate(_OPEN_EVERYTHING)
    page.evaluate(AXE)
    found = [*page.evaluate(_AUDIT, RULES), *page.evaluate(_CUT)]
    return [f"{state.name}: {complaint}" for complaint in found]


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_passes_axe_and_fits_the_screen(
    screen: Page, language: str, room: str, catalogue: Catalogue
) -> None:
    found = [complaint for state in states(catalogue)[room] for complaint in complaints(screen, language, state)]
    assert found == []


def test_the_states_are_all_there_is(catalogue: Catalogue, app: Flask) -> None:
    urls = app.url_map.bind("")
    found = {
        urls.match(f"/sv{state.path.partition('?')[0]}", method="GET" if state.fields is None else "POST")[0]
        for room, known in states(catalogue).items()
        if room != "errors"
        for state in known
    }
    pages = {rule.endpoint for rule in app.url_map.iter_rules() if rule.rule.startswith("/<lang>/")}
    assert found == pages
    assert set(states(catalogue)) == set(ROOMS)


def test_the_results_show_what_they_are_named_after(page: Page) -> None:
    reach(page, "sv", State("every list", CHECK, EVERY_LIST))
    for shown in ("#call-now", "#direct-title", "#maybe-title", "#apply-title", "#right-title", "details li"):
        assert page.locator(shown).count(), shown
    reach(page, "sv", State("nothing", CHECK, NOTHING_FITS))
    assert page.locator("article").count() == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_topic_fits_the_menu_on_a_small_screen(browser: Browser, address: str, language: str) -> None:
    with visit(browser, address, viewport={"width": 320, "height": 800}) as page:
        page.goto(f"/{language}/lekeberg/insatser")
        assert page.locator("#topic").evaluate(_MENU) == []
