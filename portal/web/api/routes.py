"""The API for programs: the same rules as the pages, and as forgetful."""

from collections.abc import Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, g, jsonify, request
from werkzeug.exceptions import BadRequest

from portal.actions.catalogue.changes import list_changes
from portal.domain.catalogue.answers import shortened
from portal.domain.catalogue.insatser import ROUTES
from portal.domain.groups.planning import TIMES_OF_DAY, Wanted
from portal.domain.refusals import Problem
from portal.domain.self_check.asking import next_question
from portal.domain.self_check.matching import match
from portal.domain.sentences import Sentence, sentence
from portal.store.groups.planning import list_coming
from portal.web.api import views
from portal.web.api.examples import examples
from portal.web.api.openapi import Known, Served, document
from portal.web.asked import Part, moment, number, one_of, only, part_of
from portal.web.errors import problem
from portal.web.portal import (
    application_rules,
    catalogue,
    current_kommun,
    current_language,
    current_voice,
    now,
    pages,
    this_address,
    this_root,
)
from portal.web.shared import shared
from portal.web.storage import current_storage

blueprint = Blueprint("api", __name__)

One = TypeVar("One")

MOST_ITEMS = 500
"""Items of a page, also where nobody says how many: no kommun has as many insatser, so a list comes whole."""

OLDEST = 120

_ALWAYS, _PAGED = ("lang",), ("page", "limit")

_UNREADABLE = sentence("Svaren kan inte läsas")
_WRONG = sentence("Några svar är fel")


@blueprint.before_request
def take_language() -> Response | None:
    """Take the language from ?lang=; an unknown one is an error that names the field."""
    tag = request.args.get("lang", "sv")
    language = pages().portal.languages.get(tag)
    if language is None:
        g.language = next(iter(pages().portal.languages.values()))
        return _refused(_WRONG, "lang", sentence("Språket finns inte. Se listan över språk."))
    g.language = language
    return None


def _refused(title: Sentence, field: str, says: Sentence) -> Response:
    return problem(422, title, errors=(Problem(field, says),))


@blueprint.get("/api-info")
@shared
def about() -> Response:
    """Say what this API is, as Digg's profile asks every API to."""
    only(request.args, _ALWAYS)
    return jsonify(views.api_info(this_root()))


@blueprint.get("/kommuner")
@shared
def list_kommuner() -> Response:
    """List the kommuner and the languages of the portal."""
    only(request.args, _ALWAYS)
    languages = pages().portal.languages.values()
    return jsonify(
        kommuner=[views.kommun(found) for found in catalogue().kommuner.values()],
        languages=[{"tag": found.tag, "name": found.name, "dir": found.direction} for found in languages],
    )


@blueprint.get("/<kommun>/questions")
@shared
def list_questions() -> Response:
    """List the questions of the self-check, with their options."""
    only(request.args, _ALWAYS)
    kommun, voice = current_kommun(), current_voice()
    found = [views.question(question, kommun, catalogue(), voice) for question in catalogue().questions.values()]
    return jsonify(kommun=kommun.id, lang=current_language().tag, questions=found)


@blueprint.get("/<kommun>/insatser")
@shared
def list_insatser() -> Response:
    """List the insatser of a kommun, or those of a topic, a route or an age, or new since a moment."""
    only(request.args, (*_ALWAYS, *_PAGED, "topic", "route", "age", "since"))
    kommun, voice = current_kommun(), current_voice()
    topic = one_of(request.args, "topic", catalogue().topics)
    route = one_of(request.args, "route", ROUTES)
    age, since = number(request.args, "age", 0, OLDEST), moment(request.args, "since")
    fitting = [
        insats
        for insats in kommun.insatser.values()
        if topic in (None, *insats.topics)
        and route in (None, insats.route)
        and (age is None or insats.is_for_age(age))
        and (since is None or (insats.updated_at is not None and insats.updated_at >= since))
    ]
    part = _part(fitting)
    found = [views.insats_in_list(insats, kommun, voice) for insats in part.items]
    return _list(part, kommun=kommun.id, lang=current_language().tag, insatser=found)


