"""Applying for support that is assessed: today by phone, paper or a visit."""

from flask import Blueprint, Response, abort

from portal.web.contacts import card_of
from portal.web.portal import catalogue, current_kommun, current_voice, now, pages

blueprint = Blueprint("applications", __name__)


@blueprint.get("")
def kinds() -> Response:
    """Show what one can apply for, and how."""
    kommun = current_kommun()
    card = card_of(kommun.contacts[kommun.contact_centre], kommun, current_voice(), now())
    return pages().page("applications/kinds.html", card=card)


@blueprint.get("/<kind_id>")
def kind(kind_id: str) -> Response:
    """Show one kind of application: what it can lead to and whom to contact."""
    kommun = current_kommun()
    found = catalogue().application_kinds.get(kind_id)
    if found is None:
        abort(404)
    insatser = [insats for insats in kommun.insatser.values() if insats.application == kind_id]
    contact_ids = dict.fromkeys([insats.contact for insats in insatser] or [kommun.contact_centre])
    cards = [card_of(kommun.contacts[contact_id], kommun, current_voice(), now()) for contact_id in contact_ids]
    acute = kind_id in ("violence", "housing", "financial")
    lines = [line for line in catalogue().helplines if line.always or kind_id in line.when] if acute else []
    return pages().page("applications/kind.html", found=found, insatser=insatser, cards=cards, lines=lines)
