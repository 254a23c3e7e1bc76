"""The staff of a kommun: who they are, adding, ending, and helping somebody who lost her second factor."""

from flask import Response, abort, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from portal.actions.applications.units import give_units, units_of
from portal.actions.staff import approvals
from portal.actions.staff.accounts import end_staff, tell_of_units
from portal.domain.applications.kinds import UNITS
from portal.domain.audit import Actor
from portal.domain.refusals import AlreadyStaff, BadMessage, BadStaff, ChangedMeanwhile
from portal.domain.sentences import Sentence, sentence
from portal.domain.staff.approvals import may_agree
from portal.domain.staff.roles import ROLE_NAMES, Deed, Role, Staff
from portal.domain.versions import version_of
from portal.store.staff.accounts import get_staff, list_staff
from portal.web.portal import catalogue, now, pages
from portal.web.staff.access import current_staff, for_deed, room
from portal.web.staff.pages import lead_to, page, seen_version, storage, tell

_WRONG = {
    "email": sentence("Skriv en e-post, till exempel namn@example.se."),
    "roles": sentence("Välj minst en roll. Den som sköter hela portalen är administratör."),
    "kommun": sentence("Välj något i listan."),
}


@room.get("/people")
@for_deed(Deed.RUN_STAFF)
def list_people() -> Response:
    """Show who can sign in, and the form for one more."""
    return _people({})


def _people(problems: dict[str, Sentence], status: int = 200) -> Response:
    return page(
        "people",
        status,
        people=list_staff(storage(), current_staff().kommun),
        waiting=approvals.list_waiting(storage(), current_staff(), now()),
        may_agree=may_agree,
        role_names=ROLE_NAMES,
        kommuner=catalogue().kommuner,
        problems=problems,
        given=request.form,
    )


@room.post("/people")
@for_deed(Deed.RUN_STAFF)
def add_person() -> AnyResponse:
    """Let one more sign in; show the one-time code for her password, this once."""
    by, kommun = current_staff(), current_staff().kommun
    if kommun is None:
        kommun = request.form.get("kommun", "") or None
        if kommun is not None and kommun not in catalogue().kommuner:
            return _people({"kommun": _WRONG["kommun"]}, 422)
    try:
        email = request.form.get("email", "")
        made = approvals.add_person(storage(), by, email, _roles(), kommun, now(), is_mailed=_is_mailed())
    except BadStaff as refusal:
        return _people({field: _WRONG[field] for field in refusal.fields}, 422)
    except AlreadyStaff as refusal:
        return _people({"email": refusal.says}, 422)
    return _given(made)


def _is_mailed() -> bool:
    return pages().portal.sends_mail


def _given(made: tuple[Staff, str] | None) -> AnyResponse:
    """Show the one-time code this once, say that it is on its way to her, or that a second administrator must agree."""
    if made is None:
        tell(sentence("Det väntar i sju dagar på att en annan administratör säger ja."))
        return lead_to("list_people")
    person, code = made
    welcome = url_for("staff.welcome", _external=True)
    return page("code_given", person=person, code=None if _is_mailed() else code, welcome=welcome)


@room.post("/people/proposals/<proposal_id>")
@for_deed(Deed.RUN_STAFF)
def answer_proposal(proposal_id: str) -> AnyResponse:
    """Agree to what another administrator proposed, or take it away."""
    if request.form.get("do") != "agree":
        approvals.decline(storage(), current_staff(), proposal_id, now())
        tell(sentence("Förslaget är borttaget."))
        return lead_to("list_people")
    person, code = approvals.agree(storage(), current_staff(), proposal_id, now(), is_mailed=_is_mailed())
    if code is not None:
        return _given((person, code))
    tell(sentence("Sparat."))
    return lead_to("list_people")


def _roles() -> list[Role]:
    known = {str(role) for role in Role}
    return [Role(role) for role in request.form.getlist("roles") if role in known]


def _person(staff_id: str) -> Staff:
    with storage().database.reading() as connection:
        return get_staff(connection, staff_id, current_staff().kommun)


@room.get("/people/<staff_id>")
@for_deed(Deed.RUN_STAFF)
def show_person(staff_id: str) -> Response:
    """Show one of the staff, and what can be done."""
    return _person_page(_person(staff_id), {})


def _person_page(person: Staff, problems: dict[str, Sentence], status: int | None = None) -> Response:
    """Show her account; after an older page (409) what was chosen there stands in the form, beside what is now."""
    handles = Role.CASE_WORKER in person.roles and person.kommun is not None
    has = units_of(storage(), person.id, person.kommun) if person.kommun is not None else frozenset()
    return page(
        "person",
        status or (422 if problems else 200),
        versions={"roles": version_of(frozenset(person.roles)), "units": version_of(has)},
        chosen={
            "roles": request.form.getlist("roles") if "roles" in problems else person.roles,
            "units": request.form.getlist("units") if "units" in problems else has,
        },
        is_old=status is not None,
        person=person,
        role_names=ROLE_NAMES,
        problems=problems,
        units=UNITS if handles else {},
        has=has,
    )


@room.post("/people/<staff_id>/roles")
@for_deed(Deed.RUN_STAFF)
def set_roles(staff_id: str) -> AnyResponse:
    """Give somebody other roles."""
    try:
        is_done = approvals.set_roles(storage(), current_staff(), staff_id, _roles(), now(), seen=seen_version())
    except BadStaff as refusal:
        return _person_page(_person(staff_id), {field: _WRONG[field] for field in refusal.fields})
    except ChangedMeanwhile as refusal:
        return _person_page(_person(staff_id), {"roles": refusal.says}, 409)
    if not is_done:
        return _given(None)
    tell(sentence("Sparat."))
    return lead_to("show_person", staff_id=staff_id)


@room.post("/people/<staff_id>/units")
@for_deed(Deed.RUN_STAFF)
def set_units(staff_id: str) -> AnyResponse:
    """Let somebody handle the applications of these units, and of no other."""
    person = _person(staff_id)
    if person.kommun is None:
        abort(404)
    try:
        by, units = Actor(current_staff().id, person.kommun), request.form.getlist("units")
        had = units_of(storage(), person.id, person.kommun)
        give_units(storage(), by, person.id, units, now(), seen=seen_version())
    except BadMessage:
        return _person_page(person, {"units": _WRONG["kommun"]})
    except ChangedMeanwhile as refusal:
        return _person_page(person, {"units": refusal.says}, 409)
    if set(units) - had:
        tell_of_units(storage(), current_staff(), person.id, now())
    tell(sentence("Sparat."))
    return lead_to("show_person", staff_id=staff_id)


@room.post("/people/<staff_id>/end")
@for_deed(Deed.RUN_STAFF)
def end_person(staff_id: str) -> AnyResponse:
    """Let somebody sign in no more."""
    end_staff(storage(), current_staff(), staff_id, now())
    tell(sentence("Kontot är avslutat."))
    return lead_to("list_people")


@room.post("/people/<staff_id>/reset")
@for_deed(Deed.RUN_STAFF)
def reset_person(staff_id: str) -> AnyResponse:
    """Let somebody begin anew: the code goes to herself, or a second administrator gets it."""
    return _given(approvals.reset(storage(), current_staff(), staff_id, now(), is_mailed=_is_mailed()))
