"""Signing in by the kommun's own OpenID provider, which sees to both factors."""

from typing import Any, cast

from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.flask_client import OAuth
from flask import Flask, abort, current_app, request, session, url_for
from flask_security.utils import login_user
from joserfc.errors import JoseError
from requests.exceptions import RequestException
from werkzeug.wrappers import Response as AnyResponse

from portal.actions.staff.accounts import find_by_oidc
from portal.domain.sentences import sentence
from portal.settings import Oidc
from portal.web.portal import now
from portal.web.staff.access import room
from portal.web.staff.pages import lead_to, page, storage, tell

_REFUSED = sentence("Kommunens inloggning gick inte. Försök igen eller prata med administratören.")
_STRANGER = sentence("Du har inget konto här. Be kommunens administratör om ett.")


def init_kommun_sign_in(app: Flask, oidc: Oidc | None) -> None:
    """Let the app ask the kommun's provider, where there is one."""
    app.extensions["oidc"] = oidc
    if oidc is None:
        return
    asked = {"acr_values": oidc.acr} if oidc.acr else {}
    OAuth(app).register(
        "kommun",
        client_id=oidc.client_id,
        client_secret=oidc.client_secret,
        server_metadata_url=f"{oidc.issuer}/.well-known/openid-configuration",
        authorize_params=asked,
        client_kwargs={"scope": "openid email", "code_challenge_method": "S256", "timeout": 10},
    )


def has_kommun_sign_in() -> bool:
    """Return whether the kommun has a sign-in of its own."""
    return current_app.extensions["oidc"] is not None


def _provider() -> Any:
    if not has_kommun_sign_in():
        abort(404)
    return current_app.extensions["authlib.integrations.flask_client"].kommun


@room.get("/kommun")
def kommun_sign_in() -> AnyResponse:
    """Lead to the kommun's provider."""
    try:
        found = _provider().authorize_redirect(url_for("staff.kommun_answer", _external=True))
    except (OAuthError, RequestException):
        return _refuse()
    return cast("AnyResponse", found)


@room.get("/kommun/answer")
def kommun_answer() -> AnyResponse:
    """Take the provider's answer.

    A strict cookie does not come along from another site. The first time the page therefore only leads to itself: then
    the browser comes from here, and brings the cookie.
    """
    provider = _provider()
    if "again" not in request.args:
        return page("kommun_answer", onward=f"{request.full_path}&again=1")
    try:
        token = provider.authorize_access_token()
    except (OAuthError, JoseError, RequestException, ValueError):
        return _refuse()
    return _let_in(token.get("userinfo") or {})


def _let_in(claims: Any) -> AnyResponse:
    oidc: Oidc = current_app.extensions["oidc"]
    email, subject = str(claims.get("email") or ""), str(claims.get("sub") or "")
    is_strong = not oidc.acr or claims.get("acr") == oidc.acr
    if not email or not subject or claims.get("email_verified") is not True or not is_strong:
        return _refuse()
    found = find_by_oidc(storage(), subject, email, now())
    user = None if found is None else current_app.extensions["security"].datastore.find_user(id=found.id)
    if user is None:
        tell(_STRANGER)
        return lead_to("home")
    session.clear()
    login_user(user, authn_via=["oidc"])
    return lead_to("home")


def _refuse() -> AnyResponse:
    tell(_REFUSED)
    return lead_to("home")
