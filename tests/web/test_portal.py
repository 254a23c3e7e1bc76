"""What every page shares: assets by their content, the languages menu, and the parts of the running portal."""

from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask

from portal.settings import ROOT
from portal.web.portal import current_kommun, current_language, find_current_kommun, now
from tests.conftest import TUESDAY
from tests.pages import Visitor
from tests.web.each_language import DIRECTIONS, LANGUAGES


def test_a_file_is_asked_for_by_its_content(visitor: Visitor) -> None:
    page = visitor.get("/sv/lekeberg/")
    wanted = [page.all("link", rel="stylesheet")[0].get("href"), *(script.get("src") for script in page.all("script"))]
    assert len(wanted) == 3
    for address in wanted:
        assert address is not None
        path, _, version = address.partition("?v=")
        content = (Path(ROOT) / path.lstrip("/")).read_bytes()
        assert version == sha256(content).hexdigest()[:12]
        with visitor.client.get(address) as response:
            assert response.data == content


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("rest", ["", "lekeberg/", "lekeberg/insatser", "lekeberg/insatser/abc-3-12"])
def test_the_menu_leads_to_the_same_page_in_every_other_language(visitor: Visitor, lang: str, rest: str) -> None:
    page = visitor.get(f"/{lang}/{rest}")
    menu = page.one("nav", class_="languages")
    links = {link.get("hreflang"): link for link in menu.iter("a")}
    assert {tag: link.get("href") for tag, link in links.items()} == {
        tag: f"/{tag}/{rest}" for tag in LANGUAGES if tag != lang
    }
    for tag, link in links.items():
        assert (link.get("lang"), link.get("dir")) == (tag, DIRECTIONS[tag])
    (current,) = menu.findall(".//li/b")
    assert (current.get("lang"), current.get("aria-current")) == (lang, "true")


@pytest.mark.parametrize("path", ["/sv/x%22%3E%3Cimg%3E/", "/sv/lekeberg/%3Cb%3E", "/sv/%E0%80/", "/sv/a%20b%3Fc/"])
def test_whatever_the_address_holds_the_page_is_whole(visitor: Visitor, path: str) -> None:
    page = visitor.get(path)
    assert page.status == 404
    assert not page.all("img")


def test_an_address_is_written_so_that_it_leads_back(visitor: Visitor) -> None:
    page = visitor.get("/sv/lekeberg/insatser/a%20b%3Fc")
    assert [link.get("href") for link in page.one("nav", class_="languages").iter("a")] == [
        f"/{tag}/lekeberg/insatser/a%20b%3Fc" for tag in LANGUAGES if tag != "sv"
    ]


def test_a_page_without_a_kommun_has_none(app: Flask) -> None:
    with app.test_request_context("/sv/"):
        app.preprocess_request()
        assert current_language().tag == "sv"
        assert find_current_kommun() is None
        with pytest.raises(LookupError, match="no kommun"):
            current_kommun()


def test_a_page_of_a_kommun_knows_it_and_the_time(app: Flask) -> None:
    with app.test_request_context("/ar/mellerud/"):
        app.preprocess_request()
        assert (current_language().tag, current_kommun().id) == ("ar", "mellerud")
        assert now() == TUESDAY
