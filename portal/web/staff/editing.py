"""Changing a group: its form, with a row for each meeting, and what stands beside it where two change it at once."""

from typing import Any

from flask import Response, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from portal.actions.groups import leading
from portal.domain.groups.planning import ACCESSIBILITY, Group
from portal.domain.refusals import BadDraft, ChangedMeanwhile, SessionIsCounted, TooFewPlaces
from portal.domain.sentences import Sentence, sentence
from portal.domain.staff.roles import Deed
from portal.web.people.spoken import HELD_IN
from portal.web.portal import current_kommun, now
from portal.web.staff.access import current_actor, for_deed, room
from portal.web.staff.drafts import MOST_SESSIONS, WRONG, Typed, read_draft
from portal.web.staff.groups import group_page, seen_group
from portal.web.staff.pages import lead_to, seen_version, storage, tell


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
    rows = min(MOST_SESSIONS, max([len(group.sessions), *_rows_in(typed.form)]) + 1)
    shown = {typed.form.get(f"id-{row}") for row in range(1, rows + 1)}
    return group_page(
        "edit_group",
        status,
        group=group,
        given=typed.form,
        rows=range(1, rows + 1),
        cancelled={one.id for one in group.sessions if one.is_cancelled},
        problems=problems,
        accessibility=ACCESSIBILITY,
        spoken=HELD_IN,
        version=version,
        stands=stands,
        meeting_of=_meeting_of,
        stands_of=lambda session_id: _meeting_named(stands, session_id),
        added=[_meeting_of(stands, row) for row in _rows_in(stands or {}) if stands.get(f"id-{row}") not in shown],
    )


def _meeting_of(form: Any, row: int) -> str:
    """Return a row of the meetings in one line, to be held against another."""
    return " ".join(form.get(f"{part}-{row}", "") for part in ("day", "starts", "ends", "place")).strip()


def _meeting_named(form: Any, session_id: str) -> str:
    """Return the meeting of that id in one line, wherever it stands in the other form; nothing where it is gone."""
    rows = (row for row in _rows_in(form) if session_id and form.get(f"id-{row}") == session_id)
    return next((_meeting_of(form, row) for row in rows), "")


def _rows_in(form: Any) -> list[int]:
    return [row for row in range(1, MOST_SESSIONS + 1) if form.get(f"day-{row}")]


def _typed_of(group: Group) -> Any:
    """Return a group as its form has it."""
    form: MultiDict[str, str] = MultiDict()
    for name in ("name", "capacity", "fewest", "waiting_capacity", "place", "contact", "offer_policy", "offer_hours"):
        value = getattr(group, name)
        form[name] = "" if value is None else str(value)
    for name in ("has_interpreter", "is_online", "has_child_minding", "let_smaller_pass", "never_both_parents"):
        if getattr(group, name):
            form[name] = "1"
    form.setlist("languages", list(group.languages))
    form.setlist("accessibility", list(group.accessibility))
    for one in group.sessions:
        form[f"id-{one.number}"], form[f"day-{one.number}"] = one.id, f"{one.starts_at:%Y-%m-%d}"
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
        if typed.wrong or typed.meetings:
            raise BadDraft(tuple(typed.wrong))
        leading.edit_group(storage(), current_actor(), group_id, draft, now(), seen=version)
    except BadDraft as refusal:
        problems = {name: WRONG[name] for name in dict.fromkeys(refusal.fields)} | typed.meetings
        return _edit_page(group, typed, problems, 422, version=version or "")
    except SessionIsCounted as refusal:
        says = sentence("Närvaron är räknad för träffen {day}. Töm närvaron först.", day=str(refusal))
        return _edit_page(group, typed, {"sessions": says}, 422, version=version or "")
    except TooFewPlaces as refusal:
        return _edit_page(group, typed, {"capacity": refusal.says}, 422, version=version or "")
    except ChangedMeanwhile:
        newest = seen_group(group_id).group
        mark = leading.version_of_group(newest)
        return _edit_page(newest, typed, {}, 409, version=mark, stands=_typed_of(newest))
    tell(sentence("Sparat."))
    return lead_to("show_group", group_id=group_id)
