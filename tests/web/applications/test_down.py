"""While the database is down every step works until the sending, and what was typed is kept in the form."""

import pytest
from flask import Flask

from portal.domain.applications.rules import ApplicationRules
from tests.applicant import WANTS, Applicant
from tests.apps import create_app
from tests.conftest import TUESDAY, settings
from tests.made_up_applicants import picture
from tests.pages import Visitor

CODE = "KX4-7TM-9PR-2HC"


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Return a portal whose database cannot be opened: a folder stands in its place."""
    folder = tmp_path_factory.mktemp("broken")
    return create_app(settings(database_url=f"sqlite:///{folder}"), clock=lambda: TUESDAY)


@pytest.fixture
def unlucky(broken: Flask, rules: ApplicationRules) -> Applicant:
    """Return somebody who has filled in everything."""
    applicant = Applicant(Visitor(broken.test_client()))
    applicant.begin()
    applicant.fill(rules.kinds["elderly"])
    return applicant


@pytest.mark.parametrize("do", ["send", "pause"])
def test_what_was_typed_is_kept_and_can_be_sent_again(unlucky: Applicant, do: str) -> None:
    before = unlucky.held
    page = unlucky.press(do)
    assert page.status == 503
    assert unlucky.held == before
    assert WANTS in page.text
    assert page.all("a", href="tel:058548700", class_="call")
    assert ("Skicka igen" in page.text) == (do == "send")


def test_a_code_that_cannot_be_looked_up_now_is_no_error_of_ours(unlucky: Applicant, rules: ApplicationRules) -> None:
    held = {**unlucky.held, "code": [CODE]}
    for more in ({"do": "pause"}, {"do": "send"}, {"do": "remove.x"}, {"do": "attach"}, {"stay": "1"}, {}):
        page = unlucky.visitor.post(unlucky.address, data={**held, **more})
        assert page.status in (200, 503), more
        unlucky.page = page
        assert unlucky.held["wants"] == [WANTS]
        assert unlucky.held["code"] == [CODE]


def test_a_file_is_put_off(unlucky: Applicant) -> None:
    unlucky.page = unlucky.visitor.post(unlucky.address, data={**unlucky.held, "code": [CODE], "do": "change.files"})
    page = unlucky.attach("x.png", picture())
    assert page.status == 503
    assert unlucky.held["wants"] == [WANTS]


@pytest.mark.parametrize("do", ["", "copy", "leave", "go_on", "file.x"])
def test_my_application_says_so_and_keeps_the_code(unlucky: Applicant, do: str) -> None:
    page = unlucky.mine(CODE, do)
    assert page.status == 503
    assert page.one("input", id="code").get("value") == CODE
