"""What residents wish for: groups that do not exist, from five wishes up."""

from flask import Response

from portal.domain.groups.planning import TIMES_OF_DAY
from portal.domain.staff.roles import Deed
from portal.store.groups.wishes import list_wishes
from portal.web.staff.access import current_actor, for_deed, room
from portal.web.staff.pages import page, storage
from portal.web.staff.shown import language_name


@room.get("/wishes")
@for_deed(Deed.READ_WISHES)
def show_wishes() -> Response:
    """Show the wishes of the kommun, the most wished first."""
    return page(
        "wishes",
        wishes=list_wishes(storage(), current_actor().kommun),
        times=TIMES_OF_DAY,
        language_name=language_name,
    )
