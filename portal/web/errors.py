"""What a person sees when something is wrong: what happened, what to do, and always somebody to call."""

import logging
import traceback

from flask import Flask, Response, g, jsonify, make_response, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from portal.domain.refusals import Problem, Refusal
from portal.domain.sentences import Sentence, sentence
from portal.store.crypto import Unreadable
from portal.store.database import DatabaseIsDown
from portal.web.asked import WrongQuery
from portal.web.fields import SentForm, sent_form
from portal.web.leading_on import lead_on
from portal.web.portal import current_voice, find_current_kommun, now, pages
from portal.web.shown.contacts import card_of

LOG = logging.getLogger("portal.errors")

_SAID: dict[int, tuple[Sentence, Sentence]] = {
    400: (sentence("Vi förstod inte det som skickades"), sentence("Gå tillbaka och försök igen.")),
    403: (
        sentence("Formuläret kom från en annan webbplats"),
        sentence("Inget är skickat. Gå till startsidan här och börja om."),
    ),
    404: (
        sentence("Sidan finns inte"),
        sentence("Adressen kan vara fel, eller så är sidan borttagen. Välj i listan här nedanför."),
    ),
    405: (sentence("Så kan sidan inte användas"), sentence("Gå till startsidan och börja om.")),
    413: (sentence("Det som skickades är för stort"), sentence("Gå tillbaka och skriv kortare.")),
    500: (sentence("Något gick fel hos oss"), sentence("Försök igen om en stund. Du kan också ringa kommunen.")),
}

_DOWN = (
    sentence("Vi kan inte visa grupperna just nu"),
    sentence("Försök igen om en stund. Du kan också ringa kommunen."),
)

_DAMAGED = (
    sentence("Vi kan inte läsa det som är sparat"),
    sentence("Det är skadat. Ring kommunen, så hjälper de dig."),
)


_WRONG_QUERY = sentence("Frågan är fel ställd")

_NOWHERE = (
    sentence("Portalen vet inte sin egen adress"),
    sentence("Den som sköter portalen behöver sätta {setting}.", setting="PORTAL_SITE"),
)


def unavailable() -> Response:
    """Say that nothing with absolute addresses can be given, as nobody trusted has said the portal's own."""
    return problem(503, _NOWHERE[0], detail=_NOWHERE[1])


def init_errors(app: Flask) -> None:
    """Answer every error with a page, or for programs with application/problem+json."""

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> Response:
        if error.response is not None:
            return make_response(error.response)
        if error.code == 404 and (found := lead_on()) is not None:
            return make_response(found)
        code = error.code if error.code in _SAID else (400 if (error.code or 500) < 500 else 500)
        response = _answer(error.code or 500, *_SAID[code])
        if isinstance(error, MethodNotAllowed) and error.valid_methods:
            response.headers["Allow"] = ", ".join(error.valid_methods)
        return response

    @app.errorhandler(WrongQuery)
    def wrong(error: WrongQuery) -> Response:
        return problem(error.status, _WRONG_QUERY, errors=(error.problem,))

    @app.errorhandler(DatabaseIsDown)
    def down(error: DatabaseIsDown) -> Response:
        LOG.error("%s while answering %s", error, request.endpoint)
        response = _with_somebody_to_call(*_DOWN, sent=sent_form())
        response.headers["Retry-After"] = "60"
        return response

    @app.errorhandler(Unreadable)
    def damaged(error: Unreadable) -> Response:
        LOG.error("%s, while answering %s", error, request.endpoint)
        return _with_somebody_to_call(*_DAMAGED)

    @app.errorhandler(Refusal)
    def not_now(error: Refusal) -> Response:
        return _answer(409, error.says, _SAID[400][1])

    @app.errorhandler(Exception)
    def failed(error: Exception) -> Response:
        # The message of an exception may hold an answer; its place in the code does not.
        frames = "".join(traceback.format_tb(error.__traceback__))
        LOG.error("%s while answering %s\n%s", type(error).__name__, request.endpoint, frames)
        return _answer(500, *_SAID[500])


def _take_from_path() -> None:
    """Take language and kommun from an address that no page answers, so that the error speaks the right language."""
    tag, kommun_id = [*request.path.split("/"), "", ""][1:3]
    if "language" not in g and tag in pages().portal.languages:
        g.language = pages().portal.languages[tag]
        g.kommun = pages().find_kommun(kommun_id)


def _answer(status: int, title: Sentence, advice: Sentence) -> Response:
    _take_from_path()
    if request.path.startswith("/api/"):
        # Advice to somebody before a page ("choose below") helps no program.
        return problem(status, title, detail=None if status == 404 else advice)
    return pages().page("errors/error.html", status=status, title=title, advice=advice)


def _with_somebody_to_call(title: Sentence, advice: Sentence, sent: SentForm | None = None) -> Response:
    """Say that what is remembered cannot be read, and whom to call; every other page still works."""
    if request.path.startswith("/api/"):
        return problem(503, title, detail=advice)
    kommun = find_current_kommun()
    card = None
    if kommun is not None:
        card = card_of(kommun.contacts[kommun.contact_centre], kommun, current_voice(), now())
    return pages().page("errors/down.html", status=503, title=title, advice=advice, card=card, sent=sent)


def problem(
    status: int, title: Sentence, *, detail: Sentence | None = None, errors: tuple[Problem, ...] = ()
) -> Response:
    """Return application/problem+json (RFC 9457); each error names its field."""
    voice = current_voice()
    body: dict[str, object] = {
        "type": "about:blank",
        "title": voice.words(title),
        "status": status,
        # The profile asks for a detail always: without one of its own, the first thing that is wrong, or the title.
        "detail": voice.words(detail or (errors[0].says if errors else title)),
        "instance": f"{request.script_root}{request.path}",
    }
    if errors:
        body["errors"] = [{"field": error.field, "detail": voice.words(error.says)} for error in errors]
    response = jsonify(body)
    response.status_code = status
    response.mimetype = "application/problem+json"
    return response
