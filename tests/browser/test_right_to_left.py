"""Pages written from right to left: the page is mirrored, and every number stays as it is printed."""

import re
from collections.abc import Iterator
from json import dumps

import pytest
from playwright.sync_api import Browser, Page

from portal.domain.catalogue.whole import Catalogue
from portal.domain.knowledge import Knowledge
from portal.store.languages.menu import load_languages
from tests.browser.looking import SMALL, Desk, screen
from tests.browser.states import INSATSER, RESIDENTS, states
from tests.browser.visits import visit
from tests.pages import Visitor

LANGUAGES = load_languages()
FROM_THE_RIGHT = [language.tag for language in LANGUAGES.values() if language.is_rtl]

# How each text that fits a pattern looks on the screen: its characters read from left to right, line by line.
# No-break spaces and hyphens count as the plain ones that are printed.
_ON_SCREEN = """pattern => {
  for (const found of document.querySelectorAll("details")) found.open = true;
  const found = [], texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode, plain = text.data.replaceAll("\\u00a0", " ").replaceAll("\\u2011", "-");
    if (text.parentElement.closest("option, .hidden")) continue;
    for (const match of plain.matchAll(new RegExp(pattern, "g"))) {
      const places = [...match[0]].map((char, offset) => {
        const range = document.createRange();
        range.setStart(text, match.index + offset);
        range.setEnd(text, match.index + offset + 1);
        const box = range.getBoundingClientRect();
        return {char, line: Math.round(box.top), left: box.left};
      });
      places.sort((one, other) => one.line - other.line || one.left - other.left);
      found.push([match[0], places.map(place => place.char).join("")]);
    }
  }
  return found;
}"""

# The numbers of each short text that has two, as they are met by an eye that goes from right to left, line by line.
_AS_READ = """() => {
  for (const found of document.querySelectorAll("details")) found.open = true;
  const short = [...document.querySelectorAll("main :is(p, li, dd)")].filter(one => !one.querySelector("p, li, dd"));
  return short.map(one => {
    const numbers = [], texts = document.createTreeWalker(one, NodeFilter.SHOW_TEXT), range = document.createRange();
    while (texts.nextNode()) {
      const from_the_left = texts.currentNode.parentElement.closest("bdi, [dir=ltr]");
      // A Swedish name with two numbers runs from the left.
      if (from_the_left && from_the_left.textContent.match(/[0-9]+/g)?.length > 1) continue;
      for (const match of texts.currentNode.data.matchAll(/[0-9]+/g)) {
        range.setStart(texts.currentNode, match.index);
        range.setEnd(texts.currentNode, match.index + match[0].length);
        const box = range.getBoundingClientRect();
        numbers.push({number: match[0], line: Math.round(box.top), right: box.right});
      }
    }
    numbers.sort((one, other) => one.line - other.line || other.right - one.right);
    return numbers.map(found => found.number).join(" ");
  });
}"""

ANY_NUMBER = "[0-9]+(?:[-–:., ]+[0-9]+)+"
"""A number of several parts: a phone, hours, a range, a date."""


@pytest.fixture(params=FROM_THE_RIGHT)
def language(request: pytest.FixtureRequest) -> str:
    """Return a language that is written from right to left."""
    tag: str = request.param
    return tag


def as_seen(page: Page, printed: str) -> set[str]:
    """Return how a printed number looks on the screen, in every place where it stands."""
    return {seen for _, seen in page.evaluate(_ON_SCREEN, re.escape(printed))}


# ------------------------------------------------------------------------------------------ numbers


@pytest.mark.browser
def test_a_number_in_bare_arabic_text_would_be_turned_round(page: Page, language: str) -> None:
    # Shows that the other tests can see the difference.
    page.goto(f"/{language}/lekeberg/")
    page.evaluate("() => document.querySelector('main').append('اتصل 0585-487 00 الآن')")
    assert as_seen(page, "0585-487 00") == {"0585-487 00", "00 487-0585"}


@pytest.mark.browser
def test_the_phone_of_the_kommun_stands_as_it_is_printed(looking: Page, language: str, catalogue: Catalogue) -> None:
    for kommun in catalogue.kommuner.values():
        phone = kommun.contacts[kommun.contact_centre].phone
        assert phone is not None
        looking.goto(f"/{language}/{kommun.id}/")
        assert as_seen(looking, phone) == {phone}


