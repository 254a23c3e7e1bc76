"""How long the server waits for who sends slowly: a worker of gunicorn whose every request has an end.

gunicorn's worker with threads keeps who says nothing beside its threads, but waits for ever for who sends a byte now
and then. Here each such request is cut off, so that no number of them holds the threads for long.
"""

from collections.abc import Iterable
from contextlib import suppress
from socket import SHUT_RDWR
from time import monotonic
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

HEADERS = 10.0
"""Seconds until the headers of a request have come."""

ANSWER = 30.0
"""Seconds more until it is answered and the answer is read; what the database may take is far less."""

SLOWEST = 8 * 1024
"""Bytes in a second that a body comes at, at least: a photo from a phone with a poor connection."""


def seconds_for(headers: Iterable[tuple[str, str]]) -> float:
    """Return how long a request with such headers may take from now, its body and the answer included."""
    lengths = [value for name, value in headers if name.upper() == "CONTENT-LENGTH" and value.isdecimal()]
    return ANSWER + sum(int(value[:12]) for value in lengths) / SLOWEST


class PatientWorker(ThreadWorker):  # type: ignore[misc]
    """gunicorn's worker with threads, whose clients cannot take as long as they like."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._ends: dict[Any, float] = {}

    def handle(self, conn: Any) -> Any:
        """Answer a connection in a thread; its headers come in time, or it ends."""
        self._ends[conn] = monotonic() + HEADERS
        try:
            return super().handle(conn)
        finally:
            self._ends.pop(conn, None)

    def handle_request(self, req: Any, conn: Any) -> Any:
        """Answer a request whose headers are there; its body comes in time, or it ends."""
        self._ends[conn] = monotonic() + seconds_for(req.headers)
        return super().handle_request(req, conn)

    def murder_pending(self) -> None:
        """End the connections whose time is over: gunicorn asks for it at least once in a second."""
        super().murder_pending()
        now = monotonic()
        for conn, ends in list(self._ends.items()):
            if ends < now:
                # Who reads from it in a thread finds its end, and closes it.
                with suppress(OSError):
                    conn.sock.shutdown(SHUT_RDWR)
