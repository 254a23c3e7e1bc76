"""Electronic identity: offered where there is a provider (OpenID Connect), never needed, and no session.

What the provider says of her becomes a sealed word in a hidden field of the form: it goes where the answers go. The
word names its form: kommun, kind and the key that the form has from then on. In another form it says nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import current_app

from portal.domain.applications.personal_numbers import read_number
from portal.domain.applications.states import Identification
from portal.domain.typed import line_of
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


def has_provider() -> bool:
    """Return whether there is somebody who says who residents are: `identify` makes the round trip there."""
    return "eid" in current_app.extensions


@dataclass(frozen=True, slots=True)
class Identity:
    """What a sealed word says: who she is, and the key of the form that it is for."""

    shown: Identification
    form_key: str


def identity_in(sealed: str, kommun: str, kind: str) -> Identity | None:
    """Return what a sealed word says in a kommun's form of a kind; None without one that holds there now."""
    kept = _opened(sealed)
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
    return line_of(whole)[:LONGEST_CLAIM]


def _number_in(claims: Mapping[str, Any]) -> str:
    """Return her personnummer or samordningsnummer, where the provider says it in one of the usual ways."""
    said = (str(claims.get(name) or "") for name in _NUMBERS)
    return next((found for found in map(read_number, said) if found is not None), "")


def _opened(sealed: str) -> dict[str, Any] | None:
    """Return what was sealed as an identity; None where it is nothing, of another purpose or too old."""
    if not sealed:
        return None
    try:
        kept = current_storage().vault.open(sealed)
    except (Unreadable, ValueError):
        return None
    if not isinstance(kept, dict) or kept.get("purpose") != IDENTITY:
        return None  # the same keys seal other things
    return kept if now() - datetime.fromisoformat(kept["at"]) < HOLDS_FOR else None
