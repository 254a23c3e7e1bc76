"""Who may fetch which page of the staff room: each names its deed, and what names none is closed."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint, abort, current_app, g, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from portal.domain.audit import Actor
from portal.domain.staff.roles import Deed, Staff
from portal.web.portal import pages
from portal.web.staff.accounts import User

room = Blueprint("staff", __name__, url_prefix="/staff")

View = TypeVar("View", bound=Callable[..., Any])

SIGNING_IN = frozenset(
    {
        "security.login",
        "security.logout",
        "security.two_factor_setup",
        "security.two_factor_setup_validate",
        "security.two_factor_token_validation",
        "security.tf_select",
        "security.wan_register",
        "security.wan_register_response",
        "security.wan_signin",
        "security.wan_signin_response",
        "security.wan_delete",
        "security.mf_recovery",
        "security.mf_recovery_codes",
        "staff.welcome",
        "staff.choose_password",
        "staff.kommun_sign_in",
        "staff.kommun_answer",
    }
)
"""The pages on the way in. Those for somebody who is in already see to it themselves (Flask-Security)."""


class SignedOut(Exception):
    """A form came from somebody who is signed in no more."""


def for_deed(deed: Deed) -> Callable[[View], View]:
    """Let only those fetch a page who may do that deed."""

    def mark(view: View) -> View:
        view.deed = deed  # type: ignore[attr-defined]
        return view

    return mark


def deed_of(endpoint: str) -> Deed | None:
    """Return which deed a page is for; None on the way in, and for what nobody may fetch."""
    return getattr(current_app.view_functions[endpoint], "deed", None)


def find_current_staff() -> Staff | None:
    """Return who is signed in, past her second factor; None where nobody is, or nobody can be asked."""
    if g.get("is_down"):
        return None
    user = current_user._get_current_object()
    return user.staff if isinstance(user, User) and user.is_authenticated else None


def current_staff() -> Staff:
    """Return who is signed in; raise LookupError on the pages on the way in."""
    found = find_current_staff()
    if found is None:
        raise LookupError("nobody is signed in")
    return found


def current_actor() -> Actor:
    """Return who is signed in as who does something in a kommun; the whole portal's administrator answers 403."""
    staff = current_staff()
    if staff.kommun is None:
        abort(403)
    return Actor(staff.id, staff.kommun)


def guard() -> AnyResponse | None:
    """Let nobody further who may not: called before every page of the room."""
    endpoint = request.endpoint
    staff = find_current_staff()
    _speak_to(staff)
    if endpoint is None or endpoint in SIGNING_IN:
        return None
    deed = deed_of(endpoint)
    if deed is None:
        abort(404)
    if staff is None and request.method == "POST":
        raise SignedOut
    if staff is None:
        return redirect(url_for("security.login"), 303)
    if deed not in staff.deeds:
        abort(403)
    return None


def _speak_to(staff: Staff | None) -> None:
    """Take the language and the kommun from who is signed in: no address of the room names them."""
    if staff is None:
        return
    languages = pages().portal.languages
    g.language = languages.get(staff.lang) or next(iter(languages.values()))
    if staff.kommun is not None:
        g.kommun = pages().find_kommun(staff.kommun)
        if g.kommun is None:  # the portal serves it no longer
            abort(403)
