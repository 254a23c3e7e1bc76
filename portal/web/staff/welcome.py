"""Choosing a password with the one-time code that an administrator, or the command line, gave."""

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from portal.actions.staff.accounts import find_invited_staff, set_password
from portal.actions.staff.passwords import problem_of
from portal.domain.refusals import NoSuchInvitation
from portal.domain.sentences import sentence
from portal.web.people.slowing import is_one_too_many
from portal.web.portal import now
from portal.web.staff.access import room
from portal.web.staff.accounts import hashed
from portal.web.staff.pages import lead_to, page, storage, tell

_TOO_OFTEN = sentence("Det blev fel för många gånger. Vänta en stund och försök sedan igen.")


@room.get("/welcome")
def welcome() -> Response:
    """Ask for the code and a password."""
    return page("welcome", code="", problems={})


@room.post("/welcome")
def choose_password() -> AnyResponse:
    """Give somebody her password, once."""
    code, password = request.form.get("code", "").strip(), request.form.get("password", "")
    try:
        invited = find_invited_staff(storage(), code, now())
        problem = problem_of(password, invited.email)
        if problem is None and password != request.form.get("again", ""):
            return page("welcome", 422, code=code, problems={"again": sentence("Skriv samma lösenord två gånger.")})
        if problem is not None:
            return page("welcome", 422, code=code, problems={"password": problem})
        set_password(storage(), code, hashed(password), now())
    except NoSuchInvitation as refusal:
        says = _TOO_OFTEN if is_one_too_many(code.upper(), now()) else refusal.says
        return page("welcome", 422, code=code, problems={"code": says})
    tell(sentence("Ditt lösenord är sparat. Logga in med det."))
    return lead_to("home")
