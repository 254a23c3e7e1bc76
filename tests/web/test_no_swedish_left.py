"""Every page says its language; one in another language holds no Swedish but names and words that are marked so."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import pytest

from portal.domain.knowledge import Knowledge
from portal.store.languages.extraction import domains, extract
from portal.store.languages.menu import TRANSLATIONS, load_languages
from portal.store.languages.translations import forms_of, po_path, read
from tests.browser.states import RESIDENTS, State, states
from tests.conftest import Town
from tests.pages import Page, Visitor

LANGUAGES = load_languages()
TRANSLATED = [tag for tag, language in LANGUAGES.items() if not language.is_written]
OTHER_SCRIPT = [tag for tag in TRANSLATED if not LANGUAGES[tag].script.startswith("Latn")]
LATIN_WORD = re.compile(r"[A-Za-zÅÄÖåäöÀ-ɏ]{2,}")
ADDRESS = re.compile(r"\S+@\S+|\w+://\S+|\S+\.se\S*|[0-9A-Z]{3}(?:-[0-9A-Z]{3})+")
"""An address, or a code to read aloud."""
NAMES = {"Insatsportalen"}


def texts_in(element: Element, marked: bool = False) -> Iterator[tuple[str, bool]]:
    """Yield every text of a page with whether it is marked as Swedish, or as the name of a language."""
    if element.tag in ("script", "style", "title", "option"):  # no markup can stand in a menu's option
        return
    inside = marked or element.get("lang") is not None
    if element.tag in ("html", "body"):
        inside = False
    yield element.text or "", inside
    for child in element:
        yield from texts_in(child, inside)
        yield child.tail or "", inside


def fetched(visitor: Visitor, tag: str, state: State) -> Page:
    """Return the page of a state."""
    path = f"/{tag}{state.path}"
    if state.fields is None:
        return visitor.get(path)
    form = {name: [value for key, value in state.fields if key == name] for name, _ in state.fields}
    return visitor.post(path, data=form)


def pages(visitor: Visitor, tag: str, knowledge: Knowledge) -> Iterator[tuple[str, Page]]:
    """Yield every page that a resident meets, and every insats of one kommun."""
    for room in RESIDENTS:
        for state in states(knowledge)[room]:
            yield state.name, fetched(visitor, tag, state)
    for kommun in knowledge.catalogue.kommuner.values():
        for insats in kommun.insatser:
            yield insats, visitor.get(f"/{tag}/{kommun.id}/insatser/{insats}")


def says_its_language(page: Page, tag: str) -> bool:
    """Return whether a page names its language and the direction of its lines."""
    root = page.tree
    return root is not None and (root.get("lang"), root.get("dir")) == (tag, LANGUAGES[tag].direction)


@pytest.mark.parametrize("tag", OTHER_SCRIPT)
def test_latin_words_in_another_script_are_marked(town: Town, knowledge: Knowledge, tag: str) -> None:
    left = set()
    for name, page in pages(town.visitor, tag, knowledge):
        assert says_its_language(page, tag), name
        assert page.tree is not None
        for text, is_marked in texts_in(page.tree):
            if not is_marked:
                left |= {(name, word) for word in LATIN_WORD.findall(ADDRESS.sub("", text)) if word not in NAMES}
    assert left == set()


def swedish_sentences(tag: str, knowledge: Knowledge) -> set[str]:
    """Return the Swedish texts of several words whose translation is another text."""
    found = set()
    for domain in domains(knowledge.catalogue):
        swedish = {message.id for message in extract(knowledge, domain) if isinstance(message.id, str)}
        for message in read(po_path(TRANSLATIONS, LANGUAGES[tag], domain), LANGUAGES[tag].babel):
            if message.id in swedish and message.id not in forms_of(message) and message.id.count(" ") >= 2:
                found.add(message.id)
    return found


@pytest.mark.parametrize("tag", sorted(set(TRANSLATED) - set(OTHER_SCRIPT)))
def test_no_swedish_sentence_stands_unmarked(town: Town, knowledge: Knowledge, tag: str) -> None:
    swedish = swedish_sentences(tag, knowledge)
    assert len(swedish) > 1500
    left = set()
    for name, page in pages(town.visitor, tag, knowledge):
        assert says_its_language(page, tag), name
        assert page.tree is not None
        for text, is_marked in texts_in(page.tree):
            if not is_marked and " ".join(text.split()) in swedish:
                left.add((name, text.strip()))
    assert left == set()


@pytest.mark.parametrize("tag", sorted(set(LANGUAGES) - set(TRANSLATED)))
def test_a_page_in_swedish_says_so(town: Town, knowledge: Knowledge, tag: str) -> None:
    assert [name for name, page in pages(town.visitor, tag, knowledge) if not says_its_language(page, tag)] == []
