"""Every page and state passes axe-core and fits the screen, in every language, on a small and a large screen.

A page is put in place and looked at by axe on one of the screens; where the other does not show the same elements, on
both. What can be pressed and what scrolls is measured on both, by our own measure in every language and by axe in one
of each style: Swedish, Arabic from the right, and Tigrinya with letters of its own. In those axe looks at contrast too,
which the stylesheet alone decides. Swedish is held to every rule on both screens, and each of its pages is reached by
navigation too, with its scripts.
"""

import os
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page

from portal.domain.knowledge import Knowledge
from portal.store.languages.menu import load_languages
from tests.browser.states import CHECK, EVERY_LIST, INSATSER, NOTHING_FITS, ROOMS, State, states
from tests.browser.visits import put, reach

pytestmark = pytest.mark.browser

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

LANGUAGES = tuple(load_languages())

EVERYTHING = os.environ.get("AXE") == "everything"
"""Whether every language is looked at as Swedish is: every rule on both screens; what `make axe` asks for."""

SMALL, LARGE = 320, 1280

_OPEN_EVERYTHING = "() => { for (const found of document.querySelectorAll('details')) found.open = true }"

STYLES = ("sv", "ar", "ti")
"""A language of each style: what the stylesheet says differs between them, and between no others."""

STYLE_RULES = ["color-contrast", "link-in-text-block"]
"""Rules that look at colours, which no language changes."""

SIZE_RULES = ["target-size", "scrollable-region-focusable"]
"""Rules that measure, so that another width can change what they find; the others read the tree and what is shown."""

AUDIT = """async ([rules, left]) => {
  const off = Object.fromEntries(left.map(rule => [rule, {enabled: false}]));
  const options = {resultTypes: ["violations"], runOnly: rules, ...(left.length ? {rules: off} : {})};
  const found = await axe.run(document, options);
  return found.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html}: ${node.failureSummary}`));
}"""

# What SIZE_RULES look for, without the rest that axe prepares: a target under 24 px, no word in a line of others, whose
# circle of 24 px meets another target or its circle (WCAG 2.5.8), and what scrolls without the keyboard (2.1.1).
_MEASURED = """() => {
  const found = [], targets = [];
  const shown = one => one.checkVisibility({checkVisibilityCSS: true, checkOpacity: true});
  for (const one of document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")) {
    const box = one.getBoundingClientRect();
    if (one.type === "hidden" || !shown(one) || one.closest(".skip") || one.matches("[role=region]")) continue;
    const line = getComputedStyle(one).display === "inline" && one.closest("p, li, dd, td, h2, h3, h4, label");
    const is_word = Boolean(line) && line.textContent.trim() !== one.textContent.trim();
    const label = one.closest("label")?.getBoundingClientRect();
    targets.push({one, is_word, is_small: Math.min(box.width, box.height) < 23.5, box: label ?? box});
  }
  const from = (box, x, y) => Math.hypot(
    Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
  for (const {one, is_word, is_small, box} of targets) {
    if (is_word || !is_small || Math.min(box.width, box.height) >= 23.5) continue;
    const x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2;
    for (const other of targets) {
      if (other.one === one || other.one.contains(one) || one.contains(other.one)) continue;
      const away = Math.hypot((other.box.left + other.box.right) / 2 - x, (other.box.top + other.box.bottom) / 2 - y);
      if (from(other.box, x, y) < 11.5 || (other.is_small && away < 23.5)) {
        found.push(`small and near another: ${one.outerHTML}`);
        break;
      }
    }
  }
  for (const one of document.querySelectorAll("main, main *")) {
    if (one.scrollWidth <= one.clientWidth + 14 && one.scrollHeight <= one.clientHeight + 14) continue;
    const scrolls = /auto|scroll/.test(getComputedStyle(one).overflow);
    const is_reached = one.matches("textarea, select, [tabindex='0']") || one.querySelector("a, button, input, select");
    if (scrolls && !is_reached) found.push(`scrolls, but not by keyboard: ${one.outerHTML}`);
  }
  return found;
}"""

# Which elements are shown, as one text to compare.
_SHOWN = """() => [...document.querySelectorAll("body *")]
  .map(one => one.checkVisibility({checkVisibilityCSS: true, checkOpacity: true}) ? "1" : "0").join("")"""

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

# All of it at once: each call of the browser costs as much as the looking.
_LOOK = f"() => {{ ({_OPEN_EVERYTHING})(); return [({_SHOWN})(), [...({_CUT})(), ...({_MEASURED})()]]; }}"

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
    put(page, f"/{language}{state.path}", state)
    return complaints_on(page, state.name, language)


