"""Speaks OpenID Connect with a provider, by Authlib: the question, the answer, and what the answer must hold.

Both doors speak so: the staff's, and that of residents' electronic identities. Between question and answer the browser
keeps one sealed cookie, for ten minutes and for the address of the answer alone. It is Lax: a Strict one does not come
along from a provider on another site. No session is begun for it, so none can be lost on the way.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from secrets import compare_digest, token_urlsafe
from threading import BoundedSemaphore
from typing import Any

import requests
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from authlib.oidc.core import CodeIDToken
from flask import Response, request
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet, RSAKey
from joserfc.jws import JWSRegistry
from requests import RequestException

from portal.settings import Oidc
from portal.store.crypto import Unreadable
from portal.web.outgoing import FOR_A_PAGE, InTime, Waiting
from portal.web.portal import now
from portal.web.storage import current_storage

ROUND_TRIP = timedelta(minutes=10)
AT_ONCE = 20
"""How many of a process' threads may wait for one provider: one that is slow never takes them all."""

ALGORITHMS = ["RS256", "PS256", "ES256"]
"""Signatures that are believed; a provider's own list could name `none`."""

_LEEWAY = 60
"""Seconds that two clocks may differ."""


class NotIdentified(Exception):
    """The provider did not say who it is, or what came back is no answer to this browser's question."""


class NotReached(NotIdentified):
    """The provider is down or too slow: the same may go well in a while."""


@dataclass(frozen=True)
class Door:
    """One door with its provider: where the answer comes (`address`, a path), and the name of the door's cookie."""

    oidc: Oidc
    cookie: str
    address: str
    scope: str
    is_secure: bool
    waiting: Waiting = FOR_A_PAGE
    turns: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(AT_ONCE), compare=False, repr=False)

    def lead_away(self, redirect_uri: str, kept: Mapping[str, str], **more: str) -> Response:
        """Lead to the provider; `kept` comes back with the answer. Raise NotIdentified when it cannot be asked.

        redirect_uri: the whole address of the answer; more: further parameters of the question.
        """
        trip = {**kept, "purpose": self._purpose, "at": now().isoformat()}
        trip |= {name: token_urlsafe(48) for name in ("state", "nonce", "verifier")}
        asked = {"nonce": trip["nonce"], **more, **({"acr_values": self.oidc.acr} if self.oidc.acr else {})}
        with _session(self) as session:
            known = _known(session, self.oidc)
            address, _ = session.create_authorization_url(
                _member(known, "authorization_endpoint"),
                state=trip["state"],
                code_verifier=trip["verifier"],
                redirect_uri=redirect_uri,
                **asked,
            )
        response = Response(status=302, headers={"Location": address})
        sealed = current_storage().vault.seal(trip)
        response.set_cookie(self._name, sealed, max_age=int(ROUND_TRIP.total_seconds()), **self._where)
        return response

    def trip(self) -> dict[str, str] | None:
        """Return what this browser asked; None where it asked nothing, or too long ago."""
        try:
            found = current_storage().vault.open(request.cookies.get(self._name, ""))
        except (Unreadable, ValueError):
            return None
        # The same keys seal other things.
        if not isinstance(found, dict) or found.get("purpose") != self._purpose:
            return None
        return found if now() - datetime.fromisoformat(found["at"]) < ROUND_TRIP else None

    def claims(self, trip: Mapping[str, str], redirect_uri: str) -> dict[str, Any]:
        """Return what the provider says of her; raise NotIdentified unless every part answers this question."""
        is_ours = compare_digest(request.args.get("state", "").encode(), trip["state"].encode())
        if not is_ours or not request.args.get("code"):
            raise NotIdentified("the state or the code is missing")
        with _session(self) as session:
            known = _known(session, self.oidc)
            token = _token(session, known, trip, redirect_uri)
            keys = _fetched(session, _member(known, "jwks_uri"))
        claims = _claims(token, keys, self.oidc, trip["nonce"])
        if self.oidc.acr and claims.get("acr") != self.oidc.acr:
            raise NotIdentified("the provider says another level")
        return claims

    def forget(self, response: Response) -> Response:
        """Take the cookie away: a question is answered once."""
        response.delete_cookie(self._name, **self._where)
        return response

    @property
    def _purpose(self) -> str:
        return f"openid connect {self.cookie}"

    @property
    def _name(self) -> str:
        return f"__Secure-{self.cookie}" if self.is_secure else self.cookie

    @property
    def _where(self) -> dict[str, Any]:
        path = f"{request.script_root}{self.address}"
        return {"path": path, "secure": self.is_secure, "httponly": True, "samesite": "Lax"}


