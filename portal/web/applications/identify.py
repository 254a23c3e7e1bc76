"""The round trip to who says who she is, and the way back to the form; it is spoken by `portal.web.openid`."""

import logging
from typing import cast

from flask import Blueprint, Flask, Response, abort, current_app, g, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from portal.settings import Oidc
from portal.web.applications.eid import sealed_identity
from portal.web.openid import Door, NotIdentified, NotReached
from portal.web.portal import application_rules, current_kommun, current_language, pages

LOG = logging.getLogger("portal.errors")

blueprint = Blueprint("eid", __name__)

ANSWER = "/identify/answer"

SCOPE = "openid profile"
"""Who she is and what she is called. What else the portal may know the provider has in its register of it."""


def init_identifying(app: Flask, oidc: Oidc, *, is_secure: bool) -> None:
    """Let an app offer electronic identities of that provider."""
    app.extensions["eid"] = Door(oidc, "identify", ANSWER, SCOPE, is_secure)
    app.register_blueprint(blueprint)


def _door() -> Door:
    return cast("Door", current_app.extensions["eid"])


def _answers_at() -> str:
    return url_for("eid.identified", _external=True)


@blueprint.get("/<lang>/<kommun>/apply/<kind_id>/identify")
def identify(kind_id: str) -> AnyResponse:
    """Lead to the provider; the browser remembers what it asked, sealed."""
    if kind_id not in application_rules().kinds:
        abort(404)
    insats = request.args.get("insats", "")
    kept = {
        "lang": current_language().tag,
        "kommun": current_kommun().id,
        "kind": kind_id,
        "insats": insats if insats in current_kommun().insatser else "",
    }
    try:
        return _door().lead_away(_answers_at(), kept, ui_locales=current_language().babel.replace("_", "-"))
    except NotIdentified as reason:
        return _failed(reason, kept["kind"], kept["insats"])


@blueprint.get(ANSWER)
def identified() -> AnyResponse:
    """Take the provider's answer, and take away the cookie. The form is reached by a button: a POST, as every step."""
    door, trip = _door(), _door().trip()
    if trip is None:
        return door.forget(_page(400))
    g.language = pages().portal.languages.get(trip["lang"]) or current_language()
    g.kommun = pages().find_kommun(trip["kommun"])
    try:
        identity = sealed_identity(door.claims(trip, _answers_at()), trip["kommun"], trip["kind"])
    except NotIdentified as reason:
        return door.forget(_failed(reason, trip["kind"], trip["insats"]))
    return door.forget(_page(200, identity=identity, kind_id=trip["kind"], insats=trip["insats"]))


def _failed(reason: NotIdentified, kind_id: str, insats: str) -> Response:
    # The reason is ours: it says what was missing, and nothing of who it was or what she wanted.
    LOG.error("an electronic identity failed: %s", reason)
    is_down = isinstance(reason, NotReached)
    return _page(503 if is_down else 502, kind_id=kind_id, insats=insats, is_down=is_down)


def _page(status: int, *, identity: str = "", kind_id: str = "", insats: str = "", is_down: bool = False) -> Response:
    return pages().page(
        "applications/identified.html",
        status=status,
        identity=identity,
        kind_id=kind_id,
        insats=insats,
        is_down=is_down,
    )
