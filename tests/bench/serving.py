"""Pages served by gunicorn (sync, two workers), each as a share of a bare Flask route that returns a constant of 10 kB.

Servers under test listen on loopback only. Loads are bounded in count and time.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 5
REQUESTS = 1500
CLIENTS = 2

CONSTANT = """
from flask import Flask
app = Flask("constant")
PAGE = "x" * 10_000

@app.route("/", methods=["GET", "POST"])
def constant():
    return PAGE
"""

ANSWERS = b"topics=parenting&children=8&residence=registered&born_abroad=no&parenting=everyday&age=35&for=me"


def free_port() -> int:
    """Return a port of the loopback that nobody uses."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def served(module: str, folder: Path) -> Iterator[int]:
    """Serve a WSGI module with two sync workers; yield the port."""
    port = free_port()
    environment = {**os.environ, "PORTAL_ENV": "development", "PYTHONPATH": str(folder)}
    plain = folder / "plain.py"  # the portal's own gunicorn.conf.py would serve with threads
    plain.touch()
    options = ["-c", str(plain), "-w", "2", "-b", f"127.0.0.1:{port}", "--log-level", "error"]
    command = [sys.executable, "-m", "gunicorn", *options, module]
    process = subprocess.Popen(command, cwd=ROOT, env=environment)  # noqa: S603 - our own command
    try:
        _wait(port)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait(port: int) -> None:
    ends = time.monotonic() + 30
    while time.monotonic() < ends:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError("the server did not start")


def request(path: str, body: bytes = b"", headers: str = "") -> bytes:
    """Return the bytes of a request: a POST where there is a body."""
    method = "POST" if body else "GET"
    form = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n" if body else ""
    return f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{headers}{form}\r\n".encode() + body


def fetch(port: int, raw: bytes) -> bytes:
    """Send a request and return everything that comes back."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(raw)
        received = bytearray()
        while chunk := connection.recv(65536):
            received += chunk
    return bytes(received)


def _client(port: int, raw: bytes, count: int) -> None:
    for _ in range(count):
        answer = fetch(port, raw)
        if not answer.startswith(b"HTTP/1.1 200"):
            raise AssertionError(answer[:200])


def rate(port: int, raw: bytes) -> float:
    """Return answers a second to that request from several clients at once."""
    workers = get_context("fork")
    clients = [workers.Process(target=_client, args=(port, raw, REQUESTS // CLIENTS)) for _ in range(CLIENTS)]
    started = time.perf_counter()
    for client in clients:
        client.start()
    for client in clients:
        client.join()
        if client.exitcode:
            raise AssertionError("a client failed")
    return REQUESTS / (time.perf_counter() - started)


def pages() -> dict[str, bytes]:
    """Return the requests that are measured, by name."""
    return {
        "result page": request("/sv/lekeberg/self-check", ANSWERS),
        "result page in Arabic": request("/ar/lekeberg/self-check", ANSWERS),
        "result as a fragment for htmx": request("/sv/lekeberg/self-check", ANSWERS, "HX-Request: true\r\n"),
        "first question": request("/sv/lekeberg/self-check"),
        "all insatser": request("/sv/lekeberg/insatser"),
    }


def measure(folder: Path) -> dict[str, float]:
    """Return each page's share of the constant, as the median of rounds taken in turn."""
    (folder / "constant.py").write_text(CONSTANT, encoding="utf-8")
    shares: dict[str, list[float]] = {}
    with served("constant:app", folder) as constant, served("wsgi:app", folder) as portal:
        for raw in (*pages().values(), request("/")):
            _client(portal if raw != request("/") else constant, raw, 50)
        for _ in range(ROUNDS):
            reference = rate(constant, request("/", ANSWERS))
            for name, raw in pages().items():
                shares.setdefault(name, []).append(rate(portal, raw) / reference)
    return {name: median(found) for name, found in shares.items()}
