"""What the buttons of the form do. Nothing is on disk before the resident pauses, adds a file or sends.

All that was typed travels in the form, so every step works while the database is down, and nothing typed is lost by it.
No session and no cookie: a page of somebody else's can make no browser act for its visitor, as it knows no code.
"""

from collections.abc import Callable

from flask import Response, abort, current_app
from werkzeug.datastructures import FileStorage

from portal.actions.applications.attachments import add_file, files_in_line, remove_file
from portal.actions.applications.drafts import (
    Draft,
    Receipt,
    is_sent,
    open_draft,
    send,
    send_at_once,
)
from portal.domain.applications.identified import is_about
from portal.domain.applications.kinds import ApplicationKind
from portal.domain.applications.states import Identification
from portal.domain.refusals import (
    ApplicationHasEnded,
    ApplicationIsSent,
    BadApplication,
    BadFile,
    FilesAreWaiting,
    NoSuchApplication,
    NoSuchFile,
    NotNow,
    Problem,
    SlowDown,
)
from portal.store.applications.files import FileInfo
from portal.store.applications.quarantine import LARGEST
from portal.store.database import DatabaseIsDown
from portal.web.applications.beginning import filling_of, new_filling
from portal.web.applications.cleaning import clean_beside, clean_soon
from portal.web.applications.forms import AT_STOP, KEY, Filling, Sent, brought_from, sent_of
from portal.web.applications.keeping import as_seen, keep, kept_if_begun, without_draft
from portal.web.applications.pace import DRAFTS, UPLOADS, Pace
from portal.web.applications.shown import (
    GONE,
    NOT_KEPT,
    NOT_SENT,
    TOO_FAST,
    identification_of,
    show_already_sent,
    show_paused,
    show_receipt,
    show_step,
)
from portal.web.applications.steps import CHECK, FILES
from portal.web.applications.stopping import show_stop
from portal.web.form_keys import OPEN_TOO_LONG
from portal.web.portal import application_rules, catalogue, current_kommun, current_language, current_voice, now
from portal.web.storage import current_storage


def begin(kind: ApplicationKind, sent: Sent) -> Response:
    """Show the first step; what is known before is the language of the page, and the insats she came from."""
    return _next(new_filling(kind, sent), None)


def bring_along(kind: ApplicationKind, sent: Sent) -> Response:
    """Begin with the answers of the self-check, because she chose it: they are filled in, to be seen and changed."""
    answers, _ = catalogue().questions.read_form(
        [(name, value) for name, value in sent.items(multi=True) if name in catalogue().questions]
    )
    chosen, voice = answers.get("topics"), current_voice()
    topics = chosen if isinstance(chosen, frozenset) else frozenset()
    names = [voice.words(topic.name) for topic in catalogue().topics.values() if topic.id in topics]
    fields = brought_from(answers, "\n".join(names))
    filling = new_filling(kind, Sent()).with_fields(**fields, brought=" ".join(fields))
    return _next(filling, None)


def answer(kind: ApplicationKind, sent: Sent) -> Response:
    """Do what a button says with what was typed."""
    filling, pressed = filling_of(kind, sent), sent.get("do", "")
    if "stay" in sent:
        return show_stop(filling) if AT_STOP in sent and filling.needs_now else _show(filling, filling.step)
    if pressed == "look":
        return _show(filling, filling.step)
    if "back" in sent:
        return _back(filling)
    verb, _, rest = pressed.partition(".")
    if verb == "change" and rest in filling.steps:
        return _show(filling.with_fields(changing="1"), rest)
    deeds: dict[str, Callable[[Filling], Response]] = {"pause": pause, "attach": attach, "send": send_all}
    if verb in ("attach", "remove"):
        _check_takes_files(filling)
    if verb in deeds:
        return deeds[verb](filling)
    if verb == "remove":
        return remove(filling, rest)
    return _forward(filling, is_heard=pressed == "go_on")


