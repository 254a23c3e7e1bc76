"""The groups of a kommun, for those who lead them: list, create, change, show to all, cancel, write to all."""

from datetime import datetime
from typing import Any

from flask import Response, abort, current_app, request
from werkzeug.wrappers import Response as AnyResponse

from portal.actions.groups import leading
from portal.domain.groups.planning import ACCESSIBILITY, Group, Seen, Session
from portal.domain.groups.programmes import Programme, draft_from, template_of
from portal.domain.instants import STOCKHOLM
from portal.domain.refusals import BadDraft, ChangedMeanwhile, TooFewPlaces
from portal.domain.sentences import Sentence, sentence
from portal.domain.staff.roles import Deed
from portal.web.portal import current_kommun, now
from portal.web.staff.access import current_actor, for_deed, room
from portal.web.staff.drafts import MOST_SESSIONS, WRONG, Typed, read_draft
from portal.web.staff.pages import lead_to, page, seen_version, storage, tell
from portal.web.staff.shown import GROUP_STATES, day_of, hours_of, language_name, told_of

SPOKEN = ("sv", "ar", "en", "fa-AF", "fi", "pl", "so", "ti", "tr", "uk")
"""The languages that a group can be held in: those of the portal, and the next most spoken."""


@room.get("/groups")
@for_deed(Deed.LEAD_GROUPS)
def list_groups() -> Response:
    """Show the groups that are coming or under way, and those that are over."""
    found = leading.list_groups(storage(), current_actor(), now())
    coming = [seen for seen in found if seen.group.ends_at >= now()]
    return _page("groups", coming=coming, past=[seen for seen in reversed(found) if seen.group.ends_at < now()])


def seen_group(group_id: str) -> Seen:
    """Return a group of her kommun with the places left; answer 404 where there is none."""
    found = leading.list_groups(storage(), current_actor(), now())
    return next((seen for seen in found if seen.group.id == group_id), None) or abort(404)


def _page(template: str, status: int = 200, **values: Any) -> Response:
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
    return _page("new_group", templates=_templates(), given=request.args, problems={})


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
        return _page("new_group", 422, templates=templates, given=request.form, problems=problems)
    programme, insats = chosen
    contact = current_kommun().insatser[insats].contact
    begins = datetime.combine(first_on, first_time, STOCKHOLM)
    draft = draft_from(programme, insats, contact, begins, typed.word("place"))
    group = leading.create_group(storage(), current_actor(), draft, now())
    tell(sentence("Gruppen är sparad som utkast. Ingen annan ser den än."))
    return lead_to("edit_group", group_id=group.id)


@room.get("/groups/<group_id>")
@for_deed(Deed.LEAD_GROUPS)
def show_group(group_id: str) -> Response:
    """Show one group and what can be done with it."""
    return _page(
        "group", seen=seen_group(group_id), accessibility=ACCESSIBILITY, is_over=_is_over, has_begun=_has_begun
    )


def _has_begun(session: Session) -> bool:
    return session.starts_at <= now()


def _is_over(group: Group) -> bool:
    return group.ends_at < now()


@room.get("/groups/<group_id>/edit")
@for_deed(Deed.LEAD_GROUPS)
def edit_group(group_id: str) -> Response:
    """Show everything of a group that can be changed."""
    group = seen_group(group_id).group
    return _edit_page(group, Typed(_typed_of(group)), {}, version=leading.version_of_group(group))


def _edit_page(
    group: Group,
    typed: Typed,
    problems: dict[str, Sentence],
    status: int = 200,
    *,
    version: str,
    stands: Any = None,
) -> Response:
    """Show the form; `stands` is what another has saved meanwhile, which is shown beside what was typed."""
    rows = min(MOST_SESSIONS, max([len(group.sessions), *_rows_in(typed)]) + 1)
    return _page(
        "edit_group",
        status,
        group=group,
        given=typed.form,
        rows=range(1, rows + 1),
        cancelled={one.number for one in group.sessions if one.is_cancelled},
        problems=problems,
        accessibility=ACCESSIBILITY,
        spoken=SPOKEN,
        version=version,
        stands=stands,
        meeting_of=_meeting_of,
    )


def _meeting_of(form: Any, row: int) -> str:
    """Return a row of the meetings in one line, to be held against another."""
    return " ".join(form.get(f"{part}-{row}", "") for part in ("day", "starts", "ends", "place")).strip()