@blueprint.get("/<kommun>/insatser/<insats>")
@shared
def get_insats(insats: str) -> Response:
    """Return one insats with everything that its page says."""
    only(request.args, _ALWAYS)
    kommun, voice = current_kommun(), current_voice()
    found = kommun.insatser.get(insats)
    if found is None:
        abort(404)
    return jsonify(kommun=kommun.id, lang=current_language().tag, **views.insats(found, kommun, voice))


@blueprint.get("/<kommun>/changes")
@shared
def list_all_changes() -> Response:
    """List what was added, changed or removed since a moment; answers 503 while the database is down."""
    only(request.args, (*_ALWAYS, *_PAGED, "since"))
    kommun, since = current_kommun(), moment(request.args, "since")
    found = list_changes(current_storage(), kommun.id, since)
    part = _part(found)
    told = [views.change(one, kommun, this_root()) for one in part.items]
    last = found[-1].at if found else since
    until = None if last is None else views.exactly(last)
    return _list(part, kommun=kommun.id, changes=told, until=until)


@blueprint.get("/<kommun>/groups")
@shared
def list_groups() -> Response:
    """List the coming groups of a kommun with the places left now; answers 503 while the database is down."""
    only(request.args, (*_ALWAYS, *_PAGED, "insats", "language", "time_of_day"))
    kommun, voice = current_kommun(), current_voice()
    wanted = Wanted(
        one_of(request.args, "insats", kommun.insatser),
        request.args.get("language"),
        one_of(request.args, "time_of_day", TIMES_OF_DAY),
    )
    coming = list_coming(current_storage(), kommun.id, now())
    one_of(request.args, "language", {"sv", *(tag for seen in coming for tag in seen.group.languages)})
    part = _part([seen for seen in coming if wanted.fits(seen.group)])
    found = [views.group(seen, kommun, voice) for seen in part.items]
    return _list(part, kommun=kommun.id, lang=current_language().tag, groups=found)


def _part(items: Sequence[One]) -> Part[One]:
    return part_of(items, request.args, size="limit", usual=MOST_ITEMS, most=MOST_ITEMS)


def _list(part: Part[Any], **members: Any) -> Response:
    """Return a page of a list; where another follows, its address stands in the header Link (RFC 8288) too."""
    paging = {"page": part.page, "limit": part.limit, "total": part.total, "pages": part.pages}
    response = jsonify(**members, paging=paging)
    if part.page < part.pages:
        asked = urlencode({**request.args, "page": part.page + 1})
        response.headers["Link"] = f'<{this_address()}?{asked}>; rel="next"'
    return response


@blueprint.post("/<kommun>/self-check")
def self_check() -> Response:
    """Decide which insatser fit the answers in the body, and which question could still change that."""
    kommun, voice, bank = current_kommun(), current_voice(), catalogue().questions
    try:
        body = request.get_json()
    except (BadRequest, RecursionError):
        return _refused(_UNREADABLE, "answers", sentence("Skicka JSON med {form}.", form='{"answers": {…}}'))
    if not isinstance(body, dict) or not isinstance(body.get("answers"), dict):
        return _refused(_UNREADABLE, "answers", sentence("Skicka JSON med {form}.", form='{"answers": {…}}'))
    extra = next((name for name in body if name != "answers"), None)
    if extra is not None:
        return _refused(_WRONG, shortened(str(extra)), sentence("Bara fältet {field} får stå här.", field="answers"))
    answers, problems = bank.read_json(body["answers"])
    if problems:
        return problem(422, _WRONG, errors=problems)
    matches = match(kommun, catalogue(), answers)
    following = next_question(kommun, catalogue(), answers)
    return jsonify(
        kommun=kommun.id,
        lang=current_language().tag,
        **views.matches(matches, kommun, voice),
        next_question=None if following is None else following.id,
    )


@blueprint.get("/openapi.json")
@shared
def openapi() -> Response:
    """Return the description of this API (OpenAPI 3.1)."""
    only(request.args, _ALWAYS)
    portal = pages().portal
    kommun = next(iter(catalogue().kommuner.values()))
    known = Known(catalogue(), application_rules().kinds, list(portal.languages))
    shown = examples(kommun, catalogue(), pages().rooms[current_language().tag].voice_of(kommun, False))
    return jsonify(document(known, Served(this_root(), portal.licence, portal.data_contact), shown, MOST_ITEMS))
