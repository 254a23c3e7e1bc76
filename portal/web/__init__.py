"""The pages and the API: everything a person or a program meets."""

from typing import Any

from flask import Flask, Request, Response, abort, current_app, g, redirect, request
from flask.sessions import SessionInterface
from flask_babel import Babel
from flask_compress import Compress
from htmx_flask import Htmx

from portal.settings import Oidc
from portal.web import (
    api,
    applications,
    counting,
    errors,
    groups,
    home,
    insatser,
    languages,
    later,
    officials,
    open_data,
    self_check,
)
from portal.web.arriving import init_arriving
from portal.web.figures import Figures
from portal.web.origins import init_origins
from portal.web.place import Placed
from portal.web.portal import EMBEDDED, Pages, Portal, current_language, in_language, pages, show_in_both
from portal.web.security import Guarded
from portal.web.sizes import filled_brotli, filled_gzip, filled_plain
from portal.web.staff import Door, StaffRoom
from portal.web.voices.negotiating import codes

# Every blueprint and its prefix, in one table.
BLUEPRINTS = (
    (home.blueprint, ""),
    (self_check.blueprint, "/<lang>/<kommun>/self-check"),
    (insatser.blueprint, "/<lang>/<kommun>"),
    (groups.blueprint, "/<lang>/<kommun>"),
    (applications.blueprint, "/<lang>/<kommun>"),
    (counting.blueprint, "/<lang>/<kommun>"),
    (officials.blueprint, "/<lang>/<kommun>/officials"),
    (languages.blueprint, "/<lang>/<kommun>/translation"),
    (open_data.blueprint, ""),
    (api.blueprint, "/api/v1"),
)

COMPRESSED = [
    "text/html",
    "text/css",
    "text/javascript",
    "application/json",
    "image/svg+xml",
    "text/turtle",
    "application/rdf+xml",
    "application/rss+xml",
    "application/xml",
    "text/calendar",
]
"""The kinds of answers that are compressed."""

LARGEST_BODY = 64 * 1024
"""Bytes of a request; the longest honest self-check is under four thousand."""


def init_web(
    app: Flask, portal: Portal, room: StaffRoom, *, is_behind_proxy: bool, eid: Oidc | None = None, hsts: int = 0
) -> None:
    """Put the web on the app: pages, API, errors, headers, compression."""
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        MAX_FORM_PARTS=200,
        COMPRESS_MIMETYPES=COMPRESSED,
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=6,  # an eighth smaller than 4, for a quarter of a millisecond
        SEND_FILE_MAX_AGE_DEFAULT=31536000,
        WTF_I18N_ENABLED=False,  # its words are shown nowhere, and would be read from a file for every form
        WTF_CSRF_ENABLED=False,  # nobody is signed in outside the staff room, which guards its own forms
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.session_interface = NoSession()
    init_arriving(app)
    Htmx(app)
    Babel(app, locale_selector=lambda: current_language().babel)
    Packed(app)
    app.extensions["pages"] = Pages(app, portal)
    app.url_value_preprocessor(_take_language_and_kommun)
    init_origins(app)
    for blueprint, prefix in BLUEPRINTS:
        app.register_blueprint(blueprint, url_prefix=prefix or None)
    app.register_blueprint(self_check.blueprint, name="embed", url_prefix=f"{EMBEDDED}/<lang>/<kommun>/self-check")
    app.add_url_rule("/api-info", view_func=app.view_functions["api.about"])
    open_data.put_graphs(app, open_data.Graphs(later.write_services, later.write_catalogue))
    applications.put_cleaning(app, portal.clock)
    if eid is not None:
        later.put_identifying(app, eid, is_secure=room.is_secure)
    errors.init_errors(app)
    app.extensions["staff"] = door = Door(app, room, later.make_staff_app)
    app.extensions["figures"] = figures = Figures()
    guarded = Guarded(door, hsts, figures, is_behind_proxy=is_behind_proxy)
    app.wsgi_app = Placed(guarded, portal.site, is_behind_proxy=is_behind_proxy)  # type: ignore[method-assign]


class Packed(Compress):
    """Compresses pages of every status: a mistake in a form is shown on the same phone as the form."""

    def after_request(self, response: Response | None) -> Response:
        """Compress an answer; the library itself leaves out those that went wrong."""
        if response is not None and self._tells_of_answers(response):
            return _in_few_sizes(response)
        if response is None or response.status_code < 400:
            return super().after_request(response)
        status, response.status_code = response.status, 200
        packed = super().after_request(response)
        packed.status = status
        return packed

    def _tells_of_answers(self, response: Response) -> bool:
        is_of_self_check = request.blueprint in ("self_check", "embed") or request.endpoint == "api.self_check"
        return is_of_self_check and not response.is_streamed and not 300 <= response.status_code < 400


def _in_few_sizes(response: Response) -> Response:
    """Return an answer of the self-check compressed and filled up, so that its length tells no topic."""
    response.vary.add("Accept-Encoding")
    encoding, text = request.accept_encodings.best_match(["br", "gzip"]), response.get_data()
    if encoding == "br":
        response.set_data(filled_brotli(text, current_app.config["COMPRESS_BR_LEVEL"]))
    elif encoding == "gzip":
        response.set_data(filled_gzip(text, current_app.config["COMPRESS_LEVEL"]))
    else:
        response.set_data(filled_plain(text))
        return response
    response.headers["Content-Encoding"] = encoding
    return response


class NoSession(SessionInterface):
    """Nobody has a session: no cookie is read, and none can be set."""

    def open_session(self, app: Flask, request: Request) -> None:
        """Return none; writing to the session then raises."""

    def is_null_session(self, obj: object) -> bool:
        """Return that every session is empty for ever."""
        return True


def _take_language_and_kommun(endpoint: str | None, values: dict[str, Any] | None) -> None:
    if values is None:
        return
    found = pages()
    tag = values.pop("lang", None)
    if tag is not None:
        language = found.portal.languages.get(tag)
        if language is None:
            _lead_alias(tag)
            abort(404)
        g.language = language
    if request.args.get("beside"):
        show_in_both()
    kommun_id = values.pop("kommun", None)
    if kommun_id is not None:
        g.kommun = found.find_kommun(kommun_id)
        if g.kommun is None:
            abort(503 if kommun_id in found.portal.broken else 404)


def _lead_alias(tag: str) -> None:
    target = codes(pages().portal.languages).get(tag.lower())
    if target is not None:
        abort(redirect(in_language(target.tag), code=308))


__all__ = ["Portal", "init_web"]
