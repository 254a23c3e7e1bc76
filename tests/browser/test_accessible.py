"""Every page and state passes axe-core and fits the screen, in every language, on a small and a large screen.

A page is put in place and looked at by axe on both screens; nothing is looked at twice that cannot differ. Rules that
read structure alone look once at pages that differ in words only; rules that read words, at every page in every
language. On the second screen only what measures looks again, where the page shows the same elements. What can be
pressed and what scrolls is measured by our own measure in every language (which is held to say what axe says) and by
axe in one of each style: Swedish, Arabic from the right, and Tigrinya with letters of its own. In those axe looks at
contrast too, which the stylesheet alone decides: at each text that is drawn in a way of its own. Each page is reached
by navigation too, in Swedish, so that axe sees what its scripts change.
"""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from portal.domain.knowledge import Knowledge
from portal.store.languages.menu import load_languages
from tests.browser.looking import (
    COLOUR_RULES,
    EVERYTHING,
    LARGE,
    RULES,
    SCROLL_RULES,
    SIZE_RULES,
    SMALL,
    STRUCTURE_RULES,
    WORD_RULES,
    Desk,
    screen,
)
from tests.browser.states import CHECK, EVERY_LIST, INSATSER, NOTHING_FITS, ROOMS, State, states
from tests.browser.visits import reach, visit

pytestmark = pytest.mark.browser

LANGUAGES = tuple(load_languages())

START = State("start", "/lekeberg/")

# The options that are wider than the menu when chosen: between its paddings, less the arrow.
_TOO_WIDE = """menu => {
  const style = getComputedStyle(menu), measure = document.createElement("canvas").getContext("2d");
  measure.font = style.font;
  const room = menu.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - 20;
  return [...menu.options].map(option => option.text).filter(text => measure.measureText(text).width > room);
}"""


@pytest.fixture(scope="module")
def desk(browser: Browser, address: str) -> Iterator[Desk]:
    """Return the document that the pages of this module are put into; what is alike in two rooms is asked once."""
    with visit(browser, address) as page:
        yield Desk.laid(page, "/sv/")


@pytest.mark.parametrize("room", ROOMS)
def test_every_state_passes_axe_and_fits(desk: Desk, room: str, knowledge: Knowledge) -> None:
    found = []
    for language in LANGUAGES:
        desk.bring(f"/{language}", states(knowledge)[room])
        found += desk.complaints(language, LARGE, SMALL)
    assert not found, "\n".join(found)


def each_page(known: tuple[State, ...]) -> list[State]:
    """Return the first state of each page."""
    return list({(state.path.partition("?")[0], state.status): state for state in reversed(known)}.values())


@pytest.mark.parametrize("room", ROOMS)
def test_every_page_passes_axe_with_its_scripts(looking: Page, desk: Desk, room: str, knowledge: Knowledge) -> None:
    screen(looking, SMALL)
    left = {}
    for state in each_page(states(knowledge)[room]):
        reach(looking, "sv", state)
        left[state.name] = looking.content()
    assert all('class="has-script' in page for page in left.values())
    desk.take(left)
    found = desk.complaints("sv", SMALL)
    assert not found, "\n".join(found)


# ------------------------------------------------------------------------------------------ what would be seen


def test_every_rule_of_axe_is_asked_about_one_kind_of_thing(desk: Desk) -> None:
    rules = desk.page.evaluate("tags => axe.getRules(tags)", RULES)
    wanted = {rule["ruleId"] for rule in rules if not {"experimental", "deprecated"} & {*rule["tags"]}}
    kinds = [*STRUCTURE_RULES, *WORD_RULES, *COLOUR_RULES, *SIZE_RULES, *SCROLL_RULES]
    assert sorted(kinds) == sorted(wanted)


@pytest.fixture
def changed(page: Page) -> Desk:
    """Return a document of a test's own, which may change what lies in it."""
    return Desk.laid(page, "/sv/")


def change(desk: Desk, script: str, place: int = 0) -> None:
    """Change a page that has been brought, by a script that knows it as `page`."""
    desk.page.evaluate(f"place => {{ const page = looking.brought[place].root; {script} }}", place)


def style(desk: Desk, rules: str) -> None:
    """Give the document one more stylesheet."""
    adopt = "const sheet = new CSSStyleSheet(); sheet.replaceSync(rules); document.adoptedStyleSheets = [sheet]"
    desk.page.evaluate(f"rules => {{ {adopt} }}", rules)


