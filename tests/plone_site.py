"""A Plone on this machine as plone.restapi answers: it gives what a test says, whole or spoilt."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from portal.store.catalogue.plone import objects_of

Answer = tuple[int, dict[str, str], bytes]


@dataclass
class PloneSite:
    """What is published, what was asked, and how an answer is spoilt."""

    objects: dict[str, list[dict[str, Any]]]
    spoil: Callable[[dict[str, Any]], Answer | dict[str, Any]] = lambda answer: answer
    asked: list[str] = field(default_factory=list)
    address: str = ""

    def answer(self, path: str) -> Answer:
        """Return status, headers and body for an address."""
        self.asked.append(path)
        said = {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}
        found = self.objects[said["portal_type"]]
        begin = int(said.get("b_start", "0"))
        items = found[begin : begin + int(said["b_size"])]
        told = self.spoil({"@id": self.address, "items": items, "items_total": len(found)})
        if isinstance(told, tuple):
            return told
        return 200, {"Content-Type": "application/json"}, json.dumps(told).encode()


def published(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the objects of a kommun's folder, as Plone gives those that are published."""
    found: dict[str, list[dict[str, Any]]] = {"insats": [], "contact": []}
    for one in objects_of(folder):
        choices = {key: {"title": "…", "token": one[key]} for key in ("route", "access", "weight") if key in one}
        found[one["@type"]].append({**one, **choices, "review_state": "published", "modified": "2026-12-01T08:00:00"})
    return found


@contextmanager
def plone_site(objects: dict[str, list[dict[str, Any]]]) -> Iterator[PloneSite]:
    """Run a Plone."""
    site = PloneSite(objects)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, body = site.answer(self.path)
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(body))} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Write nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.address = f"http://127.0.0.1:{server.server_port}/kommun"
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
