"""What was typed is put on disk only where she has paused or added a file: here is how, and what is left without."""

from portal.actions.applications.by_code import version_of_form
from portal.actions.applications.drafts import Draft, begin_application, save_draft
from portal.domain.refusals import ApplicationIsSent, BadApplication, NoSuchApplication
from portal.store.database import DatabaseIsDown
from portal.web.applications.forms import CODE, KEY, SEEN, Filling
from portal.web.portal import current_kommun, current_language, now
from portal.web.storage import current_storage


def without_draft(filling: Filling) -> Filling:
    """Return the form without a draft that is gone; nor its key, as the draft may be on disk still, past its time."""
    return filling.with_fields(**{CODE: "", KEY: "", SEEN: ""})


def kept_if_begun(filling: Filling) -> Filling:
    """Keep what was typed where she has paused or added a file before; it is in the form whatever happens."""
    if not filling.code:
        return filling
    try:
        draft = _saved(filling, filling.code)
    except NoSuchApplication:
        return without_draft(filling)
    except (ApplicationIsSent, BadApplication, DatabaseIsDown):
        return filling
    return as_seen(filling, filling.code, draft)


def as_seen(filling: Filling, code: str, draft: Draft) -> Filling:
    """Return the form as the page of that draft has it: what is saved from it later was made from this version."""
    return filling.with_fields(**{CODE: code, SEEN: version_of_form(draft.form)})


def _saved(filling: Filling, code: str) -> Draft:
    """Put what was typed into the draft of a code; raise ChangedMeanwhile where another page has saved since."""
    lang = current_language().tag
    return save_draft(current_storage(), code, filling.form, now(), lang=lang, seen=filling.seen)


def keep(filling: Filling) -> tuple[str, Draft]:
    """Put what was typed on disk, and return the code that opens it."""
    storage, kommun, at = current_storage(), current_kommun().id, now()
    if filling.code:
        try:
            return filling.code, _saved(filling, filling.code)
        except NoSuchApplication:
            filling = without_draft(filling)
    else:
        filling = filling.with_fields(**{SEEN: ""})  # a page that knows no draft has seen none, whatever it says
    code = begin_application(storage, kommun, filling.kind, filling.key.text, current_language().tag, at).code
    return code, _saved(filling, code)
