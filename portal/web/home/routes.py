"""The first pages: choosing a kommun, the start of a kommun, privacy and accessibility."""

from datetime import date

from flask import Blueprint, Response, jsonify, request

from portal.domain.applications.states import DRAFT_DAYS
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.catalogue.search import finds
from portal.domain.folding import folded
from portal.domain.groups.keeping import CONTACT_DAYS, KEEPING
from portal.web.fields import printable
from portal.web.portal import catalogue, current_kommun, current_voice, now, pages
from portal.web.shown.contacts import card_of

blueprint = Blueprint("home", __name__)

LONGEST_NAME = 60

ASSESSED_ON = date(2026, 11, 22)
"""When the accessibility of the portal was last assessed."""


@blueprint.get("/")
@blueprint.get("/<lang>/", endpoint="choose_in_language")
def choose() -> Response:
    """Show the languages and the kommuner, or those that a name or postal town finds."""
    sought = printable(request.args.get("q", "")).strip()[:LONGEST_NAME]
    found = [kommun for kommun in catalogue().kommuner.values() if finds(sought, _names(kommun))]
    return pages().page("home/choose.html", block="found", sought=sought, found=found, longest=LONGEST_NAME)


def _names(kommun: Kommun) -> list[str]:
    """Return the names a kommun is found by: its own, and the postal towns that no other kommun shares."""
    others = [town for other in catalogue().kommuner.values() if other.id != kommun.id for town in other.postal_towns]
    towns = [town for town in kommun.postal_towns if town not in others]
    return [folded(name) for name in (kommun.name, kommun.full_name, *towns)]


@blueprint.get("/<lang>/<kommun>/")
def start() -> Response:
    """Show what this is, how it begins and whom to call now."""
    lines = catalogue().helplines
    kommun = current_kommun()
    centre = card_of(kommun.contacts[kommun.contact_centre], kommun, current_voice(), now())
    return pages().page("home/start.html", lines=lines, centre=centre)


@blueprint.get("/<lang>/<kommun>/privacy")
def privacy() -> Response:
    """Say what is kept, and what is not."""
    return pages().page("home/privacy.html", keeping=KEEPING, contact_days=CONTACT_DAYS, draft_days=DRAFT_DAYS)


@blueprint.get("/<lang>/<kommun>/accessibility")
def accessibility() -> Response:
    """Show the accessibility statement (DOS-lagen 2018:1937 13 §)."""
    return pages().page("home/accessibility.html", assessed_on=ASSESSED_ON)


@blueprint.get("/static/icons.svg")
def icons() -> Response:
    """Return the pictograms, in one file."""
    return Response(pages().icons.svg, mimetype="image/svg+xml")


@blueprint.get("/healthz")
def healthz() -> Response:
    """Tell a monitor that the portal answers and how many kommuner it serves."""
    return jsonify(status="ok", kommuner=len(catalogue().kommuner))
