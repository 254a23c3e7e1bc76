"""What somebody may choose to keep in her phone: the page that says so, the worker that keeps it, the home screen."""

from pathlib import Path

from flask import Response, current_app, jsonify, request

from portal.web.home.routes import blueprint
from portal.web.portal import catalogue, current_kommun, current_language, current_voice, now, pages
from portal.web.shown.contacts import card_of

PAPER = "#ffffff"


@blueprint.get("/<lang>/<kommun>/saved")
def saved() -> Response:
    """Say what is kept in the phone, for whom it is not wise, and let her keep it or take it away."""
    kommun = current_kommun()
    centre = card_of(kommun.contacts[kommun.contact_centre], kommun, current_voice(), now())
    return pages().page("home/saved.html", lines=catalogue().helplines, centre=centre)


@blueprint.get("/<lang>/<kommun>/app.webmanifest")
def manifest() -> Response:
    """Return how the portal looks on a home screen; its name there is the kommun's, which says nothing of support."""
    kommun, language, asset = current_kommun(), current_language(), pages().asset
    base = f"{request.script_root}/{language.tag}/{kommun.id}/"
    pictures = (("icon.svg", "any", "svg+xml"), ("icon-192.png", "192x192", "png"), ("icon-512.png", "512x512", "png"))
    response = jsonify(
        name=kommun.full_name,
        short_name=kommun.name,
        lang=language.tag,
        dir=language.direction,
        start_url=base,
        scope=base,
        display="minimal-ui",
        background_color=PAPER,
        theme_color=kommun.look.colour or PAPER,
        icons=[
            {"src": f"{request.script_root}{asset(name)}", "sizes": sizes, "type": f"image/{kind}"}
            for name, sizes, kind in pictures
        ],
    )
    response.mimetype = "application/manifest+json"
    return response


@blueprint.get("/worker.js")
def worker() -> Response:
    """Return the worker, at an address above all that it may keep; no page asks for it before she presses."""
    script = Path(current_app.static_folder or "", "worker.js")
    return Response(script.read_text(encoding="utf-8"), mimetype="text/javascript")
