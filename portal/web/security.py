"""Headers and the log: what the portal tells browsers, and the only line it writes about a request."""

import logging
from collections.abc import Callable, Iterable
from time import perf_counter
from typing import Any

from portal.web.figures import Figures
from portal.web.log_lines import FIELDS, HEADER, request_id

ACCESS_LOG = logging.getLogger("portal.access")

_CONTENT_SECURITY = (
    "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
    "style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; "
    "manifest-src 'self'"
)

_HEADERS = [
    ("Content-Security-Policy", _CONTENT_SECURITY),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), browsing-topics=()"),
]
_KEEP_NOTHING = [*_HEADERS, ("Cache-Control", "no-store")]
# A static file's address holds its fingerprint, so what it once held it holds for ever.
_KEEP_FOR_EVER = [*_HEADERS, ("Cache-Control", "public, max-age=31536000, immutable")]

KEPT = "public, max-age=60"
"""What is the same for everybody. Whether somebody answers the phone is said by the minute: nothing is kept longer."""

_KEEP_SHORTLY = [*_HEADERS, ("Cache-Control", KEPT)]

FRAMED_BY = "portal.framed_by"
"""In the environment of a request: the origins whose pages may show its answer in a frame, with blanks between."""

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Guarded:
    """A WSGI app whose every answer carries the headers and leaves one log line, whatever happens inside it."""

    def __init__(
        self, app: Wsgi, hsts: int = 0, figures: Figures | None = None, *, is_behind_proxy: bool = False
    ) -> None:
        """Guard an app; `hsts` is for how many seconds browsers are told to come by TLS only, 0 for never."""
        self._app = app
        self._is_behind_proxy = is_behind_proxy
        self._figures = figures or Figures()
        self._by_tls = [("Strict-Transport-Security", f"max-age={hsts}")] if hsts else []

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request; log method, path, status and milliseconds, never a query or a body."""
        with request_id(environ, is_behind_proxy=self._is_behind_proxy) as name:
            return self._answer(environ, start_response, name)

    def _answer(self, environ: dict[str, Any], start_response: Callable[..., Any], name: str) -> Iterable[bytes]:
        started = perf_counter()
        path: str = environ.get("PATH_INFO", "")

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            named = path.startswith("/static/") and status.startswith("200") and "v=" in environ.get("QUERY_STRING", "")
            kept = [pair for pair in headers if pair[0] != "Cache-Control"]
            seconds = perf_counter() - started
            self._figures.count(status, seconds)
            promised = _KEEP_FOR_EVER if named else _KEEP_SHORTLY if _is_for_all(status, headers) else _KEEP_NOTHING
            _log(environ.get("REQUEST_METHOD", ""), path, status, seconds)
            # What others may keep tells them of no request.
            kept += [(HEADER, name)] if promised is _KEEP_NOTHING else []
            if (sites := environ.get(FRAMED_BY)) and not named:
                promised = _framed(promised, sites)
            kept += self._by_tls if environ.get("wsgi.url_scheme") == "https" else []
            return start_response(status, kept + promised, exc_info)

        return self._app(environ, start)


def _log(method: str, path: str, status: str, seconds: float) -> None:
    """Write the line of a request: for people, and in parts for programs."""
    said = (method, _one_line(path), status[:3], round(seconds * 1000, 1))
    parts = dict(zip(("method", "path", "status", "milliseconds"), said, strict=True))
    ACCESS_LOG.info("%s %s %s %.1f", *said, extra={FIELDS: parts})


def _is_for_all(status: str, headers: list[tuple[str, str]]) -> bool:
    """Return whether an answer says itself that it is the same for everybody, and sets no cookie."""
    is_well = status.startswith(("200", "304"))
    return is_well and ("Cache-Control", KEPT) in headers and not any(name == "Set-Cookie" for name, _ in headers)


def _framed(headers: list[tuple[str, str]], sites: str) -> list[tuple[str, str]]:
    """Return the headers of an answer that those sites, and no other, may show in a frame."""
    allowed = _CONTENT_SECURITY.replace("frame-ancestors 'none'", f"frame-ancestors {sites}")
    return [(name, allowed if name == "Content-Security-Policy" else value) for name, value in headers]


def _one_line(path: str) -> str:
    """Return a path in which nothing can begin a log line of its own: anybody may send any path."""
    return ascii(path[:200])[1:-1]
