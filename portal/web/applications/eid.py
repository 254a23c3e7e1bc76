"""Electronic identity: offered where there is a provider (OpenID Connect), never needed, and no session.

For the round trip to the provider the browser keeps one sealed cookie, for ten minutes and for the address of the
answer alone. What comes back is a sealed word in a hidden field of the form: it goes where the answers go. The
word names its form: kommun, kind and the key that the form has from then on. In another form it says nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from flask import Flask, current_app

from portal.domain.applications.personal_numbers import read_number
from portal.domain.applications.states import Identification
from portal.settings import Oidc
from portal.store.crypto import Unreadable
from portal.web.form_keys import new_key
from portal.web.portal import now
from portal.web.storage import current_storage

HOLDS_FOR = timedelta(hours=2)
"""How long an identity holds while the form is filled in."""

IDENTITY = "eid identity"

LONGEST_CLAIM = 200

_NUMBERS = (
    "https://id.oidc.se/claim/personalIdentityNumber",
    "https://id.oidc.se/claim/coordinationNumber",
    "personal_number",
    "sub",
)
"""Claims that hold a personal number: those of the Swedish profile for OpenID Connect first."""


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


@dataclass(frozen=True, slots=True)
class Identity:
    """What a sealed word says: who she is, and the key of the form that it is for."""

    shown: Identification
    form_key: str


def identity_in(sealed: str, kommun: str, kind: str) -> Identity | None:
    """Return what a sealed word says in a kommun's form of a kind; None without one that holds there now."""
    kept = opened(sealed, IDENTITY, HOLDS_FOR)
    if kept is None or (kept.get("kommun"), kept.get("kind")) != (kommun, kind):
        return None
    shown = {name: kept[name] for name in ("subject", "level", "name", "number")}
    at, issuer = datetime.fromisoformat(kept["at"]), kept.get("issuer", "")
    return Identity(Identification(**shown, at=at, issuer=issuer), kept["form_key"])


def sealed_identity(claims: Mapping[str, Any], kommun: str, kind: str) -> str:
    """Return the word that says who she is in a form that begins now; `claims` are the provider's, with a subject."""
    return current_storage().vault.seal(
        {
            "purpose": IDENTITY,
            "at": now().isoformat(),
            "kommun": kommun,
            "kind": kind,
            "form_key": new_key(f"application {kommun} {kind}"),
            "issuer": str(claims.get("iss") or "")[:LONGEST_CLAIM],
            "subject": str(claims["sub"])[:LONGEST_CLAIM],
            "level": str(claims.get("acr") or "")[:LONGEST_CLAIM],
            "name": _name_in(claims),
            "number": _number_in(claims),
        }
    )


def _name_in(claims: Mapping[str, Any]) -> str:
    parts = (str(claims.get(name) or "") for name in ("given_name", "family_name"))
    whole = str(claims.get("name") or "") or " ".join(parts)
    return "".join(char for char in whole if char.isprintable()).strip()[:LONGEST_CLAIM]


def _number_in(claims: Mapping[str, Any]) -> str:
    """Return her personnummer or samordningsnummer, where the provider says it in one of the usual ways."""
    said = (str(claims.get(name) or "") for name in _NUMBERS)
    return next((found for found in map(read_number, said) if found is not None), "")


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
