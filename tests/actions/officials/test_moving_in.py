"""A catalogue moves into Plone: what is there stays, and what Plone does not take is said."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from portal.actions.officials.fetching import Site
from portal.actions.officials.moving_in import NotMoved, move_in
from portal.store.reading import parse_yaml
from tests.store.made_up import ID, write_kommun


class House(HTTPServer):
    """A Plone that keeps what it is given, or refuses it with a status."""

    def __init__(self, status: int) -> None:
        super().__init__(("127.0.0.1", 0), _Given)
        self.status, self.kept = status, dict[str, Any]()

    @property
    def site(self) -> Site:
        """Return it as commands name it."""
        return Site(f"http://127.0.0.1:{self.server_port}/", ID)


class _Given(BaseHTTPRequestHandler):
    server: House

    def do_GET(self) -> None:
        self._answer(200 if self.path in self.server.kept else 404)

    def do_POST(self) -> None:
        one = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.server.status == 201:
            self.server.kept[f"{self.path}/{one['id']}"] = one
        self._answer(self.server.status)

    def _answer(self, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "4")
        self.end_headers()
        self.wfile.write(b"told")

    def log_message(self, *_: Any) -> None:
        """Write nothing."""


@contextmanager
def house(status: int = 201) -> Iterator[House]:
    """Run a Plone."""
    server = House(status)
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_what_is_not_there_yet_becomes_a_draft(tmp_path: Path) -> None:
    folder = write_kommun(tmp_path)
    with house() as plone:
        assert move_in(plone.site, folder, "anna", "hemligt") == 3
        assert sorted(plone.kept) == [
            "/sv/insatser",
            "/sv/insatser/kurs",
            "/sv/kontakter",
            "/sv/kontakter/kursen",
            "/sv/kontakter/vaxel",
        ]
        assert plone.kept["/sv/insatser/kurs"]["title"] == "Solbackakursen"
        rest = parse_yaml(plone.kept["/sv/kontakter/vaxel"]["rest"])
        assert isinstance(rest, dict)
        assert rest["confirmed"] == {"on": date(2026, 10, 1), "by": "Växeln"}
        assert move_in(plone.site, folder, "anna", "hemligt") == 0


def test_what_plone_does_not_take_is_said(tmp_path: Path) -> None:
    folder = write_kommun(tmp_path)
    with house(400) as plone, pytest.raises(NotMoved, match="insatser: Plone answers 400: told"):
        move_in(plone.site, folder, "anna", "hemligt")
    with pytest.raises(NotMoved, match="does not answer"):
        move_in(plone.site, folder, "anna", "hemligt")
