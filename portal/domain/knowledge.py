"""Everything the portal knows, as its reviewed files say it: what each wing reads of them, side by side."""

from dataclasses import dataclass

from portal.domain.applications.rules import ApplicationRules
from portal.domain.catalogue.whole import Catalogue
from portal.domain.officials.skr import SkrList


@dataclass(frozen=True)
class Knowledge:
    """The catalogue of all kommuner, the rules of applications to them, and SKR's list of what there can be."""

    catalogue: Catalogue
    applications: ApplicationRules
    skr: SkrList
