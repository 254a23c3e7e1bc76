"""What rules applications: kinds, time limits, how long they are kept, what staff often ask, and who takes them."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.domain.applications.kinds import ApplicationKind
from portal.domain.applications.messages import Phrase
from portal.domain.applications.retention import KeepingRule
from portal.domain.applications.time_limits import Limit
from portal.domain.catalogue.kommuner import Kommun


@dataclass(frozen=True)
class ApplicationRules:
    """What rules applications, each by id; `keeping` holds a rule also for what was never sent."""

    kommuner: Mapping[str, Kommun]
    kinds: Mapping[str, ApplicationKind]
    time_limits: Mapping[str, Limit]
    keeping: Mapping[str, KeepingRule]
    phrases: Mapping[str, Phrase]

    def limits_of(self, kind_id: str) -> tuple[Limit, ...]:
        """Return the time limits of a kind of application; none for one that is not known any more."""
        kind = self.kinds.get(kind_id)
        return () if kind is None else tuple(self.time_limits[limit] for limit in kind.limits)
