"""Lines of the log for programs, and ids of requests: no two of a visitor's requests can be put together by them."""

import io
import json
import logging
import sys
from collections.abc import Iterator
from uuid import uuid4

import pytest
from flask import Flask

from portal.web.log_lines import HEADER, JsonLines, formatter, request_id

SAFE = uuid4().hex


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Give all that the portal logs, in JSON."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(formatter("json"))
    log = logging.getLogger("portal")
    level = log.level
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    yield written
    log.removeHandler(handler)
    log.setLevel(level)


def test_every_request_of_a_visitor_has_another_id_whatever_she_sends(app: Flask) -> None:
    visitor = app.test_client()
    seen = {visitor.get("/sv/lekeberg/groups", headers={HEADER: SAFE}).headers[HEADER] for _ in range(5)}
    assert len(seen) == 5
    assert SAFE not in seen


def test_what_may_be_kept_carries_the_id_of_no_request(app: Flask) -> None:
    visitor = app.test_client()
    assert all(HEADER not in visitor.get(path).headers for path in ("/sv/lekeberg/", "/api/v1/lekeberg/insatser"))


def test_a_trusted_proxy_s_id_is_taken_where_its_form_is_safe() -> None:
    def given(said: str, *, is_behind_proxy: bool) -> str:
        with request_id({"HTTP_X_REQUEST_ID": said}, is_behind_proxy=is_behind_proxy) as found:
            return found

    assert given(SAFE, is_behind_proxy=True) == SAFE
    assert given(str(uuid4()), is_behind_proxy=True).count("-") == 4
    for said in ("", "short", "anna@example.se", "0" * 37, f"{SAFE}\n", "å" * 20):
        assert given(said, is_behind_proxy=True) not in ("", said)
    assert given(SAFE, is_behind_proxy=False) != SAFE


def test_a_line_of_a_request_has_its_parts_and_its_id_and_no_answer(app: Flask, lines: io.StringIO) -> None:
    sent = {"topics": "violence", "slagen": "ja"}
    answer = app.test_client().post("/sv/lekeberg/self-check?q=slagen", data=sent, headers={"Referer": "/?slagen"})
    (line,) = lines.getvalue().splitlines()
    told = json.loads(line)
    assert told.pop("request") == answer.headers[HEADER]
    assert told.pop("at").endswith("Z")
    assert isinstance(told.pop("milliseconds"), float)
    assert told == {
        "level": "INFO",
        "log": "portal.access",
        "method": "POST",
        "path": "/sv/lekeberg/self-check",
        "status": "422",
    }


def test_after_a_request_nothing_carries_its_id(app: Flask, lines: io.StringIO) -> None:
    app.test_client().get("/sv/lekeberg/groups")
    logging.getLogger("portal.errors").error("beside\nthe requests")
    told = json.loads(lines.getvalue().splitlines()[-1])
    assert (told["says"], told["log"], "request" in told) == ("beside\nthe requests", "portal.errors", False)


def test_an_exception_is_told_by_its_kind_and_place_alone() -> None:
    written = "".join(("sla", "gen"))
    try:
        raise ValueError(written)
    except ValueError:
        record = logging.LogRecord("portal.errors", logging.ERROR, __file__, 1, "failed", None, sys.exc_info())
    line = JsonLines().format(record)
    assert "slagen" not in line
    assert json.loads(line)["error"] == "ValueError"
    assert "test_log_lines.py" in json.loads(line)["place"]
