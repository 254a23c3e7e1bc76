"""Every page and state passes axe-core and fits the screen, in every language, on a small and a large screen."""

from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page

from portal.domain.catalogue import Catalogue
from portal.store.languages import load_languages
from tests.browser.states import CHECK, EVERY_LIST, INSATSER, NOTHING_FITS, ROOMS, State, states
from tests.browser.visits import reach

pytestmark = pytest.mark.browser

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

LANGUAGES = tuple(load_languages())
SMALL, LARGE = 320, 1280

_OPEN_EVERYTHING = "() => { for (const found of document.querySelectorAll('details')) found.open = true }"

# Rules that look at where things are drawn. The others look at elements and attributes, which no width changes.
LAYOUT_RULES = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]

_AUDIT = """async rules => {
  const found = await axe.run(document, {resultTypes: ["violations"], runOnly: rules});
  return found.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html}: ${node.failureSummary}`));
}"""

# What hangs out of the screen, and what a box cuts. The skip link stands outside on purpose, .hidden is for those who
# listen, the browser draws the options of a menu, and a table may be scrolled in a box of its own (WCAG 1.4.10).
_CUT = """() => {
  const found = [], across = document.documentElement.scrollWidth;
  if (across > innerWidth) found.push(`the page is ${across} px wide`);
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange();
  while (texts.nextNode()) {
    const text = texts.currentNode, holder = text.parentElement;
    if (!text.data.trim() || holder.closest(".skip, .hidden, option, [tabindex='0'][role=region]")) continue;
    range.selectNodeContents(text);
    for (const box of range.getClientRects()) {
      if (box.width && (box.left < -1 || box.right > innerWidth + 1)) found.push(`outside: ${text.data}`);
    }
    for (let box = holder; box !== document.documentElement; box = box.parentElement) {
      const hides = getComputedStyle(box).overflow !== "visible";
      if (hides && (box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1)) {
        found.push(`cut: ${text.data}`);
      }
    }
  }
  return found;
}"""

# The options that are wider than the menu when chosen: between its paddings, less the arrow.
_TOO_WIDE = """menu => {
  const style = getComputedStyle(menu), measure = document.createElement("canvas").getContext("2d");
  measure.font = style.font;
  const room = menu.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - 20;
  return [...menu.options].map(option => option.text).filter(text => measure.measureText(text).width > room);
}"""


def screen(page: Page, width: int) -> None:
    """Turn the page into one on a screen of that width."""
    page.set_viewport_size({"width": width, "height": 800})


def complaints(page: Page, language: str, state: State) -> list[str]:
    """Return what axe finds in a state, and which text does not fit, on a small and on a large screen."""
    screen(page, SMALL)
    reach(page, language, state)
    return complaints_on(page, state.name, RULES if language == "sv" else LAYOUT_RULES)


def complaints_on(page: Page, name: str, on_large: list[str] = RULES) -> list[str]:
    """Return the same of the page that is open; `on_large` are the rules that a large screen is held to."""
    page.evaluate(_OPEN_EVERYTHING)
    page.evaluate(AXE)
    found = []
    for width, rules in ((SMALL, RULES), (LARGE, on_large)):
        screen(page, width)
        found += [f"{name}, {width} px: {said}" for said in page.evaluate(_AUDIT, rules) + page.evaluate(_CUT)]
    return found


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_passes_axe_and_fits_the_screen(page: Page, language: str, room: str, catalogue: Catalogue) -> None:
    found = [said for state in states(catalogue)[room] for said in complaints(page, language, state)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_topic_fits_the_menu_on_a_small_screen(page: Page, language: str) -> None:
    screen(page, SMALL)
    page.goto(f"/{language}{INSATSER}")
    assert page.locator("#topic").evaluate(_TOO_WIDE) == []


def test_the_states_are_of_every_page_there_is(catalogue: Catalogue, app: Flask) -> None:
    urls = app.url_map.bind("")
    found = {
        urls.match(f"/sv{state.path.partition('?')[0]}", method="GET" if state.fields is None else "POST")[0]
        for room, known in states(catalogue).items()
        if room != "errors"
        for state in known
    }
    # What a program reads is no page, and a report of a text leads on to one that is here.
    pages = [rule for rule in app.url_map.iter_rules() if not rule.rule.endswith(".ics")]
    assert {*found, "translation.report"} == {rule.endpoint for rule in pages if rule.rule.startswith("/<lang>/")}
    assert tuple(states(catalogue)) == ROOMS


def test_the_results_are_what_they_are_called(page: Page) -> None:
    reach(page, "sv", State("every list", CHECK, EVERY_LIST))
    for shown in ("#call-now", "#direct-title", "#maybe-title", "#apply-title", "#right-title", "details .list li"):
        assert page.locator(shown).count(), shown
    reach(page, "sv", State("nothing fits", CHECK, NOTHING_FITS))
    assert page.locator("article").count() == 0
