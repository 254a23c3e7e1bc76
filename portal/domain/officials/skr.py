"""SKR's national list of insatser (2021): area → section → for whom → row."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class SkrRow:
    """One insats of the list; `line` is where it stands in the source."""

    id: str
    name: str
    line: int
    summary: str | None = None


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
    """An area of the list."""

    id: str
    name: str
    sections: tuple[SkrSection, ...]

    def rows(self) -> Iterator[SkrRow]:
        """Yield the rows of the area in order."""
        for section in self.sections:
            for group in section.groups:
                yield from group.rows


@dataclass(frozen=True)
class SkrList:
    """The whole list, and where it comes from."""

    areas: tuple[SkrArea, ...]
    document: str = ""
    year: int = 0

    @cached_property
    def rows(self) -> dict[str, SkrRow]:
        """Return every row by id, in order."""
        return {row.id: row for area in self.areas for row in area.rows()}

    def places(self) -> Iterator[tuple[SkrArea, SkrSection, SkrGroup, SkrRow]]:
        """Yield every row with its area, section and group."""
        for area in self.areas:
            for section in area.sections:
                for group in section.groups:
                    for row in group.rows:
                        yield area, section, group, row
