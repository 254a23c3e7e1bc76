"""What a person or a program sees when something is wrong, and what the log says of it."""

import logging
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.domain.catalogue.whole import Catalogue
from tests.apps import create_app
from tests.conftest import settings
from tests.pages import Page, Visitor
from tests.web.each_language import LANGUAGES

TOO_MUCH = b"topics=" + b"x" * 10_000_000
FORM = {"content_type": "application/x-www-form-urlencoded"}


def kommuner_named(page: Page) -> list[str]:
    """Return the kommuner that a page leads to, in order."""
    return [link.get("href", "").strip("/").split("/")[1] for link in page.one("ul", class_="choices").iter("a")]


@pytest.mark.parametrize("path", ["/xx/", "/xx/lekeberg/", "/sv/granby/", "/sv/granby/self-check", "/xx/granby/apply"])
def test_a_wrong_language_or_kommun_gives_a_page_that_lists_the_kommuner(
    visitor: Visitor, catalogue: Catalogue, path: str
) -> None:
    page = visitor.get(path)
    assert page.status == 404
    assert kommuner_named(page) == list(catalogue.kommuner)
    assert page.all("a", href="tel:112")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", ["insatser/no-such", "apply/no-such"])
def test_what_a_kommun_does_not_have_leads_to_its_start(visitor: Visitor, lang: str, path: str) -> None:
    page = visitor.get(f"/{lang}/lekeberg/{path}")
    assert page.status == 404
    assert page.tree is not None
    assert page.tree.get("lang") == lang
    assert page.all("a", href=f"/{lang}/lekeberg/")


@pytest.mark.parametrize("path", ["/", "/nowhere", "/sv/lekeberg/nowhere", "/static/nowhere.css", "/staffing", "/x//"])
def test_an_address_that_nothing_answers_gives_a_page(visitor: Visitor, path: str) -> None:
    page = visitor.get(path, follow_redirects=True)
    assert page.status == (200 if path == "/" else 404)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_error_is_told_in_the_language_of_the_address(visitor: Visitor, lang: str) -> None:
    told = {
        "not found": visitor.get(f"/{lang}/lekeberg/nowhere"),
        "not allowed": visitor.post(f"/{lang}/lekeberg/"),
        "too large": visitor.post(f"/{lang}/lekeberg/self-check", data=TOO_MUCH, **FORM),
    }
    assert {name: page.tree.get("lang") for name, page in told.items() if page.tree is not None} == dict.fromkeys(
        told, lang
    )


@pytest.mark.parametrize("path", ["/sv/lekeberg/self-check", "/ar/lekeberg/insatser"])
def test_ten_megabytes_are_refused_with_a_page(visitor: Visitor, path: str) -> None:
    page = visitor.post(path, data=TOO_MUCH, **FORM)
    assert page.status == 413
    assert page.all("a", href=path.rsplit("/", 1)[0] + "/")


def test_more_parts_than_a_form_has_are_refused_with_a_page(visitor: Visitor) -> None:
    parts = "".join(f'--x\r\nContent-Disposition: form-data; name="f{number}"\r\n\r\n\r\n' for number in range(300))
    page = visitor.post(
        "/sv/lekeberg/self-check", data=f"{parts}--x--\r\n", content_type="multipart/form-data; boundary=x"
    )
    assert page.status == 413


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "PROPFIND"])
def test_a_method_that_a_page_does_not_have_is_refused_with_those_it_has(app: Flask, method: str) -> None:
    for path in ("/sv/lekeberg/", "/api/v1/kommuner"):
        response = app.test_client().open(path, method=method)
        assert response.status_code == 405
        assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_a_program_is_told_in_problem_json(app: Flask) -> None:
    client = app.test_client()
    for status, response in {
        404: client.get("/api/v1/granby/questions"),
        405: client.put("/api/v1/kommuner"),
        413: client.post("/api/v1/lekeberg/self-check", data=TOO_MUCH, content_type="application/json"),
    }.items():
        assert response.status_code == status
        assert response.mimetype == "application/problem+json"
        told = response.get_json()
        assert (told["type"], told["status"]) == ("about:blank", status)
        assert set(told) == {"type", "title", "status", "detail", "instance"}
        # What is not there has no advice: it would speak of a list that only a page has.
        assert (told["detail"] == told["title"]) is (status == 404)
        assert "<" not in response.text


def test_an_error_is_told_to_htmx_as_a_whole_page(app: Flask) -> None:
    response = app.test_client().get("/sv/lekeberg/insatser/no-such", headers={"HX-Request": "true"})
    assert response.status_code == 404
    assert response.text.startswith("<!doctype html>")


# --------------------------------------------------------------------------------------- something goes wrong


class ClockStopped(Exception):
    """Stands for anything that goes wrong inside."""


ANSWER = "17 år och utsatt"


def stopped_clock() -> datetime:
    """Fail with a message that holds an answer."""
    raise ClockStopped(ANSWER)


@pytest.fixture(scope="module")
def failing() -> FlaskClient:
    """Return a visitor of a portal whose clock has stopped."""
    return create_app(settings(), clock=stopped_clock).test_client()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_failure_is_told_as_a_page_with_somebody_to_call(failing: FlaskClient, lang: str) -> None:
    response = failing.get(f"/{lang}/lekeberg/")
    assert response.status_code == 500
    assert f'<html lang="{lang}"' in response.text
    assert 'href="tel:058548700"' in response.text
    assert 'href="tel:112"' in response.text
    assert response.headers["Cache-Control"] == "no-store"
    assert "Traceback" not in response.text


def test_a_failure_is_logged_by_kind_and_place_and_never_by_its_message(
    failing: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    failing.get("/sv/lekeberg/?age=17")
    (record,) = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert (record.name, record.exc_info) == ("portal.errors", None)
    assert record.getMessage().startswith("ClockStopped while answering home.start\n")
    assert "home/routes.py" in record.getMessage()
    assert ANSWER not in caplog.text
    assert "age=17" not in caplog.text