def _forward(filling: Filling, *, is_heard: bool) -> Response:
    """Show the next step; where an answer cannot wait, whom to call now, until she says that she goes on."""
    step = filling.step
    problems = filling.problems_in(step)
    if problems:
        return _show(filling, step, problems, status=422)
    if filling.needs_now and not is_heard:
        return show_stop(filling)
    return _next(kept_if_begun(filling), step)


def _next(filling: Filling, step: str | None) -> Response:
    """Show what comes after a step; after a change that is the first thing it left open, or the check."""
    place = -1 if step is None else filling.steps.index(step)
    after = filling.steps[place + 1 :]
    if filling.is_changing:
        filling = filling.with_fields(changing="")
        opened = [one for one in filling.steps if filling.problems_in(one)]
        opened += [one for one in after if filling.is_unasked(one)]
        return _show(filling, next((one for one in filling.steps if one in opened), CHECK))
    return _show(filling, after[0] if after else CHECK)


def _back(filling: Filling) -> Response:
    if filling.is_changing:
        return _show(filling.with_fields(changing=""), CHECK)
    place = filling.steps.index(filling.step)
    return _show(filling, filling.steps[max(place - 1, 0)])


def _show(filling: Filling, step: str, problems: tuple[Problem, ...] = (), status: int = 200) -> Response:
    files: tuple[FileInfo, ...] = ()
    waiting: tuple[str, ...] = ()
    if filling.code and step in (FILES, CHECK):
        try:
            files = open_draft(current_storage(), filling.code, now()).files
            waiting, refused = files_in_line(current_storage(), filling.code, now())
            if refused:
                return show_step(
                    filling, FILES, problems=(Problem("file", refused[0]),), files=files, waiting=waiting, status=422
                )
        except NoSuchApplication:
            filling = without_draft(filling)
        except ApplicationIsSent:
            return send_all(filling)
        except DatabaseIsDown:
            return show_step(filling, step, problems=problems, status=status)
    return show_step(filling, step, problems=problems, files=files, waiting=waiting, status=status)


def _kept_or(filling: Filling, then: Callable[[str, Draft], Response]) -> Response:
    """Keep what was typed and go on; whatever stands in the way, show the same step with everything in it."""
    if not drafts_so_far().may(now()):
        return show_step(filling, filling.step, says=TOO_FAST, status=429)
    try:
        code, draft = keep(filling)
    except BadApplication as refusal:
        wrong = {problem.field for problem in refusal.problems}
        step = next((one for one in filling.steps if wrong & set(filling.fields(one))), filling.step)
        return show_step(filling, step, problems=refusal.problems, status=422)
    except ApplicationIsSent:
        return send_all(filling)
    except DatabaseIsDown:
        return show_step(filling, filling.step, says=NOT_KEPT, status=503)
    return then(code, draft)


def pause(filling: Filling) -> Response:
    """Keep what was typed, and show the code to come back with."""
    return _kept_or(filling, lambda code, draft: show_paused(filling, draft, code))


def attach(filling: Filling) -> Response:
    """Keep what was typed, because files need a place on disk, and show where they are added."""
    return _kept_or(
        filling, lambda code, draft: show_step(as_seen(filling, code, draft), FILES, files=draft.files, status=201)
    )


def upload(kind: ApplicationKind, sent: Sent, file: FileStorage | None) -> Response:
    """Add a file to the draft, and show the step with it; what is refused says why, with everything typed kept."""
    filling = filling_of(kind, sent)
    _check_takes_files(filling)
    if not uploads_so_far().may(now()):
        return show_step(filling, FILES, says=TOO_FAST, status=429)
    name, content = content_of(file)
    try:
        add_file(current_storage(), application_rules(), filling.code, name, content, now(), clean_beside)
    except BadFile as refusal:
        return _with_files(filling, (Problem("file", refusal.says),))
    except NoSuchApplication:
        return show_step(without_draft(filling), FILES, says=GONE, status=409)
    except (ApplicationIsSent, ApplicationHasEnded, NotNow):
        return send_all(filling)  # it was sent from another page: that says so
    except DatabaseIsDown:
        return show_step(filling, FILES, says=NOT_KEPT, status=503)
    return _with_files(filling, ())


