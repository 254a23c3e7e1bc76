"""A resident's page with its stylesheet comes in the first round trip: at most 14,600 bytes as they go over the net."""

import re
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

import pytest
from brotli import decompress

from portal.domain.catalogue.kommuner import Kommun
from portal.domain.catalogue.whole import Catalogue
from portal.domain.knowledge import Knowledge
from portal.store.languages.menu import load_languages
from tests.browser.serving import Server
from tests.browser.states import RESIDENTS, State, every_topic, states
from tests.pages import PAGE_BUDGET

LANGUAGES = tuple(load_languages())
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def sent(server: Server, method: str, path: str, form: str = "", encoding: str = "br") -> bytes:
    """Return the body of an answer as it goes over the net, compressed where the portal compresses it."""
    connection = HTTPConnection(urlsplit(server.address).netloc, timeout=20)
    try:
        connection.request(method, path, form, {"Accept-Encoding": encoding, **(FORM if form else {})})
        return connection.getresponse().read()
    finally:
        connection.close()


class Styles:
    """The bytes of each stylesheet, by its address; a few pages link a second one of their own."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._known: dict[str, int] = {}

    def linked(self, page: str) -> int:
        """Return the bytes of all that a page links."""
        links = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)
        assert links
        for link in links:
            if link not in self._known:
                self._known[link] = len(sent(self._server, "GET", link))
        return sum(self._known[link] for link in links)


@pytest.fixture(scope="module")
def styles(server: Server) -> Styles:
    """Return the stylesheets of the portal."""
    return Styles(server)


def weight(server: Server, language: str, state: State, styles: Styles) -> int:
    """Return the bytes of a page in that state, with its stylesheets."""
    path = f"/{language}{state.path}"
    form = "" if state.fields is None else urlencode(state.fields)
    page = sent(server, "GET" if state.fields is None else "POST", path, form)
    return len(page) + styles.linked(decompress(page).decode())


def too_heavy(server: Server, language: str, styles: Styles, found: list[State]) -> dict[str, int]:
    """Return the states that weigh more than one round trip carries, with their bytes."""
    assert found
    weights = {state.name: weight(server, language, state, styles) for state in found}
    return {name: weight for name, weight in weights.items() if weight > PAGE_BUDGET}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_fits_one_round_trip(server: Server, styles: Styles, knowledge: Knowledge, language: str) -> None:
    # What is refused for its size is answered before it is read, so that the connection breaks.
    found = [state for room in RESIDENTS for state in states(knowledge)[room] if state.status != 413]
    assert too_heavy(server, language, styles, found) == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_insats_of_every_kommun_fits(server: Server, styles: Styles, catalogue: Catalogue, language: str) -> None:
    found = [
        State(f"{kommun.id}: {insats}", f"/{kommun.id}/insatser/{insats}")
        for kommun in catalogue.kommuner.values()
        for insats in kommun.insatser
    ]
    assert too_heavy(server, language, styles, found) == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_pages_of_every_kommun_fit(
    server: Server, styles: Styles, catalogue: Catalogue, language: str
) -> None:
    found = [state for kommun in catalogue.kommuner.values() for state in longest(kommun, catalogue)]
    assert too_heavy(server, language, styles, found) == {}


def longest(kommun: Kommun, catalogue: Catalogue) -> list[State]:
    """Return the pages of a kommun that have most to show: every topic chosen, every insats listed."""
    return [
        State(f"{kommun.id}: every topic", f"/{kommun.id}/self-check", every_topic(catalogue)),
        State(f"{kommun.id}: every insats", f"/{kommun.id}/insatser"),
    ]


def test_pages_and_stylesheets_go_compressed(server: Server) -> None:
    for path in ("/sv/lekeberg/", "/static/portal.css"):
        plain = sent(server, "GET", path, encoding="identity")
        assert decompress(sent(server, "GET", path)) == plain
