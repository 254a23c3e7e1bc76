"""Serves the portal with made-up groups, and holds what it publishes against the official standards of a folder.

conform.py STANDARDS     a folder with conform.py and the official schemas and shapes; 0 when nothing is wrong
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from socket import socket
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
PATIENCE = 60
"""Seconds that the portal may take to start."""


def main(folder: Path) -> int:
    """Return what the standards say of the portal: 0 when all hold, 2 where they are not there to be asked."""
    program = folder / "conform.py"
    if not program.is_file():
        print(f"There is no {program}: make conform STANDARDS=the folder of the official standards", file=sys.stderr)
        return 2
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as database:
        place = f"http://127.0.0.1:{port}"
        environment = {
            **os.environ,
            "PORTAL_ENV": "development",
            "PORTAL_DATABASE_URL": f"sqlite:///{database}/portal.sqlite",
            "PORTAL_SITE": place,
        }
        subprocess.run([BIN / "portal", "samples", "load"], cwd=ROOT, env=environment, check=True, capture_output=True)  # noqa: S603
        serving = [BIN / "gunicorn", "--bind", f"127.0.0.1:{port}", "--log-level", "error", "wsgi:app"]
        with subprocess.Popen(serving, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL) as served:  # noqa: S603
            try:
                wait_for(f"{place}/healthz", served)
                return subprocess.run([sys.executable, program, place], cwd=folder).returncode  # noqa: S603
            finally:
                served.terminate()


def wait_for(address: str, served: "subprocess.Popen[bytes]") -> None:
    """Wait until the portal answers; raise URLError where it does not."""
    last = time.monotonic() + PATIENCE
    while True:
        try:
            with urlopen(address):  # noqa: S310 - our own server
                return
        except URLError:
            if served.poll() is not None or time.monotonic() > last:
                raise
            time.sleep(0.2)


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1]).resolve()))
