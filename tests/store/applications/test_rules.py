"""What rules applications, from its files: whole, in short words, and each id known to the others."""

from pathlib import Path

import pytest
import yaml

from portal import create_app
from portal.domain.applications.kinds import UNITS
from portal.domain.applications.rules import ApplicationRules
from portal.domain.knowledge import Knowledge
from portal.domain.sentences import Sentence, in_swedish
from portal.store.languages.extraction import PORTAL, extract
from portal.store.loading import BrokenCatalogue
from tests.conftest import settings
from tests.store.catalogue.test_shared import copy_of_shared_data
from tests.store.made_up import GONE, changed, write

BROKEN: dict[str, tuple[str, dict[str, object], str]] = {
    "an unknown unit": ("application_kinds", {"other.unit": "nowhere"}, "other.unit: has no 'nowhere'"),
    "no unit": ("application_kinds", {"other.unit": GONE}, "other.unit: is missing"),
    "an unknown limit": ("application_kinds", {"other.limits": ["never"]}, "other.limits: has no 'never'"),
    "an unknown rule of keeping": ("application_kinds", {"other.retention": "x"}, "other.retention: has no 'x'"),
    "an unknown consent": ("application_kinds", {"other.consent": "x"}, "other.consent: has no 'x'"),
    "an unknown need": ("application_kinds", {"other.acute": ["x"]}, "other.acute: has no 'x'"),
    "an answer that cannot wait and shows nothing": (
        "application_kinds",
        {"housing.facts.tonight.acute": {"no": ["x"]}},
        "housing.facts.tonight.acute.no: has no 'x'",
    ),
    "an answer that nobody can give": (
        "application_kinds",
        {"housing.facts.tonight.acute": {"perhaps": ["shelter"]}},
        "housing.facts.tonight.acute.perhaps: is not a key",
    ),
    "another door than the unit's": ("application_kinds", {"other.door": "family_counselling"}, "other.door: the unit"),
    "no door of its own": ("application_kinds", {"family-counselling.door": GONE}, "family-counselling.door: the unit"),
    "an unknown key": ("application_kinds", {"other.colour": "red"}, "other.colour: is not a key"),
    "an unknown kind of question": (
        "application_kinds",
        {"lss.facts.papers.kind": "essay"},
        "lss.facts.papers.kind: has no 'essay'",
    ),
    "a choice of none": (
        "application_kinds",
        {"lss.facts.support.options": GONE},
        "lss.facts.support.options: is missing",
    ),
    "a choice of one": (
        "application_kinds",
        {"lss.facts.support.options": {"a": {"name": "A"}}},
        "lss.facts.support.options: a question to choose",
    ),
    "a number without a range": (
        "application_kinds",
        {"financial.facts.rent.range": GONE},
        "financial.facts.rent.range: a question about numbers",
    ),
    "a range in words": (
        "application_kinds",
        {"financial.facts.rent.range": ["noll"]},
        "financial.facts.rent.range: must be",
    ),
    "no reason": ("application_kinds", {"lss.facts.papers.why": GONE}, "lss.facts.papers.why: is missing"),
    "days and months": ("time_limits", {"decision.days": 3}, "decision.months: a limit has days or months"),
    "until nothing": ("time_limits", {"decision.until": "never"}, "decision.until: has no 'never'"),
    "a limit without a paragraph": ("time_limits", {"delay.paragraph": GONE}, "delay.paragraph: is missing"),
    "two lengths": ("retention", {"social_file.days": 3}, "social_file: a rule has one of"),
    "no length": ("retention", {"social_file.years": 0}, "social_file.years: must be over 0"),
    "no rule for drafts": ("retention", {"draft": GONE}, "draft: must have days"),
    "other drafts": ("retention", {"draft.days": 31}, "draft: must have days"),
    "a phrase for no kind": ("phrases", {"income.kinds": ["x"]}, "income.kinds: has no 'x'"),
    "a phrase without words": ("phrases", {"income.says": GONE}, "income.says: is missing"),
}


@pytest.mark.parametrize(("file", "changes", "line"), BROKEN.values(), ids=BROKEN)
def test_a_broken_rule_stops_the_start(tmp_path: Path, file: str, changes: dict[str, object], line: str) -> None:
    path = copy_of_shared_data(tmp_path) / f"{file}.yaml"
    write(path, changed(yaml.safe_load(path.read_text(encoding="utf-8")), changes))
    with pytest.raises(BrokenCatalogue) as refusal:
        create_app(settings(data=tmp_path, shared_data=tmp_path))
    told = str(refusal.value).splitlines()
    assert [found for found in told if found.startswith(f"{path.name}: {line}")], told


def texts(rules: ApplicationRules) -> list[Sentence]:
    """Return every question, limit, rule and phrase."""
    facts = [fact for kind in rules.kinds.values() for fact in kind.facts]
    found = [text for fact in facts for text in (fact.ask, fact.why, *(option.name for option in fact.options))]
    found += [text for limit in rules.time_limits.values() for text in (limit.says, limit.staff_says)]
    found += [rule.says for rule in rules.keeping.values()]
    return found + [phrase.says for phrase in rules.phrases.values()]


def test_every_text_is_short_and_is_translated(knowledge: Knowledge, rules: ApplicationRules) -> None:
    known = {message.id for message in extract(knowledge, PORTAL)}
    for text in texts(rules):
        assert all(len(part.split()) <= 12 for part in in_swedish(text).split(".")), text.text
        assert text.text in known


def test_the_ids_that_others_build_on_are_there(rules: ApplicationRules) -> None:
    assert list(rules.kinds) == [
        *("financial", "child-and-family", "addiction", "violence", "elderly", "lss", "social-psychiatry", "housing"),
        *("family-counselling", "other"),
    ]


def test_every_unit_gets_something_and_every_rule_is_used(rules: ApplicationRules) -> None:
    kinds = rules.kinds.values()
    assert {kind.unit for kind in kinds} == set(UNITS)
    assert {limit for kind in kinds for limit in kind.limits} == set(rules.time_limits)
    assert {kind.retention for kind in kinds} | {"draft"} == set(rules.keeping)


def test_all_time_limits_but_the_confirmation_are_rules_of_law(rules: ApplicationRules) -> None:
    goals = {one.id for one in rules.time_limits.values() if not one.is_law}
    assert goals == {"confirmation"}
    assert rules.time_limits["confirmation"].paragraph == "9 § förvaltningslagen"
    assert all(rule.paragraph for rule in (*rules.time_limits.values(), *rules.keeping.values()))


def test_nobody_is_asked_for_a_personnummer_a_diagnosis_or_a_reason(rules: ApplicationRules) -> None:
    asked = [fact.ask.text.lower() for kind in rules.kinds.values() for fact in kind.facts]
    assert not [text for text in asked for word in ("personnummer", "diagnos", "varför") if word in text]
