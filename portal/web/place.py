"""Where the portal is: its scheme, host and prefix come from the settings or a trusted proxy, and from nobody else."""

import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from werkzeug.middleware.proxy_fix import ProxyFix

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

_PREFIX = re.compile(r"(/[A-Za-z0-9._~-]{1,40}){0,4}")
"""What a prefix may look like: it becomes the beginning of every link."""


class Placed:
    """A WSGI app that knows where it is, whatever a request says of it."""

    def __init__(self, app: Wsgi, site: str | None, *, is_behind_proxy: bool) -> None:
        self._app = app
        self._site = None if site is None else urlsplit(site)
        self._told: Wsgi = self._placed
        if is_behind_proxy:
            self._told = ProxyFix(self._placed, x_for=0, x_proto=1, x_host=1, x_prefix=1)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request; what the server took for a prefix may come from a header that anybody can send."""
        environ["SCRIPT_NAME"] = ""
        return self._told(environ, start_response)

    def _placed(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if self._site is not None:
            environ["wsgi.url_scheme"], environ["HTTP_HOST"] = self._site.scheme, self._site.netloc
            environ["SCRIPT_NAME"] = self._site.path
        elif not _PREFIX.fullmatch(environ["SCRIPT_NAME"]):
            environ["SCRIPT_NAME"] = ""
        return self._app(environ, start_response)
