"""The feed of what has changed: in the catalogue, and by editors of the kommun."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient

from portal.actions.catalogue.changes import note_changes
from portal.actions.catalogue.notices import close_contact, edit_contact
from portal.domain.audit import Actor
from portal.domain.catalogue.contacts import Confirmation
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.catalogue.notices import Edited
from portal.store.storage import Storage
from tests.conftest import TUESDAY, Town
from tests.web.api.test_routes import shown

EDITOR = Actor("editor-1", "lekeberg")
LATER = TUESDAY + timedelta(minutes=5)


@pytest.fixture
def client(town: Town) -> FlaskClient:
    """Return a program that asks."""
    return town.visitor.client


@pytest.fixture
def kept(town: Town, lekeberg: Kommun) -> Storage:
    """Return the storage of the pages, where the jobs have seen the catalogue once."""
    note_changes(town.storage, [lekeberg], {}, TUESDAY)
    return town.storage


def changes(client: FlaskClient, since: str = "") -> list[tuple[str, str, str]]:
    """Return kind, id and what happened, of each change."""
    answer = shown(client.get(f"/api/v1/lekeberg/changes{since}"))
    return [(one["kind"], one["id"], one["change"]) for one in answer["changes"]]


def test_all_that_stands_is_listed_until_a_moment_is_named(
    client: FlaskClient, kept: Storage, lekeberg: Kommun
) -> None:
    every = changes(client)
    assert len(every) == len(lekeberg.insatser) + len(lekeberg.contacts)
    assert {what for *_, what in every} == {"added"}


def test_what_editors_say_and_what_is_taken_away_is_told(client: FlaskClient, kept: Storage, lekeberg: Kommun) -> None:
    until = shown(client.get("/api/v1/lekeberg/changes"))["until"]
    edited = Edited("Öppenvården", "070-174 06 05", "", (), Confirmation(date(2026, 11, 24), "Öppenvården"))
    edit_contact(kept, EDITOR, lekeberg, "oppenvarden", edited, LATER)
    close_contact(kept, EDITOR, lekeberg, "rehab", LATER.date(), LATER.date(), "Utbildning", LATER)
    fewer = {one.id: one for one in lekeberg.insatser.values() if one.id != "cosp"}
    assert note_changes(kept, [replace(lekeberg, insatser=fewer)], {}, LATER) == 3
    told = [one for one in changes(client, f"?since={until}") if one[2] != "added"]
    assert told == [
        ("contact", "oppenvarden", "changed"),
        ("contact", "rehab", "changed"),
        ("insats", "cosp", "removed"),
    ]
    answer = shown(client.get(f"/api/v1/lekeberg/changes?since={until}&limit=1&page=2&lang=en"))
    assert answer["paging"]["page"] == 2
    (reached,) = [one for one in shown(client.get("/api/v1/lekeberg/changes"))["changes"] if one["id"] == "rehab"]
    assert reached["insatser"] == ["dag-och-hemrehab"]
    assert reached["url"] is None


def test_nothing_new_keeps_the_moment_that_was_asked_from(client: FlaskClient, kept: Storage) -> None:
    answer = shown(client.get("/api/v1/lekeberg/changes?since=2200-01-01T00:00:00Z"))
    assert answer["changes"] == []
    assert answer["until"] == "2200-01-01T00:00:00.000000Z"
    assert shown(client.get("/api/v1/mellerud/changes")) == {
        "kommun": "mellerud",
        "changes": [],
        "until": None,
        "paging": {"page": 1, "limit": 500, "total": 0, "pages": 1},
    }