def test_what_is_wrong_would_be_seen_on_either_screen(changed: Desk) -> None:
    changed.bring("/uk", [START])
    assert changed.complaints("uk", SMALL, LARGE) == []
    style(changed, "#wide { display: none } @media (width > 700px) { #wide { display: block } }")
    change(changed, 'page.querySelector("main").append(Object.assign(document.createElement("button"), {id: "wide"}))')
    found = changed.complaints("uk", SMALL, LARGE)
    assert found
    assert all("1280 px: button-name" in said for said in found)


def test_what_is_wrong_in_one_language_would_be_seen_after_another(changed: Desk) -> None:
    changed.bring("/en", [START])
    assert changed.complaints("en", LARGE) == []
    for script, rule in (
        ('page.querySelector("main h1").textContent = ""', "empty-heading"),
        ('page.querySelector("main a").innerHTML = "<i hidden>x</i>"', "link-name"),
        ('page.querySelector("main p").lang = "xx-nothing-12345678910"', "valid-lang"),
        ('page.querySelector("main").insertAdjacentHTML("beforeend", "<h5>Jump</h5>")', "heading-order"),
        ('page.querySelector("main").insertAdjacentHTML("beforeend", "<ul><p>x</p></ul>")', "list"),
    ):
        changed.bring("/uk", [START])
        change(changed, script)
        assert [said for said in changed.complaints("uk", LARGE) if f"px: {rule}: " in said], rule


PALE = """
  #pale { color: #bbb; background: #fff }
  #over, #line { position: relative }
  #dark { position: absolute; inset: 0; background: #444 }
"""
"""A text on a background that is too like it, and something that lies under a line without holding it."""


def test_what_is_pale_would_be_seen_after_a_page_that_is_not(changed: Desk) -> None:
    changed.bring("/sv", [START, State("the same", START.path)])
    style(changed, PALE)
    change(changed, 'page.querySelector("main").insertAdjacentHTML("beforeend", "<p id=pale>Blek text</p>")', 1)
    assert ["color-contrast" in said for said in changed.complaints("sv", LARGE)] == [True]


def test_what_stands_on_something_else_would_be_seen_after_the_same_that_does_not(changed: Desk) -> None:
    changed.bring("/sv", [START, State("the same", START.path)])
    style(changed, PALE)
    for place, under in enumerate(("", "<div id=dark></div>")):
        line = f"<div id=over>{under}<p id=line>En rad</p></div>"
        change(changed, f'page.querySelector("main").insertAdjacentHTML("beforeend", "{line}")', place)
    assert [said for said in changed.complaints("sv", LARGE) if "the same" in said and "color-contrast" in said]


def test_a_text_is_looked_at_once_of_all_that_are_drawn_alike(changed: Desk) -> None:
    changed.bring("/sv", [START, State("the same", START.path)])
    style(changed, PALE)
    for place in (0, 1):
        change(changed, 'page.querySelector("main").insertAdjacentHTML("beforeend", "<p id=pale>Blek text</p>")', place)
    assert len([said for said in changed.complaints("sv", LARGE) if "color-contrast" in said]) == (
        2 if EVERYTHING else 1
    )


def test_what_is_small_and_near_another_would_be_seen(changed: Desk) -> None:
    changed.bring("/sv", [START])
    screen(changed.page, LARGE)
    assert changed.each("looking.measured") == {"start": []}
    style(changed, "#near button { all: unset; display: inline-block; width: 14px; height: 14px }")
    near = "<div id=near><button title=one></button><button title=other></button></div>"
    change(changed, f'page.querySelector("main").insertAdjacentHTML("beforeend", "{near}")')
    # What axe says of the same two buttons.
    audited = changed.each("() => looking.axeFinds(['target-size'], [])")["start"]
    assert len(audited) == len(changed.each("looking.measured")["start"]) == 2


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
    pages = [rule for rule in app.url_map.iter_rules() if not rule.rule.endswith((".ics", ".rss", ".webmanifest"))]
    assert {*found, "languages.report"} == {rule.endpoint for rule in pages if rule.rule.startswith("/<lang>/")}
    assert tuple(states(knowledge)) == ROOMS


def test_the_results_are_what_they_are_called(page: Page) -> None:
    reach(page, "sv", State("every list", CHECK, EVERY_LIST))
    for shown in (
        "#call-now",
        "#first-title",
        "#maybe-title",
        "#right-title",
        "#applying .list li",
        "details .list li",
    ):
        assert page.locator(shown).count(), shown
    reach(page, "sv", State("nothing fits", CHECK, NOTHING_FITS))
    assert page.locator(".first").count() == 0
