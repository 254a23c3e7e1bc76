"""SKR's national list from data/skr.yaml."""

from pathlib import Path

from portal.domain.officials.skr import SkrArea, SkrGroup, SkrList, SkrRow, SkrSection
from portal.store.reading import Fields, Findings, read_yaml


def read_skr(shared_in: Path, findings: Findings) -> SkrList:
    """Return the list; a row whose id stands twice is a finding."""
    name = "skr.yaml"
    fields = Fields(read_yaml(shared_in / name, name, findings), name, "", findings)
    source = fields.fields("source")
    document, year = "", 0
    if source is not None:
        document, year = source.string("document") or "", source.integer("year", required=True) or 0
        source.string("publisher")
        source.string("note", required=False)
        source.done()
    notes = fields.strings("notes", required=False)
    areas = tuple(fields.each("areas", _area).values())
    fields.done()
    found = SkrList(areas, document, year, notes)
    ids = [row.id for area in areas for row in area.rows()]
    for row_id in sorted({row_id for row_id in ids if ids.count(row_id) > 1}):
        findings.add(name, row_id, "this row stands twice")
    groups = [group.id for area in areas for section in area.sections for group in section.groups]
    for group_id in sorted({group_id for group_id in groups if groups.count(group_id) > 1}):
        findings.add(name, group_id, "this group stands twice")
    return found


def _area(area_id: str, fields: Fields) -> SkrArea:
    sections = tuple(fields.each("sections", _section).values())
    return SkrArea(area_id, fields.string("name") or "", sections, fields.string("note", required=False))


def _section(section_id: str, fields: Fields) -> SkrSection:
    return SkrSection(section_id, fields.string("name") or "", tuple(fields.each("groups", _group).values()))


def _group(group_id: str, fields: Fields) -> SkrGroup:
    return SkrGroup(group_id, fields.string("name", required=False) or "", tuple(fields.each("rows", _row).values()))


def _row(row_id: str, fields: Fields) -> SkrRow:
    name, line = fields.string("name") or "", fields.integer("line", required=True) or 0
    summary, source = fields.string("summary", required=False), fields.string("source", required=False)
    return SkrRow(row_id, name, line, summary, source)
