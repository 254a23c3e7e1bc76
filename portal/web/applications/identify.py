"""The round trip to who says who she is (OpenID Connect): the question, the answer, and what they must hold."""

import secrets
from base64 import urlsafe_b64encode
from datetime import timedelta
from hashlib import sha256
from typing import Any, cast

import requests
from flask import Blueprint, Response, abort, g, request, url_for
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from werkzeug.wrappers import Response as AnyResponse

from portal.settings import Oidc
from portal.web.applications.eid import Provider, find_provider, opened, sealed_identity
from portal.web.portal import application_rules, current_kommun, current_language, now, pages
from portal.web.storage import current_storage

blueprint = Blueprint("eid", __name__)

ANSWER = "/identify/answer"
ROUND_TRIP = timedelta(minutes=10)

SCOPE = "openid profile"
"""Who she is and what she is called. What else the portal may know the provider has in its register of it."""

_PATIENCE = 10
_ALGORITHMS = ["RS256", "PS256", "ES256"]
_TRIP = "eid round trip"


class NotIdentified(Exception):
    """The provider did not say who she is, or what came back is not the answer to this browser's question."""


@blueprint.get("/<lang>/<kommun>/apply/<kind_id>/identify")
def identify(kind_id: str) -> AnyResponse:
    """Lead to the provider; the browser remembers what it asked, sealed."""
    provider = _provider()
    if kind_id not in application_rules().kinds:
        abort(404)
    insats = request.args.get("insats", "")
    trip = {
        "purpose": _TRIP,
        "at": now().isoformat(),
        "state": secrets.token_urlsafe(24),
        "nonce": secrets.token_urlsafe(24),
        "verifier": secrets.token_urlsafe(48),
        "lang": current_language().tag,
        "kommun": current_kommun().id,
        "kind": kind_id,
        "insats": insats if insats in current_kommun().insatser else "",
    }
    try:
        response = Response(status=302, headers={"Location": _question(provider.oidc, trip)})
    except NotIdentified:
        return _failed(kind_id)
    response.set_cookie(
        provider.cookie,
        current_storage().vault.seal(trip),
        max_age=int(ROUND_TRIP.total_seconds()),
        **_where(provider),
    )
    return response


@blueprint.get(ANSWER)
def identified() -> AnyResponse:
    """Take the provider's answer, and take away the cookie. The form is reached by a button: a POST, as every step."""
    provider = _provider()
    trip = opened(request.cookies.get(provider.cookie, ""), _TRIP, ROUND_TRIP)
    if trip is None:
        response = pages().page("applications/identified.html", status=400, identity="", kind_id="", insats="")
    else:
        g.language = pages().portal.languages.get(trip["lang"]) or current_language()
        g.kommun = pages().find_kommun(trip["kommun"])
        try:
            identity = _identity(_claims(provider.oidc, trip), provider.oidc, trip)
            response = pages().page(
                "applications/identified.html", identity=identity, kind_id=trip["kind"], insats=trip["insats"]
            )
        except NotIdentified:
            response = _failed(trip["kind"])
    response.delete_cookie(provider.cookie, **_where(provider))
    return response


def _provider() -> Provider:
    provider = find_provider()
    assert provider is not None  # noqa: S101 - these routes are there only with one
    return provider


def _where(provider: Provider) -> dict[str, Any]:
    # Strict would keep the cookie from coming along when the provider leads back.
    path = f"{request.script_root}{ANSWER}"
    return {"path": path, "secure": provider.is_secure, "httponly": True, "samesite": "Lax"}


def _failed(kind_id: str) -> Response:
    return pages().page("applications/identified.html", status=502, identity="", kind_id=kind_id, insats="")


def _identity(claims: dict[str, Any], oidc: Oidc, trip: dict[str, Any]) -> str:
    if not claims.get("sub") or (oidc.acr and claims.get("acr") != oidc.acr):
        raise NotIdentified
    return sealed_identity(claims, trip["kommun"], trip["kind"])


# ------------------------------------------------------------------------------------------------- OpenID Connect


def _question(oidc: Oidc, trip: dict[str, Any]) -> str:
    asked = {
        "response_type": "code",
        "client_id": oidc.client_id,
        "redirect_uri": url_for("eid.identified", _external=True),
        "scope": SCOPE,
        "state": trip["state"],
        "nonce": trip["nonce"],
        "code_challenge": _challenge(trip["verifier"]),
        "code_challenge_method": "S256",
        "ui_locales": current_language().babel.replace("_", "-"),
        **({"acr_values": oidc.acr} if oidc.acr else {}),
    }
    address = str(_fetched(oidc, f"{oidc.issuer}/.well-known/openid-configuration")["authorization_endpoint"])
    prepared = requests.Request("GET", address, params=asked).prepare()
    return str(prepared.url)


def _challenge(verifier: str) -> str:
    """Return what the provider holds the verifier against (RFC 7636, S256)."""
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")


def _claims(oidc: Oidc, trip: dict[str, Any]) -> dict[str, Any]:
    """Return what the provider says of her; every part of the answer must belong to this browser's question."""
    is_ours = secrets.compare_digest(request.args.get("state", "").encode(), trip["state"].encode())
    if not is_ours or not request.args.get("code"):
        raise NotIdentified
    known = _fetched(oidc, f"{oidc.issuer}/.well-known/openid-configuration")
    given = {
        "grant_type": "authorization_code",
        "code": request.args["code"],
        "redirect_uri": url_for("eid.identified", _external=True),
        "code_verifier": trip["verifier"],
    }
    token = _fetched(oidc, str(known["token_endpoint"]), given)
    rules = jwt.JWTClaimsRegistry(
        leeway=60,
        iss={"essential": True, "value": oidc.issuer},
        aud={"essential": True, "value": oidc.client_id},
        exp={"essential": True},
        nonce={"essential": True, "value": trip["nonce"]},
    )
    try:
        keys = KeySet.import_key_set(cast("Any", _fetched(oidc, str(known["jwks_uri"]))))
        claims = jwt.decode(str(token["id_token"]), keys, algorithms=_ALGORITHMS).claims
        rules.validate(claims)
    except (JoseError, ValueError, KeyError):
        raise NotIdentified from None
    return claims


def _fetched(oidc: Oidc, address: str, form: dict[str, str] | None = None) -> dict[str, Any]:
    try:
        if form is None:
            answer = requests.get(address, timeout=_PATIENCE, allow_redirects=False)
        else:
            who = (oidc.client_id, oidc.client_secret)
            answer = requests.post(address, data=form, auth=who, timeout=_PATIENCE, allow_redirects=False)
        found = answer.json()
    except (requests.RequestException, ValueError):
        raise NotIdentified from None
    if answer.status_code != 200 or not isinstance(found, dict):
        raise NotIdentified
    return _Known(found)


class _Known(dict[str, Any]):
    """What a provider answered; to lack what the standard demands is to have said nothing."""

    def __missing__(self, name: str) -> Any:
        raise NotIdentified
