"""My application: what one sees and does with a code. The code comes in the body of each POST, and acts alone."""

from collections.abc import Callable
from http import HTTPStatus

from flask import Response, request
from werkzeug.datastructures import FileStorage

from portal.actions.applications.attachments import MOST_FILES, add_file, files_in_line, read_file
from portal.actions.applications.drafts import discard_draft, open_draft
from portal.actions.applications.following import Status, add_more, copy_for_print, status_of, withdraw
from portal.domain.applications.messages import LONGEST_TEXT
from portal.domain.applications.states import State
from portal.domain.references import read_code
from portal.domain.refusals import (
    ApplicationHasEnded,
    ApplicationIsSent,
    BadFile,
    BadMessage,
    NoSuchApplication,
    NoSuchFile,
    NotNow,
    Refusal,
)
from portal.domain.sentences import Sentence, sentence
from portal.store.database import DatabaseIsDown
from portal.web.applications.answering import content_of, resume, uploads_so_far
from portal.web.applications.beginning import filling_of
from portal.web.applications.cleaning import clean_beside
from portal.web.applications.forms import Sent, sent_of, text
from portal.web.applications.shown import (
    ADDING_BY_CODE,
    MEGABYTES,
    NOT_KEPT,
    TOO_FAST,
    acute_lines,
    contact_card,
    parts_of,
)
from portal.web.downloads import attached
from portal.web.form_keys import key_from, new_key
from portal.web.people.slowing import is_one_too_many
from portal.web.portal import application_rules, current_kommun, current_language, current_voice, now, pages
from portal.web.storage import current_storage

_WRONG = sentence("Koden stämmer inte. Titta på koden och försök igen.")
_ADDED = sentence("Vi har tagit emot det du lade till.")
_GONE = sentence("Det du hade skrivit är borttaget.")
_EMPTY = sentence("Skriv något, eller välj en fil.")

Deed = Callable[[Status, str, Sent], Response]


def show_code_form(
    typed: str = "",
    *,
    problem: Sentence | None = None,
    says: Sentence | None = None,
    adding: tuple[str, str] | None = None,
    status: int = 200,
) -> Response:
    """Ask for the code, with what was typed and what is wrong with it; `adding`: a text that waits for the code."""
    voice, kommun = current_voice(), current_kommun()
    return pages().page(
        "applications/my_application.html",
        status=status,
        typed=typed,
        problem=None if problem is None else voice.html(problem),
        says=None if says is None else voice.html(says),
        adding=adding,
        longest=LONGEST_TEXT,
        centre=kommun.contacts[kommun.contact_centre],
    )


def answer(sent: Sent, file: FileStorage | None = None) -> Response:
    """Do what a button says with the application that the code opens, and show it."""
    typed = text(sent.get("code", ""))[:60]
    code = read_code(typed)
    try:
        # What is no code at all takes the same way: an answer never tells a code that was from one that never was.
        found = status_of(current_storage(), application_rules(), code or "", now())
        return _with_application(found, code or "", sent, file)
    except NoSuchApplication:
        if code is not None and is_one_too_many(code, now()):
            return show_slowed(sent)
        return show_code_form(typed, problem=_WRONG, status=422, adding=_added_in(sent))
    except DatabaseIsDown:
        return show_code_form(typed, says=NOT_KEPT, status=503, adding=_added_in(sent))


def _added_in(sent: Sent) -> tuple[str, str] | None:
    """Return the text that was to be added, with the key of its form; None where there was none."""
    typed = text(sent.get("text", ""))
    return (typed, key_from(sent.get("form_key", ""), ADDING_BY_CODE).text) if typed else None


def show_slowed(sent: Sent) -> Response:
    """Say that there were too many wrong codes, and what to do."""
    kommun = current_kommun()
    card = contact_card(kommun.contacts[kommun.contact_centre])
    adding, longest = _added_in(sent), LONGEST_TEXT
    response = pages().page("applications/slowed.html", status=429, card=card, adding=adding, longest=longest)
    response.headers["Retry-After"] = "600"
    return response


def _with_application(found: Status, code: str, sent: Sent, file: FileStorage | None) -> Response:
    if found.application.kommun != current_kommun().id:
        # She took the address of another kommun; a 307 sends the same body there.
        rest = request.path.split("/", 3)[3]
        address = f"{request.script_root}/{current_language().tag}/{found.application.kommun}/{rest}"
        return Response(status=307, headers={"Location": address})
    verb, _, rest = sent.get("do", "").partition(".")
    if verb == "file":
        return _download(code, rest)
    if verb == "copy":
        return show_copy(code)
    if found.state is State.DRAFT:
        return _with_draft(found, code, verb)
    if verb in ("leave", "withdraw"):
        return _withdraw(found, code, is_sure=verb == "withdraw")
    if verb == "add":
        return _add(found, code, sent, file)
    return show_status(found, code)


# ------------------------------------------------------------------------------------------------- drafts


