"""While the database is down the pages of groups say so, with whom to call; every other page works as ever."""

import logging

import pytest
from flask import Flask

from tests.applicant import fields_in
from tests.apps import create_app
from tests.conftest import TUESDAY, settings
from tests.groups import PLACED
from tests.pages import Visitor
from tests.web.each_language import LANGUAGES
from tests.web.test_every_page import pages

ANSWERS = {"topics": "parenting", "children": "8", "residence": "registered", "age": "35", "for": "me"}

REMEMBERING = ("/groups", "/groups/many", "/groups/many/sign-up", "/groups/many/calendar.ics")


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Return a portal whose database cannot be opened: a folder stands in its place."""
    folder = tmp_path_factory.mktemp("broken")
    return create_app(settings(database_url=f"sqlite:///{folder}"), clock=lambda: TUESDAY)


@pytest.fixture
def unlucky(broken: Flask) -> Visitor:
    """Return somebody who visits it."""
    return Visitor(broken.test_client())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", REMEMBERING)
def test_a_page_of_groups_says_so_and_whom_to_call(unlucky: Visitor, lang: str, path: str) -> None:
    page = unlucky.get(f"/{lang}/lekeberg{path}")
    assert page.status == 503
    assert page.one("html").get("lang") == lang
    assert page.all("a", href="tel:058548700", class_="call")
    assert page.all("a", href=f"/{lang}/lekeberg/insatser")
    assert page.response.headers["Retry-After"] == "60"


def test_what_is_sent_is_answered_the_same_way(unlucky: Visitor) -> None:
    wish = {"insats": "abc-3-12", "language": "ti", "time": "evening"}
    for path, form in (("groups", wish), ("groups/many/sign-up", {}), ("my-place", {"code": PLACED.code})):
        assert unlucky.post(f"/sv/lekeberg/{path}", data=form).status == 503


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_was_typed_can_be_sent_again(unlucky: Visitor, lang: str) -> None:
    typed = {"form_key": "k", "nickname": 'Kim "<b>"', "email": "kim@example.se", "needs": ["ramp", "quiet"]}
    address = f"/{lang}/lekeberg/groups/many/sign-up"
    page = unlucky.post(address, data=typed)
    again = next(form for form in page.all("form") if form.get("action") == address)
    assert fields_in(again) == {name: value if isinstance(value, list) else [value] for name, value in typed.items()}
    assert page.all("button", class_="button")


def test_signs_between_the_letters_of_dari_are_kept_and_those_of_no_page_are_not(unlucky: Visitor) -> None:
    page = unlucky.post("/fa-AF/lekeberg/groups/many/sign-up", data={"nickname": "می\u200cآیم\x00\x1b"})
    again = next(form for form in page.all("form") if (form.get("action") or "").endswith("/sign-up"))
    assert fields_in(again)["nickname"] == ["می\u200cآیم"]


def test_more_than_any_form_holds_is_a_page_too(unlucky: Visitor) -> None:
    for path in ("groups", "groups/many/sign-up", "my-place"):
        assert unlucky.post(f"/sv/lekeberg/{path}", data={"nickname": "x" * 70_000}).status in (413, 503), path


def test_a_page_that_was_only_opened_has_nothing_to_send(unlucky: Visitor) -> None:
    page = unlucky.get("/sv/lekeberg/groups/many")
    assert not [form for form in page.all("form") if (form.get("action") or "").endswith("/groups/many")]


def test_a_program_is_told_in_problem_json(unlucky: Visitor) -> None:
    response = unlucky.get("/api/v1/lekeberg/groups").response
    assert (response.status_code, response.mimetype) == (503, "application/problem+json")
    assert response.json is not None
    assert response.json["status"] == 503


def test_every_other_page_works(broken: Flask, unlucky: Visitor) -> None:
    others = [path for path in pages(broken, "sv", "lekeberg") if "/groups" not in path]
    assert len(others) > 12
    for path in others:
        assert unlucky.get(path).status == 200, path


def test_the_self_check_works_and_leads_to_groups_all_the_same(unlucky: Visitor) -> None:
    page = unlucky.post("/sv/lekeberg/self-check", data={**ANSWERS, "parenting": "everyday", "born_abroad": "no"})
    assert page.status == 200
    assert page.all("a", href="/sv/lekeberg/groups?insats=abc-3-12")


def test_the_log_says_what_is_down_and_nothing_of_who_asked(unlucky: Visitor, caplog: pytest.LogCaptureFixture) -> None:
    unlucky.post("/sv/lekeberg/my-place", data={"code": PLACED.code})
    (record,) = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert record.name == "portal.errors"
    assert record.getMessage().startswith("the database sqlite")
    assert PLACED.code not in caplog.text
