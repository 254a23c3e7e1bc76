"""How the web is put together: addresses with another code for the language, no session, compression, a proxy."""

from pathlib import Path

import pytest
from flask import Flask, session
from flask.testing import FlaskClient

from portal.store.languages.menu import load_languages
from portal.web import BLUEPRINTS
from portal.web.voices.negotiating import codes
from tests.apps import create_app
from tests.conftest import TUESDAY, settings
from tests.pages import Visitor


@pytest.fixture
def in_dari(app: Flask) -> FlaskClient:
    """Return a visitor of the portal, which speaks Dari."""
    return app.test_client()


@pytest.mark.parametrize("tag", ["prs", "fa", "fa-af", "FA", "PRS"])
def test_other_codes_lead_to_dari(in_dari: FlaskClient, tag: str) -> None:
    response = in_dari.get(f"/{tag}/lekeberg/insatser")
    assert (response.status_code, response.location) == (308, "/fa-AF/lekeberg/insatser")
    assert in_dari.get(response.location).status_code == 200


def test_another_code_keeps_a_form_s_answers(in_dari: FlaskClient) -> None:
    response = in_dari.post("/prs/lekeberg/self-check", data={"topics": "money", "q": "topics"}, follow_redirects=True)
    assert response.request.path == "/fa-AF/lekeberg/self-check"
    assert response.request.method == "POST"
    assert 'name="topics" value="money"' in response.text


def test_another_code_keeps_a_list_that_somebody_shared(in_dari: FlaskClient) -> None:
    response = in_dari.get("/prs/lekeberg/my-list?i=abc-3-12&i=cope-3-12")
    assert response.location == "/fa-AF/lekeberg/my-list?i=abc-3-12&i=cope-3-12"


def test_a_page_in_dari_is_written_from_right_to_left(in_dari: FlaskClient) -> None:
    assert '<html lang="fa-AF" dir="rtl">' in in_dari.get("/fa-AF/").text


@pytest.mark.parametrize(
    ("code", "tag"),
    [(code, language.tag) for code, language in codes(load_languages()).items() if code != language.tag],
)
def test_every_other_code_leads_to_its_language(app: Flask, code: str, tag: str) -> None:
    response = app.test_client().get(f"/{code}/lekeberg/")
    assert (response.status_code, response.location) == (308, f"/{tag}/lekeberg/")


def test_a_code_leads_to_a_language_only_where_the_portal_speaks_it(tmp_path: Path) -> None:
    swedish = "sv: {name: Svenska, swedish: svenska, dir: ltr, babel: sv, source: true}\n"
    (tmp_path / "languages.yaml").write_text(swedish, encoding="utf-8")
    client = create_app(settings(translations=tmp_path), clock=lambda: TUESDAY).test_client()
    assert client.get("/prs/lekeberg/").status_code == 404
    assert client.get("/en/lekeberg/").status_code == 404
    assert client.get("/sv/lekeberg/").status_code == 200


@pytest.mark.parametrize("code", ["xx", "fa-IR", "prs-AF", "..", "s", "sv-", "%00"])
def test_a_code_that_nobody_knows_is_a_page_that_is_not_there(visitor: Visitor, code: str) -> None:
    assert visitor.get(f"/{code}/lekeberg/").status == 404


@pytest.mark.parametrize("page", ["insatser/abc-3-12", "insatser", "privacy", ""])
def test_a_page_is_shown_with_swedish_beside_where_its_address_asks_for_it(visitor: Visitor, page: str) -> None:
    beside = visitor.get(f"/ar/lekeberg/{page}?beside=sv").one("main").findall(".//span[@class='beside']")
    assert len(beside) > 3
    assert {(found.get("lang"), found.get("dir")) for found in beside} == {("sv", "ltr")}
    assert not visitor.get(f"/ar/lekeberg/{page}").one("main").findall(".//span[@class='beside']")
    assert not visitor.get(f"/ar/lekeberg/{page}?beside=").one("main").findall(".//span[@class='beside']")
    assert not visitor.get(f"/sv/lekeberg/{page}?beside=sv").one("main").findall(".//span[@class='beside']")


def test_no_alias_leads_off_the_portal(in_dari: FlaskClient) -> None:
    for path in ("/prs//evil.example/", "/prs/%2F%2Fevil.example", "/prs/\\evil.example/x"):
        location = in_dari.get(path).location
        assert location is None or location.startswith(("/fa-AF/", "https://localhost/"))


def test_every_feature_stands_in_the_table_once() -> None:
    folders = {path.parent.name for path in (Path(__file__).parents[2] / "portal" / "web").glob("*/routes.py")}
    assert sorted(blueprint.name for blueprint, _ in BLUEPRINTS) == sorted(folders)


def test_pages_are_compressed_for_those_who_ask(app: Flask) -> None:
    client = app.test_client()
    plain = client.get("/sv/lekeberg/")
    for coding in ("br", "gzip"):
        packed = client.get("/sv/lekeberg/", headers={"Accept-Encoding": coding})
        assert packed.headers["Content-Encoding"] == coding
        assert len(packed.data) < len(plain.data) / 2
        assert "Accept-Encoding" in packed.headers["Vary"]


def test_pages_about_what_went_wrong_are_compressed_too(app: Flask) -> None:
    client = app.test_client()
    for path, status in (("/sv/lekeberg/nowhere", 404), ("/sv/lekeberg/self-check", 422)):
        ask = client.get if status == 404 else client.post
        packed = ask(path, data={"q": "topics"}, headers={"Accept-Encoding": "br"})
        assert (packed.status_code, packed.headers["Content-Encoding"]) == (status, "br")


def test_nothing_can_be_written_to_a_session(app: Flask) -> None:
    with app.test_request_context("/sv/"), pytest.raises(RuntimeError, match="session"):
        session["answer"] = "17"


# ---------------------------------------------------------------------------------------------- behind a proxy


@pytest.fixture(scope="module")
def proxied() -> FlaskClient:
    """Return a visitor of a portal that trusts the headers of a proxy before it."""
    return create_app(settings(is_behind_proxy=True, site=None), clock=lambda: TUESDAY).test_client()


def test_a_prefix_stands_before_every_address(proxied: FlaskClient) -> None:
    told = proxied.get("/sv/lekeberg/", headers={"X-Forwarded-Prefix": "/portal"}).text
    assert 'href="/portal/sv/lekeberg/self-check"' in told
    assert 'href="/portal/static/portal.css?v=' in told
    assert 'href="/portal/en/lekeberg/"' in told
    assert 'href="/sv/' not in told


@pytest.mark.parametrize("prefix", ['"/\\"><img src=x>"', "/<img src=x>"])
@pytest.mark.parametrize("path", ["/sv/lekeberg/", "/sv/lekeberg/self-check", "/sv/lekeberg/insatser"])
def test_a_prefix_cannot_become_html(proxied: FlaskClient, path: str, prefix: str) -> None:
    assert "<img src=x>" not in proxied.get(path, headers={"X-Forwarded-Prefix": prefix}).text


def test_without_a_proxy_nobody_s_prefix_counts(visitor: Visitor) -> None:
    visitor.headers["X-Forwarded-Prefix"] = "/portal"
    visitor.headers["X-Forwarded-Host"] = "evil.example"
    page = visitor.get("/sv/lekeberg/")
    assert "/portal/" not in page.response.text
    assert "evil.example" not in page.response.text
