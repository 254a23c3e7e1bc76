"""SKR's survey for officers: answer rows beside what the catalogue says, and take the whole with them as a file."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response, abort, request
from werkzeug.wrappers import Response as AnyResponse

from portal.actions.officials import survey as deeds
from portal.actions.officials.survey import Given, mark_of
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.officials.sheet import HEADINGS, sheet
from portal.domain.officials.survey import (
    ALL,
    LONGEST,
    SHOWN,
    STATUSES,
    Answer,
    BadAnswers,
    Surveyed,
    progress,
    survey,
)
from portal.domain.refusals import ChangedMeanwhile
from portal.domain.sentences import Sentence, sentence
from portal.domain.staff.roles import Deed
from portal.web.downloads import attached
from portal.web.fields import printable
from portal.web.portal import catalogue, now, skr_list
from portal.web.staff.access import current_actor, for_deed, room
from portal.web.staff.pages import lead_to, page, storage, tell

AT_ONCE = 15
"""Rows of one page: all they can hold is within what a form may send."""

_WRONG: Mapping[str, Sentence] = {
    "answer": sentence("Välj ett svar."),
    "explanation": sentence("Skriv högst {n} tecken.", n=LONGEST),
    "note": sentence("Skriv högst {n} tecken.", n=LONGEST),
}


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields of one row as they were typed, or as they stand."""

    answer: str = ""
    explanation: str = ""
    note: str = ""


def _kommun() -> Kommun:
    return catalogue().kommuner[current_actor().kommun]


def _surveyed() -> dict[str, Surveyed]:
    return survey(_kommun(), skr_list(), deeds.answers_of(storage(), current_actor()))


def _shown() -> str:
    """Return which rows she wants to see."""
    asked = request.values.get("show", ALL)
    return asked if asked in SHOWN else ALL


@room.get("/survey")
@for_deed(Deed.ANSWER_SURVEY)
def show_survey() -> Response:
    """Show how far she has come, and every part of the list with what is left of it."""
    found = _surveyed()
    parts = {key: progress(found[row.id] for row in group.rows) for key, (_, _, group) in skr_list().groups.items()}
    left = {key: sum(found[row.id].is_among(_shown()) for row in skr_list().groups[key][2].rows) for key in parts}
    return page(
        "survey", skr=skr_list(), parts=parts, left=left, whole=progress(found.values()), show=_shown(), shown=SHOWN
    )


@room.get("/survey/<part_id>")
@for_deed(Deed.ANSWER_SURVEY)
def ask_survey(part_id: str) -> Response:
    """Show the rows of one part with their answers."""
    return _page(part_id, {}, {})


def _page(
    part_id: str,
    typed: Mapping[str, Typed],
    problems: Mapping[str, Mapping[str, Sentence]],
    *,
    is_old: bool = False,
) -> Response:
    """Show the form; what another has saved meanwhile stands beside what was typed."""
    area, section, group = skr_list().find_group(part_id) or abort(404)
    found = _surveyed()
    rows = [found[row.id] for row in group.rows if row.id in typed or (not typed and found[row.id].is_among(_shown()))]
    last = max(1, -(-len(rows) // AT_ONCE))
    number = max(1, min(request.values.get("page", 1, type=int), last))
    seen = rows if typed else rows[AT_ONCE * (number - 1) : AT_ONCE * number]
    return page(
        "survey_group",
        422 if problems else 409 if is_old else 200,
        skr=skr_list(),
        area=area,
        section=section,
        group=group,
        rows=seen,
        typed={one.row.id: typed.get(one.row.id, _as_typed(one.answer)) for one in seen},
        stands={one.row.id: _as_typed(one.answer) for one in seen} if is_old else {},
        marks={one.row.id: _mark(one, is_old=is_old) for one in seen},
        problems=problems,
        statuses=STATUSES,
        longest=LONGEST,
        show=_shown(),
        shown=SHOWN,
        number=number,
        last=last,
        progress=progress(found[row.id] for row in group.rows),
    )


def _mark(one: Surveyed, *, is_old: bool) -> str:
    """Return the mark of what she saw; of an old page the next one is that of what stands now."""
    return mark_of(one.answer) if is_old else request.form.get(f"seen-{one.row.id}") or mark_of(one.answer)


def _as_typed(answer: Answer | None) -> Typed:
    return Typed() if answer is None else Typed(answer.status, answer.explanation, answer.note)


@room.post("/survey/<part_id>")
@for_deed(Deed.ANSWER_SURVEY)
def answer_survey(part_id: str) -> AnyResponse:
    """Remember what she answers; pages for everybody show it at once."""
    _, _, group = skr_list().find_group(part_id) or abort(404)
    sent = [row.id for row in group.rows if f"answer-{row.id}" in request.form]
    typed = {row: Typed(*(_line(f"{name}-{row}") for name in ("answer", "explanation", "note"))) for row in sent}
    given = [_given(row, one) for row, one in typed.items()]
    listed = {row: one.listed for row, one in survey(_kommun(), skr_list()).items()}
    try:
        deeds.answer_rows(storage(), current_actor(), listed, given, now())
    except BadAnswers as refusal:
        return _page(part_id, typed, _problems(refusal.fields))
    except ChangedMeanwhile:
        return _page(part_id, typed, {}, is_old=True)
    tell(sentence("Sparat. Det syns på sidorna nu."))
    # Of all rows the next ones; where only some are shown those that are left have moved up.
    number = request.form.get("page", 1, type=int) + 1 if _shown() == ALL else 1
    return lead_to("ask_survey", part_id=part_id, show=_shown(), page=number)


def _given(row: str, typed: Typed) -> Given:
    seen = request.form.get(f"seen-{row}") or mark_of(None)
    if f"back-{row}" in request.form:
        return Given(row, "", "", "", seen=seen)
    is_confirmed = f"confirm-{row}" in request.form
    return Given(row, typed.answer, typed.explanation, typed.note, is_confirmed=is_confirmed, seen=seen)


def _line(name: str) -> str:
    return " ".join(printable(request.form.get(name, "")).split())


def _problems(fields: Mapping[str, tuple[str, ...]]) -> dict[str, dict[str, Sentence]]:
    return {row: {name: _WRONG[name] for name in names} for row, names in fields.items()}


@room.get("/survey.csv")
@for_deed(Deed.ANSWER_SURVEY)
def download_survey() -> Response:
    """Give the whole list as a file to send in: every row with its answer, explanation, source and way in."""
    kommun = _kommun()
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADINGS)
    writer.writerows(row.cells for row in sheet(kommun, skr_list(), _surveyed()))
    # The mark of the byte order lets a spreadsheet read å, ä and ö; a Swedish one has columns where ; stands.
    answer = Response("\ufeff" + written.getvalue(), mimetype="text/csv")
    return attached(answer, f"skr-enkat-{kommun.id}-{now().date().isoformat()}.csv")
