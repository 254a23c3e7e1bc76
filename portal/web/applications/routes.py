"""Applying for support that is assessed: by a form in short steps, or by phone, paper or a visit."""

from flask import Blueprint, Response, abort, request
from werkzeug.exceptions import RequestEntityTooLarge

from portal.domain.applications.forms import PROTECTED_FIRST
from portal.domain.applications.kinds import ApplicationKind
from portal.domain.applications.states import DRAFT_DAYS
from portal.domain.refusals import ChangedMeanwhile
from portal.web.applications import answering, newer, own
from portal.web.applications.eid import has_provider
from portal.web.applications.shown import MEGABYTES, acute_lines, contact_card
from portal.web.portal import application_rules, current_kommun, pages

blueprint = Blueprint("applications", __name__)

LARGEST_FORM = 256 * 1024
"""Bytes of the longest honest form: ten thousand letters of Arabic are sixty thousand on their way."""

LARGEST_UPLOAD = 24 * 1024 * 1024
"""Bytes of a form with a file: one somewhat too large is read, so that the page can say so and keep what was typed."""


@blueprint.before_request
def take_more() -> None:
    """Let these forms be longer than others; only where a file comes along, as long as a file."""
    has_file = (request.endpoint or "").endswith((".file", ".add"))
    request.max_content_length = LARGEST_UPLOAD if has_file else LARGEST_FORM


@blueprint.get("/apply")
def kinds() -> Response:
    """Show what one can apply for, and how."""
    kommun = current_kommun()
    card = contact_card(kommun.contacts[kommun.contact_centre])
    return pages().page("applications/kinds.html", kinds=application_rules().kinds.values(), card=card)


def get_kind(kind_id: str) -> ApplicationKind:
    """Return a kind of application; end with 404 where there is none."""
    found = application_rules().kinds.get(kind_id)
    if found is None:
        abort(404)
    return found


@blueprint.get("/apply/<kind_id>")
def kind(kind_id: str) -> Response:
    """Show one kind: the numbers where it is acute, the form, phone and paper beside it, and what it can lead to."""
    kommun, found = current_kommun(), get_kind(kind_id)
    insatser = [insats for insats in kommun.insatser.values() if insats.application == kind_id]
    contact_ids = dict.fromkeys([insats.contact for insats in insatser] or [kommun.contact_centre])
    return pages().page(
        "applications/kind.html",
        found=found,
        insatser=insatser,
        insats=kommun.insatser.get(request.args.get("insats", "")),
        cards=[contact_card(kommun.contacts[contact_id]) for contact_id in contact_ids],
        lines=acute_lines(found),
        protected=PROTECTED_FIRST,
        days=DRAFT_DAYS,
        has_eid=has_provider(),
    )


@blueprint.post("/apply/<kind_id>")
def form(kind_id: str) -> Response:
    """Take a step of the form: show the next, the one before, the receipt; everything typed comes along."""
    found = get_kind(kind_id)
    if "bring" in request.form:
        return answering.bring_along(found, request.form)
    if "begin" in request.form:
        return answering.begin(found, request.form)
    try:
        return answering.answer(found, request.form)
    except ChangedMeanwhile:
        return newer.show_newer(found, request.form)


@blueprint.post("/apply/<kind_id>/file")
def file(kind_id: str) -> Response:
    """Take a file for the draft."""
    found = get_kind(kind_id)
    try:
        return answering.upload(found, request.form, request.files.get("file"))
    except RequestEntityTooLarge:
        return show_too_large()


@blueprint.get("/my-application")
def my_application() -> Response:
    """Ask for the code of an application."""
    return own.show_code_form()


@blueprint.post("/my-application")
def application() -> Response:
    """Do what a button says with the application that a code opens."""
    return own.answer(request.form)


@blueprint.post("/my-application/add")
def add() -> Response:
    """Add a text, a file or both to an application that is sent."""
    try:
        return own.answer(request.form, request.files.get("file"))
    except RequestEntityTooLarge:
        return show_too_large()


def show_too_large() -> Response:
    """Say that a file was far too large to be read at all; what was typed before is on disk under the code."""
    return pages().page("applications/too_large.html", status=413, megabytes=MEGABYTES)
