"""The first pages: choosing a kommun, the start of a kommun, privacy and accessibility."""

from dataclasses import asdict
from datetime import UTC, date, timedelta
from platform import python_version

from flask import Blueprint, Response, abort, current_app, jsonify, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from portal.actions.readiness import NEWER, OK, readiness
from portal.domain.applications.states import DRAFT_DAYS
from portal.domain.catalogue.places import kommuner_found
from portal.domain.groups.keeping import CONTACT_DAYS, KEEPING
from portal.store.job_turns import list_ends
from portal.store.people.outbox import count_unsent
from portal.store.schema import newest_step
from portal.web.errors import unavailable
from portal.web.fields import printable
from portal.web.figures import Figures, gauge
from portal.web.home.changed import catalogue_changed
from portal.web.home.job_figures import job_figures
from portal.web.home.sitemap import pages_of_kommun, written
from portal.web.portal import catalogue, current_kommun, current_voice, now, own_address, pages
from portal.web.shared import kept_page, shared
from portal.web.shown.contacts import card_of
from portal.web.storage import current_storage

blueprint = Blueprint("home", __name__)

LONGEST_NAME = 60

SECURITY_TXT_LASTS = timedelta(days=180)
"""Less than the year that RFC 9116 allows; it is made anew at every request."""

MAILS_AT_LEAST = 10
"""Mails that wait: fewer are not shown, or somebody could see that a place was just taken."""

ASSESSED_ON = date(2026, 11, 22)
"""When the accessibility of the portal was last assessed."""


@blueprint.get("/")
@blueprint.get("/<lang>/", endpoint="choose_in_language")
def choose() -> Response:
    """Show the languages and the kommuner, or those that a name or postal town finds."""
    sought = printable(request.args.get("q", "")).strip()[:LONGEST_NAME]
    found = kommuner_found(sought, catalogue().kommuner.values())
    page = kept_page(pages().page("home/choose.html", block="found", sought=sought, found=found, longest=LONGEST_NAME))
    page.vary.update(("Accept-Language", "HX-Request"))
    return page


@blueprint.get("/<lang>/<kommun>/")
def start() -> Response:
    """Show what this is, how it begins and whom to call now."""
    lines = catalogue().helplines
    kommun = current_kommun()
    centre = card_of(kommun.contacts[kommun.contact_centre], kommun, current_voice(), now())
    return kept_page(pages().page("home/start.html", lines=lines, centre=centre))


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


@blueprint.get("/static/pictures.svg")
def pictures() -> Response:
    """Return our own larger pictures, in one file."""
    return Response(pages().pictures.svg, mimetype="image/svg+xml")


@blueprint.get("/static/kommuner/<kommun>.css")
def kommun_style() -> Response:
    """Return the colour of a kommun, as a stylesheet of its own: no page has a style within it."""
    return Response(pages().dress(current_kommun()).style, mimetype="text/css")


@blueprint.get("/static/kommuner/<kommun>.svg")
def kommun_logo() -> Response:
    """Return the logo of a kommun; 404 where it has given none."""
    logo = current_kommun().look.logo
    if logo is None:
        abort(404)
    return Response(logo, mimetype="image/svg+xml")


@blueprint.get("/favicon.ico")
def favicon() -> AnyResponse:
    """Lead a browser that asks without having read a page to the icon."""
    return redirect(f"{request.script_root}{pages().asset('icon.svg')}", 308)


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Tell search engines that all may be found but the room of the staff and what belongs to one person."""
    root = request.script_root
    closed = ["/staff", "/embed", "/*/my-place", "/*/my-application", "/*/my-list", "/*/sign-up", "/*/self-check"]
    lines = ["User-agent: *", *(f"Disallow: {root}{path}" for path in closed)]
    if own_address() is not None:
        lines.append(f"Sitemap: {own_address()}sitemap.xml")
    return Response("\n".join([*lines, ""]), mimetype="text/plain")


@blueprint.get("/sitemap.xml")
@shared
def sitemap() -> Response:
    """Lead search engines to every page that is the same for everybody, in each language; 503 without an address."""
    root = own_address()
    if root is None:
        return unavailable()
    kommuner = catalogue().kommuner.values()
    rests = ["", *(rest for kommun in kommuner for rest in pages_of_kommun(kommun))]
    return Response(written(root, rests, list(pages().portal.languages)), mimetype="application/xml")


@blueprint.get("/.well-known/security.txt")
def security_txt() -> Response:
    """Say whom to tell of a hole in the portal (RFC 9116); 404 where the kommun has said nobody."""
    portal = pages().portal
    if not portal.security_contact:
        abort(404)
    expires = (now() + SECURITY_TXT_LASTS).astimezone(UTC)
    lines = [
        f"Contact: {portal.security_contact}",
        f"Expires: {expires:%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: sv, en",
    ]
    if portal.site is not None:
        lines.append(f"Canonical: {portal.site}/.well-known/security.txt")
    return Response("\n".join([*lines, ""]), mimetype="text/plain")


blueprint.post("/catalogue/changed")(catalogue_changed)


@blueprint.get("/readyz")
def readyz() -> Response:
    """Tell a monitor whether database, keys and schema are in order, and whose catalogue is not shown as it is now."""
    found, portal = readiness(current_storage()), pages().portal
    told = {"status": "ok" if found.is_ready else "not ready", **asdict(found), "catalogue": "ok"}
    told["release"] = portal.release
    if portal.broken:
        told["catalogue"] = f"broken: {', '.join(sorted(portal.broken))}; `portal catalogue check` says where"
    if pages().refused_reload:
        told["catalogue"] = "the last reload was refused; the log of portal.errors says why"
    response = jsonify(told)
    response.status_code = 200 if found.is_ready else 503
    return response


@blueprint.get("/metrics")
def metrics() -> Response:
    """Give an operator's Prometheus figures without a person: answers and their time, what is in order, what waits."""
    figures: Figures = current_app.extensions["figures"]
    found, portal = asdict(readiness(current_storage())), pages().portal
    is_down = found["database"] != OK
    waiting = 0 if is_down else count_unsent(current_storage()) // MAILS_AT_LEAST * MAILS_AT_LEAST
    ends = [] if is_down or found["schema"] not in (OK, NEWER) else list_ends(current_storage())
    build = f'release="{portal.release}",schema="{newest_step()}",python="{python_version()}"'
    ready = ((f'part="{part}"', float(says == OK)) for part, says in found.items())
    catalogues = (("", float(len(portal.broken) + bool(pages().refused_reload))),)
    lines = [
        *figures.lines(),
        *gauge("portal_build_info", "Which release this is.", ((build, 1.0),)),
        *gauge("portal_ready", "What is in order (1) and what is not (0).", ready),
        *gauge("portal_kommuner", "Kommuner that are served.", (("", float(len(catalogue().kommuner))),)),
        *gauge("portal_catalogues_not_as_they_are_now", "Broken catalogues, and a refused reload.", catalogues),
        *job_figures(ends, now()),
        *gauge("portal_mails_waiting", "Mails to be sent, in whole tens.", (("", float(waiting)),)),
    ]
    return Response("\n".join([*lines, ""]), content_type="text/plain; version=0.0.4; charset=utf-8")


@blueprint.get("/healthz")
def healthz() -> Response:
    """Tell a monitor that the portal answers and how many kommuner it serves."""
    return jsonify(status="ok", kommuner=len(catalogue().kommuner))
