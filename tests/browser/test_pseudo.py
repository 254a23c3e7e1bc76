"""On a small screen nothing is cut, and nothing hangs out, of texts that are too long or run from right to left."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from portal.domain.knowledge import Knowledge
from tests.browser.looking import SMALL, Desk, screen
from tests.browser.serving import Server, served
from tests.browser.states import CHECK, EVERY_LIST, INSATSER, KOMMUN, NOTHING_FITS, State
from tests.browser.test_accessible import _TOO_WIDE
from tests.browser.visits import visit
from tests.pseudo import LONG, MIRRORED, pseudo_translations

pytestmark = pytest.mark.browser

STATES = (
    State("choosing a kommun", "/"),
    State("start", f"{KOMMUN}/"),
    State("privacy", f"{KOMMUN}/privacy"),
    State("accessibility", f"{KOMMUN}/accessibility"),
    State("the first question", CHECK),
    State("a question with lines to call", CHECK, (("topics", "violence"), ("change", "residence"))),
    State("a mistake", CHECK, (("topics", "violence"), ("q", "age"), ("age", "åttio")), status=422),
    State("a result with every list", CHECK, EVERY_LIST),
    State("a result with Swedish beside", CHECK, (*EVERY_LIST, ("beside", "1"))),
    State("a result where nothing fits", CHECK, NOTHING_FITS),
    State("all insatser", INSATSER),
    State("a search that is too long", INSATSER, (("q", "å" * 81),), status=422),
    State("an insats to contact directly", f"{INSATSER}/abc-3-12"),
    State("an insats with Swedish beside", f"{INSATSER}/abc-3-12?beside=sv"),
    State("an insats on paper", f"{INSATSER}/abc-3-12/leaflet"),
    State("an insats at the desk", f"{INSATSER}/abc-3-12/card"),
    State("a list of one's own", f"{KOMMUN}/my-list?i=abc-3-12&i=stodtelefon&i=hemtjanst"),
    State("applying", f"{KOMMUN}/apply"),
    State("applying for protection", f"{KOMMUN}/apply/violence"),
    State("no such page", f"{KOMMUN}/nothing/at/all", status=404),
)


@pytest.fixture(scope="module")
def pseudo(
    app: Flask, knowledge: Knowledge, filled: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """Return a portal that also speaks the two languages that nobody speaks."""
    folder = tmp_path_factory.mktemp("pseudo")
    translations = pseudo_translations(folder / "translations", knowledge)
    with served(folder, filled, PORTAL_TRANSLATIONS=str(translations)) as server:
        yield server


@pytest.fixture(scope="module")
def looking(browser: Browser, pseudo: Server) -> Iterator[Page]:
    """Return an empty page on a small screen."""
    with visit(browser, pseudo.address) as page:
        screen(page, SMALL)
        yield page


@pytest.fixture(scope="module")
def desk(browser: Browser, pseudo: Server) -> Iterator[Desk]:
    """Return the document that pages are put into, on a small screen."""
    with visit(browser, pseudo.address) as page:
        screen(page, SMALL)
        yield Desk.laid(page, f"/{LONG}/")


_WHAT_IS_CUT = "() => { looking.openAll(); return looking.cut(); }"


@pytest.mark.parametrize("language", [LONG, MIRRORED])
def test_nothing_is_cut_and_nothing_scrolls_sideways(desk: Desk, language: str) -> None:
    desk.bring(f"/{language}", STATES)
    found = desk.each(_WHAT_IS_CUT)
    assert {name: said for name, said in found.items() if said} == {}


@pytest.mark.parametrize("language", [LONG, MIRRORED])
def test_a_text_that_does_not_fit_would_be_seen(desk: Desk, language: str) -> None:
    desk.bring(f"/{language}", [State("start", f"{KOMMUN}/")])
    desk.page.evaluate(
        "() => { looking.brought[0].root.querySelector('h1').style.cssText = 'white-space: nowrap; font-size: 4rem' }"
    )
    assert desk.each(_WHAT_IS_CUT)["start"]


def test_the_mirrored_language_runs_from_right_to_left(looking: Page) -> None:
    looking.goto(f"/{MIRRORED}{KOMMUN}/")
    heading = looking.locator("h1")
    assert heading.evaluate("found => getComputedStyle(found).direction") == "rtl"
    first, last = looking.evaluate(
        """() => {
          const text = document.querySelector("h1").firstChild, range = document.createRange();
          return [0, 2].map(at => {
            range.setStart(text, at);
            range.setEnd(text, at + 1);
            return range.getBoundingClientRect().left;
          });
        }"""
    )
    assert first > last


def test_every_topic_fits_the_menu_from_right_to_left(looking: Page) -> None:
    # A menu is one line in every browser: in the long language the longest topics end in it, and are whole when opened.
    looking.goto(f"/{MIRRORED}{INSATSER}")
    assert looking.locator("#topic").evaluate(_TOO_WIDE) == []
