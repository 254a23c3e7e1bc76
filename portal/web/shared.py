"""Answers that are the same for everybody: kept for a minute, asked for again by their ETag, read by any program.

Only these. What holds an answer, a form's key or a person says `no-store` (`portal/web/security.py`).
"""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import ParamSpec, cast

from flask import Response, request

from portal.web.portal import is_htmx
from portal.web.security import KEPT

P = ParamSpec("P")


def shared(view: Callable[P, Response]) -> Callable[P, Response]:
    """Let what a view answers be kept and read by other sites' programs; 304 where the asker has it already."""

    @wraps(view)
    def answered(*given: P.args, **named: P.kwargs) -> Response:
        return kept(view(*given, **named))

    return answered


def kept(response: Response) -> Response:
    """Return an answer that may be kept and read by other sites' programs, or 304 where the asker has it already."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Link"
    return with_tag(response)


def kept_page(response: Response) -> Response:
    """Return a page that may be kept, where its address asks for nothing and it is a whole one; else as it was."""
    is_plain = request.method in ("GET", "HEAD") and not request.query_string and not is_htmx()
    return with_tag(response) if is_plain else response


def with_tag(response: Response) -> Response:
    """Return an answer with its ETag, or 304 where the asker has it already."""
    if response.status_code != 200:
        return response
    response.headers["Cache-Control"] = KEPT
    # Weak: the same content is sent packed in more than one way.
    response.set_etag(sha256(response.get_data()).hexdigest()[:20], weak=True)
    return cast("Response", response.make_conditional(request))
