"""The portal as a kommun runs it: gunicorn, in a process and a copy of the project of its own."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.groups import KEY

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("portal", "data", "static", "translations")


@dataclass(frozen=True)
class Server:
    """A running portal: its address, the copy of the project it runs in, and the file of all it says."""

    address: str
    project: Path
    output: Path

    def lines(self) -> list[str]:
        """Return every line that the portal and gunicorn have written."""
        return self.output.read_text(encoding="utf-8").splitlines()


@contextmanager
def served(
    folder: Path, database: Path, prepare: Callable[[Path], object] | None = None, **settings: str
) -> Iterator[Server]:
    """Serve the portal from a copy, so that a file which changes there is the portal's own doing; also a database.

    `prepare` may change the copy first; `settings` are of the environment: PORTAL_TRANSLATIONS and its like.
    """
    project, output = folder / "project", folder / "output.txt"
    half_written = shutil.ignore_patterns("*.pyc.*")  # by another process of the tests, just now
    for part in PARTS:
        shutil.copytree(ROOT / part, project / part, ignore=half_written)
    if prepare is not None:
        prepare(project)
    remembered = shutil.copy(database, folder / "portal.sqlite")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")},
        "PORTAL_ENV": "development",
        "PORTAL_DATABASE_URL": f"sqlite:///{remembered}",
        "PORTAL_ENCRYPTION_KEYS": KEY,
        # Nothing is sent: the pages only say what they say where there is mail.
        "PORTAL_SMTP_URL": "smtp://127.0.0.1:9",
        "PORTAL_MAIL_FROM": "portalen@example.se",
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        **settings,
    }
    # The socket listens before gunicorn does, so that nobody has to wait and see.
    with output.open("wb") as written, socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        process = subprocess.Popen(  # noqa: S603 - our own command
            [*_command(listening.fileno()), "tests.browser.tuesday:app"],
            cwd=project,
            env=environment,
            stdout=written,
            stderr=subprocess.STDOUT,
            pass_fds=[listening.fileno()],
        )
    try:
        yield Server(f"http://127.0.0.1:{port}", project, output)
    finally:
        process.terminate()
        process.wait(timeout=20)


def _command(listening: int) -> list[str]:
    # The log says more than a kommun's does: even then no answer may stand in it.
    log = ["--log-level", "debug", "--access-logfile", "-", "--error-logfile", "-"]
    return [
        sys.executable,
        "-m",
        "gunicorn",
        "--threads",
        "8",
        "--bind",
        f"fd://{listening}",
        "--no-control-socket",
        *log,
    ]
