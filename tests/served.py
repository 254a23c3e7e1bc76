"""The portal as docs/operations.md says to serve it: gunicorn with gunicorn.conf.py, on a database that is given."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic

from tests.groups import KEY

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Served:
    """A running portal: its port, gunicorn's first process, and the file of all it says."""

    port: int
    process: "subprocess.Popen[bytes]"
    output: Path

    def ask(
        self, path: str, body: bytes | None = None, *, seconds: float = 20, **headers: str
    ) -> tuple[int, str, float]:
        """Return the status and the text of an answer, and after how many seconds it had come."""
        began = monotonic()
        connection = HTTPConnection("127.0.0.1", self.port, timeout=seconds)
        try:
            kind = {} if body is None else {"Content-Type": "application/x-www-form-urlencoded"}
            connection.request("GET" if body is None else "POST", path, body, kind | headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode(), monotonic() - began
        finally:
            connection.close()

    def said(self) -> str:
        """Return what the portal and gunicorn have written."""
        return self.output.read_text(encoding="utf-8")


def environment(database_url: str, **settings: str) -> dict[str, str]:
    """Return the environment of a portal in production, with what is given."""
    ours = {
        "PORTAL_ENV": "production",
        "PORTAL_SECRET_KEY": "x" * 40,
        "PORTAL_DATABASE_URL": database_url,
        "PORTAL_ENCRYPTION_KEYS": KEY,
        "PYTHONUNBUFFERED": "1",
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
    return kept | ours | settings


@contextmanager
def served(folder: Path, database_url: str, *options: str, **settings: str) -> Iterator[Served]:
    """Serve the portal as documented; `options` are gunicorn's, `settings` of the environment."""
    output = folder / "output.txt"
    # The socket listens before gunicorn does, so that nobody has to wait and see.
    with output.open("ab") as written, socket.create_server(("127.0.0.1", 0), backlog=1024) as listening:
        port = listening.getsockname()[1]
        process = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", "gunicorn", "--bind", f"fd://{listening.fileno()}", *options, "wsgi:app"],
            cwd=ROOT,
            env=environment(database_url, **settings),
            stdout=written,
            stderr=subprocess.STDOUT,
            pass_fds=[listening.fileno()],
        )
    try:
        yield Served(port, process, output)
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
