"""Made-up staff, and what they do in the staff room: every page that one of them fetches is inspected."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from unicodedata import normalize

from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from passlib.totp import TOTP
from werkzeug.test import TestResponse

from portal.actions.staff.accounts import COMMAND_LINE, add_staff
from portal.domain.staff.roles import Role, Staff
from portal.settings import PasswordCost
from portal.store.staff.accounts import save_fields, seal_secret
from portal.store.storage import Storage
from tests.markup import parsed
from tests.pages import Page, inspect

PASSWORD = "fyra gula hästar sover"  # noqa: S105 - made up, and for made-up people
OTHER_PASSWORD = "fem röda kor vaknar"  # noqa: S105
CHEAP = PasswordCost(passes=1, memory=8, lanes=1)
"""What a password of a test costs: the least that there is."""


@dataclass
class Clock:
    """The time of a test, which goes only when the test says so."""

    now: datetime

    def __call__(self) -> datetime:
        """Return what time it is."""
        return self.now

    def pass_by(self, **length: int) -> None:
        """Let time pass."""
        self.now += timedelta(**length)


@dataclass
class Room:
    """A staff room of a test's own: its app, what it remembers with, its clock, and seconds for the notices."""

    app: Flask
    storage: Storage
    clock: Clock
    seconds: list[float] = field(default_factory=lambda: [0.0])

    def add(self, *roles: Role, kommun: str | None = "lekeberg", email: str = "lea@example.se") -> tuple[Staff, str]:
        """Return somebody who is invited, and her code."""
        return add_staff(self.storage, COMMAND_LINE, email, roles, kommun, self.clock.now)

    def visitor(self) -> "Member":
        """Return somebody with an empty browser."""
        return Member(self, self.app.test_client())

    def sign_in(self, *roles: Role, kommun: str | None = "lekeberg", email: str = "lea@example.se") -> "Member":
        """Return somebody of the staff with those roles, who has come in by password and code."""
        staff, _ = self.add(*roles, kommun=kommun, email=email)
        member = self.visitor()
        member.email = email
        member.totp = TOTP.new()
        sealed = seal_secret(self.storage.vault, staff.id, member.totp.to_dict())
        with self.storage.database.transaction() as connection:
            save_fields(connection, staff.id, password=hashed(), sealed=sealed, invitation=None)
        member.staff_id = staff.id
        member.come_in()
        member.get("/account")
        return member


@cache
def hashed() -> str:
    """Return the hash of PASSWORD: with the cheapest settings, for a test that signs many in."""
    hasher = PasswordHasher(time_cost=CHEAP.passes, memory_cost=CHEAP.memory, parallelism=CHEAP.lanes)
    return hasher.hash(normalize("NFKD", PASSWORD))


@dataclass
class Member:
    """Somebody at the door of the staff room, or inside it."""

    room: Room
    client: FlaskClient
    email: str = ""
    staff_id: str = ""
    totp: Any = None
    token: str = ""

    def get(self, path: str = "", **more: Any) -> Page:
        """Fetch and inspect a page of the room; `path` comes after /staff."""
        return self._inspected(self.client.get(f"/staff{path}", **more))

    def post(self, path: str, data: dict[str, Any] | None = None, **more: Any) -> Page:
        """Send a form with the token of the last page, and inspect what comes back."""
        sent = {"csrf_token": self.token, **(data or {})}
        return self._inspected(self.client.post(f"/staff{path}", data=sent, **more))

    def follow(self, page: Page) -> Page:
        """Return the page that an answer leads to."""
        assert page.response.location is not None, (page.status, page.text)
        return self.get(page.response.location.removeprefix("/staff"))

    def come_in(self, password: str = PASSWORD) -> Page:
        """Sign in with password and code; return the answer to the last form."""
        # The next code of the app: no code is taken twice.
        self.room.clock.pass_by(seconds=30)
        self.get("/sign-in")
        answer = self.post("/sign-in", {"email": self.email, "password": password})
        assert answer.status == 302, answer.text
        self.follow(answer)
        return self.post("/code", {"code": self.code()})

    def elsewhere(self) -> "Member":
        """Return the same person at another browser."""
        return Member(self.room, self.room.app.test_client(), self.email, self.staff_id, self.totp)

    def code(self) -> str:
        """Return what her app for codes shows now."""
        return str(self.totp.generate(time=self.room.clock.now.timestamp()).token)

    def cookie(self) -> str:
        """Return the value of her cookie."""
        found = self.client.get_cookie("__Secure-staff", path="/staff")
        return found.value if found is not None else ""

    def _inspected(self, response: TestResponse) -> Page:
        assert response.status_code != 500, response.text
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert response.headers["Cache-Control"] == "no-store"
        assert "script-src 'self'" in response.headers["Content-Security-Policy"]
        if response.mimetype != "text/html" or 300 <= response.status_code < 400:
            return Page(response)
        page = Page(response, parsed(response.text))
        inspect(page)
        found = re.search(r'name="csrf_token" value="([^"]+)"', response.text)
        self.token = found[1] if found else self.token
        for form in page.all("form", method="post"):
            assert [one for one in form.iter("input") if one.get("name") == "csrf_token"], "a form without its token"
        return page
