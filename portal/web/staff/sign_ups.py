"""Who is in a group, for those who lead it: the list, moving somebody, cancelling for somebody who calls."""

from flask import Response, abort, request
from werkzeug.wrappers import Response as AnyResponse

from portal.actions.groups import leading
from portal.actions.groups.leading import Listed
from portal.domain.groups.details import NEEDS
from portal.domain.groups.sign_ups import ACTIVE, State
from portal.domain.refusals import BadDraft, Refusal
from portal.domain.sentences import Sentence, sentence
from portal.domain.staff.roles import Deed
from portal.web.portal import now
from portal.web.staff.access import current_actor, for_deed, room
from portal.web.staff.groups import seen_group
from portal.web.staff.pages import lead_to, page, storage, tell
from portal.web.staff.shown import STATES, day_of, hours_of, language_name

SHOWN = (State.PLACED, State.OFFERED, State.WAITING)


@room.get("/groups/<group_id>/sign-ups")
@for_deed(Deed.LEAD_GROUPS)
def list_sign_ups(group_id: str) -> Response:
    """Show who has a place and who waits; the reading stands in the trail."""
    seen, listed = seen_group(group_id), _listed(group_id)
    return page(
        "sign_ups",
        seen=seen,
        by_state={STATES[state]: [one for one in listed if one.sign_up.state is state] for state in SHOWN},
        ended=sum(one.sign_up.state not in ACTIVE for one in listed),
        needs=NEEDS,
        day_of=day_of,
        hours_of=hours_of,
        language_name=language_name,
    )


def _listed(group_id: str) -> tuple[Listed, ...]:
    return leading.list_sign_ups(storage(), current_actor(), group_id, now())


def _one(group_id: str, sign_up_id: str) -> Listed:
    found = (one for one in _listed(group_id) if one.sign_up.id == sign_up_id and one.sign_up.state in ACTIVE)
    return next(found, None) or abort(404)


@room.get("/groups/<group_id>/sign-ups/<sign_up_id>")
@for_deed(Deed.LEAD_GROUPS)
def show_sign_up(group_id: str, sign_up_id: str) -> Response:
    """Ask what to do with one sign-up: move it to another group, or cancel it."""
    return _sign_up_page(group_id, sign_up_id, None)


def _sign_up_page(group_id: str, sign_up_id: str, problem: Sentence | None) -> Response:
    one, seen = _one(group_id, sign_up_id), seen_group(group_id)
    others = leading.list_groups(storage(), current_actor(), now())
    return page(
        "sign_up",
        200 if problem is None else 422,
        seen=seen,
        one=one,
        state=STATES[one.sign_up.state],
        others=[other for other in others if other.group.id != group_id and other.group.terms.is_open_at(now())],
        problem=problem,
        day_of=day_of,
    )


@room.post("/groups/<group_id>/sign-ups/<sign_up_id>/withdraw")
@for_deed(Deed.LEAD_GROUPS)
def withdraw_for(group_id: str, sign_up_id: str) -> AnyResponse:
    """Take somebody out of the group, who asked for it."""
    _one(group_id, sign_up_id)
    leading.withdraw_for(storage(), current_actor(), sign_up_id, now())
    tell(sentence("Anmälan är avbokad."))
    return lead_to("list_sign_ups", group_id=group_id)


@room.post("/groups/<group_id>/sign-ups/<sign_up_id>/move")
@for_deed(Deed.LEAD_GROUPS)
def move_sign_up(group_id: str, sign_up_id: str) -> AnyResponse:
    """Move somebody to another group."""
    _one(group_id, sign_up_id)
    try:
        leading.move_sign_up(storage(), current_actor(), sign_up_id, request.form.get("to", ""), now())
    except BadDraft:
        return _sign_up_page(group_id, sign_up_id, sentence("Välj något i listan."))
    except Refusal as refusal:
        return _sign_up_page(group_id, sign_up_id, refusal.says)
    tell(sentence("Anmälan är flyttad."))
    return lead_to("list_sign_ups", group_id=group_id)
