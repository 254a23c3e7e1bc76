"""Where a kommun's Plone says that something is published; nothing is fetched while it is answered."""

from typing import cast

from flask import Flask, Response, abort, current_app, request

from portal.actions.catalogue.heard import Bell
from portal.web.portal import now

_BELL = "catalogue_bell"


def put_bell(app: Flask, bell: Bell | None) -> None:
    """Put the bell on the app; None where no setting names a key, and then the address is not there."""
    app.extensions[_BELL] = bell


def catalogue_changed() -> Response:
    """Take the word that there is something to fetch: 204, or 403 where it is not signed with the key."""
    bell = cast(Bell | None, current_app.extensions[_BELL])
    if bell is None:
        abort(404)
    try:
        is_rung = bell.ring(
            request.headers.get("Portal-Timestamp", ""), request.headers.get("Portal-Signature", ""), now()
        )
    except OSError:
        return Response("The folder beside the catalogue cannot be written.\n", 503, mimetype="text/plain")
    if not is_rung:
        return Response("The word is not signed with the key, or is old.\n", 403, mimetype="text/plain")
    return Response(status=204)
