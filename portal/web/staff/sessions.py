"""The session of a member of staff: all of it in one cookie, encrypted, for /staff and nothing else."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, Request, Response, request
from flask.json.tag import TaggedJSONSerializer
from flask.sessions import SecureCookieSession, SessionInterface

from portal.store.crypto import Unreadable, Vault
from portal.web.staff.door import PATH, is_inside

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)

_PURPOSE = "staff session"


class StaffSession(SecureCookieSession):
    """What is remembered of one browser between two pages; `opened_at` is when it began, in seconds."""

    opened_at: float = 0


class StaffSessions(SessionInterface):
    """Opens a session under /staff only; it ends half an hour after the last page, and twelve hours after the first.

    `__Host-` would make a browser send the cookie to every page of the portal; `__Secure-` leaves it its path.
    """

    def __init__(self, vault: Vault, clock: Callable[[], datetime], *, is_secure: bool) -> None:
        self._vault = vault
        self._clock = clock
        self._is_secure = is_secure
        self._serializer = TaggedJSONSerializer()
        self.cookie = "__Secure-staff" if is_secure else "staff"

    def open_session(self, app: Flask, request: Request) -> StaffSession | None:
        """Return the session of the cookie, a new one where there is none that holds, or None outside the room."""
        if not is_inside(request.path):
            return None
        now = self._clock().timestamp()
        kept = self._read(request.cookies.get(self.cookie, ""))
        is_alive = kept is not None and now < kept["seen"] + IDLE.total_seconds()
        if kept is None or not is_alive or now >= kept["opened"] + ABSOLUTE.total_seconds():
            found = StaffSession()
            found.opened_at = now
            return found
        found = StaffSession(self._serializer.loads(kept["holds"]))
        found.opened_at = kept["opened"]
        return found

    def _read(self, cookie: str) -> dict[str, Any] | None:
        try:
            kept: dict[str, Any] = self._vault.open(cookie)
        except Unreadable:
            return None
        # The same keys seal other things; only what was sealed as a session is one.
        return kept if isinstance(kept, dict) and kept.get("purpose") == _PURPOSE else None

    def save_session(self, app: Flask, session: Any, response: Response) -> None:
        """Send the session back with every answer, because each answer prolongs it; an empty one takes it away."""
        path = f"{request.script_root}{PATH}"
        where: dict[str, Any] = {"path": path, "secure": self._is_secure, "httponly": True, "samesite": "Strict"}
        if not session:
            if session.modified:
                response.delete_cookie(self.cookie, **where)
            return
        kept = {
            "purpose": _PURPOSE,
            "opened": session.opened_at,
            "seen": self._clock().timestamp(),
            "holds": self._serializer.dumps(dict(session)),
        }
        response.set_cookie(self.cookie, self._vault.seal(kept), max_age=int(ABSOLUTE.total_seconds()), **where)
