"""One application, for who handles it: everything in it, its files, the paper, and the export. Reading is audited."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask import Response, request
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from portal.actions.applications.by_staff import mark_of
from portal.actions.applications.exporting import confirm_export, export_json
from portal.actions.applications.inbox import Opened, open_application, open_file
from portal.actions.applications.printing import SAID, ask_for_paper
from portal.domain.applications.filled import LANGUAGES, Row, rows_of
from portal.domain.applications.kinds import UNITS
from portal.domain.applications.states import ENDED, can
from portal.domain.applications.states import Deed as Move
from portal.domain.sentences import Sentence, sentence
from portal.domain.staff.roles import Deed
from portal.domain.versions import version_of
from portal.store.staff.accounts import names_of
from portal.web.downloads import attached
from portal.web.fields import printable_lines
from portal.web.portal import application_rules, current_kommun, current_voice, now
from portal.web.staff.access import for_deed, room
from portal.web.staff.handlers import STATES, current_handler, kind_name, known_id, said_of, waited
from portal.web.staff.pages import drawing, lead_to, page, storage, tell
from portal.web.staff.shown import day_of, language_name, moment

WAITED = 2.5
"""Seconds that a page waits for a paper: most are drawn by then. The others are fetched by pressing again."""


def opened(application_id: str) -> Opened:
    """Return an application of hers; answer 404 where there is none. That it was read is written down."""
    return open_application(storage(), application_rules(), current_handler(), known_id(application_id), now())


def application_page(
    template: str,
    one: Opened,
    problems: Mapping[str, Sentence] | None = None,
    given: Mapping[str, str] | None = None,
    **values: Any,
) -> Response:
    """Return a page about an application: 422 with what was typed, where something is wrong."""
    problems = problems or {}
    return page(
        template,
        422 if problems else 200,
        one=one,
        application=one.application,
        kind_name=kind_name,
        states=STATES,
        units=UNITS,
        problems=problems,
        version=mark_of(one.application),
        number_version=version_of(one.case_number or ""),
        given={name: printable_lines(text) for name, text in (given or {}).items()},
        moment=moment,
        day_of=day_of,
        **values,
    )


def show(
    one: Opened, problems: Mapping[str, Sentence] | None = None, given: Mapping[str, str] | None = None
) -> Response:
    """Return the page of an application with everything in it."""
    application = one.application
    by = {message.by for message in one.messages if message.by} | {application.taken_by or ""}
    return application_page(
        "application",
        one,
        problems,
        given,
        rows=rows_of(one.form, application_rules().kinds.get(application.kind)),
        answers=answers_of,
        said=SAID,
        phrases=application_rules().phrases,
        names=names_of(storage(), by),
        said_of=said_of,
        waited=waited,
        language_name=language_name,
        is_ended=application.state in ENDED,
        can_take=can(application.state, Move.TAKE),
    )


def answers_of(row: Row) -> list[Markup]:
    """Return the answers of a row as HTML: what was chosen in the language of the page, what was typed as it is."""
    voice = current_voice()
    found = []
    for answer in row.answers:
        insats = current_kommun().insatser.get(str(answer)) if row.field == "insats" else None
        if row.field in LANGUAGES:
            found.append(language_name(str(answer)))
        elif insats is not None:
            found.append(voice.html(insats.name))
        elif isinstance(answer, Sentence):
            found.append(voice.html(answer))
        else:
            found.append(Markup('<span class="typed" dir="auto">{}</span>').format(answer))
    return found


@room.get("/applications/<application_id>")
@for_deed(Deed.HANDLE_APPLICATIONS)
def show_application(application_id: str) -> Response:
    """Show an application; the first time, it is now received."""
    return show(opened(application_id))


@room.get("/applications/<application_id>/files/<file_id>")
@for_deed(Deed.HANDLE_APPLICATIONS)
def download_file(application_id: str, file_id: str) -> Response:
    """Give a file of an application, to be saved and never shown in the page."""
    file = open_file(storage(), current_handler(), known_id(application_id), known_id(file_id), now())
    return download(file.content, file.info.type, file.info.name)


@room.get("/applications/<application_id>/application.pdf")
@for_deed(Deed.HANDLE_APPLICATIONS)
def download_pdf(application_id: str) -> Response:
    """Give the whole application as a PDF, with its files after it; or say that it stands in the line."""
    one = known_id(application_id)
    made = ask_for_paper(storage(), application_rules(), current_handler(), one, now())
    if made is None and drawing().ask(WAITED):
        made = ask_for_paper(storage(), application_rules(), current_handler(), one, now())
    if made is None:
        return page("paper", 202, application_id=one)
    answer = download(made.parts, "application/pdf", "ansokan.pdf")
    answer.content_length = made.length
    return answer


@room.get("/applications/<application_id>/application.json")
@for_deed(Deed.HANDLE_APPLICATIONS)
def download_json(application_id: str) -> Response:
    """Give the application as the case system reads it (docs/schema/application.schema.json)."""
    made = export_json(storage(), application_rules(), current_handler(), known_id(application_id), now())
    return download(made, "application/json", "ansokan.json")


@room.post("/applications/<application_id>/exported")
@for_deed(Deed.HANDLE_APPLICATIONS)
def tell_exported(application_id: str) -> AnyResponse:
    """Remember that the case system has the version that the page showed."""
    version = request.form.get("version", "")
    if not (version.isascii() and version.isdecimal() and len(version) < 9):
        return show(
            opened(application_id), {"version": sentence("Ladda ner ansökan igen, och försök sedan en gång till.")}
        )
    confirm_export(storage(), current_handler(), known_id(application_id), int(version), now())
    tell(sentence("Sparat."))
    return lead_to("show_application", application_id=application_id)


def download(content: bytes | Iterator[bytes], media_type: str, name: str) -> Response:
    """Return something to be saved."""
    answer = Response(content, mimetype=media_type)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return attached(answer, name)
