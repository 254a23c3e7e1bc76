"""A visit to the portal in a real browser: a fresh profile, and what somebody does on its pages."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page, Response

from portal.domain.self_check.asking import MOST_QUESTIONS
from tests.browser.states import State

_LEFT_OFF = (
    # What Playwright leaves off, as far as it is of use here: the last list that Chromium is given is the one it takes.
    "AimEnabled",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
    "Translate",
    # Pages of the address bar, which nobody sees here: they cost each new profile half a second.
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxPopup",
)

ARGUMENTS = (
    f"--disable-features={','.join(_LEFT_OFF)}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # Whatever a page asks for, nothing leaves this machine.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
"""How Chromium is started."""

PATIENCE = 15_000
"""Milliseconds that a page may take on a busy machine."""

_SEND = """([address, fields]) => {
  const form = document.createElement("form");
  form.method = "post";
  form.action = address;
  for (const [name, value] of fields) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = value;
    form.append(field);
  }
  document.body.append(form);
  form.submit();
}"""


@contextmanager
def visit(browser: Browser, address: str, **options: Any) -> Iterator[Page]:
    """Open a page in an empty profile; afterwards hold that no script failed and nothing broke the security policy."""
    with browser.new_context(base_url=address, **options) as context:
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.extend(_refused(message)))
        yield page
        assert complaints == []


def _refused(message: ConsoleMessage) -> list[str]:
    return [message.text] if "Content Security Policy" in message.text else []


def reach(page: Page, language: str, state: State) -> Response:
    """Lead a page to a state by real navigation, as the browser does for a link or a form; return the response."""
    if state.fields is None:
        response = page.goto(f"/{language}{state.path}")
    else:
        if page.url == "about:blank":
            page.goto(f"/{language}/")
        with page.expect_navigation() as navigation:
            page.evaluate(_SEND, [f"/{language}{state.path}", state.fields])
        response = navigation.value
    assert response is not None
    assert response.status == state.status, f"{state.name}: {response.status}"
    return response


@dataclass(frozen=True)
class Resident:
    """Somebody who goes through the self-check."""

    page: Page
    has_script: bool = True

    def begin(self, language: str = "sv") -> None:
        """Open the start page and go on to the first question."""
        self.page.goto(f"/{language}/lekeberg/")
        self.page.locator("a.button.big").click()
        self.page.locator("#check").wait_for()

    def choose(self, *options: str) -> None:
        """Choose options of the question; where a tap on the only one would go on, by key."""
        for option in options:
            field = self.page.locator(f'#check .options input[value="{option}"]')
            if field.get_attribute("type") == "radio":
                field.press("Space")
            else:
                field.check()

    def tap(self, option: str) -> None:
        """Tap the one answer to a question, and wait for the page that follows by itself."""
        self.leave_form()
        self.page.locator(f'#check .options label:has([value="{option}"])').click()
        self.arrive()

    def write(self, text: str) -> None:
        """Write in the field of the question."""
        self.page.locator("#answer").fill(text)

    def speak(self, tag: str) -> None:
        """Change the language by the menu, which is closed until it is opened."""
        menu = self.page.locator("nav.languages details")
        if not menu.evaluate("menu => menu.open"):
            menu.locator("summary").click()
        menu.locator(f"li > [lang={tag}]:not(small)").click()
        self.page.locator(f"html[lang={tag}]").wait_for()

    def press(self, button: str = "") -> None:
        """Press the button of that name, or Next, and wait for the page that follows."""
        found = self.page.locator(f"#check button[name={button}]" if button else "#next")
        if not self.has_script:
            with self.page.expect_navigation():
                found.click()
            return
        self.leave_form()
        found.click()
        self.arrive()

    def leave_form(self) -> None:
        """Mark the form that is there, so that the next one can be told from it."""
        self.page.locator("#check").evaluate("form => { form.dataset.left = 'yes' }")

    def arrive(self) -> None:
        """Wait until a new form has come, and the focus has been led to it."""
        self.page.locator("#check:not([data-left])").wait_for()
        self.page.locator("#main:focus, #problems:focus").wait_for()

    def asked(self) -> str | None:
        """Return the id of the question on the page, or None on the result."""
        field = self.page.locator("#check input[name=q]")
        return field.get_attribute("value") if field.count() else None

    def heading(self) -> str:
        """Return the heading of the page."""
        return self.page.locator("h1").inner_text()

    def given(self) -> list[str]:
        """Return what is chosen or written on the page."""
        return self.page.locator("#check").evaluate(
            """form => [...form.querySelectorAll("input:checked, input[type=text]")]
               .map(field => field.value).filter(value => value)"""
        )

    def reply(self, answers: Mapping[str, tuple[str, ...]]) -> None:
        """Answer the question on the page with what is known about it, or skip it, and go on."""
        known = answers.get(self.asked() or "")
        if known is None:
            self.press("skip")
            return
        if self.page.locator("#check #answer[type=text]").count():
            self.write(known[0])
        else:
            self.choose(*known)
        self.press()

    def questions(self) -> Iterator[str]:
        """Yield every question that comes, for whoever answers them, until the result."""
        for _ in range(MOST_QUESTIONS + 1):
            question = self.asked()
            if question is None:
                return
            yield question
        raise AssertionError("the questions never end")

    def go_to(self, wanted: str, answers: Mapping[str, tuple[str, ...]]) -> None:
        """Answer every question until that one comes."""
        for question in self.questions():
            if question == wanted:
                return
            self.reply(answers)
        raise AssertionError(f"{wanted} is never asked")

    def go_through(self, answers: Mapping[str, tuple[str, ...]]) -> list[str]:
        """Answer every question until the result comes; return the questions in the order they were asked."""
        asked = []
        for question in self.questions():
            asked.append(question)
            self.reply(answers)
        return asked
