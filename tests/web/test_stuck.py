"""A database that is stuck: within ten seconds the page that says so, with what was typed; other pages never wait."""

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from time import monotonic

import psycopg
import pytest
from flask import Flask

from portal.domain.applications.rules import ApplicationRules
from tests import groups
from tests.applicant import WANTS, Applicant, fields_in
from tests.apps import create_app
from tests.conftest import TUESDAY, settings
from tests.made_up_staff import Member
from tests.pages import Visitor
from tests.postgres import frozen
from tests.store.test_turns import locked

LONGEST = 10.0
AT_ONCE = 2.0
"""Seconds. The second is far less on a machine of one's own; others work on this one."""

TYPED = {"nickname": "Kim", "email": "kim@example.se"}


@contextmanager
def written_to(path: str) -> Iterator[None]:
    """Hold an SQLite file as another program does that writes to it without end."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    yield
    other.close()


@pytest.fixture(params=["lock", "file", "server"])
def stuck(
    request: pytest.FixtureRequest, filled: Path, tmp_path: Path
) -> Iterator[tuple[Flask, AbstractContextManager[None]]]:
    """Return a portal, and what makes its database stuck."""
    path = str(tmp_path / "portal.sqlite")
    if request.param == "server":
        server: str = request.getfixturevalue("postgresql")
        with psycopg.connect(server.format(name="postgres"), autocommit=True) as connection:
            connection.execute("CREATE DATABASE stuck")
        address = server.format(name="stuck")
        storage = groups.made_up(address)
        groups.fill(storage)
        storage.close()
        holding = frozen(address)
    else:
        Path(path).write_bytes(filled.read_bytes())
        address, holding = f"sqlite:///{path}", (locked if request.param == "lock" else written_to)(path)
    app = create_app(settings(database_url=address), clock=lambda: TUESDAY)
    yield app, holding
    app.extensions["storage"].close()


def test_what_was_typed_comes_back_in_time_and_other_pages_never_wait(
    stuck: tuple[Flask, AbstractContextManager[None]], rules: ApplicationRules
) -> None:
    app, holding = stuck
    visitor = Visitor(app.test_client())
    address = "/ar/lekeberg/groups/many/sign-up"
    form = fields_in(next(one for one in visitor.get(address).all("form") if one.get("action") == address))
    applicant = Applicant(Visitor(app.test_client()))
    applicant.begin()
    applicant.fill(rules.kinds["elderly"])
    member = Member(None, app.test_client())  # type: ignore[arg-type] - she does not come in
    member.get("/sign-in")
    with holding:
        began = monotonic()
        page = visitor.post(address, data={**form, **TYPED})
        assert monotonic() - began < LONGEST
        assert (page.status, page.one("html").get("lang")) == (503, "ar")
        again = fields_in(next(one for one in page.all("form") if one.get("action") == address))
        assert {name: again[name] for name in TYPED} == {name: [value] for name, value in TYPED.items()}
        for do in ("send", "pause"):
            began = monotonic()
            assert applicant.press(do).status == 503
            assert monotonic() - began < LONGEST
            assert applicant.held["wants"] == [WANTS]
        began = monotonic()
        page = member.post("/sign-in", {"email": "lea@example.se", "password": "x" * 12})
        assert monotonic() - began < LONGEST
        assert page.status == 503
        for path, body in (
            ("/healthz", None),
            ("/sv/lekeberg/", None),
            ("/sv/lekeberg/self-check", {"topics": "parenting"}),
        ):
            began = monotonic()
            answer = visitor.client.get(path) if body is None else visitor.client.post(path, data=body)
            assert (answer.status_code, path) == (200, path)
            assert monotonic() - began < AT_ONCE
