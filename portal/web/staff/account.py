"""One's own account: language, password, and how one signs in."""

from flask import Response, request
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from portal.actions.staff.accounts import change_password, choose_language
from portal.actions.staff.passwords import problem_of
from portal.domain.people.brakes import PASSWORDS
from portal.domain.sentences import Sentence, sentence
from portal.domain.staff.roles import ROLE_NAMES, Deed
from portal.store.people.brakes import press
from portal.web.portal import now, pages
from portal.web.staff.access import current_staff, for_deed, room
from portal.web.staff.accounts import User, hashed, is_password_of
from portal.web.staff.pages import lead_to, page, storage, tell
from portal.web.staff.recovery_codes import said_left

_TOO_OFTEN = sentence("Det blev fel för många gånger. Vänta en stund och försök sedan igen.")


@room.get("/account")
@for_deed(Deed.BE_STAFF)
def account() -> Response:
    """Show what can be changed."""
    return _page({})


def _page(problems: dict[str, Sentence], status: int = 200) -> Response:
    user: User = current_user._get_current_object()
    return page(
        "account",
        status,
        problems=problems,
        roles=[ROLE_NAMES[role] for role in current_staff().roles],
        has_app=user.tf_totp_secret is not None,
        passkeys=len(user.webauthn),
        has_password=user.password is not None,
        said_left=said_left,
    )


@room.post("/account/language")
@for_deed(Deed.BE_STAFF)
def set_language() -> AnyResponse:
    """Remember the language of the room."""
    lang = request.form.get("lang", "")
    if lang in pages().portal.languages:
        choose_language(storage(), current_staff(), lang)
    return lead_to("account")


@room.post("/account/password")
@for_deed(Deed.BE_STAFF)
def set_own_password() -> AnyResponse:
    """Change the password; every session ends, so that she signs in with the new one."""
    user: User = current_user._get_current_object()
    problems = _problems_of(user)
    if problems:
        return _page(problems, 422)
    change_password(storage(), user.staff, hashed(request.form["password"]), now())
    tell(sentence("Ditt lösenord är sparat. Logga in med det."))
    return lead_to("home")


def _problems_of(user: User) -> dict[str, Sentence]:
    old, new = request.form.get("old", ""), request.form.get("password", "")
    if not is_password_of(user, old):
        # Counted apart from the door: nobody outside can slow who is inside.
        is_early = press(storage(), PASSWORDS, f"inside {user.id}", now())
        return {"old": sentence("Lösenordet stämmer inte.") if is_early else _TOO_OFTEN}
    problem = problem_of(new, user.email)
    if problem is not None:
        return {"password": problem}
    return {} if new == request.form.get("again", "") else {"again": sentence("Skriv samma lösenord två gånger.")}
