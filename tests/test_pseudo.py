"""Pages in the languages that nobody speaks: whole, mirrored, and with no text that was never translated."""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from flask import Flask

from portal.domain.catalogue.whole import Catalogue
from portal.domain.knowledge import Knowledge
from portal.store.languages.extraction import domains
from portal.store.languages.menu import load_languages
from portal.store.languages.po import read
from portal.store.languages.translations import po_path
from tests.apps import create_app
from tests.conftest import TUESDAY, settings
from tests.pages import Page, Visitor
from tests.pseudo import LONG, LONGER, MIRRORED, lengthened, mirrored, pseudo_translations
from tests.web.test_every_page import pages


@pytest.fixture(scope="module")
def folder(knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return translations with both languages."""
    return pseudo_translations(tmp_path_factory.mktemp("pseudo"), knowledge)


@pytest.fixture(scope="module")
def portal(folder: Path) -> Flask:
    """Return the portal in those languages."""
    return create_app(settings(translations=folder), clock=lambda: TUESDAY)


@pytest.fixture
def stranger(portal: Flask) -> Visitor:
    """Return somebody whose every page is inspected."""
    return Visitor(portal.test_client())


def test_every_text_is_long_and_keeps_its_gaps(folder: Path, catalogue: Catalogue) -> None:
    language = load_languages(folder)[LONG]
    texts = [
        message
        for domain in domains(catalogue)
        for message in read(po_path(folder, language, domain), language.babel)
        if message.id and not message.pluralizable
    ]
    assert len(texts) > 2000
    for message in texts:
        assert len(message.string) >= LONGER * len(message.id), message.id
        assert sorted(re.findall(r"\{\w+\}", message.string)) == sorted(re.findall(r"\{\w+\}", message.id))
        assert message.string[-1] == message.id[-1] or message.id[-1] not in ".?:!"


def test_a_text_is_changed_as_it_should_be() -> None:
    assert lengthened("Gå till {kommun}.") == "Gǻǻ tíll {kommun} öch även dèssútöm."
    assert mirrored("Gå till {kommun}, 3 år.") == "زظ رطلل {kommun}, 3 ظص."


_LATIN = re.compile(r"[A-Za-zÅÄÖåäö]")


def bare_latin(element: Element, inherited: str, page_language: str) -> Iterator[str]:
    """Yield each text in Latin letters that stands in the page's own language."""
    language = element.get("lang") or inherited
    if element.tag in ("script", "style", "svg", "{http://www.w3.org/2000/svg}svg"):
        return
    if language == page_language and _LATIN.search(element.text or ""):
        yield (element.text or "").strip()
    for child in element:
        yield from bare_latin(child, language, page_language)
        if language == page_language and _LATIN.search(child.tail or ""):
            yield (child.tail or "").strip()


# What stands in Latin letters on purpose, in every language: the name of the portal, addresses.
NAMES = re.compile(r"Insatsportalen|digg\.se/tdosanmalan|KX4-7TM-9PR-2HC|A-482-177-364")


SPOKEN = ("title", "aria-label", "alt", "placeholder", "label", "data-done")
"""Attributes that people read or hear."""


def spoken(page: Page) -> Iterator[str]:
    """Yield each attribute that is heard, and the title, without the names that are isolated in them."""
    title = "".join(page.one("title").itertext()).removesuffix(" – Insatsportalen")
    heard = (element.get(name) or "" for element in page.one("body").iter() for name in SPOKEN)
    for text in (title, *heard):
        yield re.sub(r"\u2068[^\u2069]*\u2069", "", text)


def left_in_latin(page: Page) -> set[str]:
    """Return what of a page is neither translated nor marked as Swedish."""
    found = {*bare_latin(page.one("body"), MIRRORED, MIRRORED), *(text for text in spoken(page) if _LATIN.search(text))}
    return {text for text in found if not NAMES.fullmatch(text)}


@pytest.mark.parametrize("kommun", ["lekeberg", "alingsas"])
def test_every_text_of_every_page_is_translated_or_marked_as_swedish(
    portal: Flask, stranger: Visitor, kommun: str
) -> None:
    left = {path: left_in_latin(stranger.get(path)) for path in pages(portal, MIRRORED, kommun) if path != "/"}
    assert len(left) > 12
    assert {path: texts for path, texts in left.items() if texts} == {}


RESULT = {"topics": ["parenting", "violence"], "violence": "victim", "children": "8", "age": "35", "for": ""}
REST = {"residence": "elsewhere", "parenting": "", "born_abroad": ""}
POSTED = {
    "a question": ("self-check", {"topics": "violence", "q": "topics"}),
    "a mistake": ("self-check", {"topics": "violence", "q": "age", "age": "åtta"}),
    "a result": ("self-check", {**RESULT, **REST}),
    "a search": ("insatser", {"topic": "money"}),
    "a search that finds nothing": ("insatser", {"q": "4711 4712"}),
}


@pytest.mark.parametrize(("path", "fields"), POSTED.values(), ids=POSTED)
def test_every_text_of_what_a_form_answers_is_translated(
    stranger: Visitor, path: str, fields: dict[str, object]
) -> None:
    assert left_in_latin(stranger.post(f"/{MIRRORED}/lekeberg/{path}", data=fields)) == set()


@pytest.mark.parametrize("path", ["nothing", "insatser/nothing", "apply/nothing", "a/b/c"])
def test_every_text_of_an_error_is_translated(stranger: Visitor, path: str) -> None:
    page = stranger.get(f"/{MIRRORED}/lekeberg/{path}")
    assert page.status == 404
    assert left_in_latin(page) == set()


def test_every_question_is_translated_with_all_its_options(stranger: Visitor, catalogue: Catalogue) -> None:
    left = {
        question: left_in_latin(
            stranger.post(f"/{MIRRORED}/lekeberg/self-check", data={"topics": "money", "change": question})
        )
        for question in catalogue.questions
    }
    assert {question: texts for question, texts in left.items() if texts} == {}


def test_what_is_not_translated_would_be_seen(stranger: Visitor) -> None:
    page = stranger.get(f"/{MIRRORED}/lekeberg/")
    page.one("h1").text = "Hitta stöd"
    page.one("main").set("aria-label", "Innehåll")
    assert left_in_latin(page) == {"Hitta stöd", "Innehåll"}


@pytest.mark.parametrize(("tag", "direction"), [(LONG, "ltr"), (MIRRORED, "rtl")])
def test_both_are_whole_pages_in_the_menu_and_by_other_codes(stranger: Visitor, tag: str, direction: str) -> None:
    page = stranger.get(f"/{tag}/lekeberg/insatser/abc-3-12")
    assert page.tree is not None
    assert (page.tree.get("lang"), page.tree.get("dir")) == (tag, direction)
    assert stranger.get("/sv/lekeberg/").all("a", hreflang=tag)
    stranger.headers["Accept-Language"] = tag.rpartition("-")[2].lower()
    assert stranger.get("/").tree.get("lang") == tag  # type: ignore[union-attr]
