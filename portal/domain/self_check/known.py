"""What is known of each condition under some answers, and what is said of it."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from portal.domain.catalogue.answers import Answers
from portal.domain.catalogue.condition import NOT_MET, UNKNOWN, Condition
from portal.domain.catalogue.fits import Said
from portal.domain.catalogue.insatser import Part
from portal.domain.catalogue.kommuner import Kommun, Placed
from portal.domain.catalogue.ways_in import Guardian
from portal.domain.catalogue.whole import Catalogue
from portal.domain.sentences import Sentence, sentence


class Known:
    """What is known of each condition under some answers: sets of bits, so that an insats costs a few operations."""

    def __init__(self, kommun: Kommun, answers: Answers) -> None:
        self.kommun, self.answers = kommun, answers
        self.rules = _rules_about(kommun, answers)
        self.failed = self.unknown = 0
        self._reasons: dict[int, Sentence | None] = {}
        self._ticked: dict[tuple[int, frozenset[str]], Sentence] = {}
        for bit, rule in self.rules.items():
            outcome = rule.evaluate(answers)
            if outcome is NOT_MET:
                self.failed |= bit
            elif outcome is UNKNOWN:
                self.unknown |= bit

    @cached_property
    def consents(self) -> int:
        """Return the conditions that a guardian's yes would meet: no doubt about what the insats is for."""
        return sum(bit for bit, rule in self.rules.items() if isinstance(rule, Guardian))

    @cached_property
    def said(self) -> Said:
        """Return what was said, on the kommun's scale."""
        return self.kommun.scale.said(self.answers)

    def open(self, bits: int) -> list[Condition]:
        """Return the conditions of a set whose outcome is unknown."""
        unknown = bits & self.unknown
        return [rule for bit, rule in self.rules.items() if bit & unknown] if unknown else []

    def met(self, rules: Sequence[Condition], open_ones: Sequence[Condition]) -> Iterator[Sentence]:
        """Yield why the rules that are met are met, where that is worth saying; none of them has failed."""
        for rule in rules:
            if not open_ones or all(rule is not one for one in open_ones):
                reason = self._because(rule)
                if reason is not None:
                    yield reason

    def _because(self, rule: Condition) -> Sentence | None:
        # Most rules stand at many insatser: each is asked once.
        if id(rule) not in self._reasons:
            said = rule.because(self.answers) if rule.is_worth_saying(self.answers) else None
            self._reasons[id(rule)] = said
        return self._reasons[id(rule)]

    def ticked(self, one: Placed, catalogue: Catalogue) -> Sentence:
        """Return the reason that comes first: what she ticked that the insats is for, in her own words."""
        topics = self.answers.get("topics")
        if not isinstance(topics, frozenset):
            return _OPEN_TO_MANY
        of_it = topics if len(topics) == 1 else topics & one.variant.fits.topics
        key = (one.weighed.options & self.said.chosen, of_it)
        if key not in self._ticked:
            options = _ticked(one, of_it, self.answers) if key[0] else None
            self._ticked[key] = catalogue.answered(options) if options else catalogue.chosen(of_it)
        return self._ticked[key]

    def fitting(self, parts: tuple[Part, ...]) -> tuple[Part, ...]:
        """Return the parts of an insats that no condition refuses."""
        return tuple(
            part for part in parts if all(rule.evaluate(self.answers) is not NOT_MET for rule in part.conditions)
        )


def _rules_about(kommun: Kommun, answers: Answers) -> Mapping[int, Condition]:
    topics = answers.get("topics")
    if not isinstance(topics, frozenset):
        return {1 << number: rule for number, rule in enumerate(kommun.rules)}
    if len(topics) == 1:
        return kommun.rules_by_topic.get(next(iter(topics)), {})
    found: dict[int, Condition] = {}
    for topic in topics:
        found.update(kommun.rules_by_topic.get(topic, {}))
    return found


def _ticked(one: Placed, topics: frozenset[str], answers: Answers) -> frozenset[tuple[str, str]]:
    fits = one.variant.fits
    return frozenset(
        (topic, option)
        for topic in topics
        if isinstance(chosen := answers.get(topic), frozenset)
        for option in chosen & fits.options(topic)
    )


_OPEN_TO_MANY = sentence("Du vet inte vad det handlar om. Här kan du fråga.")
