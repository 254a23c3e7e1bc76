"""A result is two and a half screens of a small phone, for every life that the kommuner describe, in every language."""

from collections.abc import Iterable

import pytest
from playwright.sync_api import Browser, Page

from portal.domain.catalogue.answers import Answers
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.knowledge import Knowledge
from portal.store.languages.menu import load_languages
from portal.store.officials.lives import read_lives
from portal.store.reading import DATA, Findings
from tests.browser.looking import EVERYTHING
from tests.browser.visits import visit

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 740}
SCREENS, SCREENS_WITH_LINES = 2.5, 3.0
"""At most; the lines to call now, where there is a need for them, may take half a screen more."""

TALLEST = "fa-AF"
"""The language whose results are longest: every life is measured in it, in the others those that come out longest."""

LONGEST = 24

MEASURE = """async ([address, forms]) => {
  const heights = [];
  for (const form of forms) {
    const response = await fetch(address, { method: "POST", body: new URLSearchParams(form) });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const root = document.documentElement;
    Object.assign(root, { lang: page.documentElement.lang, dir: page.documentElement.dir });
    document.body.replaceWith(document.adoptNode(page.body));
    const isResult = document.querySelector("#check.given") !== null;
    const first = document.querySelector(".first .button, .lines .call, .nearest .call, .first a");
    heights.push([
      isResult ? root.scrollHeight : 0,
      Boolean(document.querySelector(".lines")),
      first ? first.getBoundingClientRect().bottom : Infinity,
    ]);
  }
  return heights;
}"""


@pytest.fixture(scope="module")
def phone(browser: Browser, address: str) -> Iterable[Page]:
    """Return a small phone on which the results are put one after another."""
    with visit(browser, address, viewport=PHONE) as page:
        page.goto("/sv/lekeberg/")
        yield page


def lives_of(knowledge: Knowledge) -> list[tuple[Kommun, str, Answers]]:
    """Return every life of every kommun by its name, with its answers."""
    found = []
    for kommun in knowledge.catalogue.kommuner.values():
        for life in read_lives(DATA, kommun, knowledge.catalogue, Findings()):
            found.append((kommun, life.id, life.answers))
    return found


def too_long(
    phone: Page, language: str, lives: list[tuple[Kommun, str, Answers]], knowledge: Knowledge
) -> tuple[list[str], list[tuple[float, str]]]:
    """Return what is too long, or names nobody in the first screen; and how long each is, in screens."""
    wrong, lengths = [], []
    for kommun in knowledge.catalogue.kommuner.values():
        here = [(name, answers) for where, name, answers in lives if where is kommun]
        forms = [list(knowledge.catalogue.questions.write_form(answers)) for _, answers in here]
        measured = phone.evaluate(MEASURE, [f"/{language}/{kommun.id}/self-check", forms])
        for (name, _), (height, has_lines, first) in zip(here, measured, strict=True):
            screens = height / PHONE["height"]
            lengths.append((screens, f"{kommun.id}: {name}"))
            if screens > (SCREENS_WITH_LINES if has_lines else SCREENS):
                wrong.append(f"{language}: {kommun.id}: {name}: {screens:.2f} screens")
            if height and first > PHONE["height"]:
                wrong.append(f"{language}: {kommun.id}: {name}: whom to contact is not in the first screen")
    return wrong, lengths


def test_every_result_is_two_and_a_half_screens_and_names_whom_to_contact_in_the_first(
    phone: Page, knowledge: Knowledge
) -> None:
    lives = lives_of(knowledge)
    wrong, lengths = too_long(phone, TALLEST, lives, knowledge)
    longest = {name for _, name in sorted(lengths, reverse=True)[:LONGEST]}
    some = lives if EVERYTHING else [one for one in lives if f"{one[0].id}: {one[1]}" in longest]
    assert len(lives) > 180
    for language in load_languages():
        if language != TALLEST:
            wrong += too_long(phone, language, some, knowledge)[0]
    assert not wrong, "\n".join(wrong)
