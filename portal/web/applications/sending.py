"""Showing a step of the form, and sending it: each leads to the other where a draft is sent already."""

from flask import Response

from portal.actions.applications.attachments import files_in_line
from portal.actions.applications.drafts import Receipt, is_sent, open_draft, send, send_at_once
from portal.domain.applications.identified import is_about
from portal.domain.applications.states import Identification
from portal.domain.refusals import (
    ApplicationIsSent,
    BadApplication,
    FilesAreWaiting,
    NoSuchApplication,
    Problem,
    SlowDown,
)
from portal.store.applications.files import FileInfo
from portal.store.database import DatabaseIsDown
from portal.web.applications.forms import CODE, KEY, Filling
from portal.web.applications.shown import GONE, NOT_SENT, identification_of, show_already_sent, show_receipt, show_step
from portal.web.applications.steps import CHECK, FILES
from portal.web.form_keys import OPEN_TOO_LONG
from portal.web.portal import application_rules, current_kommun, current_language, now
from portal.web.storage import current_storage


def show_form(filling: Filling, step: str, problems: tuple[Problem, ...] = (), status: int = 200) -> Response:
    """Show a step with the files of its draft; a draft that is sent already is answered with its receipt."""
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


def without_draft(filling: Filling) -> Filling:
    """Return the form without a draft that is gone; nor its key, as the draft may be on disk still, past its time."""
    return filling.with_fields(**{CODE: "", KEY: ""})


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
        return show_form(filling, FILES, (Problem("file", refusal.says),), status=409)
    except BadApplication:
        step = wrong or CHECK
        return show_form(filling.with_fields(changing="1"), step, filling.problems_in(step), status=422)
    except NoSuchApplication:
        return show_step(without_draft(filling), CHECK, says=GONE, status=409)
    except SlowDown as refusal:
        return show_step(filling, CHECK, says=refusal.says, status=429)
    except DatabaseIsDown:
        return show_step(filling, CHECK, says=NOT_SENT, status=503)
    if receipt.code is None:
        return show_already_sent(filling.kind, receipt)
    return show_receipt(filling.kind, receipt, is_identified=identified is not None)


def _was_open_too_long(filling: Filling) -> bool:
    if not filling.key.is_old or filling.code:
        return False
    return not is_sent(current_storage(), current_kommun().id, filling.key.text)


def _send_draft(filling: Filling, identified: Identification | None) -> Receipt:
    return send(current_storage(), application_rules(), filling.code, now(), form=filling.asked, identified=identified)


def _send_at_once(filling: Filling, identified: Identification | None) -> Receipt:
    return send_at_once(
        current_storage(),
        application_rules(),
        current_kommun().id,
        filling.kind,
        filling.key.text,
        filling.asked,
        current_language().tag,
        now(),
        identified=identified,
    )
