"""Every page tells the truth about its texts: not reviewed, reviewed by whom, old, or not translated."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from portal.store.languages.extraction import PORTAL, extract
from portal.store.languages.menu import Language
from portal.store.languages.po import read, write
from portal.store.languages.texts import compile_all
from portal.store.languages.translations import merged, note_review, po_path
from tests.apps import create_app
from tests.conftest import TUESDAY, settings
from tests.pages import Page, Visitor
from tests.store.languages.translating import (
    ARABIC,
    FINNISH,
    SIMPLE,
    in_capitals,
    made_up_knowledge,
    message_of,
    translate,
)
from tests.store.made_up import ID, KURS

LANGUAGES = (FINNISH, SIMPLE, ARABIC)
SPOKEN = """
sv: {name: Svenska, swedish: svenska, dir: ltr, babel: sv, source: true}
sv-simple: {name: Lätt svenska, swedish: lätt svenska, dir: ltr, babel: sv, written: true}
fi: {name: Suomi, swedish: finska, dir: ltr, babel: fi, date: d. MMMM yyyy}
ar: {name: العربية, swedish: arabiska, dir: rtl, babel: ar, script: Arab, comma: "،"}
"""

DAY = date(2026, 11, 25)
NOT_REVIEWED = "Översättningen är inte granskad av någon som har språket som modersmål."
SOME_REVIEWED = "En del av översättningen är granskad, men inte allt."
SIMPLE_NOT_REVIEWED = "Ingen läsare har granskat texten på lätt svenska än."
CHANGED = "En del har ändrats på svenska sedan dess."
SAFE = "Är det akut? Då hjälper vi dig direkt."


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the made-up kommun, and all its texts and the portal's in capitals in three languages."""
    folder = tmp_path_factory.mktemp("whole")
    (folder / "languages.yaml").write_text(SPOKEN, encoding="utf-8")
    knowledge = made_up_knowledge(folder, guidance=[SAFE])
    for domain in (ID, PORTAL):
        template = extract(knowledge, domain)
        for language in LANGUAGES:
            path = po_path(folder, language, domain)
            write(merged(template, path, language), path)
            translate(folder, language, domain)
    return folder


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    """Return a copy of it that one test may change."""
    copy = tmp_path / "copy"
    shutil.copytree(whole, copy)
    return copy


def change(folder: Path, language: Language, domain: str, how: Callable[[Message], None], *texts: str) -> None:
    """Change the translations of some texts."""
    path = po_path(folder, language, domain)
    found = read(path, language.babel)
    for text in texts:
        how(message_of(found, text))
    write(found, path)


def lose(message: Message) -> None:
    """Take a translation away."""
    message.string = ("",) * len(message.string) if message.pluralizable else ""


def age(message: Message) -> None:
    """Make a translation one of an older Swedish text."""
    message.flags.add("fuzzy")


def shown(folder: Path, path: str) -> Page:
    """Return a page as it is shown with the translations of a folder."""
    compile_all(LANGUAGES, folder)
    app = create_app(settings(data=folder, translations=folder), clock=lambda: TUESDAY)
    return Visitor(app.test_client()).get(path)


def about(page: Page) -> str:
    """Return what a page says of its translation."""
    return " ".join("".join(page.one("div", class_="truth").itertext()).split())


def swedish_in(page: Page, class_: str | None = None) -> list[str]:
    """Return the words of the page's main part that are marked as Swedish, or that stand beside."""
    spans = [span for span in page.one("main").iter("span") if span.get("lang") == "sv" and span.get("dir") == "ltr"]
    return ["".join(span.itertext()) for span in spans if span.get("class") == class_]


# ------------------------------------------------------------------------------------------------ what it says


def test_a_translation_that_nobody_has_reviewed_says_so_with_swedish_a_tap_away(folder: Path) -> None:
    page = shown(folder, f"/fi/{ID}/insatser/kurs")
    assert in_capitals(NOT_REVIEWED) in about(page)
    assert in_capitals(CHANGED) not in about(page)
    (link,) = [one for one in page.one("div", class_="truth").iter("a") if one.get("hreflang") == "sv"]
    assert (link.get("href"), link.get("lang")) == (f"/sv/{ID}/insatser/kurs", "sv")
    assert swedish_in(page) == swedish_in(page, "beside") == []


def test_easy_swedish_says_that_no_reader_has_reviewed_it(folder: Path) -> None:
    said = about(shown(folder, f"/sv-simple/{ID}/insatser/kurs"))
    assert in_capitals(SIMPLE_NOT_REVIEWED) in said
    assert in_capitals(NOT_REVIEWED) not in said


def test_swedish_says_nothing_of_a_translation(folder: Path) -> None:
    assert not shown(folder, f"/sv/{ID}/insatser/kurs").all("div", class_="truth")


def test_a_page_all_of_whose_texts_are_reviewed_says_by_whom_and_when(folder: Path) -> None:
    for domain, who in ((ID, "Anna"), (PORTAL, "Språkstödet")):
        note_review(po_path(folder, FINNISH, domain), FINNISH, who, DAY)
    said = about(shown(folder, f"/fi/{ID}/insatser/kurs"))
    assert "ÖVERSÄTTNINGEN ÄR GRANSKAD AV Anna, Språkstödet, SENAST DEN 25. marraskuuta 2026." in said
    assert in_capitals(NOT_REVIEWED) not in said


