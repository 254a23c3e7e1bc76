"""What is done with an application: each deed says what is wrong on its own page, and keeps what was typed."""

from collections.abc import Callable

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from portal.actions.applications import handling
from portal.actions.applications import jobs as application_jobs
from portal.actions.applications.inbox import Opened
from portal.actions.applications.units import list_empty_units
from portal.domain.applications.kinds import SHARED
from portal.domain.applications.messages import LONGEST_TEXT
from portal.domain.applications.retention import EXPORTED
from portal.domain.refusals import (
    ApplicationHasEnded,
    BadMessage,
    ChangedMeanwhile,
    ConsentIsNeeded,
    NotNow,
    NotYetDeletable,
    Refusal,
)
from portal.domain.sentences import Sentence, sentence
from portal.domain.staff.roles import Deed
from portal.web.portal import application_rules, catalogue, current_kommun, now, pages
from portal.web.staff.access import for_deed, room
from portal.web.staff.application import application_page, opened, show
from portal.web.staff.handlers import current_handler, known_id
from portal.web.staff.pages import lead_to, seen_version, storage, tell
from portal.web.staff.shown import language_name
from portal.web.voices.voice import Voice

WRONG: dict[str, Sentence] = {
    "text": sentence("Skriv ett meddelande med vanliga tecken."),
    "phrases": sentence("Välj något i listan."),
    "unit": sentence("Välj en annan enhet i listan."),
    "kommun": sentence("Välj något i listan."),
    "number": sentence("Skriv ärendets nummer på en rad."),
}
SAMPLE = {"yes": True, "no": False}


def _problems(refusal: Refusal, field: str) -> dict[str, Sentence]:
    """Return what is wrong by field; what is wrong with the whole deed stands at its first field."""
    if isinstance(refusal, BadMessage):
        return {name: WRONG[name] for name in refusal.fields}
    return {field: refusal.says}


def _done(application_id: str, said: Sentence) -> AnyResponse:
    tell(said)
    return lead_to("show_application", application_id=application_id)


def _typed(name: str) -> str:
    return request.form.get(name, "").replace("\r\n", "\n")


@room.post("/applications/<application_id>/take")
@for_deed(Deed.HANDLE_APPLICATIONS)
def take_application(application_id: str) -> AnyResponse:
    """Take an application in hand; a colleague's too."""
    return _here(
        application_id,
        "take",
        lambda found: handling.take_in_hand(storage(), current_handler(), found, now(), seen=seen_version()),
        sentence("Nu arbetar du med ansökan."),
    )


@room.post("/applications/<application_id>/note")
@for_deed(Deed.HANDLE_APPLICATIONS)
def note_application(application_id: str) -> AnyResponse:
    """Write a note that the applicant never sees."""
    return _here(
        application_id,
        "text",
        lambda found: handling.note(storage(), current_handler(), found, _typed("text"), now()),
        sentence("Sparat."),
    )


@room.post("/applications/<application_id>/case-number")
@for_deed(Deed.HANDLE_APPLICATIONS)
def number_application(application_id: str) -> AnyResponse:
    """Remember the number of the case system."""
    return _here(
        application_id,
        "number",
        lambda found: handling.set_case_number(
            storage(), current_handler(), found, _typed("number"), now(), seen=seen_version()
        ),
        sentence("Sparat."),
    )


def _here(application_id: str, field: str, deed: Callable[[str], object], said: Sentence) -> AnyResponse:
    """Do what a form on the application's own page asks for."""
    try:
        deed(known_id(application_id))
    except (BadMessage, ApplicationHasEnded, ChangedMeanwhile, NotNow) as refusal:
        return show(opened(application_id), _problems(refusal, field), request.form)
    return _done(application_id, said)


@room.get("/applications/<application_id>/ask")
@for_deed(Deed.HANDLE_APPLICATIONS)
def ask_for_more(application_id: str) -> Response:
    """Show what can be asked for, in Swedish beside the applicant's language."""
    return _ask_page(opened(application_id))


def _ask_page(one: Opened, problems: dict[str, Sentence] | None = None) -> Response:
    kind, theirs = one.application.kind, _voice_of(one)
    return application_page(
        "ask",
        one,
        problems,
        request.form,
        phrases=[phrase for phrase in application_rules().phrases.values() if phrase.fits(kind)],
        chosen=request.form.getlist("phrases"),
        theirs=None if theirs.language.is_source else theirs,
        language_name=language_name,
        longest=LONGEST_TEXT,
    )


def _voice_of(one: Opened) -> Voice:
    """Return the voice of the language that the applicant wants to be answered in, where the portal has it."""
    rooms = pages().rooms
    wanted = (one.form.language, one.application.lang, next(iter(rooms)))
    return next(rooms[tag] for tag in wanted if tag in rooms).voice_of(current_kommun())


