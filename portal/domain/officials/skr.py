"""SKR's national list of insatser (2021): area → section → for whom → row."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class SkrRow:
    """One insats of the list; `line` is where it stands in the source, `source` whom SKR names for it there."""

    id: str
    name: str
    line: int
    summary: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class SkrGroup:
    """Whom the rows are for; the name is empty where the list does not say."""

    id: str
    name: str
    rows: tuple[SkrRow, ...]


@dataclass(frozen=True, slots=True)
class SkrSection:
    """A section of an area."""

    id: str
    name: str
    groups: tuple[SkrGroup, ...]


@dataclass(frozen=True, slots=True)
class SkrArea:
    """An area of the list; `note` is what belongs there, and whom to answer together with."""

    id: str
    name: str
    sections: tuple[SkrSection, ...]
    note: str | None = None

    def rows(self) -> Iterator[SkrRow]:
        """Yield the rows of the area in order."""
        for section in self.sections:
            for group in section.groups:
                yield from group.rows


@dataclass(frozen=True)
class SkrList:
    """The whole list, and where it comes from; `notes` are what to know before one answers."""

    areas: tuple[SkrArea, ...]
    document: str = ""
    year: int = 0
    notes: tuple[str, ...] = ()

    @cached_property
    def rows(self) -> dict[str, SkrRow]:
        """Return every row by id, in order."""
        return {row.id: row for area in self.areas for row in area.rows()}

    def find_group(self, group_id: str) -> tuple[SkrArea, SkrSection, SkrGroup] | None:
        """Return a group with its area and section; None where the list has none of that id."""
        return self.groups.get(group_id)

    @cached_property
    def groups(self) -> dict[str, tuple[SkrArea, SkrSection, SkrGroup]]:
        """Return every group by id, in order, with its area and section."""
        return {
            group.id: (area, section, group)
            for area in self.areas
            for section in area.sections
            for group in section.groups
        }

    def places(self) -> Iterator[tuple[SkrArea, SkrSection, SkrGroup, SkrRow]]:
        """Yield every row with its area, section and group."""
        for area in self.areas:
            for section in area.sections:
                for group in section.groups:
                    for row in group.rows:
                        yield area, section, group, row
