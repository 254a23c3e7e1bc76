"""The groups of a kommun, for those who lead them: list, create, change, show to all, cancel, write to all."""

from datetime import datetime
from typing import Any

from flask import Response, abort, current_app, request
from werkzeug.wrappers import Response as AnyResponse

from portal.actions.groups import leading
from portal.domain.groups.meetings import is_on_the_clock, on_red_days
from portal.domain.groups.planning import ACCESSIBILITY, Group, Seen, Session
from portal.domain.groups.programmes import Programme, draft_from, template_of
from portal.domain.instants import STOCKHOLM
from portal.domain.refusals import BadDraft
from portal.domain.sentences import Sentence, sentence
from portal.domain.staff.roles import Deed
from portal.web.form_keys import key_from, new_key
from portal.web.portal import current_kommun, now
from portal.web.staff.access import current_actor, for_deed, room
from portal.web.staff.drafts import WRONG, Typed
from portal.web.staff.pages import lead_to, page, storage, tell
from portal.web.staff.shown import GROUP_STATES, day_of, hours_of, is_red, language_name, told_of


@room.get("/groups")
@for_deed(Deed.LEAD_GROUPS)
def list_groups() -> Response:
    """Show the groups that are coming or under way, and those that are over."""
    found = leading.list_groups(storage(), current_actor(), now())
    coming = [seen for seen in found if seen.group.ends_at >= now()]
    return group_page("groups", coming=coming, past=[seen for seen in reversed(found) if seen.group.ends_at < now()])


def seen_group(group_id: str) -> Seen:
    """Return a group of her kommun with the places left; answer 404 where there is none."""
    found = leading.list_groups(storage(), current_actor(), now())
    return next((seen for seen in found if seen.group.id == group_id), None) or abort(404)


def group_page(template: str, status: int = 200, **values: Any) -> Response:
    return page(
        template, status, day_of=day_of, hours_of=hours_of, language_name=language_name, states=GROUP_STATES, **values
    )


def _templates() -> dict[str, tuple[Programme, str]]:
    """Return what a group can be made from, with its insats: a programme, or what the catalogue says."""
    kommun = current_kommun()
    programmes: dict[str, Programme] = current_app.extensions["room"].programmes
    found = {
        f"{programme.id}:{insats}": (programme, insats)
        for programme in programmes.values()
        for insats in programme.insatser
        if insats in kommun.insatser
    }
    covered = {insats for _, insats in found.values()}
    for insats in kommun.insatser.values():
        template = template_of(insats)
        if template is not None and insats.id not in covered:
            found[f"insats:{insats.id}"] = (template, insats.id)
    return found


@room.get("/groups/new")
@for_deed(Deed.LEAD_GROUPS)
def new_group() -> Response:
    """Ask from which template, when it begins and where."""
    return group_page("new_group", templates=_templates(), given=request.args, problems={})


@room.post("/groups/new")
@for_deed(Deed.LEAD_GROUPS)
def create_group() -> AnyResponse:
    """Make a draft from a template, and lead on to changing it."""
    typed, templates = Typed(request.form), _templates()
    chosen = templates.get(request.form.get("template", ""))
    first_on, first_time = typed.day("first_on"), typed.time("first_time")
    checks = {
        "template": chosen is not None,
        "first_on": first_on is not None and first_on >= now().date(),
        "first_time": first_time is not None,
        "place": bool(typed.word("place")),
    }
    if chosen is None or first_on is None or first_time is None or not all(checks.values()):
        problems = {name: WRONG[name] for name, is_right in checks.items() if not is_right}
        return group_page("new_group", 422, templates=templates, given=request.form, problems=problems)
    programme, insats = chosen
    contact = current_kommun().insatser[insats].contact
    begins = datetime.combine(first_on, first_time, STOCKHOLM)
    if not is_on_the_clock(begins):
        problems = {
            "first_time": sentence(
                "Klockan {time} finns inte den natten. Då börjar sommartiden.", time=f"{begins:%H:%M}"
            )
        }
        return group_page("new_group", 422, templates=templates, given=request.form, problems=problems)
    draft = draft_from(programme, insats, contact, begins, typed.word("place"))
    group = leading.create_group(storage(), current_actor(), draft, now())
    tell(sentence("Gruppen är sparad som utkast. Ingen annan ser den än."))
    return lead_to("edit_group", group_id=group.id)


