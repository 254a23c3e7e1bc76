"""What gunicorn writes of itself: that it starts, stops and restarts, and never who asked, for what, in which words.

Its own words of a request that was cut short, or was none, name the client's address and the whole address that was
asked for. The line that the portal writes of each request is in `portal.web.security`.
"""

import os
import sys
import traceback
from typing import Any

from gunicorn.config import Config
from gunicorn.glogging import Logger

from portal.web.log_lines import JsonLines

AT_START = "Exception in worker process"
"""What gunicorn says when the portal could not be started in a worker: there was no request then."""


class Discreet(Logger):  # type: ignore[misc]  # it has no types
    """The log of gunicorn without a word of any request, whatever level and access log it is told to have."""

    def __init__(self, cfg: Config) -> None:
        self._main_process = os.getpid()
        super().__init__(cfg)

    def setup(self, cfg: Config) -> None:
        """Write in the form that the portal logs in."""
        super().setup(cfg)
        if os.environ.get("PORTAL_LOG") == "json":
            for handler in self.error_log.handlers:
                handler.setFormatter(JsonLines())

    def access(self, resp: Any, req: Any, environ: Any, request_time: Any) -> None:
        """Write nothing: gunicorn's access log has addresses and queries in it."""

    def debug(self, msg: str, *args: Any, **kwargs: Any) -> None:
        """Write nothing of a request: at this level gunicorn writes every address that is asked for."""
        if not self._is_of_request():
            super().debug(msg, *args, **kwargs)

    def warning(self, msg: str, *args: Any, **kwargs: Any) -> None:
        """Write a warning; of a request only what kind of error it was."""
        if self._is_of_request():
            msg, args = "%s in a request", (_kind(),)
        super().warning(msg, *args, **kwargs)

    def error(self, msg: str, *args: Any, **kwargs: Any) -> None:
        """Write an error; of a request only what kind it was and where in the code."""
        if self._is_of_request() and msg != AT_START:
            msg, args, kwargs = "%s in a request\n%s", (_kind(), _place()), {}
        super().error(msg, *args, **kwargs)

    def exception(self, msg: str, *args: Any, **kwargs: Any) -> None:
        """Write an exception; of a request without its message, which may hold what somebody wrote."""
        if self._is_of_request() and msg != AT_START:
            self.error(msg)
        else:
            super().exception(msg, *args, **kwargs)

    def _is_of_request(self) -> bool:
        """Return whether this is written by a process that answers requests; the first one only starts the others."""
        return os.getpid() != self._main_process


def _kind() -> str:
    found = sys.exc_info()[0]
    return "error" if found is None else found.__name__


def _place() -> str:
    return "".join(traceback.format_tb(sys.exc_info()[2]))
