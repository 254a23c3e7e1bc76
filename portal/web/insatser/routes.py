"""Browsing: every insats of a kommun, one insats, and a list that somebody chose."""

from flask import Blueprint, Response, abort, request
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import SelectField, StringField
from wtforms.validators import Length

from portal.domain.catalogue.insatser import Insats
from portal.domain.catalogue.queries import LONGEST_QUERY
from portal.web.asked import one_of, only
from portal.web.fields import printable
from portal.web.insatser.finding import Found, found_for
from portal.web.insatser.news import feed
from portal.web.portal import (
    catalogue,
    current_kommun,
    current_language,
    current_voice,
    fragments,
    now,
    own_address,
    pages,
    show_in_both,
    this_address,
    this_root,
)
from portal.web.shared import kept_page, shared
from portal.web.shown.contacts import asking_about, card_of, list_to_send
from portal.web.shown.details import details_of, how_much
from portal.web.shown.fragments import NOTHING_LISTED
from portal.web.shown.qr import qr_code
from portal.web.shown.starting import how_it_begins
from portal.web.shown.structured import block, service

blueprint = Blueprint("insatser", __name__)


class SearchForm(FlaskForm):  # type: ignore[misc]
    """A word and a topic; sent as a POST, so that neither stands in the address or the history."""

    q = StringField(validators=[Length(max=LONGEST_QUERY)])
    topic = SelectField(validate_choice=False)


@blueprint.route("/insatser", methods=["GET", "POST"])
def browse() -> Response:
    """List every insats, or the few that a search finds, the best first."""
    form = SearchForm(request.values if request.method == "POST" else request.args, meta={"csrf": False})
    sought = (form.q.data or "").strip()
    topic = form.topic.data if form.topic.data in catalogue().topics else ""
    too_long = not form.validate()
    found = Found() if too_long or not sought else found_for(sought, topic)
    listed = NOTHING_LISTED if too_long or sought else fragments().listed(topic)
    page = pages().page(
        "insatser/browse.html",
        status=422 if too_long else 200,
        block="found",
        sought=printable(sought),
        topic=topic,
        too_long=too_long,
        found=found,
        count=len(found.hits) or listed.how_many,
        shown=listed.by_route,
        centre=None if too_long or found.hits or listed.how_many else _centre(),
        longest=LONGEST_QUERY,
    )
    page.vary.add("HX-Request")
    return kept_page(page)


@blueprint.get("/insatser.rss")
@shared
def news() -> Response:
    """Return what is new in the catalogue, or in one topic of it, for a reader of feeds."""
    only(request.args, ("topic",))
    kommun, voice = current_kommun(), current_voice()
    topic = one_of(request.args, "topic", catalogue().topics)
    found = [insats for insats in kommun.insatser.values() if topic in (None, *insats.topics)]
    base = f"{this_root()}{voice.language.tag}/{kommun.id}"
    return Response(feed(kommun, found, voice, base, this_address()), mimetype="application/rss+xml")


def _centre() -> Markup:
    """Return the nearest human being, for whoever finds nothing."""
    kommun = current_kommun()
    return fragments().contact(kommun.contacts[kommun.contact_centre], kommun, "h2", now())


@blueprint.get("/insatser/<insats_id>")
def show(insats_id: str) -> Response:
    """Show one insats: what it is, for whom, how much, whom to contact, and the law behind it."""
    kommun, insats, voice = current_kommun(), _insats(insats_id), current_voice()
    contact = kommun.contact_of(insats)
    return pages().page(
        "insatser/show.html",
        data=block(service(insats, kommun, voice, this_address())),
        insats=insats,
        begins=how_it_begins(insats),
        details=details_of(insats, voice),
        part_details={part.id: how_much(part.how, voice) for part in insats.parts},
        card=card_of(contact, kommun, voice, now(), asking_about(insats, contact, voice)),
        safety=any(catalogue().topics[topic].safety for topic in insats.topics),
        lines=[line for line in catalogue().helplines if line.when & insats.topics],
    )


@blueprint.get("/insatser/<insats_id>/leaflet")
def leaflet(insats_id: str) -> Response:
    """Show one insats as a sheet to print, in two languages, with a QR code that leads to its page."""
    kommun, insats = current_kommun(), _insats(insats_id)
    show_in_both()
    card = card_of(kommun.contact_of(insats), kommun, current_voice(), now())
    root = own_address()
    address = f"{root}{current_language().tag}/{kommun.id}/insatser/{insats.id}"
    code = None if root is None else qr_code(address)
    return pages().page("insatser/leaflet.html", insats=insats, card=card, code=code)


@blueprint.get("/insatser/<insats_id>/card")
def card(insats_id: str) -> Response:
    """Show what to say at the desk, as large as the screen, in Swedish and in the language of the page."""
    kommun, insats = current_kommun(), _insats(insats_id)
    asks = asking_about(insats, kommun.contact_of(insats), current_voice())
    return pages().page("insatser/card.html", insats=insats, asks=asks)


@blueprint.get("/contacts/<contact_id>/card")
def contact_card(contact_id: str) -> Response:
    """Show what to say to a unit, as large as the screen: which language, an interpreter, and whom one looks for."""
    kommun = current_kommun()
    contact = kommun.contacts.get(contact_id)
    if contact is None:
        abort(404)
    return pages().page("insatser/card.html", insats=None, asks=asking_about(None, contact, current_voice()))


def _insats(insats_id: str) -> Insats:
    found = current_kommun().insatser.get(insats_id)
    if found is None:
        abort(404)
    return found


@blueprint.get("/my-list")
def chosen() -> Response:
    """Show the insatser named in the address: a list to print or to share, without any answer."""
    kommun = current_kommun()
    wanted = list(dict.fromkeys(request.args.getlist("i")))[:100]
    known = [kommun.insatser[insats_id] for insats_id in wanted if insats_id in kommun.insatser]
    voice = current_voice()
    cards = {
        insats.contact: card_of(kommun.contact_of(insats), kommun, voice, now())
        for insats in known
        if insats.route != "assessed"
    }
    return pages().page(
        "insatser/chosen.html",
        shown=known,
        cards=cards,
        lost=len(wanted) - len(known),
        to_send=list_to_send(known, cards, voice),
    )
