"""Electronic identity: offered where there is a provider (OpenID Connect), never needed, and no session.

For the round trip to the provider the browser keeps one sealed cookie, for ten minutes and for the address of the
answer alone. What comes back is a sealed word in a hidden field of the form: it goes where the answers go.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from flask import Flask, current_app

from portal.domain.applications.states import Identification
from portal.settings import Oidc
from portal.store.crypto import Unreadable
from portal.web.portal import now
from portal.web.storage import current_storage

HOLDS_FOR = timedelta(hours=2)
"""How long an identity holds while the form is filled in."""

IDENTITY = "eid identity"


@dataclass(frozen=True)
class Provider:
    """Who says who residents are, and whether the cookie of the round trip needs TLS."""

    oidc: Oidc
    is_secure: bool

    @property
    def cookie(self) -> str:
        """Return the name of the cookie."""
        return "__Secure-identify" if self.is_secure else "identify"


def put_provider(app: Flask, oidc: Oidc, *, is_secure: bool) -> None:
    """Let an app offer electronic identity; `identify` makes the round trip to this provider."""
    app.extensions["eid"] = Provider(oidc, is_secure)


def find_provider() -> Provider | None:
    """Return who says who residents are, or None where nobody does."""
    return cast("Provider | None", current_app.extensions.get("eid"))


def identification_of(sealed: str) -> Identification | None:
    """Return who the hidden field of a form says that she is; None without one, or with one that is too old."""
    kept = opened(sealed, IDENTITY, HOLDS_FOR)
    return None if kept is None else Identification(kept["subject"], kept["level"], datetime.fromisoformat(kept["at"]))


def opened(sealed: str, purpose: str, holds_for: timedelta) -> dict[str, Any] | None:
    """Return what was sealed for a purpose; None where it is nothing, of another purpose or too old."""
    if not sealed:
        return None
    try:
        kept = current_storage().vault.open(sealed)
    except (Unreadable, ValueError):
        return None
    if not isinstance(kept, dict) or kept.get("purpose") != purpose:
        return None  # the same keys seal other things
    return kept if now() - datetime.fromisoformat(kept["at"]) < holds_for else None
