"""What a lawful catalogue is: findings as a list, each with its place and its paragraph."""

from collections.abc import Iterator
from dataclasses import dataclass

from portal.domain.catalogue import Insats, Kommun

ERROR = "error"
WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong (an error, which stops a release) or doubtful (a warning, for the nämnd to decide)."""

    severity: str
    file: str
    place: str
    says: str
    paragraph: str | None = None

    @property
    def line(self) -> str:
        """Return the finding as one line: file, place, what is wrong, paragraph."""
        where = f"{self.file}: {self.place}" if self.place else self.file
        return f"{where}: {self.says}" + (f" [{self.paragraph}]" if self.paragraph else "")


def examine(kommun: Kommun) -> Iterator[Finding]:
    """Yield what is unlawful or doubtful in the catalogue of a kommun (SoL 2025:400)."""
    for insats in kommun.insatser.values():
        yield from _examine_way_in(kommun, insats)
        yield from _examine_guardian(kommun, insats)


def _finding(kommun: Kommun, insats: Insats, place: str, says: str, paragraph: str) -> Finding:
    return Finding(ERROR, f"kommuner/{kommun.id}/insatser/{insats.id}.yaml", place, says, paragraph)


def _examine_way_in(kommun: Kommun, insats: Insats) -> Iterator[Finding]:
    if insats.route == "assessed" and (insats.application is None) == (insats.started_by is None):
        yield _finding(
            kommun,
            insats,
            "application",
            "assessed support has either a kind of application or who starts it",
            "11 kap. 1 §",
        )
    if insats.route == "direct" and (insats.application or insats.started_by):
        yield _finding(kommun, insats, "application", "nobody applies for a direct insats", "11 kap. 5 §")


def _examine_guardian(kommun: Kommun, insats: Insats) -> Iterator[Finding]:
    alone = insats.without_guardian_from
    if alone is not None and not 15 <= alone <= 17:
        yield _finding(
            kommun,
            insats,
            "without_guardian_from",
            "is null, or an age from 15 to 17 that the nämnd has found suitable",
            "21 kap. 2 §",
        )
