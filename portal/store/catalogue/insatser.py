"""The insatser of a kommun from their files (docs/catalogue.md)."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from portal.domain.catalogue.age_range import AgeRange
from portal.domain.catalogue.condition import BadCondition, Condition
from portal.domain.catalogue.conditions import SituationNames, read_condition
from portal.domain.catalogue.fits import ANY, CAN_HELP, HEAVINESS, NO_FITS, WEIGHTS, Fits
from portal.domain.catalogue.insatser import (
    ACCESSES,
    COSTS,
    FILES,
    FOLLOW_UPS,
    FORMS,
    FREQUENCIES,
    PLACES,
    RECORDS,
    REGIMES,
    ROUTES,
    STARTERS,
    WAYS_IN,
    Cost,
    Decision,
    Documentation,
    How,
    Insats,
    Part,
    Source,
    Span,
    WayIn,
)
from portal.domain.sentences import Sentence
from portal.store.reading import Fields, Findings, read_yaml

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
"""What the name of a file or folder of the catalogue must be."""


@dataclass(frozen=True)
class Known:
    """What an insats may name: topics, kinds of application, offers of the law, rows of SKR's list; a kommun: units.

    conditions: the one object of all equal conditions of this reading, so that a self-check asks each of them once.
    """

    names: SituationNames
    topics: Collection[str]
    kinds: Collection[str]
    units: Collection[str]
    offers: Collection[str]
    skr: Collection[str]
    conditions: dict[Condition, Condition] = field(default_factory=dict)


def read_insatser(
    folder: Path,
    known: Known,
    decisions: Mapping[str, Decision],
    contacts: Collection[str],
    findings: Findings,
) -> list[Insats]:
    """Return the insatser of a kommun from their files."""
    found: list[Insats] = []
    for path in sorted((folder / "insatser").glob("*")):
        file = f"kommuner/{folder.name}/insatser/{path.name}"
        if path.suffix != ".yaml" or not ID.fullmatch(path.stem):
            findings.add(file, "", "the name must be an id such as abc-3-12.yaml")
            continue
        fields = Fields(read_yaml(path, file, findings), file, "", findings)
        insats = read_insats(path.stem, fields, known, decisions, contacts)
        updated_at = datetime.fromtimestamp(int(path.stat().st_mtime), UTC)
        found.append(replace(insats, updated_at=updated_at))
        fields.done()
    _check_names(folder.name, found, findings)
    return found


def _check_names(kommun: str, insatser: list[Insats], findings: Findings) -> None:
    by_name: dict[Sentence, str] = {}
    for insats in insatser:
        if insats.name in by_name and insats.name.text:
            findings.add(
                f"kommuner/{kommun}/insatser/{insats.id}.yaml", "name", f"is also the name of {by_name[insats.name]}"
            )
        by_name.setdefault(insats.name, insats.id)


def read_insats(
    insats_id: str, fields: Fields, known: Known, decisions: Mapping[str, Decision], contacts: Collection[str]
) -> Insats:
    """Return one insats from its keys; what is wrong with them is a finding."""
    decision_id = fields.one_of("decision", decisions) or ""
    alone_from = fields.integer("without_guardian_from")
    return Insats(
        insats_id,
        name=fields.text("name"),
        route=fields.one_of("route", ROUTES) or "other",
        access=fields.one_of("access", ACCESSES) or "self",
        fits=_read_whole_fits(fields, known),
        summary=fields.text("summary"),
        audience=fields.text("audience"),
        happens=fields.texts("happens"),
        guidance=fields.texts("guidance", required=False),
        search=fields.texts("search", required=False),
        how=_read_how(fields),
        cost=_read_cost(fields),
        conditions=_read_conditions(fields, known),
        parts=tuple(
            _read_part(item, fields, known, contacts, alone_from) for item in fields.items("parts", required=False)
        ),
        without_guardian_from=alone_from,
        documentation=_read_documentation(fields),
        decision=decisions.get(decision_id, Decision("", "", None, None)),
        source=_read_source(fields),
        contact=fields.one_of("contact", contacts) or "",
        application=fields.one_of("application", known.kinds, required=False),
        started_by=fields.one_of("started_by", STARTERS, required=False),
        form=fields.one_of("form", FORMS, required=False),
        special_reasons=fields.string("special_reasons", required=False),
        target_ages=_read_target_ages(fields),
        statutory=fields.some_of("statutory", known.offers, required=False),
        skr=fields.some_of("skr", known.skr, required=False),
        in_groups=fields.boolean("in_groups") or False,
        weight=fields.one_of("weight", HEAVINESS, required=False) or HEAVINESS[0],
        order=fields.integer("order") or 0,
        chapter=fields.string("chapter", required=False) or "",
        way_in=_read_way_in(fields),
        follow_up=fields.some_of("follow_up", FOLLOW_UPS, required=False),
        review=fields.string("review", required=False),
    )


def _read_whole_fits(fields: Fields, known: Known) -> Fits:
    """Read `fits`, and `topics`: the topics of which it is for everybody, as far as `fits` does not say more."""
    topics = fields.some_of("topics", known.topics, required=False)
    fits = _read_fits(fields, known) if fields.names("fits") else NO_FITS
    found = Fits({topic: {ANY: CAN_HELP} for topic in topics if topic not in fits.topics}).joined(fits)
    if not found.topics:
        fields.wrong("fits", "an insats needs a topic, or nobody finds it")
    return found


def _read_fits(fields: Fields, known: Known) -> Fits:
    """Read `{topic: {option or any: 1, 2 or 3}}`; what is not known is a finding."""
    value = fields.take("fits")
    if not isinstance(value, Mapping) or not value:
        fields.wrong("fits", "must be {topic: {option: weight}}")
        return NO_FITS
    weights: dict[str, dict[str, int]] = {}
    for topic, named in value.items():
        if topic not in known.topics or not isinstance(named, Mapping) or not named:
            fields.wrong(f"fits.{topic}", "must be a topic with {option: weight}")
            continue
        options = known.names.get(topic, {})
        for option, weight in named.items():
            if option != ANY and option not in options:
                fields.wrong(f"fits.{topic}", f"has no option {option!r}; it has: any, {', '.join(options)}")
            elif weight not in WEIGHTS or isinstance(weight, bool):
                fields.wrong(f"fits.{topic}.{option}", "a weight is 1 (can help), 2 (target group) or 3 (made for it)")
            else:
                weights.setdefault(str(topic), {})[str(option)] = weight
    return Fits(weights)


def _read_way_in(insats: Fields) -> WayIn | None:
    fields = insats.fields("way_in", required=False)
    if fields is None:
        return None
    found = WayIn(
        fields.one_of("by", WAYS_IN) or "unit", fields.string("address", required=False), fields.maybe_text("note")
    )
    fields.done()
    return found


def _read_conditions(fields: Fields, known: Known) -> tuple[Condition, ...]:
    found: list[Condition] = []
    for number, item in enumerate(fields.items("conditions"), start=1):
        try:
            condition = read_condition(item, known.names)
            found.append(known.conditions.setdefault(condition, condition))
        except BadCondition as error:
            fields.wrong(f"conditions.{number}", str(error))
    return tuple(found)


def _read_target_ages(insats: Fields) -> AgeRange | None:
    value = insats.take("target_ages", required=False)
    if value is None:
        return None
    try:
        return AgeRange.read(value)
    except BadCondition as error:
        insats.wrong("target_ages", str(error))
        return None


def _read_part(item: object, insats: Fields, known: Known, contacts: Collection[str], alone_from: int | None) -> Part:
    fields = Fields(item, insats.file, "parts", insats.findings)
    part_id = fields.string("id") or ""
    fields.place = f"parts.{part_id}"
    has_guardian_rule = fields.names("without_guardian_from")
    fits = _read_fits(fields, known) if fields.names("fits") else None
    part = Part(
        part_id,
        fields.text("name"),
        fields.text("summary"),
        _read_conditions(fields, known),
        _read_how(fields),
        decides=has_guardian_rule or fits is not None,
        fits=fits,
        without_guardian_from=fields.integer("without_guardian_from") if has_guardian_rule else alone_from,
        documentation=_read_documentation(fields) if fields.has("documentation") else None,
        contact=fields.one_of("contact", contacts, required=False),
        application=fields.one_of("application", known.kinds, required=False),
    )
    fields.done()
    return part


def _read_how(insats: Fields) -> How:
    fields = insats.fields("how", required=False)
    if fields is None:
        return How()
    how = How(
        meetings=_read_span(fields, "meetings"),
        minutes=_read_span(fields, "minutes"),
        every=fields.one_of("every", FREQUENCIES, required=False),
        weeks=_read_span(fields, "weeks"),
        months=_read_span(fields, "months"),
        group=_read_span(fields, "group"),
        places=fields.some_of("places", PLACES, required=False),
        note=fields.maybe_text("note"),
    )
    fields.done()
    return how


def _read_span(fields: Fields, key: str) -> Span | None:
    value = fields.take(key, required=False)
    if value is None:
        return None
    ends = value if isinstance(value, Mapping) else {"from": value, "to": value}
    low, high = _number(ends.get("from", 1)), _number(ends.get("to"))
    if high is None or low is None or set(ends) - {"from", "to"}:
        fields.wrong(key, "must be a number that is whole and over 0, {from: …, to: …} or {to: …}")
        return None
    if low > high:
        fields.wrong(key, "the range is empty")
        return None
    return Span(low if "from" in ends else None, high)


def _number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None


def _read_cost(insats: Fields) -> Cost:
    fields = insats.fields("cost")
    if fields is None:
        return Cost("not_stated")
    cost = Cost(fields.one_of("kind", COSTS) or "not_stated", fields.maybe_text("note"))
    fields.done()
    return cost


def _read_documentation(insats: Fields) -> Documentation:
    fields = insats.fields("documentation")
    if fields is None:
        return Documentation("not_stated", None, None)
    documentation = Documentation(
        fields.one_of("regime", REGIMES) or "not_stated",
        fields.string("cited", required=False),
        fields.string("enacted", required=False),
        fields.maybe_text("note"),
        fields.some_of("records", RECORDS, required=False),
        fields.one_of("file", FILES, required=False),
    )
    fields.done()
    return documentation


def _read_source(insats: Fields) -> Source:
    fields = insats.fields("source")
    if fields is None:
        return Source("", "")
    source = Source(fields.string("document") or "", fields.string("heading") or "")
    fields.done()
    return source
