"""Reports of wrong translations."""

from flask import Response

from portal.domain.staff import Deed
from portal.web.staff.access import for_deed, room
from portal.web.staff.pages import page


@room.get("/translations")
@for_deed(Deed.READ_REPORTS)
def show_reports() -> Response:
    """Show what residents have reported; `portal.store.reports` will list it here."""
    return page("translations", reports=())
