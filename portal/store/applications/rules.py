"""What rules applications, from its files: kinds, time limits, how long they are kept, and what staff often ask."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from portal.domain.applications.kinds import CONSENTS, DOORS, FACT_KINDS, UNITS, ApplicationKind, Fact, door_of
from portal.domain.applications.messages import Phrase
from portal.domain.applications.retention import KeepingRule
from portal.domain.applications.rules import ApplicationRules
from portal.domain.applications.states import DRAFT_DAYS, State
from portal.domain.applications.time_limits import UNTIL, Limit
from portal.domain.catalogue.answers import Option
from portal.domain.catalogue.facts import ACUTE_NEEDS
from portal.domain.catalogue.kommuner import Kommun
from portal.store.reading import Fields, Findings, read_each, read_yaml

T = TypeVar("T")

YES_NO = ("yes", "no")

DRAFT = "draft"
"""The rule for what was never sent."""


@dataclass(frozen=True, slots=True)
class SharedRules:
    """The rules that every kommun shares, each by id."""

    kinds: Mapping[str, ApplicationKind]
    time_limits: Mapping[str, Limit]
    keeping: Mapping[str, KeepingRule]
    phrases: Mapping[str, Phrase]

    def of(self, kommuner: Mapping[str, Kommun]) -> ApplicationRules:
        """Return the rules with the kommuner that take applications."""
        return ApplicationRules(kommuner, self.kinds, self.time_limits, self.keeping, self.phrases)


@dataclass(frozen=True, slots=True)
class _Known:
    acute: tuple[str, ...]
    limits: tuple[str, ...]
    keeping: tuple[str, ...]


def read_application_rules(shared_in: Path, topics: Mapping[str, object], findings: Findings) -> SharedRules:
    """Return the rules; an id that no other file knows is a finding."""
    limits = _read_file(shared_in, "time_limits.yaml", findings, _read_limit)
    keeping = _read_file(shared_in, "retention.yaml", findings, _read_keeping)
    if keeping and (DRAFT not in keeping or keeping[DRAFT].days != DRAFT_DAYS):
        findings.add("retention.yaml", DRAFT, f"must have days: {DRAFT_DAYS}, as the portal keeps what is not sent")
    known = _Known((*ACUTE_NEEDS, *topics), tuple(limits), tuple(keeping))
    kinds = _read_file(shared_in, "application_kinds.yaml", findings, lambda key, one: _read_kind(key, one, known))
    phrases = _read_file(shared_in, "phrases.yaml", findings, lambda key, one: _read_phrase(key, one, tuple(kinds)))
    return SharedRules(kinds, limits, keeping, phrases)


def _read_file(shared_in: Path, name: str, findings: Findings, read: Callable[[str, Fields], T]) -> dict[str, T]:
    return read_each(read_yaml(shared_in / name, name, findings), name, "", findings, read)


def _read_limit(limit_id: str, fields: Fields) -> Limit:
    days, months = fields.integer("days"), fields.integer("months")
    if days is not None and months is not None:
        fields.wrong("months", "a limit has days or months, not both")
    return Limit(
        limit_id,
        fields.text("says"),
        fields.string("paragraph") or "",
        State(fields.one_of("until", UNTIL) or State.CLOSED),
        days,
        months,
        fields.boolean("law") is not False,
        fields.maybe_text("to_staff"),
        is_after=fields.boolean("after") or False,
    )


def _read_keeping(rule_id: str, fields: Fields) -> KeepingRule:
    lengths = {key: fields.integer(key) for key in ("days", "years", "until_child_is", "exported_days")}
    for key, number in lengths.items():
        if number is not None and number < 1:
            fields.wrong(key, "must be over 0")
    if sum(lengths[key] is not None for key in ("days", "years", "until_child_is")) > 1:
        fields.wrong("", "a rule has one of days, years and until_child_is")
    return KeepingRule(
        rule_id,
        fields.text("says"),
        fields.string("paragraph") or "",
        **lengths,
        is_sampled=fields.boolean("research") or False,
    )


def _read_kind(kind_id: str, fields: Fields, known: _Known) -> ApplicationKind:
    kind = ApplicationKind(
        kind_id,
        fields.text("name"),
        fields.text("summary"),
        fields.string("law") or "",
        fields.one_of("unit", UNITS) or "reception",
        fields.some_of("acute", known.acute, required=False),
        fields.some_of("limits", known.limits, required=False),
        fields.one_of("retention", known.keeping) or "",
        fields.one_of("consent", CONSENTS) or "none",
        fields.boolean("files") is not False,
        tuple(fields.each("facts", lambda key, one: _read_fact(key, one, known), required=False).values()),
    )
    door = fields.one_of("door", DOORS, required=False) or DOORS[0]
    if door != door_of(kind.unit):
        fields.wrong("door", f"the unit {kind.unit} is behind the door {door_of(kind.unit)}")
    return kind


def _read_fact(fact_id: str, fields: Fields, known: _Known) -> Fact:
    kind = fields.one_of("kind", FACT_KINDS) or "text"
    options = tuple(fields.each("options", _read_option, required=kind == "choice").values())
    if kind == "choice" and len(options) < 2:
        fields.wrong("options", "a question to choose from needs two options or more")
    low, high = _read_range(fields)
    if kind == "number" and high <= low:
        fields.wrong("range", "a question about numbers needs range: [lowest, highest]")
    answers = YES_NO if kind == "yes_no" else tuple(option.id for option in options)
    return Fact(
        fact_id,
        kind,
        fields.text("ask"),
        fields.text("why"),
        fields.boolean("required") or False,
        options,
        low,
        high,
        _read_acute(fields, answers, known),
        fields.some_of("urgent", answers, required=False),
    )


def _read_acute(fact: Fields, answers: tuple[str, ...], known: _Known) -> dict[str, tuple[str, ...]]:
    """Read which answers cannot wait, each with its acute needs."""
    fields = fact.fields("acute", required=False)
    if fields is None:
        return {}
    found = {answer: fields.some_of(answer, known.acute) for answer in answers if fields.has(answer)}
    fields.done()
    return found


def _read_option(option_id: str, fields: Fields) -> Option:
    return Option(option_id, fields.text("name"))


def _read_range(fields: Fields) -> tuple[int, int]:
    ends = fields.items("range", required=False)
    if len(ends) == 2 and all(isinstance(end, int) for end in ends):
        return int(str(ends[0])), int(str(ends[1]))
    if ends:
        fields.wrong("range", "must be [lowest, highest]")
    return 0, 0


def _read_phrase(phrase_id: str, fields: Fields, kinds: tuple[str, ...]) -> Phrase:
    return Phrase(phrase_id, fields.text("says"), fields.some_of("kinds", kinds, required=False))
