"""Signing in by the kommun's own OpenID provider, which sees to both factors."""

import logging
from collections.abc import Mapping
from typing import Any, cast

from flask import Flask, Response, abort, current_app, redirect, session, url_for
from flask_security.utils import login_user
from werkzeug.wrappers import Response as AnyResponse

from portal.actions.staff.accounts import find_by_oidc
from portal.domain.sentences import sentence
from portal.settings import Oidc
from portal.web.openid import Door, NotIdentified, NotReached
from portal.web.origins import is_from_elsewhere
from portal.web.portal import now
from portal.web.staff.access import room
from portal.web.staff.pages import page, storage

LOG = logging.getLogger("portal.errors")

ANSWER = "/staff/kommun/answer"

_REFUSED = sentence("Kommunens inloggning gick inte. Försök igen eller prata med administratören.")
_DOWN = sentence("Kommunens inloggning svarar inte just nu. Försök igen om en stund.")
_STRANGER = sentence("Du har inget konto här. Be kommunens administratör om ett.")


def init_kommun_sign_in(app: Flask, oidc: Oidc | None, *, is_secure: bool) -> None:
    """Let the app ask the kommun's provider, where there is one."""
    door = None if oidc is None else Door(oidc, "kommun", ANSWER, "openid email", is_secure)
    app.extensions["kommun_sign_in"] = door


def has_kommun_sign_in() -> bool:
    """Return whether the kommun has a sign-in of its own."""
    return current_app.extensions["kommun_sign_in"] is not None


def _door() -> Door:
    if not has_kommun_sign_in():
        abort(404)
    return cast("Door", current_app.extensions["kommun_sign_in"])


def _answers_at() -> str:
    return url_for("staff.kommun_answer", _external=True)


@room.get("/kommun")
def kommun_sign_in() -> AnyResponse:
    """Lead to the kommun's provider whoever asks for it here; nobody is signed in because another site leads here."""
    door = _door()
    if is_from_elsewhere():
        return redirect(url_for("security.login"), 303)
    try:
        return door.lead_away(_answers_at(), {})
    except NotIdentified as reason:
        return _refused(reason)


@room.get("/kommun/answer")
def kommun_answer() -> AnyResponse:
    """Take the provider's answer.

    What another site began brings no strict cookie, however often it is led on. So this is a page: what it leads to,
    the browser asks for itself, and brings the cookie that this answer sets.
    """
    door, trip = _door(), _door().trip()
    try:
        if trip is None:
            raise NotIdentified("this browser has asked nothing, or too long ago")
        return door.forget(_let_in(door.claims(trip, _answers_at())))
    except NotIdentified as reason:
        return door.forget(_refused(reason))


def _let_in(claims: Mapping[str, Any]) -> Response:
    email, subject = str(claims.get("email") or ""), str(claims.get("sub") or "")
    if not email or not subject or claims.get("email_verified") is not True:
        raise NotIdentified("the provider does not say a verified e-mail")
    found = find_by_oidc(storage(), subject, email, now())
    user = None if found is None else current_app.extensions["security"].datastore.find_user(id=found.id)
    session.clear()
    if user is None:
        return page("kommun_answer", 403, problem=_STRANGER)
    login_user(user, authn_via=["oidc"])
    return page("kommun_answer", problem=None)


def _refused(reason: NotIdentified) -> Response:
    # What was sent may hold who she is; the reason is ours, and says only what was missing.
    LOG.error("the kommun's sign-in failed: %s", reason)
    is_down = isinstance(reason, NotReached)
    return page("kommun_answer", 503 if is_down else 403, problem=_DOWN if is_down else _REFUSED)
