"""What may be kept in the phone: the page that says so in words, the worker, and the home screen."""

import pytest
from flask import Flask

from portal.store.languages.menu import load_languages
from tests.pages import Visitor


def test_nothing_is_kept_or_offered_to_a_home_screen_before_she_asks(visitor: Visitor) -> None:
    start = visitor.get("/sv/lekeberg/")
    assert start.all("a", href="/sv/lekeberg/saved")
    assert not [link for link in start.all("link") if link.get("rel") == "manifest"]
    saved = visitor.get("/sv/lekeberg/saved")
    assert saved.one("link", rel="manifest").get("href") == "/sv/lekeberg/app.webmanifest"
    assert "Spara inte om det är farligt för dig." in saved.text
    assert saved.one("button", data_keep="/sv/lekeberg/").get("data-worker") == "/worker.js"
    assert saved.all("a", href="tel:112")


@pytest.mark.parametrize("lang", load_languages())
def test_the_home_screen_leads_to_the_start_and_says_nothing_of_support(app: Flask, lang: str) -> None:
    told = app.test_client().get(f"/{lang}/lekeberg/app.webmanifest")
    assert told.mimetype == "application/manifest+json"
    manifest = told.get_json()
    assert (manifest["start_url"], manifest["scope"]) == (f"/{lang}/lekeberg/", f"/{lang}/lekeberg/")
    assert (manifest["short_name"], manifest["name"]) == ("Lekeberg", "Lekebergs kommun")
    assert manifest["theme_color"] == "#0b5a52"
    client = app.test_client()
    for icon in manifest["icons"]:
        with client.get(icon["src"]) as picture:
            assert (picture.status_code, picture.mimetype) == (200, icon["type"])


def test_the_worker_lies_above_all_that_it_may_keep_and_is_asked_for_anew(app: Flask) -> None:
    worker = app.test_client().get("/worker.js")
    assert (worker.status_code, worker.mimetype) == (200, "text/javascript")
    assert worker.headers["Cache-Control"] == "no-store"
    assert "manifest-src 'self'" in worker.headers["Content-Security-Policy"]
