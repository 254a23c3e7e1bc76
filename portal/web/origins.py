"""Whose page a form comes from: what acts is taken from the portal's own pages alone."""

from urllib.parse import urlsplit

from flask import Flask, abort, request

_ACTS_NOT = ("GET", "HEAD", "OPTIONS")
_OWN = ("same-origin", "none")
"""What a browser says of a form on a page of ours, and of a page that its user has opened herself."""


def init_origins(app: Flask) -> None:
    """Refuse what another site's page sends in a visitor's name. Programs send neither header and hold no visitor."""

    @app.before_request
    def refuse_others() -> None:
        if request.method not in _ACTS_NOT and is_from_elsewhere():
            abort(403)


def is_from_elsewhere() -> bool:
    """Return whether the browser says that the form stands on a page of another site.

    Every browser since 2023 sends Sec-Fetch-Site over TLS. Older ones say Origin; theirs is "null" on our own pages
    too, because of Referrer-Policy: no-referrer (Fetch, "append a request Origin header"), so that says nothing.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in _OWN
    origin = request.headers.get("Origin", "null")
    return origin != "null" and urlsplit(origin).netloc.lower() != request.host.lower()
