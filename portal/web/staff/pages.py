"""How a page of the staff room is made: as the public pages are, with who is signed in and what she may do."""

from typing import Any, cast

from flask import Response, current_app, flash, get_flashed_messages, request, url_for
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from portal.domain.sentences import Sentence
from portal.web.beside import Beside
from portal.web.portal import current_voice, pages
from portal.web.staff.access import find_current_staff
from portal.web.storage import current_storage

storage = current_storage


def drawing() -> Beside:
    """Return what draws papers beside the requests."""
    return cast("Beside", current_app.extensions["drawing"])


def page(template: str, /, status: int = 200, **values: Any) -> Response:
    """Return a page in the language of who is signed in, or of the browser on the way in."""
    staff = find_current_staff()
    return pages().page(
        f"staff/{template}.html",
        status,
        staff=staff,
        deeds=staff.deeds if staff is not None else frozenset(),
        csrf=Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf()),
        told=[current_voice().mark(current_voice().gettext(str(said))) for said in get_flashed_messages()],
        here=request.path,
        **values,
    )


def seen_version() -> str | None:
    """Return the mark of the version that the sent form was made from; None where it has none."""
    return request.form.get("seen") or None


def tell(said: Sentence) -> None:
    """Say something on the next page."""
    flash(said.text)


def lead_to(endpoint: str, **gaps: Any) -> AnyResponse:
    """Lead on to a page after a form, so that a reload sends nothing twice."""
    return redirect(url_for(f"staff.{endpoint}", **gaps), 303)
