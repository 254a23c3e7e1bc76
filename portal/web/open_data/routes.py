"""The addresses of open data. Each answer is whole, in Swedish, the same for everybody, and holds no person."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, cast

from flask import Blueprint, Flask, Response, abort, current_app, g, jsonify, request

from portal.domain.catalogue.insatser import Insats
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.groups.planning import Group
from portal.store.groups.planning import list_coming
from portal.web.asked import Part, moment, one_of, only, part_of
from portal.web.errors import unavailable
from portal.web.open_data.hsds import PROFILE, VERSION, Teller, terms_of
from portal.web.open_data.hsds_openapi import document
from portal.web.open_data.places import Place, id_of
from portal.web.open_data.served import Published
from portal.web.portal import catalogue, current_kommun, now, own_address, pages, skr_list
from portal.web.shared import shared
from portal.web.storage import current_storage
from portal.web.voices.voice import Voice

blueprint = Blueprint("open_data", __name__)

USUAL, MOST = 50, 200
"""Records on a page of HSDS: where nobody says how many, and the most that one can ask for."""

_PAGED = ("page", "per_page")

MOST_MADE = 400
"""Kommuner whose graph is kept as it was made; past it the store begins anew."""

Writes = Callable[..., bytes]


@dataclass(frozen=True)
class Graphs:
    """What writes linked data, which is loaded when it is first asked for; and what it has made of each kommun."""

    services: Writes
    catalogue: Writes
    made: dict[tuple[str, str], tuple[Kommun, bytes]] = field(default_factory=dict)


def put_graphs(app: Flask, graphs: Graphs) -> None:
    """Let an app answer with linked data."""
    app.extensions["graphs"] = graphs


@blueprint.before_request
def speak_swedish() -> Response | None:
    """Speak Swedish, as the kommuner wrote it; what does not know its own address has no absolute ones to give."""
    g.language = next(found for found in pages().portal.languages.values() if found.is_source)
    return unavailable() if own_address() is None else None


def _place() -> Place:
    return Place(own_address() or "")


def _teller() -> Teller:
    return Teller(_place(), skr_list(), catalogue().topics, now())


def _voice(kommun: Kommun) -> Voice:
    return pages().rooms[g.language.tag].voice_of(kommun, False)


def _kommuner() -> list[Kommun]:
    found = (pages().find_kommun(kommun_id) for kommun_id in catalogue().kommuner)
    return [kommun for kommun in found if kommun is not None]


# -------------------------------------------------------------------------------------------------------- HSDS


@blueprint.get("/api/hsds/v3/")
@shared
def about() -> Response:
    """Say which version of HSDS this is, and where it is described."""
    return jsonify(version=VERSION, profile=PROFILE, openapi_url=f"{_place().root}api/hsds/v3/openapi.json")


@blueprint.get("/api/hsds/v3/openapi.json")
@shared
def described() -> Response:
    """Return the description of these addresses (OpenAPI 3.1)."""
    return jsonify(document(f"{_place().root}api/hsds/v3", USUAL, MOST))


@blueprint.get("/api/hsds/v3/organizations")
@shared
def organizations() -> Response:
    """List the kommuner."""
    only(request.args, _PAGED)
    tell = _teller()
    part = part_of(_kommuner(), request.args, size="per_page", usual=USUAL, most=MOST)
    return _page(part, [tell.organization(kommun, _voice(kommun)) for kommun in part.items])


@blueprint.get("/api/hsds/v3/organizations/<uuid:organization_id>")
@shared
def organization(organization_id: object) -> Response:
    """Return one kommun with how it is reached."""
    only(request.args, ())
    found = next((kommun for kommun in _kommuner() if id_of(kommun.id) == str(organization_id)), None)
    if found is None:
        abort(404)
    return jsonify(_teller().whole_organization(found, _voice(found)))


@blueprint.get("/api/hsds/v3/services")
@shared
def services() -> Response:
    """List the insatser of all kommuner, or those of one kommun or one term."""
    only(request.args, (*_PAGED, "organization_id", "taxonomy_term_id", "modified_after"))
    tell = _teller()
    found = [(kommun, insats) for kommun in _asked_kommuner() for insats in _wanted(kommun)]
    part = part_of(found, request.args, size="per_page", usual=USUAL, most=MOST)
    return _page(part, [tell.service(kommun, insats, _voice(kommun)) for kommun, insats in part.items])


def _asked_kommuner() -> list[Kommun]:
    by_id = {id_of(kommun.id): kommun for kommun in _kommuner()}
    wanted = one_of(request.args, "organization_id", by_id)
    return list(by_id.values()) if wanted is None else [by_id[wanted]]


def _wanted(kommun: Kommun) -> list[Insats]:
    """Return the insatser of a kommun that have the term asked for, and changed since; an unknown term finds none."""
    term, since = request.args.get("taxonomy_term_id"), moment(request.args, "modified_after")
    return [
        insats
        for insats in kommun.insatser.values()
        if (term is None or term in terms_of(insats))
        and (since is None or (insats.updated_at is not None and insats.updated_at >= since))
    ]


@blueprint.get("/api/hsds/v3/services/<uuid:service_id>")
@shared
def service(service_id: object) -> Response:
    """Return one insats with everything that belongs to it; with groups, 503 while the database is down."""
    only(request.args, ())
    for kommun in _kommuner():
        for insats in kommun.insatser.values():
            if id_of(kommun.id, insats.id) == str(service_id):
                return jsonify(_teller().whole_service(kommun, insats, _voice(kommun), _coming(kommun, insats)))
    return abort(404)


def _coming(kommun: Kommun, insats: Insats) -> list[Group]:
    """Return the coming groups of an insats."""
    if not insats.in_groups:
        return []
    return [seen.group for seen in list_coming(current_storage(), kommun.id, now(), insats=insats.id)]


def _page(part: Part[Any], contents: list[dict[str, Any]]) -> Response:
    return jsonify(
        total_items=part.total,
        total_pages=part.pages,
        page_number=part.page,
        size=len(contents),
        first_page=part.page == 1,
        last_page=part.page == part.pages,
        empty=not contents,
        contents=contents,
    )


# -------------------------------------------------------------------------------------------------- linked data


@blueprint.get("/api/cpsv/<kommun>.ttl")
@shared
def public_services() -> Response:
    """Return what a kommun offers as public services (CPSV-AP 3.2, Turtle)."""
    kommun, place, graphs = current_kommun(), _place(), _graphs()
    known = graphs.made.get((kommun.id, place.root))
    # A kommun whose editors have said something new is another object.
    if known is None or known[0] is not kommun:
        if len(graphs.made) >= MOST_MADE:
            graphs.made.clear()
        known = (kommun, graphs.services(kommun, place, _voice(kommun), catalogue().topics, skr_list()))
        graphs.made[kommun.id, place.root] = known
    return Response(known[1], mimetype="text/turtle")


@blueprint.get("/dcat.ttl")
@shared
def data_catalogue() -> Response:
    """Return the catalogue of everything that is open here (DCAT-AP-SE, Turtle)."""
    return Response(_catalogue(is_xml=False), mimetype="text/turtle")


@blueprint.get("/datasets/dcat")
@shared
def harvested() -> Response:
    """Return the same as RDF/XML, at the address from which the national catalogue fetches it."""
    return Response(_catalogue(is_xml=True), mimetype="application/rdf+xml")


def _catalogue(*, is_xml: bool) -> bytes:
    portal = pages().portal
    return _graphs().catalogue(_kommuner(), _place(), Published(portal.licence, portal.data_contact), is_xml=is_xml)


def _graphs() -> Graphs:
    return cast("Graphs", current_app.extensions["graphs"])
