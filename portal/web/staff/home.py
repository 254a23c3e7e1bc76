"""Where staff come in: what each may do."""

from werkzeug.wrappers import Response as AnyResponse

from portal.domain.staff import Deed
from portal.web.staff.access import current_staff, for_deed, room
from portal.web.staff.pages import lead_to, page


@room.get("")
@for_deed(Deed.BE_STAFF)
def home() -> AnyResponse:
    """Lead those who lead groups to their groups; show everybody else what she may do."""
    if Deed.LEAD_GROUPS in current_staff().deeds:
        return lead_to("list_groups")
    return page("home")


@room.get("/")
@for_deed(Deed.BE_STAFF)
def lead_home() -> AnyResponse:
    """Lead whoever ends the address with a slash to where staff come in."""
    return lead_to("home")