@contextmanager
def _session(door: Door) -> Iterator[OAuth2Session]:
    """Lend what speaks with the provider of a door, until its time is over."""
    if not door.turns.acquire(blocking=False):
        raise NotReached("too many wait for the provider already")
    try:
        with _speaking(door) as session:
            yield session
    finally:
        door.turns.release()


def _speaking(door: Door) -> OAuth2Session:
    oidc = door.oidc
    session = OAuth2Session(
        oidc.client_id,
        _key(oidc.key) if oidc.key else oidc.client_secret,
        scope=door.scope,
        code_challenge_method="S256",
        token_endpoint_auth_method=PrivateKeyJWT.name if oidc.key else "client_secret_basic",
    )
    session.max_redirects = 0  # what is secret goes to the provider's own address, and to no other
    session.headers["Accept-Encoding"] = "identity"
    in_time = InTime(door.waiting)
    for scheme in ("https://", "http://"):
        session.mount(scheme, in_time)
    return session


def _key(pem: str) -> ECKey | RSAKey:
    """Return the portal's own key; the settings have seen that it is one of the two kinds."""
    try:
        return RSAKey.import_key(pem)
    except (JoseError, ValueError):
        return ECKey.import_key(pem)


def _known(session: OAuth2Session, oidc: Oidc) -> dict[str, Any]:
    found = _fetched(session, f"{oidc.issuer.rstrip('/')}/.well-known/openid-configuration")
    if found.get("issuer") != oidc.issuer:
        raise NotIdentified("the provider has another name than the one that was set")
    return found


def _fetched(session: OAuth2Session, address: str) -> dict[str, Any]:
    try:
        answer = session.request("GET", address, withhold_token=True)
        answer.raise_for_status()
        found = answer.json()
    except (OAuthError, RequestException, ValueError) as error:
        raise _why(error) from None
    if answer.status_code != 200 or not isinstance(found, dict):
        raise NotIdentified("the provider answers what is no answer")
    return found


def _token(session: OAuth2Session, known: Mapping[str, Any], trip: Mapping[str, str], redirect_uri: str) -> str:
    endpoint = _member(known, "token_endpoint")
    if session.token_endpoint_auth_method == PrivateKeyJWT.name:
        alg = "ES256" if isinstance(session.client_secret, ECKey) else "RS256"
        session.register_client_auth_method(PrivateKeyJWT(endpoint, alg=alg))
    try:
        token = session.fetch_token(
            endpoint,
            code=request.args["code"],
            grant_type="authorization_code",
            redirect_uri=redirect_uri,
            code_verifier=trip["verifier"],
        )
    except (OAuthError, RequestException, JoseError, ValueError) as error:
        raise _why(error) from None
    return _member(token, "id_token")


def _claims(token: str, keys: Mapping[str, Any], oidc: Oidc, nonce: str) -> dict[str, Any]:
    demanded = {
        "iss": {"essential": True, "value": oidc.issuer},
        "aud": {"essential": True, "value": oidc.client_id},
        "sub": {"essential": True},
        "exp": {"essential": True},
        "nonce": {"essential": True, "value": nonce},
    }
    try:
        read = jwt.decode(
            token,
            KeySet.import_key_set(keys),  # type: ignore[arg-type]  # what is no set of keys is refused below
            registry=JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False),
        )
        claims = CodeIDToken(read.claims, read.header, demanded, {"nonce": nonce, "client_id": oidc.client_id})
        claims.validate(leeway=_LEEWAY)
    except (OAuthError, JoseError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotIdentified(type(error).__name__) from None
    return dict(claims)


def _why(error: Exception) -> NotIdentified:
    """Return what an error of a library means to who waits; what it says itself could hold who she is."""
    name = type(error).__name__
    answer = getattr(error, "response", None)
    is_broken = answer is not None and answer.status_code >= 500
    is_silent = isinstance(error, requests.ConnectionError | requests.Timeout)
    return NotReached(name) if is_broken or is_silent else NotIdentified(name)


def _member(found: Mapping[str, Any], name: str) -> str:
    """Return what the standard demands of an answer; to lack it is to have said nothing."""
    if not isinstance(found.get(name), str):
        raise NotIdentified(f"the provider does not say its {name}")
    return str(found[name])
