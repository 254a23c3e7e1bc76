"""Where staff come in: what each may do."""

from werkzeug.wrappers import Response as AnyResponse

from portal.actions.applications.inbox import count_new
from portal.actions.applications.units import count_unattended
from portal.domain.applications.kinds import UNITS
from portal.domain.staff.roles import Deed
from portal.web.portal import catalogue
from portal.web.staff.access import current_staff, for_deed, room
from portal.web.staff.handlers import current_handler
from portal.web.staff.pages import lead_to, page, storage


@room.get("")
@for_deed(Deed.BE_STAFF)
def home() -> AnyResponse:
    """Lead those who only lead groups to their groups; show everybody else what she may do and what waits."""
    staff = current_staff()
    if Deed.LEAD_GROUPS in staff.deeds and not staff.deeds & {Deed.HANDLE_APPLICATIONS, Deed.RUN_STAFF}:
        return lead_to("list_groups")
    new = count_new(storage(), current_handler()) if Deed.HANDLE_APPLICATIONS in staff.deeds else {}
    unattended = count_unattended(storage(), staff.kommun) if Deed.RUN_STAFF in staff.deeds else {}
    return page("home", new=sum(new.values()), unattended=unattended, units=UNITS, kommuner=catalogue().kommuner)


@room.get("/")
@for_deed(Deed.BE_STAFF)
def lead_home() -> AnyResponse:
    """Lead whoever ends the address with a slash to where staff come in."""
    return lead_to("home")
