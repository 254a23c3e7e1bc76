"""The templates of programmes from data/programmes.yaml."""

from pathlib import Path

from portal.domain.groups.programmes import Programme
from portal.store.reading import DATA, Fields, Findings, read_each, read_yaml


class BrokenProgrammes(Exception):
    """data/programmes.yaml cannot be used; a line for each thing that is wrong."""


def load_programmes(folder: Path = DATA) -> dict[str, Programme]:
    """Return the programmes by id, in the order of the file; raise BrokenProgrammes when something is wrong."""
    findings = Findings()
    name = "programmes.yaml"
    found = read_each(read_yaml(folder / name, name, findings), name, "", findings, _read)
    if findings.found:
        raise BrokenProgrammes("\n".join(finding.line for finding in findings.found))
    return found


def _read(programme_id: str, fields: Fields) -> Programme:
    numbers = {key: fields.integer(key, required=True) or 0 for key in ("meetings", "minutes", "fewest", "most")}
    for key, number in numbers.items():
        if number < 1:
            fields.wrong(key, "must be over 0")
    if numbers["fewest"] > numbers["most"]:
        fields.wrong("fewest", "is more than the most")
    return Programme(
        programme_id,
        fields.string("name") or "",
        numbers["meetings"],
        numbers["minutes"],
        fields.integer("days_between") or 7,
        numbers["fewest"],
        numbers["most"],
        fields.boolean("never_both_parents") or False,
        fields.strings("insatser", required=False),
    )
