"""What may be kept is the same for everybody; all else is kept nowhere."""

import re

import pytest
from flask import Flask, Response

from portal.web.security import KEPT, Guarded
from portal.web.shared import kept
from tests.pages import Visitor

OPEN = (
    "/api/v1/kommuner",
    "/api/v1/lekeberg/insatser?lang=ar",
    "/api/v1/lekeberg/groups",
    "/api/v1/openapi.json",
    "/api/hsds/v3/services",
    "/api/cpsv/mellerud.ttl",
    "/dcat.ttl",
    "/sv/lekeberg/groups/calendar.ics",
    "/ar/lekeberg/insatser.rss?topic=parenting",
    "/sitemap.xml",
)
PAGES = ("/", "/sv/", "/ti/lekeberg/", "/sv/lekeberg/insatser")
KEPT_NOWHERE = (
    "/sv/lekeberg/self-check",
    "/sv/lekeberg/insatser/abc-3-12",
    "/sv/lekeberg/insatser?topic=violence",
    "/sv/lekeberg/groups",
    "/sv/lekeberg/groups/many",
    "/sv/lekeberg/groups/many/sign-up",
    "/sv/lekeberg/apply",
    "/sv/lekeberg/my-place",
    "/sv/?q=lekeberg",
    "/api/v1/lekeberg/nothing",
    "/api/v1/lekeberg/insatser?page=99",
    "/healthz",
)


@pytest.mark.parametrize("address", [*OPEN, *PAGES])
def test_who_has_it_already_gets_nothing_again(app: Flask, address: str) -> None:
    client = app.test_client()
    for packed in ("br", "identity"):
        first = client.get(address, headers={"Accept-Encoding": packed})
        assert (first.status_code, first.headers["Cache-Control"]) == (200, KEPT)
        assert "Accept-Encoding" in first.headers["Vary"]
        again = client.get(address, headers={"If-None-Match": first.headers["ETag"], "Accept-Encoding": packed})
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["Cache-Control"] == KEPT
    assert client.get(address, headers={"If-None-Match": 'W/"other"'}).status_code == 200


@pytest.mark.parametrize("address", OPEN)
def test_programs_of_other_sites_may_read_what_is_open(app: Flask, address: str) -> None:
    assert app.test_client().get(address).headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("address", [*PAGES, *KEPT_NOWHERE])
def test_pages_are_no_other_sites_to_read(app: Flask, address: str) -> None:
    found = app.test_client().get(address).headers.get("Access-Control-Allow-Origin")
    assert found is None or address.startswith("/api/")


@pytest.mark.parametrize("address", KEPT_NOWHERE)
def test_what_is_about_somebody_or_wrong_is_kept_nowhere(app: Flask, address: str) -> None:
    assert app.test_client().get(address).headers["Cache-Control"] == "no-store"


def test_no_page_that_is_kept_has_a_form_of_its_own(visitor: Visitor) -> None:
    for address in PAGES:
        names = {field.get("name") for field in visitor.get(address).all("input")}
        assert names <= {"q", "topic", None}, address


def test_an_answer_with_a_cookie_is_kept_nowhere(app: Flask) -> None:
    with app.test_request_context():
        answer = kept(Response("hello"))
        answer.set_cookie("a", "b")
    seen: list[tuple[str, str]] = []
    Guarded(answer)({"REQUEST_METHOD": "GET", "PATH_INFO": "/"}, lambda status, headers, info: seen.extend(headers))
    assert dict(seen)["Cache-Control"] == "no-store"


def test_the_language_that_a_browser_asks_for_is_part_of_the_first_page(app: Flask) -> None:
    assert re.search("Accept-Language", app.test_client().get("/").headers["Vary"])
