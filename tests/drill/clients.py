"""Residents of a drill: each sends her form again until she is told that it is kept, as a person would."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from threading import Lock, Thread
from typing import Any, cast

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import EnvironBuilder, TestResponse

from portal.domain.applications.kinds import ApplicationKind
from tests.applicant import Applicant, code_on, fields_in
from tests.made_up_applicants import picture
from tests.pages import Page, Visitor

GROUP = "/sv/lekeberg/groups/many/sign-up"
WAITS = 0.3
"""Seconds until somebody tries again."""

AGAIN = (429, 502, 503, 504)
"""What tells somebody to try again: of the portal, or of a proxy whose host has just gone."""

MOST_TRIES = 200

GONE_THROUGH = 180.0
"""Seconds at most until a file is gone through, also when who was at it was killed (`job_turns.LEASE`)."""


class Remote:
    """What a test's client does, over HTTP; a server that goes away in the middle is asked again."""

    def __init__(self, port: int, tries: int = MOST_TRIES) -> None:
        self._port, self._tries = port, tries
        self.again = 0

    def connection(self) -> HTTPConnection:
        """Return a way to the portal."""
        return HTTPConnection("127.0.0.1", self._port, timeout=30)

    def get(self, path: str, **more: Any) -> TestResponse:
        """Fetch a page."""
        return self._until_answered(EnvironBuilder(path, method="GET", **more))

    def post(self, path: str, **more: Any) -> TestResponse:
        """Send a form."""
        return self._until_answered(EnvironBuilder(path, method="POST", **more))

    def _until_answered(self, builder: EnvironBuilder) -> TestResponse:
        environ = builder.get_environ()
        body = environ["wsgi.input"].read()
        headers = {**builder.headers, **({"Content-Type": environ.get("CONTENT_TYPE", "")} if body else {})}
        path = environ["PATH_INFO"]
        for _ in range(self._tries):
            connection = self.connection()
            try:
                connection.request(environ["REQUEST_METHOD"], path, body or None, headers)
                answer = connection.getresponse()
                content = answer.read()
            except (OSError, HTTPException):
                answer = None
            finally:
                connection.close()
            if answer is not None and answer.status not in AGAIN:
                return TestResponse([content], str(answer.status), answer.getheaders(), builder.get_request())
            self.again += 1
            time.sleep(WAITS)
        raise TimeoutError(f"{path} was not answered")


class Looker(Visitor):
    """Somebody who looks at pages that other tests inspect."""

    def _inspected(self, response: TestResponse) -> Page:
        assert response.status_code != 500, response.text
        return Page(response, html5lib.parse(response.text, namespaceHTMLElements=False))


def visitor(port: int) -> Looker:
    """Return somebody who visits a portal over HTTP."""
    return Looker(cast("FlaskClient", Remote(port)))


@dataclass
class Kept:
    """What residents were told is kept: who, and the code where she was shown one."""

    codes: dict[str, str] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def add(self, who: str, page: Page) -> None:
        """Remember what a receipt says. Who sent a form twice is told so, and may have no code to see."""
        shown = code_on(page) if page.all("p", class_="code") else ""
        assert page.status < 300 or page.status == 409, (page.status, page.text)
        assert shown or "redan" in page.text, page.text
        with self.lock:
            self.codes[who] = shown


def sign_up(port: int, who: str, kept: Kept) -> None:
    """Sign somebody up for the group."""
    kept.add(who, signed_up(visitor(port), GROUP, who))


def signed_up(looker: Looker, address: str, who: str) -> Page:
    """Sign somebody up by a form at an address; return what she is told."""
    form = fields_in(next(one for one in looker.get(address).all("form") if one.get("action") == address))
    return looker.post(address, data={**form, "nickname": who, "email": f"{who}@example.se", "phone": ""})


def apply(port: int, who: str, kind: ApplicationKind, kept: Kept) -> None:
    """Send somebody's application with a file."""
    kept.add(who, applied(visitor(port), who, kind))


def applied(looker: Looker, who: str, kind: ApplicationKind) -> Page:
    """Send somebody's application with a file; return what she is told."""
    applicant = Applicant(looker, kind=kind.id)
    applicant.begin()
    applicant.fill(kind, name=who)
    applicant.press("attach")
    page = applicant.attach("bild.png", picture(size=(400, 300)))
    assert "bild.png" in page.text, page.text
    sent = applicant.press("send")
    for _ in range(int(GONE_THROUGH / WAITS)):
        if not is_gone_through(sent):
            break
        time.sleep(WAITS)
        sent = applicant.press("send")
    else:
        raise TimeoutError("her file was not gone through")  # a draft that still waits is no receipt
    return sent


def is_gone_through(page: Page) -> bool:
    """Return whether a form came back because a file of hers is still gone through; it shows the code of her draft."""
    return page.status == 409 and bool(page.all("input", name="q"))


def together(names: list[str], clients: int, do: Callable[[str], None]) -> list[str]:
    """Let so many clients do something for each name; return what went wrong."""
    waiting, wrong, lock = list(reversed(names)), list[str](), Lock()

    def work() -> None:
        while True:
            with lock:
                if not waiting:
                    return
                name = waiting.pop()
            try:
                do(name)
            except Exception as error:  # one line of the drill says all that went wrong
                said = " ".join(str(error).split())[:200]
                wrong.append(f"{name}: {type(error).__name__}: {said}")

    threads = [Thread(target=work) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong
