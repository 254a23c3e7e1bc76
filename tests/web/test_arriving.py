"""What anybody may send on either database: 4xx with a sentence and never a 500; `make fuzz` sends far more."""

import secrets
from typing import Any

import pytest

from portal.domain.staff.roles import Role
from portal.store.storage import Storage
from tests import applications, groups
from tests.apps import create_app
from tests.bad_input import attacked
from tests.conftest import TUESDAY, settings
from tests.made_up_staff import PASSWORD, Clock, Room

FEW = 600


def test_spoilt_requests_are_refused_in_words(database_url: str) -> None:
    seed = secrets.randbelow(1_000_000)
    with attacked(database_url, seed) as attack:
        found = attack.send(FEW)
    print(f"seed {seed}")
    assert found.wrong == []
    assert found.statuses[200] > FEW / 20
    assert sum(count for status, count in found.statuses.items() if 400 <= status < 500) > FEW / 20


@pytest.fixture
def room(database_url: str, storage: Storage) -> Room:
    """Return a portal with groups on either database."""
    groups.put(storage)
    clock = Clock(TUESDAY)
    return Room(create_app(settings(database_url=database_url), clock, lambda: 0.0), storage, clock)


@pytest.mark.parametrize(
    "path",
    [
        "/sv/lekeberg/groups/a%00b",
        "/sv/lekeberg/groups/a%00b/sign-up",
        "/sv/lekeberg/insatser/%00",
        "/sv/lekeberg/apply/%00",
        "/sv/%00/",
        "/static/%00",
        "/staff/%00",
        "/staff/groups/%00",
    ],
)
def test_an_address_with_a_sign_that_no_text_holds_leads_nowhere(room: Room, path: str) -> None:
    member = room.sign_in(Role.LEADER)
    answer = member.client.get(path)
    assert answer.status_code == 404
    assert "Sidan finns inte" in answer.text


@pytest.mark.parametrize("spoilt", ["\0", "a\0b", "\ud800"])
def test_a_sign_that_no_text_holds_is_left_out_of_fields(room: Room, spoilt: str) -> None:
    client: Any = room.app.test_client()
    form = {"seats": "1", "nickname": f"R{spoilt}os", "phone": "070-174 06 05", "email": f"ros{spoilt}@example.se"}
    sent = {name: value.encode("utf-8", "surrogatepass") for name, value in form.items()}
    for path in ("/sv/lekeberg/groups/many/sign-up", "/sv/lekeberg/my-place", "/sv/lekeberg/my-application"):
        answer = client.post(path, data={**sent, "code": spoilt.encode("utf-8", "surrogatepass")})
        assert answer.status_code < 500, path
        assert "\0" not in answer.text
    assert client.get("/sv/lekeberg/my-place/calendar.ics?feed=%00").status_code == 404
    assert client.get("/sv/lekeberg/groups?insats=%00&language=%00").status_code == 200


@pytest.mark.parametrize("spoilt", ["x" * 201, "x" * 4097, "å" * 4097, f"\0{PASSWORD}x"])
def test_a_password_of_any_length_is_wrong_in_words(room: Room, spoilt: str) -> None:
    member = room.sign_in(Role.LEADER)
    member.client = room.app.test_client()
    member.get("/sign-in")
    answer = member.post("/sign-in", {"email": member.email, "password": spoilt})
    assert answer.status == 422
    assert "lösenord" in answer.text
    member.get("/welcome")
    assert member.post("/welcome", {"code": "x", "password": spoilt, "again": spoilt}).status == 422


def test_what_opens_nothing_is_told_so_whatever_it_is(room: Room) -> None:
    assert applications.CODES
    for code in ("\0", "x" * 70_000, "٣" * 30):
        answer = room.app.test_client().post("/sv/lekeberg/my-place", data={"code": code})
        assert answer.status_code in (413, 422)