@room.post("/applications/<application_id>/ask")
@for_deed(Deed.HANDLE_APPLICATIONS)
def send_question(application_id: str) -> AnyResponse:
    """Ask for more; the applicant is told by mail only where that is safe."""
    phrases, found = request.form.getlist("phrases"), known_id(application_id)
    try:
        by, text = current_handler(), _typed("text")
        handling.ask_for_more(storage(), application_rules(), by, found, phrases, text, now(), seen=seen_version())
    except (BadMessage, ApplicationHasEnded, ChangedMeanwhile, NotNow) as refusal:
        return _ask_page(opened(application_id), _problems(refusal, "text"))
    return _done(application_id, sentence("Frågan är skickad."))


@room.get("/applications/<application_id>/forward")
@for_deed(Deed.HANDLE_APPLICATIONS)
def ask_where_to(application_id: str) -> Response:
    """Ask to which unit, or kommun, an application goes on."""
    one = opened(application_id)
    return _forward_page(one, asks_consent=one.application.door != SHARED)


def _forward_page(one: Opened, problems: dict[str, Sentence] | None = None, *, asks_consent: bool = False) -> Response:
    kommuner = catalogue().kommuner
    empty = list_empty_units(storage(), one.application.kommun)
    return application_page(
        "forward", one, problems, request.form, kommuner=kommuner, empty=empty, asks_consent=asks_consent
    )


@room.post("/applications/<application_id>/forward")
@for_deed(Deed.HANDLE_APPLICATIONS)
def forward_application(application_id: str) -> AnyResponse:
    """Hand an application on; out of the kommun or out of a door only with the applicant's yes (OSL 10 kap. 1 §)."""
    by, found = current_handler(), known_id(application_id)
    to, unit = request.form.get("kommun", by.kommun), request.form.get("unit", "")
    has_consent = request.form.get("has_consent") == "1"
    try:
        seen = seen_version()
        handling.forward(
            storage(), application_rules(), by, found, unit, now(), kommun=to, has_consent=has_consent, seen=seen
        )
    except ConsentIsNeeded as refusal:
        return _forward_page(opened(application_id), {"has_consent": refusal.says}, asks_consent=True)
    except (BadMessage, ApplicationHasEnded, ChangedMeanwhile, NotNow) as refusal:
        return _forward_page(opened(application_id), _problems(refusal, "unit"), asks_consent=has_consent)
    tell(sentence("Ansökan är skickad vidare."))
    return lead_to("list_applications")


@room.get("/applications/<application_id>/close")
@for_deed(Deed.HANDLE_APPLICATIONS)
def ask_to_close(application_id: str) -> Response:
    """Ask before an application ends; and for the day of birth, where the law's sample depends on it."""
    return _close_page(opened(application_id))


def _close_page(one: Opened, problems: dict[str, Sentence] | None = None) -> Response:
    return application_page("close", one, problems, request.form, asks_sample=_asks_sample(one))


def _asks_sample(one: Opened) -> bool:
    """Return whether staff must say if the person belongs to the sample for research (16 kap. 4 §)."""
    kind = application_rules().kinds.get(one.application.kind)
    if kind is None or current_kommun().keeps_all_for_research or one.form.numbers:
        return False
    return application_rules().keeping[kind.retention].is_sampled


@room.post("/applications/<application_id>/close")
@for_deed(Deed.HANDLE_APPLICATIONS)
def close_application(application_id: str) -> AnyResponse:
    """End an application in the portal."""
    in_sample = SAMPLE.get(request.form.get("in_sample", ""))
    try:
        by, found = current_handler(), known_id(application_id)
        handling.close(storage(), by, found, now(), in_sample=in_sample, seen=seen_version())
    except (ApplicationHasEnded, ChangedMeanwhile, NotNow) as refusal:
        return _close_page(opened(application_id), _problems(refusal, "close"))
    return _done(application_id, sentence("Ansökan är avslutad."))


@room.get("/applications/<application_id>/delete")
@for_deed(Deed.HANDLE_APPLICATIONS)
def ask_to_delete(application_id: str) -> Response:
    """Ask before an application is gone; or say from when a rule lets it go."""
    return _delete_page(opened(application_id))


def _delete_page(one: Opened, problems: dict[str, Sentence] | None = None) -> Response:
    goes_on = application_jobs.goes_on(application_rules(), one.application, one.form)
    kind = application_rules().kinds.get(one.application.kind)
    by = application_jobs.goes_by(application_rules(), one.application, one.form)
    is_said = kind is not None and by != EXPORTED and (by is not None or one.application.ended_at is None)
    return application_page(
        "delete",
        one,
        problems,
        goes_on=goes_on,
        is_due=goes_on is not None and goes_on <= now().date(),
        # Of two rules only the one that lets it go is said: the other would contradict the day, or that there is none.
        rule=application_rules().keeping[kind.retention] if kind is not None and is_said else None,
        is_exported=by == EXPORTED,
    )


@room.post("/applications/<application_id>/delete")
@for_deed(Deed.HANDLE_APPLICATIONS)
def delete_application(application_id: str) -> AnyResponse:
    """Take away an application that a rule lets go now."""
    by, found = current_handler(), known_id(application_id)
    try:
        application_jobs.delete_application(storage(), application_rules(), by, found, now())
    except NotYetDeletable as refusal:
        return _delete_page(opened(application_id), {"delete": refusal.says})
    tell(sentence("Ansökan är borttagen."))
    return lead_to("list_ended")
