"""Who the staff are, and what each role may do in the kommun it belongs to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from portal.domain.sentences import Sentence, sentence


class Role(StrEnum):
    """What a member of staff works with; one person may have several."""

    LEADER = "leader"
    EDITOR = "editor"
    CASE_WORKER = "case-worker"
    STATISTICS = "statistics"
    VISITS = "visits"
    ADMINISTRATOR = "administrator"


class Deed(StrEnum):
    """What can be done in the staff room; every page of it is for exactly one."""

    BE_STAFF = "be_staff"
    LEAD_GROUPS = "lead_groups"
    READ_WISHES = "read_wishes"
    EDIT_CONTACTS = "edit_contacts"
    READ_REPORTS = "read_reports"
    ANSWER_SURVEY = "answer_survey"
    HANDLE_APPLICATIONS = "handle_applications"
    READ_STATISTICS = "read_statistics"
    COUNT_VISITS = "count_visits"
    RUN_STAFF = "run_staff"
    READ_TRAIL = "read_trail"


MAY: Mapping[Role, frozenset[Deed]] = {
    Role.LEADER: frozenset({Deed.BE_STAFF, Deed.LEAD_GROUPS, Deed.READ_WISHES, Deed.COUNT_VISITS}),
    Role.EDITOR: frozenset({Deed.BE_STAFF, Deed.EDIT_CONTACTS, Deed.READ_REPORTS, Deed.ANSWER_SURVEY}),
    Role.CASE_WORKER: frozenset({Deed.BE_STAFF, Deed.HANDLE_APPLICATIONS, Deed.COUNT_VISITS}),
    Role.STATISTICS: frozenset({Deed.BE_STAFF, Deed.READ_STATISTICS, Deed.READ_WISHES}),
    Role.VISITS: frozenset({Deed.BE_STAFF, Deed.COUNT_VISITS}),
    Role.ADMINISTRATOR: frozenset({Deed.BE_STAFF, Deed.RUN_STAFF, Deed.READ_TRAIL, Deed.ANSWER_SURVEY}),
}
"""Who may do what. An administrator runs the staff and reads the trail, but no resident's details (SoLPuL 10 §)."""

EVERYWHERE = frozenset({Deed.BE_STAFF, Deed.RUN_STAFF, Deed.READ_TRAIL})
"""What an administrator of the whole portal may do, who belongs to no kommun."""

ROLE_NAMES: Mapping[Role, Sentence] = {
    Role.LEADER: sentence("Gruppledare"),
    Role.EDITOR: sentence("Redaktör"),
    Role.CASE_WORKER: sentence("Handläggare"),
    Role.STATISTICS: sentence("Statistik"),
    Role.VISITS: sentence("Räknar besök"),
    Role.ADMINISTRATOR: sentence("Administratör"),
}


@dataclass(frozen=True, slots=True)
class Staff:
    """A member of staff. Without a kommun she is an administrator of the whole portal."""

    id: str
    email: str
    roles: tuple[Role, ...]
    kommun: str | None
    lang: str = "sv"
    is_active: bool = True
    has_password: bool = False
    has_second_factor: bool = False

    @property
    def deeds(self) -> frozenset[Deed]:
        """Return all she may do."""
        if not self.is_active:
            return frozenset()
        found = deeds_of(self.roles)
        return found if self.kommun is not None else found & EVERYWHERE


def deeds_of(roles: Iterable[Role]) -> frozenset[Deed]:
    """Return what somebody with these roles may do."""
    return frozenset(deed for role in roles for deed in MAY[role])


def may(staff: Staff, deed: Deed, kommun: str | None) -> bool:
    """Return whether she may do it in that kommun; None is the portal as a whole."""
    return deed in staff.deeds and staff.kommun in (None, kommun)


def can_have(roles: Iterable[Role], kommun: str | None) -> bool:
    """Return whether somebody can have these roles there: outside a kommun there are only administrators."""
    wanted = set(roles)
    return bool(wanted) and (kommun is not None or wanted == {Role.ADMINISTRATOR})
