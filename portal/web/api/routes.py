"""The API for programs: the same rules as the pages, and as forgetful."""

from flask import Blueprint, Response, abort, g, jsonify, request
from werkzeug.exceptions import BadRequest

from portal.domain.catalogue.answers import shortened
from portal.domain.refusals import Problem
from portal.domain.self_check.asking import next_question
from portal.domain.self_check.matching import match
from portal.domain.sentences import Sentence, sentence
from portal.store.groups.planning import list_coming
from portal.web.api import views
from portal.web.api.openapi import document
from portal.web.errors import problem
from portal.web.portal import application_rules, catalogue, current_kommun, current_language, current_voice, now, pages
from portal.web.storage import current_storage

blueprint = Blueprint("api", __name__)

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


@blueprint.get("/kommuner")
def list_kommuner() -> Response:
    """List the kommuner and the languages of the portal."""
    languages = pages().portal.languages.values()
    return jsonify(
        kommuner=[views.kommun(found) for found in catalogue().kommuner.values()],
        languages=[{"tag": found.tag, "name": found.name, "dir": found.direction} for found in languages],
    )


@blueprint.get("/<kommun>/questions")
def list_questions() -> Response:
    """List the questions of the self-check, with their options."""
    kommun, voice = current_kommun(), current_voice()
    found = [views.question(question, kommun, catalogue(), voice) for question in catalogue().questions.values()]
    return jsonify(kommun=kommun.id, lang=current_language().tag, questions=found)


@blueprint.get("/<kommun>/insatser")
def list_insatser() -> Response:
    """List every insats of a kommun."""
    kommun, voice = current_kommun(), current_voice()
    found = [views.insats_in_list(insats, kommun, voice) for insats in kommun.insatser.values()]
    return jsonify(kommun=kommun.id, lang=current_language().tag, insatser=found)


@blueprint.get("/<kommun>/insatser/<insats_id>")
def get_insats(insats_id: str) -> Response:
    """Return one insats with everything that its page says."""
    kommun, voice = current_kommun(), current_voice()
    insats = kommun.insatser.get(insats_id)
    if insats is None:
        abort(404)
    return jsonify(kommun=kommun.id, lang=current_language().tag, **views.insats(insats, kommun, voice))


@blueprint.get("/<kommun>/groups")
def list_groups() -> Response:
    """List the coming groups of a kommun with the places left now; answers 503 while the database is down."""
    kommun, voice = current_kommun(), current_voice()
    found = [views.group(seen, kommun, voice) for seen in list_coming(current_storage(), kommun.id, now())]
    return jsonify(kommun=kommun.id, lang=current_language().tag, groups=found)


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
def openapi() -> Response:
    """Return the description of this API (OpenAPI 3.1)."""
    return jsonify(document(catalogue(), application_rules().kinds, list(pages().portal.languages)))