def _with_draft(found: Status, code: str, verb: str) -> Response:
    kind = application_rules().kinds.get(found.application.kind)
    try:
        if verb == "go_on" and kind is not None:
            return resume(kind, open_draft(current_storage(), code, now()), code)
        if verb == "discard":
            discard_draft(current_storage(), code, now())
            return show_code_form(says=_GONE)
    except ApplicationIsSent:
        return show_status(status_of(current_storage(), application_rules(), code, now()), code)
    return pages().page(
        "applications/draft.html", code=code, kind=kind, ends_at=found.application.draft_ends_at, asks=verb == "leave"
    )


# ------------------------------------------------------------------------------------------------- what is sent


def show_status(
    found: Status,
    code: str,
    *,
    says: Sentence | None = None,
    problem: Sentence | None = None,
    typed: str = "",
    form_key: str = "",
    status: int = 200,
) -> Response:
    """Show where an application is, what is asked, and what can be done with it now."""
    voice, application = current_voice(), found.application
    kind = application_rules().kinds.get(application.kind)
    if problem is None and status == HTTPStatus.OK:
        # Why a file that was added before cannot come along is told here, once.
        problem = next(iter(files_in_line(current_storage(), code, now())[1]), None)
    phrases = application_rules().phrases
    asked = () if found.asked is None else tuple(phrases[one].says for one in found.asked.phrases if one in phrases)
    return pages().page(
        "applications/status.html",
        status=status,
        found=found,
        state=str(found.state),
        kind=kind,
        code=code,
        asked=asked,
        asked_text=[] if found.asked is None else found.asked.text.splitlines(),
        says=None if says is None else voice.html(says),
        problem=None if problem is None else voice.html(problem),
        typed=typed,
        form_key=form_key or new_key(_adding(application.id)),
        longest=LONGEST_TEXT,
        most_files=MOST_FILES,
        megabytes=MEGABYTES,
        takes_files=kind is not None and kind.takes_files,
        lines=[] if kind is None else acute_lines(kind),
        card=contact_card(current_kommun().contact_of_unit(application.unit)),
    )


def _withdraw(found: Status, code: str, *, is_sure: bool) -> Response:
    if not is_sure and found.can_withdraw:
        return pages().page("applications/sure.html", code=code)
    try:
        return show_status(withdraw(current_storage(), application_rules(), code, now()), code)
    except (ApplicationHasEnded, NotNow) as refusal:
        return show_status(_now(code), code, says=refusal.says, status=409)


def _add(found: Status, code: str, sent: Sent, file: FileStorage | None) -> Response:
    """Add a text, a file or both: the file first, as it may be refused, and then the text is still in its field."""
    typed, key = text(sent.get("text", "")), _key_of(found, sent)
    name, content = content_of(file)
    problem: Sentence | None = None if typed or name else _EMPTY
    status = 422
    try:
        if name and not uploads_so_far().may(now()):
            return show_status(found, code, says=TOO_FAST, typed=typed, form_key=key, status=429)
        if name:
            add_file(current_storage(), application_rules(), code, name, content, now(), clean_beside)
        if typed:
            add_more(current_storage(), application_rules(), code, typed, key, now())
        if problem is None:
            return show_status(_now(code), code, says=_ADDED)
    except (BadFile, BadMessage) as refusal:
        problem = refusal.says
    except (ApplicationHasEnded, NotNow) as refusal:
        problem, status = _said(refusal), 409
    except DatabaseIsDown:
        return show_status(found, code, says=NOT_KEPT, typed=typed, form_key=key, status=503)
    return show_status(_now(code), code, problem=problem, typed=typed, form_key=key, status=status)


def _key_of(found: Status, sent: Sent) -> str:
    return key_from(sent.get("form_key", ""), _adding(found.application.id), ADDING_BY_CODE).text


def _adding(application_id: str) -> str:
    return f"adding {application_id}"


def _said(refusal: Refusal) -> Sentence:
    return refusal.says


def _now(code: str) -> Status:
    return status_of(current_storage(), application_rules(), code, now())


def show_copy(code: str) -> Response:
    """Show everything that she has written and been told, to print; staff's notes are not there."""
    copy = copy_for_print(current_storage(), code, now())
    kind = application_rules().kinds.get(copy.application.kind)
    phrases = application_rules().phrases
    said = [
        (one, tuple(phrases[phrase].says for phrase in one.phrases if phrase in phrases), one.text.splitlines())
        for one in copy.messages
    ]
    return pages().page(
        "applications/copy.html",
        copy=copy,
        code=code,
        kind=kind,
        parts=() if kind is None else parts_of(filling_of(kind, sent_of(copy.form))),
        insats=current_kommun().insatser.get(copy.form.insats),
        said=said,
    )


def _download(code: str, file_id: str) -> Response:
    try:
        file = read_file(current_storage(), code, file_id, now())
    except NoSuchFile as refusal:
        return show_status(_now(code), code, says=refusal.says, status=404)
    return attached(Response(file.content, mimetype=file.info.type), file.info.name)
