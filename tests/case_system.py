"""A case system on this machine: a real HTTP server that checks signatures, and answers as a test wants."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

Answer = Callable[[str], tuple[int, bytes]]


def receives(name: str) -> tuple[int, bytes]:
    """Answer that a document is received."""
    return 200, json.dumps({"received": name}).encode()


@dataclass
class CaseSystem:
    """What came in, and how it answers."""

    answer: Answer = receives
    came: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    url: str = ""


@contextmanager
def case_system(answer: Answer = receives) -> Iterator[CaseSystem]:
    """Run a case system."""
    system = CaseSystem(answer)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            system.came.append((dict(self.headers), body))
            status, told = system.answer(self.headers["Portal-Export"])
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", system.url)
            self.send_header("Content-Length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        do_GET = do_POST  # noqa: N815 - as above

        def log_message(self, *_: Any) -> None:
            """Write nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    system.url = f"http://127.0.0.1:{server.server_port}/applications"
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield system
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