def _rows_in(typed: Typed) -> list[int]:
    return [row for row in range(1, MOST_SESSIONS + 1) if typed.form.get(f"day-{row}")]


def _typed_of(group: Group) -> Any:
    """Return a group as its form has it."""
    form = Typed(type(request.form)()).form.copy()
    for name in ("name", "capacity", "fewest", "waiting_capacity", "place", "contact", "offer_policy", "offer_hours"):
        value = getattr(group, name)
        form[name] = "" if value is None else str(value)
    for name in ("has_interpreter", "is_online", "has_child_minding", "let_smaller_pass", "never_both_parents"):
        if getattr(group, name):
            form[name] = "1"
    form.setlist("languages", list(group.languages))
    form.setlist("accessibility", list(group.accessibility))
    for one in group.sessions:
        form[f"day-{one.number}"] = f"{one.starts_at:%Y-%m-%d}"
        form[f"starts-{one.number}"], form[f"ends-{one.number}"] = f"{one.starts_at:%H:%M}", f"{one.ends_at:%H:%M}"
        form[f"place-{one.number}"] = one.place or ""
    return form


@room.post("/groups/<group_id>/edit")
@for_deed(Deed.LEAD_GROUPS)
def save_group(group_id: str) -> AnyResponse:
    """Change a group; who has a place is told of a new time or place."""
    group = seen_group(group_id).group
    typed, version = Typed(request.form), seen_version()
    draft = read_draft(typed, group, current_kommun().contacts)
    try:
        if typed.wrong:
            raise BadDraft(tuple(typed.wrong))
        leading.edit_group(storage(), current_actor(), group_id, draft, now(), seen=version)
    except BadDraft as refusal:
        names = dict.fromkeys("sessions" if "-" in name else name for name in refusal.fields)
        return _edit_page(group, typed, {name: WRONG[name] for name in names}, 422, version=version or "")
    except TooFewPlaces as refusal:
        return _edit_page(group, typed, {"capacity": refusal.says}, 422, version=version or "")
    except ChangedMeanwhile:
        newest = seen_group(group_id).group
        mark = leading.version_of_group(newest)
        return _edit_page(newest, typed, {}, 409, version=mark, stands=_typed_of(newest))
    tell(sentence("Sparat."))
    return lead_to("show_group", group_id=group_id)


@room.get("/groups/<group_id>/publish")
@for_deed(Deed.LEAD_GROUPS)
def ask_to_publish(group_id: str) -> Response:
    """Ask before everybody sees a group."""
    return _page("publish_group", seen=seen_group(group_id), problem=None)


@room.post("/groups/<group_id>/publish")
@for_deed(Deed.LEAD_GROUPS)
def publish_group(group_id: str) -> AnyResponse:
    """Let everybody see a group and sign up."""
    try:
        leading.publish_group(storage(), current_actor(), group_id, now())
    except BadDraft:
        problem = sentence("Den första träffen har redan varit. Ändra dagen först.")
        return _page("publish_group", 422, seen=seen_group(group_id), problem=problem)
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


@room.get("/groups/<group_id>/sessions/<int:number>/cancel")
@for_deed(Deed.LEAD_GROUPS)
def ask_to_cancel_session(group_id: str, number: int) -> Response:
    """Ask before a meeting is cancelled; say how many are told."""
    return _ask_to_cancel(seen_group(group_id), number)


def _ask_to_cancel(seen: Seen, number: int | None) -> Response:
    session = next((one for one in seen.group.sessions if one.number == number), None)
    if number is not None and session is None:
        abort(404)
    mailed, to_call = _told(seen.group.id)
    return _page("cancel", seen=seen, session=session, mailed=mailed, to_call=to_call)


@room.post("/groups/<group_id>/sessions/<int:number>/cancel")
@for_deed(Deed.LEAD_GROUPS)
def cancel_session(group_id: str, number: int) -> AnyResponse:
    """Cancel a meeting; everybody in the group is told."""
    leading.cancel_session(storage(), current_actor(), group_id, number, now())
    tell(sentence("Träffen är inställd."))
    return lead_to("show_group", group_id=group_id)


def _told(group_id: str) -> tuple[int, int]:
    return told_of(leading.list_sign_ups(storage(), current_actor(), group_id, now()))
