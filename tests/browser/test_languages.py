"""What only a real browser shows of a language: its letters, its voices, its two sides, its paper."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, Request

from portal.domain.knowledge import Knowledge
from portal.store.languages.menu import load_languages
from tests.browser.looking import Desk
from tests.browser.states import CHECK, EVERY_LIST, INSATSER, State, states
from tests.browser.visits import ARGUMENTS, reach, visit

pytestmark = pytest.mark.browser

LANGUAGES = load_languages()
TRANSLATED = [tag for tag, language in LANGUAGES.items() if not language.is_written]
OUR_FONT = "noto-sans-ethiopic"

# The characters of a page that its fonts draw as they draw what nobody has assigned: the empty box.
_EMPTY_BOXES = """() => {
  const pen = Object.assign(document.createElement("canvas"), {width: 48, height: 48})
    .getContext("2d", {willReadFrequently: true});
  const drawn = (font, char) => {
    pen.clearRect(0, 0, 48, 48);
    pen.font = `24px ${font}`;
    pen.fillText(char, 6, 34);
    return pen.getImageData(0, 0, 48, 48).data.join();
  };
  const boxes = new Map(), found = new Set(), seen = new Set();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const font = getComputedStyle(texts.currentNode.parentElement).fontFamily;
    if (!boxes.has(font)) boxes.set(font, drawn(font, "\\u0378"));
    for (const char of texts.currentNode.data) {
      const key = font + char;
      if (seen.has(key) || /[\\s\\u00ad\\u200c\\u2060-\\u206f\\p{M}]/u.test(char)) continue;
      seen.add(key);
      if (drawn(font, char) === boxes.get(font)) found.add(char);
    }
  }
  return [...found];
}"""


def everywhere(knowledge: Knowledge) -> list[State]:
    """Return a page of each kind that a resident meets."""
    known = states(knowledge)
    return [
        *known["first pages"],
        State("a question", CHECK, (("topics", "violence"), ("change", "violence"))),
        State("a result with every list", CHECK, EVERY_LIST),
        *known["searching"][:1],
        *known["insatser"][:3],
        *known["translation"][:1],
        *known["errors"][:1],
    ]


# ------------------------------------------------------------------------------------------ letters


@pytest.fixture(scope="module")
def desk(browser: Browser, address: str) -> Iterator[Desk]:
    """Return the document that pages are put into."""
    with visit(browser, address) as page:
        yield Desk.laid(page, "/sv/")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_letter_is_an_empty_box(desk: Desk, language: str, knowledge: Knowledge) -> None:
    desk.bring(f"/{language}", everywhere(knowledge))
    found = desk.each(_EMPTY_BOXES)
    assert {name: boxes for name, boxes in found.items() if boxes} == {}


def test_an_empty_box_would_be_seen(page: Page) -> None:
    page.goto("/ti/lekeberg/")
    page.evaluate("() => document.querySelector('main').append('\\u0379')")
    assert page.evaluate(_EMPTY_BOXES) == ["\u0379"]


@pytest.fixture
def without_ethiopic(playwright: Playwright, chromium: str, tmp_path: Path) -> Iterator[Browser]:
    """Return a browser on a device that has no Ethiopic letters."""
    fonts = tmp_path / "fonts"
    fonts.mkdir()
    shutil.copy(_font_with("sv"), fonts)
    settings = tmp_path / "fonts.conf"
    settings.write_text(
        f'<?xml version="1.0"?><fontconfig><dir>{fonts}</dir><cachedir>{tmp_path / "cache"}</cachedir></fontconfig>'
    )
    environment = {"FONTCONFIG_FILE": str(settings), "HOME": str(tmp_path)}
    with playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS, env=environment) as browser:
        yield browser


def _font_with(lang: str) -> str:
    wanted = ["fc-list", f":lang={lang}", "file", "lang"]
    listed = subprocess.run(wanted, capture_output=True, text=True, check=True).stdout  # noqa: S603
    fonts = [line.partition(":") for line in listed.splitlines() if line.partition(":")[0].endswith((".ttf", ".otf"))]
    return next(file for file, _, langs in sorted(fonts) if "|ti|" not in langs and "|am|" not in langs)


def asked_for(page: Page) -> list[str]:
    """Return the list that fills with the address of every font that a page asks for."""
    found: list[str] = []

    def note(request: Request) -> None:
        if request.resource_type == "font":
            found.append(request.url)

    page.on("request", note)
    return found


@pytest.mark.parametrize("has_script", [True, False], ids=["with script", "without script"])
def test_a_device_without_the_letters_gets_them_from_us(
    without_ethiopic: Browser, address: str, has_script: bool
) -> None:
    with visit(without_ethiopic, address, java_script_enabled=has_script) as page:
        fonts = asked_for(page)
        page.goto("/ti/lekeberg/", wait_until="networkidle")
        assert fonts
        assert all(OUR_FONT in font and font.startswith(address) for font in fonts)
        if has_script:
            page.evaluate("() => document.fonts.ready.then(() => true)")
            # That one font of the device lacks other signs too: only the letters of the page are ours to bring.
            assert [char for char in page.evaluate(_EMPTY_BOXES) if "\u1200" <= char <= "\u139f"] == []


def test_a_page_in_another_language_fetches_no_letters(without_ethiopic: Browser, address: str) -> None:
    with visit(without_ethiopic, address) as page:
        fonts = asked_for(page)
        page.goto("/fi/lekeberg/", wait_until="networkidle")
        assert fonts == []


def test_a_device_with_the_letters_fetches_none(page: Page) -> None:
    fonts = asked_for(page)
    page.goto("/ti/lekeberg/", wait_until="networkidle")
    assert fonts == []


# ------------------------------------------------------------------------------------------ pictures


@pytest.mark.parametrize("question", ["topics", "violence", "residence"])
def test_every_option_has_a_picture_that_is_drawn_and_never_stands_alone(looking: Page, question: str) -> None:
    reach(looking, "sv", State(question, CHECK, (("topics", "violence"), ("change", question))))
    options = looking.locator(".options label:has(input:not([value=none]))")
    for place in range(options.count()):
        option = options.nth(place)
        box = option.locator("svg.icon").evaluate("icon => icon.querySelector('use').getBBox().width")
        assert box > 0
        assert option.locator("svg.icon").get_attribute("aria-hidden") == "true"
        assert option.inner_text().strip()


# ------------------------------------------------------------------------------------------ reading aloud

# A device with a voice of its own for Arabic, and one for Tigrinya that would send the text to somebody else.
_VOICES = """() => {
  const said = [];
  window.said = said;
  Object.defineProperty(window, "speechSynthesis", {value: Object.assign(new EventTarget(), {
    speaking: false,
    getVoices: () => [
      {lang: "ar-SA", localService: true, name: "own"},
      {lang: "sv-SE", localService: true, name: "own"},
      {lang: "ti-ER", localService: false, name: "somebody else's"},
    ],
    speak(utterance) { said.push([utterance.lang, utterance.text]); },
    cancel() {},
  })});
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
}"""


@pytest.mark.parametrize(("language", "is_there"), [("ar", True), ("sv", True), ("ti", False), ("uk", False)])
def test_a_page_is_read_aloud_only_where_the_device_has_a_voice(page: Page, language: str, is_there: bool) -> None:
    page.add_init_script(f"({_VOICES})()")
    page.goto(f"/{language}{INSATSER}/abc-3-12")
    assert page.locator("[data-read]").is_visible() is is_there


def test_no_voice_no_button(looking: Page) -> None:
    looking.goto(f"/ar{INSATSER}/abc-3-12")
    assert looking.evaluate("() => speechSynthesis.getVoices().length") == 0
    assert not looking.locator("[data-read]").is_visible()


def test_what_is_read_is_the_page_each_part_in_its_own_language(page: Page) -> None:
    page.add_init_script(f"({_VOICES})()")
    page.goto(f"/ar{INSATSER}/abc-3-12")
    page.locator("[data-read]").click()
    said = page.evaluate("() => window.said")
    assert said[0][1].strip()
    heading = page.locator("h1").inner_text()
    assert any(lang == "ar-SA" and heading in text for lang, text in said)


# ------------------------------------------------------------------------------------------ two languages


@pytest.mark.parametrize("language", ["ar", "ti", "so"])
def test_a_result_is_shown_in_two_languages_and_keeps_its_answers(page: Page, language: str) -> None:
    reach(page, language, State("a result", CHECK, EVERY_LIST))
    before = page.locator("#check").evaluate("form => [...new FormData(form)].map(pair => pair.join('='))")
    page.locator("#more > summary").click()
    page.locator("button[name=beside]").click()
    page.locator("h1 .beside").wait_for()
    assert page.locator("h1 .beside").inner_text() == "Stöd som kan passa dig"
    assert page.locator("h1 .beside").get_attribute("lang") == "sv"
    after = page.locator("#check").evaluate("form => [...new FormData(form)].map(pair => pair.join('='))")
    assert after == before
    assert page.locator("svg.code").count() == 1


@pytest.mark.parametrize("language", ["sv", "ar", "ti", "uk"])
def test_a_leaflet_is_one_sheet_of_a5(looking: Page, language: str) -> None:
    looking.goto(f"/{language}{INSATSER}/abc-3-12/leaflet")
    printed = looking.pdf(prefer_css_page_size=True)
    assert printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page ") + printed.count(b"/Type /Page/") == 1
    width, height = (float(number) for number in printed.split(b"/MediaBox [0 0 ")[1].split(b"]")[0].split())
    assert (round(width), round(height)) == (420, 595)


def test_what_is_shown_at_the_desk_fills_the_screen_of_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"/ti{INSATSER}/abc-3-12/card")
    said = page.locator(".desk .large")
    assert said.get_attribute("lang") == "sv"
    assert "Jag talar tigrinja" in said.inner_text()
    assert float(said.evaluate("words => parseFloat(getComputedStyle(words).fontSize)")) >= 25
    box = page.locator(".desk").bounding_box()
    assert box is not None
    assert box["height"] >= 400


def test_what_to_say_is_said_in_swedish_by_the_phone_and_a_list_goes_to_its_own_sheet(page: Page) -> None:
    page.add_init_script(f"({_VOICES})()")
    page.add_init_script("navigator.share = async (what) => { window.shared = what.text; };")
    page.goto(f"/ti{INSATSER}/abc-3-12")
    page.locator("details.say summary").click()
    page.locator("[data-say]").click()
    said = page.evaluate("() => window.said")
    assert [lang for lang, _ in said] == ["sv-SE", "sv-SE"]
    assert said[0][1].strip('”"') == "Jag talar tigrinja. Jag behöver tolk."
    page.goto("/ti/lekeberg/my-list?i=abc-3-12")
    page.locator("[data-share]").click()
    assert "0585-487 00" in page.evaluate("() => window.shared")


def test_without_a_swedish_voice_or_a_share_sheet_there_is_no_such_button(looking: Page) -> None:
    looking.goto(f"/ti{INSATSER}/abc-3-12")
    looking.locator("details.say summary").click()
    assert not looking.locator("[data-say]").is_visible()
    looking.goto("/ti/lekeberg/my-list?i=abc-3-12")
    assert looking.locator("[data-share]").is_visible() is bool(looking.evaluate("() => Boolean(navigator.share)"))
    assert looking.locator("a[href^='sms:']").is_visible()
