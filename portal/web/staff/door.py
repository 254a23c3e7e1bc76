"""The door of the staff room: what asks for /staff goes to an app of its own, made at the first knock."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import Lock
from typing import Any

from flask import Flask

from portal.domain.groups.programmes import Programme
from portal.settings import Oidc, PasswordCost
from portal.store.catalogue.notices import NoticeBoard
from portal.store.storage import Storage
from portal.web.portal import Pages

PATH = "/staff"

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@dataclass(frozen=True)
class StaffRoom:
    """What the staff room is made of; `is_secure` is off only in development, where there is no TLS."""

    storage: Storage
    board: NoticeBoard
    programmes: dict[str, Programme]
    oidc: Oidc | None = None
    is_secure: bool = True
    password_cost: PasswordCost = PasswordCost()


def is_inside(path: str) -> bool:
    """Return whether a path leads into the staff room."""
    return path == PATH or path.startswith(f"{PATH}/")


class Door:
    """A WSGI app that leads into the staff room what asks for it, and everything else to the public pages."""

    def __init__(self, public: Flask, room: StaffRoom, make: Callable[[Pages, StaffRoom], Flask]) -> None:
        """Take how the app of the room is made, which happens at the first knock."""
        self._public = public
        self._public_wsgi = public.wsgi_app
        self._room = room
        self._make = make
        self._lock = Lock()
        self._made: Flask | None = None

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request."""
        if is_inside(environ.get("PATH_INFO", "")):
            return self.app.wsgi_app(environ, start_response)
        return self._public_wsgi(environ, start_response)

    @property
    def app(self) -> Flask:
        """Return the app of the staff room."""
        with self._lock:
            if self._made is None:
                self._made = self._make(self._public.extensions["pages"], self._room)
            return self._made
