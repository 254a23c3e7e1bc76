"""How many came to a meeting: by age band and gender, never who."""

from collections.abc import Mapping

from flask import Response, abort, request
from werkzeug.wrappers import Response as AnyResponse

from portal.actions.groups import attendance
from portal.domain.groups.attendance import AGE_BANDS, GENDERS, MOST
from portal.domain.groups.planning import Group, Session
from portal.domain.numbers import number_in
from portal.domain.refusals import ChangedMeanwhile, SessionHasNotBegun
from portal.domain.sentences import sentence
from portal.domain.staff.roles import Deed
from portal.domain.versions import version_of
from portal.web.portal import catalogue, now
from portal.web.staff.access import current_actor, for_deed, room
from portal.web.staff.groups import seen_group
from portal.web.staff.pages import lead_to, page, seen_version, storage, tell
from portal.web.staff.shown import day_of, hours_of


@room.get("/groups/<group_id>/sessions/<session_id>/attendance")
@for_deed(Deed.LEAD_GROUPS)
def ask_attendance(group_id: str, session_id: str) -> Response:
    """Show what was counted at a meeting, and the form to count."""
    counted = attendance.attendance_of(storage(), current_actor(), group_id).get(session_id, {})
    return _page(group_id, session_id, _given(counted), set(), version=version_of(counted))


def _given(counted: Mapping[tuple[str, str], int]) -> dict[str, str]:
    return {_name(band, gender): str(came) for (band, gender), came in counted.items()}


def _page(
    group_id: str,
    session_id: str,
    given: dict[str, str],
    wrong: set[str],
    *,
    version: str,
    stands: dict[str, str] | None = None,
) -> Response:
    """Show the form; `stands` is what another has saved meanwhile, which is shown beside what was typed."""
    seen = seen_group(group_id)
    return page(
        "attendance",
        422 if wrong else 200 if stands is None else 409,
        seen=seen,
        session=_session(seen.group, session_id),
        version=version,
        stands=stands,
        given=given,
        wrong=wrong,
        bands=AGE_BANDS,
        genders=GENDERS,
        name=_name,
        most=MOST,
        day_of=day_of,
        hours_of=hours_of,
    )


def _session(group: Group, session_id: str) -> Session:
    found = group.find_session(session_id)
    if found is None or found.is_cancelled:
        abort(404)
    if found.starts_at > now():
        raise SessionHasNotBegun
    return found


def _name(band: str, gender: str) -> str:
    return f"came-{band}-{gender}"


@room.post("/groups/<group_id>/sessions/<session_id>/attendance")
@for_deed(Deed.LEAD_GROUPS)
def take_attendance(group_id: str, session_id: str) -> AnyResponse:
    """Remember how many came."""
    cells = [(band, gender) for band in AGE_BANDS for gender in GENDERS]
    typed = {cell: request.form.get(_name(*cell), "").strip() for cell in cells}
    read = {key: number_in(text, catalogue().questions.words) for key, text in typed.items() if text}
    wrong = {_name(*key) for key, number in read.items() if number is None or number > MOST}
    given, version = {_name(*key): text for key, text in typed.items()}, seen_version()
    if wrong:
        return _page(group_id, session_id, given, wrong, version=version or "")
    counts = {key: number for key, number in read.items() if number is not None}
    try:
        attendance.take_attendance(storage(), current_actor(), group_id, session_id, counts, now(), seen=version)
    except ChangedMeanwhile:
        counted = attendance.attendance_of(storage(), current_actor(), group_id).get(session_id, {})
        return _page(group_id, session_id, given, set(), version=version_of(counted), stands=_given(counted))
    tell(sentence("Sparat."))
    return lead_to("show_group", group_id=group_id)
