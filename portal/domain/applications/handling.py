"""Who of the staff may see and handle which applications: her kommun, her units, and that she is a case worker."""

from dataclasses import dataclass, field

from portal.domain.applications.kinds import SHARED, door_of
from portal.domain.applications.states import Application, State
from portal.domain.audit import Actor


@dataclass(frozen=True, slots=True)
class Handler(Actor):
    """A member of staff with the units whose applications she handles; without being a case worker she sees none."""

    units: frozenset[str] = field(default=frozenset())
    is_case_worker: bool = False

    @property
    def shared_units(self) -> frozenset[str]:
        """Return her units that share an inbox."""
        return frozenset(unit for unit in self.units if door_of(unit) == SHARED)


def may_see(handler: Handler, application: Application) -> bool:
    """Return whether she may see it and handle it. A draft is seen by nobody but who writes it."""
    return may_handle(handler, application.kommun, application.unit) and application.state is not State.DRAFT


def may_handle(handler: Handler, kommun: str, unit: str) -> bool:
    """Return whether a unit of a kommun is hers."""
    return handler.is_case_worker and handler.kommun == kommun and unit in handler.units


def needs_consent(application: Application, kommun: str) -> bool:
    """Return whether it may be handed on only with the applicant's consent (OSL 10 kap. 1 §).

    To another kommun, which is another authority; and out of a door, for what was told there is secret to all others.
    """
    return application.kommun != kommun or application.door != SHARED
