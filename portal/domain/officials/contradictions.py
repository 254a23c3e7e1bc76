"""Whether a catalogue contradicts itself: rules that nobody can meet, names that promise other ages, days to come."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from portal.domain.catalogue.ages import Age, ChildAge, RecipientAge
from portal.domain.catalogue.condition import Condition
from portal.domain.catalogue.conditions import All, Any, flatten
from portal.domain.catalogue.insatser import Insats
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.findings import ERROR, Finding
from portal.domain.sentences import Sentence

_AGES_IN_WORDS = re.compile(r"(\d+) ?[-–] ?(\d+) år")

Span = tuple[int, int]
"""The first and the last age, in whole years."""

_ANY_AGE: Span = (0, 200)


def contradictions(kommun: Kommun) -> Iterator[Finding]:
    """Yield the insatser that nobody can match, and those whose name or audience says other ages than the rules."""
    for insats in kommun.insatser.values():
        if insats.by_law is None:
            for place, says in (*_unmeetable(insats), *_other_ages(insats)):
                yield Finding(ERROR, f"kommuner/{kommun.id}/insatser/{insats.id}.yaml", place, says)


def confirmed_ahead(kommun: Kommun, today: date) -> Iterator[Finding]:
    """Yield the contacts of a kommun that are said to be confirmed on a day after `today`."""
    for contact in kommun.contacts.values():
        if contact.confirmed is not None and contact.confirmed.on > today:
            says = _in_english(f"is a day to come: {contact.confirmed.on}")
            yield Finding(ERROR, f"kommuner/{kommun.id}/kommun.yaml", f"contacts.{contact.id}.confirmed.on", says)


def _in_english(says: str) -> Sentence:
    """Return what is told only to who writes the files: an error stops a release, and is on no page."""
    return Sentence("{says}", (("says", says),))


def _unmeetable(insats: Insats) -> Iterator[tuple[str, Sentence]]:
    says = _in_english("nobody can meet them all: the ages exclude each other")
    if not _can_be_met(insats.conditions, {}):
        yield "conditions", says
        return
    for part in insats.parts:
        if not _can_be_met((*insats.conditions, *part.conditions), {}):
            yield f"parts.{part.id}.conditions", says


def _can_be_met(rules: Sequence[Condition], spans: Mapping[type, Span]) -> bool:
    """Return whether one person can meet them all, as far as her own age and that of who gets the support tell."""
    if not rules:
        return True
    first, rest = rules[0], tuple(rules[1:])
    if isinstance(first, All):
        return _can_be_met((*first.parts, *rest), spans)
    if isinstance(first, Any):
        return any(_can_be_met((part, *rest), spans) for part in first.parts)
    if not isinstance(first, Age | RecipientAge):
        return _can_be_met(rest, spans)
    known, new = spans.get(type(first), _ANY_AGE), _span(first)
    both = (max(known[0], new[0]), min(known[1], new[1]))
    return both[0] <= both[1] and _can_be_met(rest, {**spans, type(first): both})


def _span(rule: Age | ChildAge | RecipientAge) -> Span:
    low, high = rule.ages.low, rule.ages.high
    return (low or 0, _ANY_AGE[1] if high is None else high)


def _other_ages(insats: Insats) -> Iterator[tuple[str, Sentence]]:
    """Yield the names and audiences with ages that no rule has, where there are rules with a first and a last age."""
    own = _spans_of(insats.conditions)
    everywhere = own | {span for part in insats.parts for span in _spans_of(part.conditions)}
    if insats.target_ages is not None:  # what the source calls its target group, where its villkor say otherwise
        everywhere.add((insats.target_ages.low or 0, insats.target_ages.high or _ANY_AGE[1]))
    said = [("name", insats.name, everywhere), ("audience", insats.audience, everywhere)]
    said += [(f"parts.{one.id}.name", one.name, _spans_of(one.conditions) or everywhere) for one in insats.parts]
    for place, text, spans in said:
        bounded = {span for span in spans if span[1] < _ANY_AGE[1]}
        for words in _AGES_IN_WORDS.finditer(text.text):
            if bounded and (int(words[1]), int(words[2])) not in bounded:
                rules = ", ".join(f"{low}–{high}" for low, high in sorted(bounded))
                yield place, _in_english(f"says {words[0]}, but the conditions say {rules} år")


def _spans_of(conditions: tuple[Condition, ...]) -> set[Span]:
    return {_span(rule) for rule in flatten(conditions) if isinstance(rule, Age | ChildAge | RecipientAge)}