def content_of(file: FileStorage | None) -> tuple[str, bytes]:
    """Return the name and the bytes of what was sent as a file, no more than tells that it is too large."""
    if file is None or not file.filename:
        return "", b""
    return file.filename, file.stream.read(LARGEST + 1)


def remove(filling: Filling, file_id: str) -> Response:
    """Take back a file of the draft."""
    try:
        remove_file(current_storage(), filling.code, file_id, now())
    except NoSuchFile:
        return _with_files(filling, ())  # it was removed before: the page says what there is
    except NoSuchApplication:
        return show_step(without_draft(filling), FILES, says=GONE, status=409)
    except ApplicationIsSent:
        return send_all(filling)
    except DatabaseIsDown:
        return show_step(filling, FILES, says=NOT_KEPT, status=503)
    return _with_files(filling, ())


def _check_takes_files(filling: Filling) -> None:
    """Answer 404 where a kind has no step for files: no page has such a button."""
    if FILES not in filling.steps:
        abort(404)


def _with_files(filling: Filling, problems: tuple[Problem, ...]) -> Response:
    return _show(filling, FILES, problems, status=422 if problems else 200)


def send_all(filling: Filling) -> Response:
    """Send; the answer is the receipt, and the same form again tells where the application is."""
    wrong = filling.first_wrong()
    shown = identification_of(filling)
    identified = shown if shown is not None and is_about(shown, filling.asked) else None
    try:
        if _was_open_too_long(filling):
            return show_step(filling.with_fields(**{KEY: ""}), CHECK, says=OPEN_TOO_LONG, status=409)
        receipt = _send_draft(filling, identified) if filling.code else _send_at_once(filling, identified)
    except FilesAreWaiting as refusal:
        clean_soon()
        return _show(filling, FILES, (Problem("file", refusal.says),), status=409)
    except BadApplication:
        step = wrong or CHECK
        return _show(filling.with_fields(changing="1"), step, filling.problems_in(step), status=422)
    except NoSuchApplication:
        return show_step(without_draft(filling), CHECK, says=GONE, status=409)
    except SlowDown as refusal:
        return show_step(filling, CHECK, says=refusal.says, status=429)
    except DatabaseIsDown:
        return show_step(filling, CHECK, says=NOT_SENT, status=503)
    if receipt.code is None:
        return show_already_sent(filling, receipt)
    return show_receipt(filling.kind, receipt, filling.asked.facts, is_identified=identified is not None)


def _was_open_too_long(filling: Filling) -> bool:
    if not filling.key.is_old or filling.code:
        return False
    return not is_sent(current_storage(), current_kommun().id, filling.key.text)


def _send_draft(filling: Filling, identified: Identification | None) -> Receipt:
    form, seen = filling.asked, filling.seen
    return send(
        current_storage(), application_rules(), filling.code, now(), form=form, identified=identified, seen=seen
    )


def _send_at_once(filling: Filling, identified: Identification | None) -> Receipt:
    storage, rules, kommun, lang = current_storage(), application_rules(), current_kommun().id, current_language().tag
    key, form = filling.key.text, filling.asked
    return send_at_once(storage, rules, kommun, filling.kind, key, form, lang, now(), identified=identified)


def resume(kind: ApplicationKind, draft: Draft, code: str) -> Response:
    """Go on with a draft: where something is missing, or with everything before it is sent."""
    filling = as_seen(filling_of(kind, sent_of(draft.form)), code, draft)
    return _show(filling, filling.first_wrong() or CHECK)


def drafts_so_far() -> Pace:
    """Return how many have been put on disk in the last minute."""
    found: Pace = current_app.extensions.setdefault("draft_pace", Pace(DRAFTS))
    return found


def uploads_so_far() -> Pace:
    """Return how many files have come in the last minute."""
    found: Pace = current_app.extensions.setdefault("upload_pace", Pace(UPLOADS))
    return found