@room.get("/groups/<group_id>")
@for_deed(Deed.LEAD_GROUPS)
def show_group(group_id: str) -> Response:
    """Show one group and what can be done with it."""
    seen = seen_group(group_id)
    return group_page(
        "group",
        seen=seen,
        accessibility=ACCESSIBILITY,
        is_over=_is_over,
        has_begun=_has_begun,
        red=on_red_days(seen.group.sessions, is_red),
    )


def _has_begun(session: Session) -> bool:
    return session.starts_at <= now()


def _is_over(group: Group) -> bool:
    return group.ends_at < now()


@room.get("/groups/<group_id>/publish")
@for_deed(Deed.LEAD_GROUPS)
def ask_to_publish(group_id: str) -> Response:
    """Ask before everybody sees a group."""
    return group_page("publish_group", seen=seen_group(group_id), problem=None)


@room.post("/groups/<group_id>/publish")
@for_deed(Deed.LEAD_GROUPS)
def publish_group(group_id: str) -> AnyResponse:
    """Let everybody see a group and sign up."""
    try:
        leading.publish_group(storage(), current_actor(), group_id, now())
    except BadDraft:
        problem = sentence("Den första träffen har redan varit. Ändra dagen först.")
        return group_page("publish_group", 422, seen=seen_group(group_id), problem=problem)
    tell(sentence("Nu syns gruppen för alla."))
    return lead_to("show_group", group_id=group_id)


@room.get("/groups/<group_id>/cancel")
@for_deed(Deed.LEAD_GROUPS)
def ask_to_cancel_group(group_id: str) -> Response:
    """Ask before a group is cancelled; say how many are told."""
    return _ask_to_cancel(seen_group(group_id), None)


@room.post("/groups/<group_id>/cancel")
@for_deed(Deed.LEAD_GROUPS)
def cancel_group(group_id: str) -> AnyResponse:
    """Cancel a group; everybody in it is told."""
    leading.cancel_group(storage(), current_actor(), group_id, now())
    tell(sentence("Gruppen är inställd."))
    return lead_to("show_group", group_id=group_id)


@room.get("/groups/<group_id>/sessions/<session_id>/cancel")
@for_deed(Deed.LEAD_GROUPS)
def ask_to_cancel_session(group_id: str, session_id: str) -> Response:
    """Ask before a meeting is cancelled; say how many are told."""
    return _ask_to_cancel(seen_group(group_id), session_id)


def _ask_to_cancel(seen: Seen, session_id: str | None) -> Response:
    session = None if session_id is None else seen.group.find_session(session_id)
    if session_id is not None and session is None:
        abort(404)
    mailed, to_call = _told(seen.group.id)
    return group_page("cancel", seen=seen, session=session, mailed=mailed, to_call=to_call)


@room.post("/groups/<group_id>/sessions/<session_id>/cancel")
@for_deed(Deed.LEAD_GROUPS)
def cancel_session(group_id: str, session_id: str) -> AnyResponse:
    """Cancel a meeting; everybody in the group is told."""
    leading.cancel_session(storage(), current_actor(), group_id, session_id, now())
    tell(sentence("Träffen är inställd."))
    return lead_to("show_group", group_id=group_id)


@room.get("/groups/<group_id>/message")
@for_deed(Deed.LEAD_GROUPS)
def write_message(group_id: str) -> Response:
    """Ask what to write to everybody in a group; say how many are told."""
    return _message_page(group_id, "", new_key(_message(group_id)), None)


def _message(group_id: str) -> str:
    return f"message {group_id}"


def _message_page(group_id: str, words: str, form_key: str, problem: Sentence | None) -> Response:
    mailed, to_call = _told(group_id)
    return group_page(
        "message",
        200 if problem is None else 422,
        seen=seen_group(group_id),
        words=words,
        form_key=form_key,
        problem=problem,
        mailed=mailed,
        to_call=to_call,
        longest=leading.LONGEST_MESSAGE,
    )


@room.post("/groups/<group_id>/message")
@for_deed(Deed.LEAD_GROUPS)
def send_message(group_id: str) -> AnyResponse:
    """Write to everybody in a group, once for each form."""
    words = request.form.get("message", "")
    form_key = key_from(request.form.get("form_key", ""), _message(group_id)).text
    try:
        leading.message_all(storage(), current_actor(), group_id, words, now(), form_key=form_key)
    except BadDraft:
        return _message_page(group_id, words, form_key, sentence("Skriv något, högst 2 000 tecken."))
    tell(sentence("Meddelandet skickas till alla i gruppen."))
    return lead_to("show_group", group_id=group_id)


def _told(group_id: str) -> tuple[int, int]:
    return told_of(leading.list_sign_ups(storage(), current_actor(), group_id, now()))
