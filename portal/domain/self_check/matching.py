"""Which insatser fit the answers, and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from portal.domain.catalogue.answers import Answers
from portal.domain.catalogue.condition import NOT_MET, UNKNOWN, Condition
from portal.domain.catalogue.facts import ACUTE_NEEDS, acute_needs
from portal.domain.catalogue.insatser import Insats, Part
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.catalogue.whole import Catalogue
from portal.domain.sentences import Sentence, sentence


@dataclass(frozen=True, slots=True)
class Match:
    """One insats in a list, with the reasons derived from its conditions; guidance, never a decision."""

    insats: Insats
    reasons: tuple[Sentence, ...] = ()
    unknown: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    to_ask: tuple[Sentence, ...] = ()
    not_met: tuple[Sentence, ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Matches:
    """The four lists of a result, as interface.md defines them."""

    direct: tuple[Match, ...] = ()
    maybe: tuple[Match, ...] = ()
    apply: tuple[Match, ...] = ()
    near: tuple[Match, ...] = ()


def relevant(kommun: Kommun, answers: Answers) -> Iterable[Insats]:
    """Return the insatser that share a topic with the answer; all but the assessed when the topic is "don't know"."""
    topics = answers.get("topics")
    if isinstance(topics, frozenset):
        if len(topics) == 1:
            return kommun.by_topic.get(next(iter(topics)), ())
        return [insats for insats in kommun.open_insatser if not topics.isdisjoint(insats.topics)]
    if "topics" in answers:
        return [insats for insats in kommun.open_insatser if insats.route != "assessed"]
    return ()


def match(kommun: Kommun, catalogue: Catalogue, answers: Answers) -> Matches:
    """Return the lists for these answers: direct, maybe, apply and near."""
    direct: list[Match] = []
    maybe: list[Match] = []
    applies: list[Match] = []
    near: list[Match] = []
    known = _Known(kommun, answers)
    failed, unknown = known.failed, known.unknown
    topic_known = isinstance(answers.get("topics"), frozenset)
    for insats in relevant(kommun, answers):
        rules = kommun.rule_sets[insats.id]
        if not_met := rules & failed:
            if not_met & (not_met - 1) == 0 and topic_known:  # exactly one
                near.append(Match(insats, not_met=(known.rules[not_met].rule,)))
        elif insats.route == "assessed":
            applies.append(_described(insats, rules, catalogue, known))
        elif rules & unknown or not topic_known:
            maybe.append(_described(insats, rules, catalogue, known))
        else:
            direct.append(_described(insats, rules, catalogue, known))
    acute_topics = {topic for need in acute_needs(answers) for topic, _ in ACUTE_NEEDS[need]}
    if acute_topics:
        for found in (direct, maybe, applies):
            found.sort(key=lambda one: acute_topics.isdisjoint(one.insats.topics))
    return Matches(tuple(direct), tuple(maybe), tuple(applies), tuple(near))


class _Known:
    """What is known of each condition under some answers: sets of bits, so that an insats costs two operations."""

    def __init__(self, kommun: Kommun, answers: Answers) -> None:
        self.answers = answers
        self.rules = _rules_about(kommun, answers)
        self.failed = self.unknown = 0
        self._reasons: dict[int, Sentence] = {}
        for bit, rule in self.rules.items():
            outcome = rule.evaluate(answers)
            if outcome is NOT_MET:
                self.failed |= bit
            elif outcome is UNKNOWN:
                self.unknown |= bit

    def open(self, bits: int) -> list[Condition]:
        """Return the conditions of a set whose outcome is unknown."""
        unknown = bits & self.unknown
        return [rule for bit, rule in self.rules.items() if bit & unknown] if unknown else []

    def because(self, rule: Condition) -> Sentence:
        """Return why a rule is met."""
        reason = self._reasons.get(id(rule))
        if reason is None:
            reason = self._reasons[id(rule)] = rule.because(self.answers)
        return reason

    def met(self, rules: Sequence[Condition], open_ones: Sequence[Condition]) -> list[Sentence]:
        """Return why the rules that are met are met; none of them has failed."""
        if not open_ones:
            return [self.because(rule) for rule in rules]
        return [self.because(rule) for rule in rules if all(rule is not one for one in open_ones)]

    def fitting(self, parts: tuple[Part, ...]) -> tuple[Part, ...]:
        """Return the parts of an insats that no condition refuses."""
        return tuple(
            part for part in parts if all(rule.evaluate(self.answers) is not NOT_MET for rule in part.conditions)
        )


def _rules_about(kommun: Kommun, answers: Answers) -> Mapping[int, Condition]:
    topics = answers.get("topics")
    if not isinstance(topics, frozenset):
        return {1 << number: rule for number, rule in enumerate(kommun.rules)}
    about: dict[int, Condition] = {}
    for topic in topics:
        about.update(kommun.rules_by_topic.get(topic, {}))
    return about


def _described(insats: Insats, rules: int, catalogue: Catalogue, known: _Known) -> Match:
    answers = known.answers
    unknown = known.open(rules)
    reasons = (_about(insats, catalogue, answers), *known.met(insats.rules, unknown))
    parts = known.fitting(insats.parts) if insats.parts else ()
    if not unknown and answers.get("topics") is not None:
        return Match(insats, reasons, parts=parts)
    questions = {question: None for rule in unknown for question in rule.open_questions(answers)}
    if answers.get("topics") is None:
        questions = {"topics": None, **questions}
    needs = {need: None for rule in unknown if (need := rule.needs(answers))}
    to_ask = tuple(rule.rule for rule in unknown)
    return Match(insats, reasons, tuple(questions), tuple(needs), to_ask, parts=parts)


def _about(insats: Insats, catalogue: Catalogue, answers: Answers) -> Sentence:
    topics = answers.get("topics")
    if not isinstance(topics, frozenset):
        return _OPEN_TO_MANY
    return catalogue.chosen(topics & insats.topics)


_OPEN_TO_MANY = sentence("Du vet inte vad det handlar om. Här kan du fråga.")
