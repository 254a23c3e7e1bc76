"""A crowd of residents: they read, answer, sign up and apply without a pause, and remember what they were told."""

import socket
import ssl
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPSConnection
from itertools import cycle
from threading import Event, Lock, Thread
from typing import cast
from urllib.parse import urlencode

from flask.testing import FlaskClient

from portal.domain.applications.kinds import ApplicationKind
from tests.drill.clients import Kept, Looker, Remote, applied, signed_up
from tests.nation.kommuner import names

PATIENCE = 12.0
"""Seconds that somebody waits for an answer before she tries again."""

LOOKS = 3.0
"""Seconds that who only looks waits."""

READ, ASKED, GROUPS, KEPT = "reading", "self-checks", "lists of groups", "writing"


@dataclass
class Way:
    """How to the portal: its name, the address that all know, and who vouches for its certificate."""

    site: str
    address: str
    context: ssl.SSLContext

    def open(self, seconds: float) -> HTTPSConnection:
        """Return a connection."""
        found = HTTPSConnection(self.site, timeout=seconds, context=self.context)
        reach = lambda _, timeout, source: socket.create_connection((self.address, 443), timeout)  # noqa: E731
        found._create_connection = reach  # type: ignore[attr-defined]
        return found


class Through(Remote):
    """Somebody who visits through the proxies, and tries again until she is answered."""

    def __init__(self, way: Way) -> None:
        super().__init__(0)
        self._way = way

    def connection(self) -> HTTPSConnection:
        """Return a way to the portal."""
        return self._way.open(PATIENCE)


@dataclass
class Seen:
    """What was answered well, when; and what was not."""

    well: dict[str, list[float]] = field(default_factory=lambda: {kind: [] for kind in (READ, ASKED, GROUPS, KEPT)})
    failed: dict[str, list[str]] = field(default_factory=lambda: {kind: [] for kind in (READ, ASKED, GROUPS, KEPT)})

    def longest(self, kind: str, since: float, until: float) -> float:
        """Return for how many seconds at most nobody was answered well."""
        times = [since, *(at for at in self.well[kind] if since < at < until), until]
        return max(after - before for before, after in zip(times, times[1:], strict=False))


class Crowd:
    """Everybody at once, in threads of this process."""

    def __init__(self, way: Way, kind: ApplicationKind, signers: int = 3) -> None:
        self.way, self.seen = way, Seen()
        self.signed, self.applied = Kept(), Kept()
        self.wrong: list[str] = []
        self._kind, self._left = kind, Event()
        self._lock, self._next, self._kommuner = Lock(), 0, cycle(names())
        work: list[Callable[[], object]] = [
            *[self._sign_up] * signers,
            self._apply,
            self._read,
            self._read,
            self._ask,
            self._look,
        ]
        self._threads = [Thread(target=self._until_left, args=(one,), daemon=True) for one in work]

    def come(self) -> None:
        """Begin."""
        for one in self._threads:
            one.start()

    def leave(self) -> None:
        """Finish what was begun, and stop."""
        self._left.set()
        for one in self._threads:
            one.join(120)

    def _until_left(self, do: Callable[[], object]) -> None:
        while not self._left.is_set():
            try:
                do()
            except Exception as error:  # what went wrong is told at the end
                self.wrong.append(f"{type(error).__name__}: {' '.join(str(error).split())[:200]}")
            self._left.wait(0.15)

    def _who(self) -> int:
        with self._lock:
            self._next += 1
            return self._next

    def _looker(self) -> Looker:
        return Looker(cast("FlaskClient", Through(self.way)))

    def _sign_up(self) -> None:
        number = self._who()
        kommun = names()[number % 40]
        who = f"anmald{number}"
        self.signed.add(who, signed_up(self._looker(), f"/sv/{kommun}/groups/{kommun}/sign-up", who))
        self.seen.well[KEPT].append(time.monotonic())

    def _apply(self) -> None:
        who = f"Sokande {self._who()}"
        self.applied.add(who, applied(self._looker(), who, self._kind))
        self.seen.well[KEPT].append(time.monotonic())

    def _read(self) -> None:
        self._once(READ, f"/sv/{self._somewhere()}/insatser")

    def _look(self) -> None:
        self._once(GROUPS, f"/sv/{self._somewhere()}/groups")

    def _ask(self) -> None:
        answers = {"topics": "violence"}
        self._once(ASKED, f"/sv/{self._somewhere()}/self-check", answers)

    def _somewhere(self) -> str:
        with self._lock:
            return next(self._kommuner)

    def _once(self, kind: str, path: str, form: dict[str, str] | None = None) -> None:
        """Ask once, and remember how it went."""
        says = self.ask(path, form)
        if says.startswith("200"):
            self.seen.well[kind].append(time.monotonic())
        else:
            self.seen.failed[kind].append(says)

    def ask(self, path: str, form: dict[str, str] | None = None) -> str:
        """Return the status of an answer and its text, or what went wrong."""
        connection = self.way.open(LOOKS)
        try:
            body = urlencode(form) if form else None
            headers = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
            connection.request("POST" if form else "GET", path, body, headers)
            answer = connection.getresponse()
            return f"{answer.status} {answer.read().decode()}"
        except (OSError, HTTPException) as error:
            return type(error).__name__
        finally:
            with suppress(OSError):
                connection.close()