def complaints_on(page: Page, name: str, language: str) -> list[str]:
    """Return the same of the page that is open, in a document that knows axe; the screen it is on comes first."""
    is_whole = EVERYTHING or language == "sv"
    left = [] if EVERYTHING or language in STYLES else STYLE_RULES + SIZE_RULES
    at_first, found = "", []
    for width in (LARGE, SMALL) if width_of(page) == LARGE else (SMALL, LARGE):
        screen(page, width)
        shown, said = page.evaluate(_LOOK)
        if shown != at_first or is_whole:
            said += page.evaluate(AUDIT, [RULES, left])
        elif language in STYLES:
            said += page.evaluate(AUDIT, [SIZE_RULES, []])
        found += [f"{name}, {width} px: {one}" for one in said]
        at_first = at_first or shown
    return found


def width_of(page: Page) -> int:
    """Return how wide the screen of a page is."""
    assert page.viewport_size is not None
    return page.viewport_size["width"]


def begin_putting(page: Page, address: str) -> None:
    """Open a document that other pages are put into, and that knows axe from then on."""
    page.goto(address)
    page.evaluate(AXE)


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_passes_axe_and_fits(looking: Page, language: str, room: str, knowledge: Knowledge) -> None:
    begin_putting(looking, f"/{language}/")
    found = [said for state in states(knowledge)[room] for said in complaints(looking, language, state)]
    assert not found, "\n".join(found)


def each_page(known: tuple[State, ...]) -> list[State]:
    """Return the first state of each page."""
    return list({(state.path.partition("?")[0], state.status): state for state in reversed(known)}.values())


@pytest.mark.parametrize("room", ROOMS)
def test_every_page_passes_axe_with_its_scripts(looking: Page, room: str, knowledge: Knowledge) -> None:
    screen(looking, SMALL)
    found = []
    for state in each_page(states(knowledge)[room]):
        reach(looking, "sv", state)
        looking.evaluate(AXE)
        looking.evaluate(_OPEN_EVERYTHING)
        found += [f"{state.name}: {one}" for one in looking.evaluate(AUDIT, [RULES, []])]
    assert not found, "\n".join(found)


def test_what_is_wrong_would_be_seen_on_either_screen(looking: Page) -> None:
    begin_putting(looking, "/sv/lekeberg/")
    screen(looking, SMALL)
    assert complaints_on(looking, "start", "uk") == []
    looking.evaluate(
        """() => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync("#wide { display: none } @media (width > 700px) { #wide { display: block } }");
          document.adoptedStyleSheets = [sheet];
          const button = Object.assign(document.createElement("button"), {id: "wide"});
          document.querySelector("main").append(button);
        }"""
    )
    assert [said for said in complaints_on(looking, "start", "uk") if "1280 px: button-name" in said]


def test_what_is_small_and_near_another_would_be_seen(looking: Page) -> None:
    begin_putting(looking, "/sv/lekeberg/")
    screen(looking, LARGE)
    assert looking.evaluate(_MEASURED) == []
    looking.evaluate(
        """() => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync("#near button { all: unset; display: inline-block; width: 14px; height: 14px }");
          document.adoptedStyleSheets = [sheet];
          const near = Object.assign(document.createElement("div"), {id: "near"});
          for (const name of ["one", "other"]) {
            near.append(Object.assign(document.createElement("button"), {title: name}));
          }
          document.querySelector("main").append(near);
        }"""
    )
    # What axe says of the same two buttons.
    audited = looking.evaluate(AUDIT, [["target-size"], []])
    assert len(audited) == len(looking.evaluate(_MEASURED)) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_topic_fits_the_menu_on_a_small_screen(looking: Page, language: str) -> None:
    screen(looking, SMALL)
    looking.goto(f"/{language}{INSATSER}")
    assert looking.locator("#topic").evaluate(_TOO_WIDE) == []


def test_the_states_are_of_every_page_there_is(knowledge: Knowledge, app: Flask) -> None:
    urls = app.url_map.bind("")
    found = {
        urls.match(f"/sv{state.path.partition('?')[0]}", method="GET" if state.fields is None else "POST")[0]
        for room, known in states(knowledge).items()
        if room != "errors"
        for state in known
    }
    # What a program reads is no page, and a report of a text leads on to one that is here.
    pages = [rule for rule in app.url_map.iter_rules() if not rule.rule.endswith(".ics")]
    assert {*found, "languages.report"} == {rule.endpoint for rule in pages if rule.rule.startswith("/<lang>/")}
    assert tuple(states(knowledge)) == ROOMS


def test_the_results_are_what_they_are_called(page: Page) -> None:
    reach(page, "sv", State("every list", CHECK, EVERY_LIST))
    for shown in ("#call-now", "#direct-title", "#maybe-title", "#apply-title", "#right-title", "details .list li"):
        assert page.locator(shown).count(), shown
    reach(page, "sv", State("nothing fits", CHECK, NOTHING_FITS))
    assert page.locator("article").count() == 0
