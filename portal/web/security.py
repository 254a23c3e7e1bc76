"""Headers and the log: what the portal tells browsers, and the only line it writes about a request."""

import logging
from time import perf_counter
from urllib.parse import urlsplit

from flask import Flask, Response, g, request

ACCESS_LOG = logging.getLogger("portal.access")

_CONTENT_SECURITY = (
    "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
    "style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'"
)

_HEADERS = {
    "Content-Security-Policy": _CONTENT_SECURITY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), interest-cohort=(), browsing-topics=()",
}


def init_security(app: Flask) -> None:
    """Set the headers of every answer and write its log line: method, path, status, milliseconds; nothing else."""

    @app.before_request
    def start_the_clock() -> None:
        g.started = perf_counter()

    @app.after_request
    def finish(response: Response) -> Response:
        for name, value in _HEADERS.items():
            response.headers[name] = value
        if request.endpoint != "static":
            response.headers["Cache-Control"] = "no-store"
        elif response.status_code == 200 and "v" in request.args:
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        milliseconds = (perf_counter() - g.get("started", perf_counter())) * 1000
        ACCESS_LOG.info("%s %s %s %.1f", request.method, _safe_path(), response.status_code, milliseconds)
        return response


def _safe_path() -> str:
    # A path is sent by anybody: a line break in it must not write a line of its own.
    return (
        urlsplit(request.path)
        .path.encode("ascii", "backslashreplace")
        .decode()
        .replace("\n", "\\n")
        .replace("\r", "\\r")[:200]
    )
