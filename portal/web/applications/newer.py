"""The same draft open on two pages: the older one saves nothing over the newer, and both are shown."""

from flask import Response

from portal.actions.applications.drafts import open_draft
from portal.domain.applications.kinds import ApplicationKind
from portal.domain.refusals import ApplicationIsSent, NoSuchApplication
from portal.domain.sentences import sentence
from portal.web.applications.beginning import filling_of
from portal.web.applications.forms import Filling, Sent, sent_of
from portal.web.applications.keeping import as_seen
from portal.web.applications.shown import GONE, parts_of, show_step
from portal.web.portal import now
from portal.web.storage import current_storage

_NEWER = sentence("Det finns en nyare version av din ansökan. Det du skrev här är inte sparat än.")


def show_newer(kind: ApplicationKind, sent: Sent) -> Response:
    """Show what was typed on the older page, with what the draft says now beside it; pressing again saves this one."""
    filling = filling_of(kind, sent)
    try:
        draft = open_draft(current_storage(), filling.code, now())
    except (NoSuchApplication, ApplicationIsSent):
        return show_step(filling, filling.step, says=GONE, status=409)  # it went just now: the next press tells
    stands = as_seen(filling_of(kind, sent_of(draft.form)), filling.code, draft)
    mine = as_seen(filling, filling.code, draft)
    return show_step(mine, mine.step, says=_NEWER, newer=_differing(stands, mine), status=409)


def _differing(stands: Filling, mine: Filling) -> tuple[tuple[str, object, tuple[object, ...]], ...]:
    """Return the answers of the draft that the page does not have, step by step."""
    typed = {field.name: field.said for _, _, fields in parts_of(mine) for field in fields}
    found = (
        (step, title, tuple(one for one in fields if one.said and one.said != typed.get(one.name)))
        for step, title, fields in parts_of(stands)
    )
    return tuple((step, title, fields) for step, title, fields in found if fields)
