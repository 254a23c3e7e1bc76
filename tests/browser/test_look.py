"""A tired person on a small phone: the topics in two screens, and twice the text without anything cut or covered."""

import pytest
from playwright.sync_api import Page

from portal.store.languages.menu import load_languages
from tests.browser.states import CHECK

pytestmark = pytest.mark.browser

LANGUAGES = tuple(load_languages())
PHONE = {"width": 360, "height": 740}

_TWICE = """() => {
  const root = document.documentElement;
  root.style.fontSize = `${parseFloat(getComputedStyle(root).fontSize) * 2}px`;
  const box = (name) => document.querySelector(name).getBoundingClientRect();
  const leave = box(".leave"), brand = box(".brand");
  const apart = leave.left >= brand.right || leave.right <= brand.left || leave.top >= brand.bottom;
  return [leave.left >= 0 && leave.right <= innerWidth, apart, root.scrollWidth <= innerWidth];
}"""


def test_the_topics_and_next_are_within_two_screens_in_every_language(looking: Page) -> None:
    looking.set_viewport_size(PHONE)
    screens = {}
    for language in LANGUAGES:
        looking.goto(f"/{language}{CHECK}")
        screens[language] = looking.evaluate("document.getElementById('next').getBoundingClientRect().bottom") / 740
    assert {language: tall for language, tall in screens.items() if tall > 2} == {}


@pytest.mark.parametrize("width", [360, 320])
def test_twice_the_text_cuts_and_covers_nothing(looking: Page, width: int) -> None:
    looking.set_viewport_size({"width": width, "height": 740})
    wrong = []
    for language in LANGUAGES:
        for path in ("/lekeberg/", "/linkoping/self-check"):
            looking.goto(f"/{language}{path}")
            if looking.evaluate(_TWICE) != [True, True, True]:
                wrong.append(f"{language}{path}")
    assert wrong == []
