"""Headers of every answer, and the only line that is written about a request."""

import logging
import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.web.security import KEPT

Ask = Callable[[FlaskClient], TestResponse]

ANSWERS: dict[str, Ask] = {
    "a page": lambda client: client.get("/sv/lekeberg/"),
    "a fragment": lambda client: client.post("/sv/lekeberg/insatser", headers={"HX-Request": "true"}),
    "a result": lambda client: client.post("/ar/lekeberg/self-check", data={"topics": "company"}),
    "a page with problems": lambda client: client.post("/sv/lekeberg/self-check", data={"age": "200"}),
    "nothing there": lambda client: client.get("/nowhere"),
    "a wrong kommun": lambda client: client.get("/sv/granby/"),
    "a wrong method": lambda client: client.put("/sv/lekeberg/"),
    "too much": lambda client: client.post("/sv/lekeberg/self-check", data={"age": "1" * 70_000}),
    "a redirect": lambda client: client.get("/sv"),
    "an alias": lambda client: client.get("/swe/lekeberg/"),
    "options": lambda client: client.options("/sv/lekeberg/"),
    "head": lambda client: client.head("/sv/lekeberg/"),
    "health": lambda client: client.get("/healthz"),
    "the API": lambda client: client.get("/api/v1/kommuner"),
    "a problem of the API": lambda client: client.get("/api/v1/kommuner?lang=xx"),
    "the description": lambda client: client.get("/api/v1/openapi.json"),
    "nothing there in the API": lambda client: client.get("/api/v1/nowhere"),
    "a missing file": lambda client: client.get("/static/nowhere.css"),
    "a file outside": lambda client: client.get("/static/../wsgi.py"),
    "an impossible range": lambda client: client.get("/static/portal.css", headers={"Range": "bytes=9999999-"}),
}
FILES: dict[str, Ask] = {
    "a file": lambda client: client.get("/static/portal.css", buffered=True),
    "a file of this version": lambda client: client.get("/static/portal.css?v=abc", buffered=True),
    "part of a file": lambda client: client.get("/static/portal.css", headers={"Range": "bytes=0-9"}, buffered=True),
}


@pytest.mark.parametrize("ask", [*ANSWERS.values(), *FILES.values()], ids=[*ANSWERS, *FILES])
def test_every_answer_carries_the_headers(app: Flask, ask: Ask) -> None:
    response = ask(app.test_client())
    headers = response.headers
    assert response.status_code < 500
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert {value for name, value in policy.items() if name.endswith("-src")} <= {"'self'", "'none'"}
    assert policy["form-action"] == "'self'"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("ask", ANSWERS.values(), ids=ANSWERS)
def test_nothing_but_files_and_what_is_the_same_for_everybody_may_be_kept(app: Flask, ask: Ask) -> None:
    answer = ask(app.test_client())
    # tests/web/test_shared.py says which those are.
    assert answer.headers["Cache-Control"] == (KEPT if "ETag" in answer.headers else "no-store")


def test_a_file_of_a_version_may_be_kept_for_ever(app: Flask) -> None:
    kept = {name: ask(app.test_client()).headers["Cache-Control"] for name, ask in FILES.items()}
    assert kept["a file of this version"] == "public, max-age=31536000, immutable"
    assert "immutable" not in kept["a file"]


def test_no_cookie_is_read_or_set(app: Flask) -> None:
    client = app.test_client()
    client.set_cookie("session", "abc")
    response = client.get("/sv/lekeberg/")
    assert response.status_code == 200
    assert "Set-Cookie" not in response.headers


# --------------------------------------------------------------------------------------------------- the log

LINE = re.compile(r"(GET|POST|PUT|HEAD|OPTIONS) (/\S*) \d{3} \d+\.\d")


def logged(app: Flask, caplog: pytest.LogCaptureFixture, ask: Ask) -> str:
    """Return the one line that a request writes, at any level and to any log."""
    caplog.set_level(logging.DEBUG)
    caplog.clear()
    ask(app.test_client())
    (record,) = [record for record in caplog.records if record.name != "asyncio"]
    assert (record.name, record.levelno) == ("portal.access", logging.INFO)
    return record.getMessage()


@pytest.mark.parametrize("ask", [*ANSWERS.values(), *FILES.values()], ids=[*ANSWERS, *FILES])
def test_a_request_writes_one_line_of_method_path_status_and_milliseconds(
    app: Flask, caplog: pytest.LogCaptureFixture, ask: Ask
) -> None:
    assert LINE.fullmatch(logged(app, caplog, ask))


SECRETS: dict[str, Ask] = {
    "in the address": lambda client: client.get("/sv/lekeberg/insatser?q=slagen&topic=violence"),
    "in a form": lambda client: client.post("/sv/lekeberg/self-check", data={"topics": "violence", "slagen": "ja"}),
    "in JSON": lambda client: client.post("/api/v1/lekeberg/self-check", json={"answers": {"topics": ["violence"]}}),
    "in a header": lambda client: client.get("/sv/", headers={"Referer": "/?slagen", "User-Agent": "violence"}),
}


@pytest.mark.parametrize("ask", SECRETS.values(), ids=SECRETS)
def test_no_answer_stands_in_the_log(app: Flask, caplog: pytest.LogCaptureFixture, ask: Ask) -> None:
    line = logged(app, caplog, ask)
    assert "violence" not in line
    assert "slagen" not in line


@pytest.mark.parametrize(
    "sign", ["%0A", "%0D", "%0D%0A", "%0B", "%0C", "%1B%5B2K", "%1C", "%C2%85", "%E2%80%A8", "%00"]
)
def test_a_path_cannot_forge_a_line(app: Flask, caplog: pytest.LogCaptureFixture, sign: str) -> None:
    line = logged(app, caplog, lambda client: client.get(f"/sv/x{sign}GET/forged/200"))
    assert line.isprintable()
    assert len(line.splitlines()) == 1


def test_a_long_path_is_cut(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    assert len(logged(app, caplog, lambda client: client.get("/sv/" + "x" * 5000))) < 300
