"""Where the portal is: from its settings or a trusted proxy, whatever a request says."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.web.place import Placed
from portal.web.portal import MOST_ROOTS, Pages
from tests.apps import create_app
from tests.conftest import TUESDAY, settings

Environ = dict[str, Any]


def seen_by(environ: Environ, site: str | None = None, *, is_behind_proxy: bool = False) -> tuple[str, str, str]:
    """Return scheme, host and prefix as the portal sees them."""
    seen: list[Environ] = []

    def app(environ: Environ, start_response: Any) -> Iterator[bytes]:
        seen.append(environ)
        return iter(())

    given = {"SCRIPT_NAME": "", "PATH_INFO": "/sv/", "HTTP_HOST": "evil.example", "wsgi.url_scheme": "http", **environ}
    list(Placed(app, site, is_behind_proxy=is_behind_proxy)(given, lambda *_: None))
    return seen[0]["wsgi.url_scheme"], seen[0]["HTTP_HOST"], seen[0]["SCRIPT_NAME"]


PROXY = {
    "HTTP_X_FORWARDED_PROTO": "https",
    "HTTP_X_FORWARDED_HOST": "stod.example.se",
    "HTTP_X_FORWARDED_PREFIX": "/portal",
}


def test_the_settings_say_where_the_portal_is() -> None:
    here = ("https", "stod.example.se", "/portal")
    assert seen_by({"SCRIPT_NAME": "/x"}, "https://stod.example.se/portal") == here
    told = {**PROXY, "HTTP_X_FORWARDED_HOST": "evil.example"}
    assert seen_by(told, "https://stod.example.se/portal", is_behind_proxy=True) == here


def test_a_trusted_proxy_says_where_the_portal_is() -> None:
    assert seen_by(PROXY, is_behind_proxy=True) == ("https", "stod.example.se", "/portal")
    assert seen_by(PROXY) == ("http", "evil.example", "")


def test_nobody_s_prefix_counts_that_the_server_took_from_a_header() -> None:
    assert seen_by({"SCRIPT_NAME": "/evil"})[2] == ""
    assert seen_by({"SCRIPT_NAME": "/evil"}, is_behind_proxy=True)[2] == ""


@pytest.mark.parametrize("prefix", ["/<img src=x>", "//evil.example", "/a/b/c/d/e", "/" + "x" * 60, "portal"])
def test_a_prefix_that_looks_like_none_is_none(prefix: str) -> None:
    assert seen_by({"HTTP_X_FORWARDED_PREFIX": prefix}, is_behind_proxy=True)[2] == ""


def test_one_prefix_after_another_fills_no_memory() -> None:
    app = create_app(settings(is_behind_proxy=True, site=None), clock=lambda: TUESDAY)
    pages: Pages = app.extensions["pages"]
    client, kept = app.test_client(), []
    for number in range(4 * MOST_ROOTS):
        told = client.get("/sv/lekeberg/", headers={"X-Forwarded-Prefix": f"/p{number}"}).text
        assert f'href="/p{number}/sv/lekeberg/self-check"' in told
        kept.append(len(pages._fragments))
    assert max(kept) <= MOST_ROOTS


def leaflet(app: Flask) -> str:
    """Return a leaflet as somebody gets it who calls the portal by another name."""
    client: FlaskClient = app.test_client()
    return client.get("/sv/lekeberg/insatser/abc-3-12/leaflet", headers={"Host": "evil.example"}).text


def test_an_address_that_nobody_trusted_has_said_is_written_nowhere() -> None:
    with_site = leaflet(create_app(settings(site="https://stod.example.se"), clock=lambda: TUESDAY))
    without = leaflet(create_app(settings(site=None), clock=lambda: TUESDAY))
    assert ('class="qr"' in with_site, 'class="qr"' in without) == (True, False)
    assert "evil.example" not in with_site + without


def test_who_finds_a_hole_is_told_whom_to_write_to() -> None:
    asked = settings(site="https://stod.example.se", security_contact="mailto:sakerhet@example.se")
    answer = create_app(asked, clock=lambda: TUESDAY).test_client().get("/.well-known/security.txt")
    assert (answer.status_code, answer.mimetype) == (200, "text/plain")
    assert answer.text.splitlines() == [
        "Contact: mailto:sakerhet@example.se",
        "Expires: 2027-05-23T00:00:00Z",
        "Preferred-Languages: sv, en",
        "Canonical: https://stod.example.se/.well-known/security.txt",
    ]


def test_without_somebody_to_write_to_there_is_no_such_page(app: Flask) -> None:
    assert app.test_client().get("/.well-known/security.txt").status_code == 404


def test_browsers_are_told_to_come_by_tls_where_they_do() -> None:
    name = "Strict-Transport-Security"
    by_tls = create_app(settings(hsts=31536000), clock=lambda: TUESDAY).test_client()
    assert by_tls.get("/sv/lekeberg/").headers[name] == "max-age=31536000"
    assert by_tls.get("/staff/sign-in").headers[name] == "max-age=31536000"
    assert by_tls.get("/static/portal.css", buffered=True).headers[name] == "max-age=31536000"
    plain = create_app(settings(hsts=31536000, site="http://127.0.0.1:8000"), clock=lambda: TUESDAY).test_client()
    assert name not in plain.get("/sv/lekeberg/").headers
    assert name not in create_app(settings(), clock=lambda: TUESDAY).test_client().get("/healthz").headers
