"""Files that come along with an application: added to its draft, and taken back."""

from flask import Response, abort, current_app
from werkzeug.datastructures import FileStorage

from portal.actions.applications.attachments import add_file, remove_file
from portal.domain.applications.kinds import ApplicationKind
from portal.domain.refusals import (
    ApplicationHasEnded,
    ApplicationIsSent,
    BadFile,
    NoSuchApplication,
    NoSuchFile,
    NotNow,
    Problem,
)
from portal.store.applications.quarantine import LARGEST
from portal.store.database import DatabaseIsDown
from portal.web.applications.cleaning import clean_beside
from portal.web.applications.filling import filling_of
from portal.web.applications.forms import Filling, Sent
from portal.web.applications.pace import UPLOADS, Pace
from portal.web.applications.sending import send_all, show_form, without_draft
from portal.web.applications.shown import GONE, NOT_KEPT, TOO_FAST, show_step
from portal.web.applications.steps import FILES
from portal.web.portal import application_rules, now
from portal.web.storage import current_storage


def upload(kind: ApplicationKind, sent: Sent, file: FileStorage | None) -> Response:
    """Add a file to the draft, and show the step with it; what is refused says why, with everything typed kept."""
    filling = filling_of(kind, sent)
    check_takes_files(filling)
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


def check_takes_files(filling: Filling) -> None:
    """Answer 404 where a kind has no step for files: no page has such a button."""
    if FILES not in filling.steps:
        abort(404)


def _with_files(filling: Filling, problems: tuple[Problem, ...]) -> Response:
    return show_form(filling, FILES, problems, status=422 if problems else 200)


def uploads_so_far() -> Pace:
    """Return how many files have come in the last minute."""
    found: Pace = current_app.extensions.setdefault("upload_pace", Pace(UPLOADS))
    return found
