"""The log as lines of JSON, and the id of a request: drawn anew for each, so that no two requests of a visitor meet."""

import json
import logging
import re
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

HEADER = "X-Request-Id"
"""Of a request, where a proxy that is trusted has drawn one; of every answer that nobody keeps."""

FIELDS = "fields"
"""Of a record of the log: what it says in parts, for programs."""

TEXT = "%(asctime)s %(levelname)s %(name)s: %(message)s"

_SAFE = re.compile(r"[0-9A-Fa-f-]{16,36}")
"""A number in hexadecimal or a UUID: no word of anybody's fits in it."""

_current: ContextVar[str] = ContextVar("request", default="")


@contextmanager
def request_id(environ: dict[str, Any], *, is_behind_proxy: bool) -> Iterator[str]:
    """Give a request its id while it is answered: the proxy's, where one is trusted and has said a safe one."""
    said = environ.get("HTTP_X_REQUEST_ID", "") if is_behind_proxy else ""
    found = said if _SAFE.fullmatch(said) else uuid4().hex
    token = _current.set(found)
    try:
        yield found
    finally:
        _current.reset(token)


class JsonLines(logging.Formatter):
    """A record as one line of JSON, with the id of the request it was written in; never the message of an exception."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; the time is in whole seconds, so that it tells no more than it has to."""
        line: dict[str, object] = {
            "at": f"{datetime.fromtimestamp(record.created, UTC):%Y-%m-%dT%H:%M:%SZ}",
            "level": record.levelname,
            "log": record.name,
        }
        fields = getattr(record, FIELDS, None)
        line |= fields if isinstance(fields, dict) else {"says": record.getMessage()}
        if _current.get():
            line["request"] = _current.get()
        if record.exc_info and record.exc_info[0] is not None:
            # The message of an exception may hold what somebody wrote.
            line["error"] = record.exc_info[0].__name__
            line["place"] = "".join(traceback.format_tb(record.exc_info[2]))
        return json.dumps(line, ensure_ascii=False)


def begin_log(form: str) -> None:
    """Let everything be written to the standard error: as text, or as JSON with a line for each request too."""
    handler = logging.StreamHandler()
    handler.setFormatter(formatter(form))
    logging.basicConfig(handlers=[handler])
    if form == "json":
        logging.getLogger("portal.access").setLevel(logging.INFO)


def formatter(form: str) -> logging.Formatter:
    """Return what makes lines of that form."""
    return JsonLines() if form == "json" else logging.Formatter(TEXT)
