"""What staff see when something is wrong: what happened and what to do."""

import logging
import traceback

from flask import Flask, Response, g, make_response, redirect, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from portal.domain.refusals import (
    NoSuchApplication,
    NoSuchContact,
    NoSuchFile,
    NoSuchGroup,
    NoSuchPlace,
    NoSuchSession,
    NoSuchStaff,
    Refusal,
)
from portal.domain.sentences import Sentence, sentence
from portal.store.applications.printing import CannotPrint
from portal.store.crypto import Unreadable
from portal.store.database import DatabaseIsDown
from portal.web.fields import sent_form
from portal.web.staff.access import SignedOut
from portal.web.staff.pages import page

LOG = logging.getLogger("portal.errors")

_SAID: dict[int, tuple[Sentence, Sentence]] = {
    400: (sentence("Vi förstod inte det som skickades"), sentence("Gå tillbaka och försök igen.")),
    403: (sentence("Du får inte göra det här"), sentence("Fråga kommunens administratör om du behöver det.")),
    404: (sentence("Sidan finns inte"), sentence("Gå till personalens startsida.")),
    405: (sentence("Så kan sidan inte användas"), sentence("Gå till personalens startsida.")),
    413: (sentence("Det som skickades är för stort"), sentence("Gå tillbaka och skriv kortare.")),
    500: (sentence("Något gick fel hos oss"), sentence("Försök igen om en stund.")),
    503: (sentence("Det går inte att läsa eller spara just nu"), sentence("Försök igen om en stund.")),
}
_TOO_LONG_OPEN = sentence("Sidan var öppen för länge. Gå tillbaka, ladda om sidan och försök igen.")

_STILL_HERE = sentence("Sidan har varit öppen länge. Det du skrev står kvar. Titta igenom och skicka igen.")
_SIGN_IN_BESIDE = sentence(
    "Du är inte inloggad längre. Det du skrev står kvar. Logga in i en ny flik. Skicka sedan igen."
)
_SIGNED_OUT = sentence("Logga in först.")

_ABSENT = (NoSuchContact, NoSuchFile, NoSuchGroup, NoSuchPlace, NoSuchSession, NoSuchStaff)
_NO_PAPER = sentence("Det gick inte att göra en PDF")
_DAMAGED = (
    sentence("Det som är sparat går inte att läsa"),
    sentence("Det är skadat eller flyttat. Säg till den som sköter portalens drift."),
)
_NO_APPLICATION = sentence("Ansökan finns inte, eller så hör den till en annan enhet.")


def init_errors(app: Flask) -> None:
    """Answer every error of the room with a page."""

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> AnyResponse:
        if error.response is not None:
            return make_response(error.response)
        code = error.code or 500
        known = code if code in _SAID else (400 if code < 500 else 500)
        title, advice = _SAID[known]
        return _too_old(code, title) if isinstance(error, CSRFError) else _answer(code, title, advice)

    app.register_error_handler(SignedOut, _signed_out)

    @app.errorhandler(Refusal)
    def not_now(error: Refusal) -> AnyResponse:
        return _answer(404 if isinstance(error, _ABSENT) else 409, error.says, sentence("Gå tillbaka och försök igen."))

    @app.errorhandler(NoSuchApplication)
    def no_application(error: NoSuchApplication) -> AnyResponse:
        # What the refusal itself says is for a resident with a code.
        return _answer(404, _NO_APPLICATION, sentence("Gå till personalens startsida."))

    @app.errorhandler(CannotPrint)
    def not_printed(error: CannotPrint) -> AnyResponse:
        LOG.error("a paper could not be drawn while answering %s", request.endpoint)
        return _answer(503, _NO_PAPER, sentence("Hämta filerna en och en, och skriv ut sidan."))

    @app.errorhandler(Unreadable)
    def damaged(error: Unreadable) -> AnyResponse:
        LOG.error("%s, while answering %s", error, request.endpoint)
        g.is_down = True  # what does not open may be the account of who asks
        return _answer(503, *_DAMAGED)

    @app.errorhandler(DatabaseIsDown)
    def down(error: DatabaseIsDown) -> AnyResponse:
        LOG.error("the database is down while answering %s", request.endpoint)
        g.is_down = True  # who is signed in cannot be asked, so the page asks nothing
        title, advice = _SAID[503]
        return page("error", 503, title=title, advice=advice, sent=sent_form())

    @app.errorhandler(Exception)
    def failed(error: Exception) -> AnyResponse:
        # The message of an exception may hold what somebody wrote; its place in the code does not.
        frames = "".join(traceback.format_tb(error.__traceback__))
        LOG.error("%s while answering %s\n%s", type(error).__name__, request.endpoint, frames)
        return _answer(500, *_SAID[500])


def _too_old(status: int, title: Sentence) -> AnyResponse:
    sent = sent_form("csrf_token")
    says = _TOO_LONG_OPEN if sent is None else _STILL_HERE
    return page("error", status, title=title, advice=says, sent=sent, is_dead=True)


def _signed_out(error: SignedOut) -> AnyResponse:
    # What she wrote would be gone if she were led away to sign in.
    sent = sent_form("csrf_token")
    if sent is None or not sent.texts:
        return redirect(url_for("security.login"), 303)
    return page("error", 403, title=_SIGNED_OUT, advice=_SIGN_IN_BESIDE, sent=sent, is_out=True)


def _answer(status: int, title: Sentence, advice: Sentence) -> Response:
    return page("error", status, title=title, advice=advice)
