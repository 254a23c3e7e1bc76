"""Who is told of changes: signed, tried again, given up, and nobody inside the house."""

import json
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.actions.catalogue.changes import note_changes
from portal.actions.catalogue.webhooks import Bell, Told, tell_changes
from portal.store.catalogue.published import WAITS, list_calls
from portal.store.storage import Storage
from tests.domain.build import insats, kommun
from tests.domain.made_up import NOW

KEY = bytes(range(32))
BELL = Bell("https://stod.example.se/", KEY, may_stay_inside=True)
LATER = NOW + timedelta(minutes=1)


class Listener(HTTPServer):
    """Somebody who keeps a copy of the catalogue; answers with `status`, and hears what it is told."""

    def __init__(self, status: int) -> None:
        super().__init__(("127.0.0.1", 0), _Heard)
        self.status = status
        self.heard: list[tuple[dict[str, str], bytes]] = []

    @property
    def address(self) -> str:
        """Return where it is told."""
        return f"http://127.0.0.1:{self.server_port}/hook?for=us"


class _Heard(BaseHTTPRequestHandler):
    server: Listener

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.append((dict(self.headers.items()), body))
        self.send_response(self.server.status)
        self.send_header("Location", self.server.address)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def listening(status: int = 204) -> Iterator[Listener]:
    """Give somebody who listens."""
    with Listener(status) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def changed(storage: Storage, address: str, at: datetime = LATER) -> None:
    """Let what a kommun publishes change, for an address to be told."""
    note_changes(storage, [kommun()], {}, NOW)
    note_changes(storage, [kommun(insats("abc"))], {"lillby": (address,)}, at)


def test_who_listens_is_told_once_where_to_ask_and_can_see_who_tells(storage: Storage) -> None:
    with listening() as listener:
        changed(storage, listener.address)
        assert tell_changes(storage, BELL, LATER) == Told(told=1)
        assert tell_changes(storage, BELL, LATER) == Told()
    ((headers, body),) = listener.heard
    told = json.loads(body)
    assert told["kommun"] == "lillby"
    assert told["changes"].startswith("https://stod.example.se/api/v1/lillby/changes?since=2")
    assert told["changes"].endswith("Z")
    signed = f"{headers['Portal-Timestamp']}.{headers['Portal-Event']}.".encode() + body
    public = Ed25519PrivateKey.from_private_bytes(KEY).public_key()
    public.verify(b64decode(headers["Portal-Signature"].removeprefix("ed25519=")), signed)


@pytest.mark.parametrize("status", [302, 404, 500])
def test_who_does_not_hear_is_told_again_later_and_at_last_no_more(
    storage: Storage, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    at = LATER
    with listening(status) as listener:
        changed(storage, listener.address)
        for wait in WAITS:
            assert tell_changes(storage, BELL, at) == Told(put_off=1)
            assert tell_changes(storage, BELL, at) == Told()
            at += timedelta(minutes=wait)
        assert tell_changes(storage, BELL, at) == Told(given_up=1)
        assert list_calls(storage, at + timedelta(days=9)) == []
        assert len(listener.heard) == len(WAITS) + 1
    assert "is given up" in caplog.text
    assert "for=us" not in caplog.text


def test_nobody_inside_the_house_is_called(storage: Storage) -> None:
    with listening() as listener:
        changed(storage, listener.address)
        outside = Bell(BELL.site, KEY)
        assert tell_changes(storage, outside, LATER) == Told(put_off=1)
        assert listener.heard == []


def test_what_changed_while_somebody_was_told_is_told_too(storage: Storage) -> None:
    with listening() as listener:
        changed(storage, listener.address)
        (call,) = list_calls(storage, LATER)
        last = LATER + timedelta(minutes=1)
        note_changes(storage, [kommun()], {"lillby": (listener.address,)}, last)
        assert tell_changes(storage, BELL, last) == Told(told=1)
        assert call.since == LATER
        note_changes(storage, [kommun(insats("abc"))], {"lillby": (listener.address,)}, last)
        assert tell_changes(storage, BELL, last, lambda: False) == Told()
        assert tell_changes(storage, BELL, last) == Told(told=1)