@pytest.mark.browser
def test_every_line_to_call_stands_as_it_is_printed(looking: Page, language: str, catalogue: Catalogue) -> None:
    looking.goto(f"/{language}/lekeberg/")
    assert {line.phone: as_seen(looking, line.phone) for line in catalogue.helplines} == {
        line.phone: {line.phone} for line in catalogue.helplines
    }


@pytest.mark.browser
@pytest.mark.parametrize("hours", ["08:00–11:45", "12:45–16:00"])
def test_opening_hours_begin_on_the_left(looking: Page, language: str, hours: str) -> None:
    looking.goto(f"/{language}{INSATSER}/abc-3-12")
    assert as_seen(looking, hours) == {hours}


@pytest.mark.browser
def test_the_hour_of_closing_stands_as_it_is_printed(looking: Page, language: str) -> None:
    looking.goto(f"/{language}{INSATSER}/abc-3-12")
    assert "11:45" in looking.locator(".open").inner_text()
    assert as_seen(looking, "11:45") == {"11:45"}


@pytest.mark.browser
@pytest.mark.parametrize(("insats", "ages"), [("abc-3-12", "3 12"), ("abc-tonar", "13 18")])
def test_the_lower_age_is_read_first(looking: Page, language: str, insats: str, ages: str) -> None:
    looking.goto(f"/{language}{INSATSER}/{insats}")
    read = looking.evaluate(_AS_READ)
    assert ages in read
    assert " ".join(reversed(ages.split())) not in read


@pytest.mark.browser
@pytest.mark.parametrize("printed", ["14 kap. 4 §", "SON 25-99"])
def test_paragraphs_and_decisions_stand_as_they_are_printed(looking: Page, language: str, printed: str) -> None:
    looking.goto(f"/{language}{INSATSER}/abc-3-12")
    assert as_seen(looking, printed) == {printed}


@pytest.fixture(scope="module")
def desk(browser: Browser, address: str) -> Iterator[Desk]:
    """Return the document that pages are put into, on a small screen."""
    with visit(browser, address) as page:
        screen(page, SMALL)
        yield Desk.laid(page, "/sv/")


@pytest.mark.browser
@pytest.mark.parametrize("room", RESIDENTS)
def test_no_number_is_turned_round(desk: Desk, language: str, room: str, knowledge: Knowledge) -> None:
    desk.bring(f"/{language}", states(knowledge)[room])
    found = [
        number for numbers in desk.each(f"() => ({_ON_SCREEN})({dumps(ANY_NUMBER)})").values() for number in numbers
    ]
    assert found
    assert [(printed, seen) for printed, seen in found if printed != seen] == []


# ------------------------------------------------------------------------------------------ direction


@pytest.mark.browser
def test_the_page_is_mirrored(looking: Page, language: str) -> None:
    looking.set_viewport_size({"width": 600, "height": 800})
    looking.goto(f"/{language}/lekeberg/")
    brand, leave = looking.locator(".brand").bounding_box(), looking.locator("a.leave").bounding_box()
    assert brand is not None
    assert leave is not None
    assert leave["x"] + leave["width"] < brand["x"]
    assert looking.locator("h1").evaluate("heading => getComputedStyle(heading).direction") == "rtl"


@pytest.mark.browser
def test_the_words_to_say_in_swedish_run_from_the_left(looking: Page, language: str) -> None:
    looking.goto(f"/{language}{INSATSER}/abc-3-12")
    for said in looking.locator(".say q").all():
        assert said.get_attribute("lang") == "sv"
        assert said.evaluate("words => getComputedStyle(words).direction") == "ltr"


@pytest.mark.parametrize("path", ["/", "/sv/", "/ar/lekeberg/", "/en/lekeberg/self-check", "/sv/lekeberg/privacy"])
def test_every_name_of_a_language_says_its_language_and_direction(visitor: Visitor, path: str) -> None:
    names = visitor.get(path).one("nav", class_="languages").findall(".//li/*")
    names = [name for name in names if name.tag != "small"]  # what the language is called in Swedish
    assert [(name.text, name.get("lang"), name.get("dir")) for name in names] == [
        (language.name, language.tag, language.direction) for language in LANGUAGES.values()
    ]
