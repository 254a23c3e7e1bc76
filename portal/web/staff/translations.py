"""Reports of wrong translations: what residents found wrong, until somebody has mended it."""

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from portal.actions.languages.reports import settle_report
from portal.domain.languages.reports import FAULTS
from portal.domain.sentences import sentence
from portal.domain.staff.roles import Deed
from portal.store.languages.extraction import PORTAL
from portal.store.languages.reports import list_reports
from portal.web.portal import pages
from portal.web.staff.access import current_staff, for_deed, room
from portal.web.staff.pages import lead_to, page, storage, tell

_SETTLED = sentence("Texten är borta ur listan.")


def _domains() -> tuple[str, ...]:
    kommun = current_staff().kommun
    return (PORTAL,) if kommun is None else (kommun, PORTAL)


@room.get("/translations")
@for_deed(Deed.READ_REPORTS)
def show_reports() -> Response:
    """Show what residents have reported, the most reported first."""
    found = list_reports(storage(), _domains())
    languages = pages().portal.languages
    return page("translations", reports=found, faults=FAULTS, languages_of_texts=languages)


@room.post("/translations")
@for_deed(Deed.READ_REPORTS)
def end_report() -> AnyResponse:
    """Take a text that has been mended, or was right, out of the list."""
    domain = request.form.get("domain", "")
    if domain in _domains():
        settle_report(storage(), request.form.get("language", ""), domain, request.form.get("text", ""))
        tell(_SETTLED)
    return lead_to("show_reports")