def test_a_page_some_of_whose_texts_are_reviewed_says_that_not_all_are(folder: Path) -> None:
    note_review(po_path(folder, FINNISH, PORTAL), FINNISH, "Anna", DAY)
    assert in_capitals(SOME_REVIEWED) in about(shown(folder, f"/fi/{ID}/insatser/kurs"))
    # The page of the portal alone has no others.
    assert "GRANSKAD AV Anna" in about(shown(folder, "/fi/"))


def test_a_review_is_of_one_language(folder: Path) -> None:
    note_review(po_path(folder, FINNISH, PORTAL), FINNISH, "Anna", DAY)
    assert "Anna" not in about(shown(folder, "/ar/"))


def test_one_new_text_takes_the_review_of_the_whole_away(folder: Path) -> None:
    for domain in (ID, PORTAL):
        note_review(po_path(folder, FINNISH, domain), FINNISH, "Anna", DAY)
    change(folder, FINNISH, ID, lose, KURS["audience"])
    assert in_capitals(SOME_REVIEWED) in about(shown(folder, f"/fi/{ID}/insatser/kurs"))


# ------------------------------------------------------------------------------------------------ an old text


def test_an_old_text_is_shown_and_the_page_says_that_something_has_changed(folder: Path) -> None:
    change(folder, FINNISH, ID, age, KURS["summary"])
    page = shown(folder, f"/fi/{ID}/insatser/kurs")
    assert in_capitals(KURS["summary"]) in page.text
    assert KURS["summary"] not in page.text
    assert swedish_in(page, "beside") == []
    assert in_capitals(CHANGED) in about(page)


@pytest.mark.parametrize("tag", ["fi", "ar", "sv-simple"])
def test_an_old_text_about_safety_is_never_shown_alone(folder: Path, tag: str) -> None:
    (language,) = [found for found in LANGUAGES if found.tag == tag]
    change(folder, language, ID, age, SAFE)
    page = shown(folder, f"/{tag}/{ID}/insatser/kurs")
    assert swedish_in(page, "beside") == [SAFE]
    assert "ÄR DET AKUT" in page.text
    assert in_capitals(CHANGED) in about(page).replace("\u2068", "").replace("\u2069", "")


FIXED = ("Ring 112", "Är du i fara nu?", "Du får alltid ansöka", "Lämna snabbt")


def test_an_old_fixed_text_about_safety_is_never_shown_alone_on_any_page(folder: Path) -> None:
    change(folder, FINNISH, PORTAL, age, *FIXED)
    for path in (f"/fi/{ID}/", f"/fi/{ID}/self-check", f"/fi/{ID}/insatser/kurs", f"/fi/{ID}/nothing", "/fi/"):
        page = shown(folder, path)
        for text in FIXED[:3]:
            said = page.text.count(in_capitals(text))
            # 112 has no letters to tell the languages apart by: the Swedish is in small ones.
            assert page.text.count(text) >= said, (path, text)
        assert "Lämna snabbt" not in page.text


def test_an_old_text_about_safety_is_not_shown_alone_to_programs(folder: Path) -> None:
    change(folder, FINNISH, ID, age, SAFE, KURS["summary"])
    compile_all(LANGUAGES, folder)
    client = create_app(settings(data=folder, translations=folder)).test_client()
    told = client.get(f"/api/v1/{ID}/insatser/kurs?lang=fi").get_json()
    assert told["guidance"] == [f"{in_capitals(SAFE)} – {SAFE}"]
    assert told["summary"] == in_capitals(KURS["summary"])


# ------------------------------------------------------------------------------------------------ no text


@pytest.mark.parametrize("tag", ["fi", "ar"])
def test_a_text_that_is_not_translated_is_swedish_and_marked_so(folder: Path, tag: str) -> None:
    (language,) = [found for found in LANGUAGES if found.tag == tag]
    change(folder, language, ID, lose, KURS["audience"], KURS["happens"][0])
    change(folder, language, PORTAL, lose, "Vem det är för", "{n} träff.", "hos kommunen")
    page = shown(folder, f"/{tag}/{ID}/insatser/kurs")
    assert swedish_in(page) == [
        KURS["audience"],
        KURS["happens"][0],
        "Vem det är för",
        "4 träffar.",
        "hos kommunen",
    ]
    assert in_capitals(NOT_REVIEWED) in about(page)


def test_a_title_that_is_not_translated_is_whole(folder: Path) -> None:
    change(folder, ARABIC, ID, lose, KURS["name"])
    page = shown(folder, f"/ar/{ID}/insatser/kurs")
    assert KURS["name"] in "".join(page.one("title").itertext())
    assert page.heading() == KURS["name"]


def test_two_languages_show_what_there_is_in_swedish_alone_once(folder: Path) -> None:
    change(folder, FINNISH, ID, lose, KURS["audience"])
    page = shown(folder, f"/fi/{ID}/insatser/kurs?beside=sv")
    assert swedish_in(page) == [KURS["audience"]]
    assert KURS["summary"] in swedish_in(page, "beside")
    assert page.text.count(KURS["audience"]) == 1
