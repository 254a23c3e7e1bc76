"""Addresses as people type them lead to the page; those that mean none are told as before."""

import pytest
from flask import Flask

from tests.apps import create_app
from tests.conftest import TUESDAY, settings
from tests.pages import Visitor

ARABIC = {"Accept-Language": "ar"}

FOR_ALL = {
    "/sv/Lekeberg/": "/sv/lekeberg/",
    "/en/LEKEBERG/": "/en/lekeberg/",
    "/SV/lekeberg/groups": "/sv/lekeberg/groups",
    "/sv/alings%C3%A5s/": "/sv/alingsas/",
    "/sv/linköping/insatser": "/sv/linkoping/insatser",
    "/sv/lekebergs-kommun/": "/sv/lekeberg/",
    "/sv/fjugesta/": "/sv/lekeberg/",
    "/sv/lekeberg/groups/": "/sv/lekeberg/groups",
    "/sv//lekeberg//groups": "/sv/lekeberg/groups",
    "/sv/lekeberg/self-check/": "/sv/lekeberg/self-check",
    "/sv/lekeberg/insatser/abc-3-12/": "/sv/lekeberg/insatser/abc-3-12",
    "/fa/Lekeberg/groups/": "/fa-AF/lekeberg/groups",
}


def led(app: Flask, path: str, **headers: str) -> str:
    """Return the address that a typed one ends at, without its host."""
    answer = app.test_client().get(path, headers=headers, follow_redirects=True)
    assert answer.status_code == 200, path
    return answer.request.path


@pytest.mark.parametrize(("typed", "meant"), FOR_ALL.items())
def test_a_typed_address_leads_to_the_page_it_means(app: Flask, typed: str, meant: str) -> None:
    assert led(app, typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    {"/lekeberg/": "lekeberg/", "/Lekeberg": "lekeberg/", "/alingsås/groups": "alingsas/groups"}.items(),
)
def test_an_address_without_a_language_leads_to_the_reader_s_own(app: Flask, typed: str, meant: str) -> None:
    assert led(app, typed, **ARABIC) == f"/ar/{meant}"
    assert led(app, typed) == f"/sv/{meant}"
    answer = app.test_client().get("/lekeberg/", headers=ARABIC)
    assert answer.status_code == 302
    assert "Accept-Language" in answer.headers["Vary"]


def test_what_an_address_asks_for_comes_along(app: Flask) -> None:
    answer = app.test_client().get("/sv/Lekeberg/insatser?q=f%C3%B6r%C3%A4ldrar")
    assert answer.status_code == 308
    assert answer.headers["Location"].endswith("/sv/lekeberg/insatser?q=f%C3%B6r%C3%A4ldrar")


def test_the_prefix_that_the_portal_is_served_under_is_kept() -> None:
    app = create_app(settings(site="https://stod.example.se/stod"), clock=lambda: TUESDAY)
    answer = app.test_client().get("/sv/Lekeberg/")
    assert answer.headers["Location"].endswith("/stod/sv/lekeberg/")


@pytest.mark.parametrize(
    "path",
    [
        "/xx/",
        "/sv/granby/",
        "/nowhere",
        "/sv/lekeberg/nowhere/",
        "/sv/Lekeberg/nowhere",
        "/api/v1/Lekeberg",
        "/static/x/",
    ],
)
def test_an_address_that_means_no_page_is_told(visitor: Visitor, path: str) -> None:
    assert visitor.get(path, follow_redirects=True).status == 404


def test_only_reading_is_led_on(app: Flask) -> None:
    assert app.test_client().post("/sv/Lekeberg/self-check", data={"topics": "money"}).status_code == 404


def test_a_browser_finds_the_icon_and_a_search_engine_what_is_for_it(app: Flask) -> None:
    with app.test_client().get("/favicon.ico", follow_redirects=True) as icon:
        assert (icon.status_code, icon.mimetype) == (200, "image/svg+xml")
    robots = app.test_client().get("/robots.txt")
    assert robots.mimetype == "text/plain"
    assert robots.text.startswith("User-agent: *\nDisallow: /staff\n")
