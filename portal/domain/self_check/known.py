"""What is known under some answers: of each condition, where each insats stands then, and what is said of it."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from portal.domain.catalogue.answers import Answers
from portal.domain.catalogue.condition import NOT_MET, UNKNOWN, Condition
from portal.domain.catalogue.fits import Said, is_too_young_for_old_age
from portal.domain.catalogue.insatser import Insats, Part
from portal.domain.catalogue.kommuner import Kommun, Placed
from portal.domain.catalogue.ways_in import Guardian
from portal.domain.catalogue.whole import Catalogue
from portal.domain.sentences import Sentence, sentence

DIRECT, MAYBE, APPLY, NEAR = "direct", "maybe", "apply", "near"


class Standing(NamedTuple):
    """Where one variant of an insats stands for somebody: its list, and how much of what she said it answers."""

    placed: Placed
    listed: str
    score: int
    is_urgent: bool
    is_doubtful: bool = False

    @property
    def insats(self) -> Insats:
        """Return the insats."""
        return self.placed.insats

    @property
    def order(self) -> tuple[bool, bool, int, int, int]:
        """Return its place in a list: need now, then fit, then lightness, then the kommun's own order.

        Who does not know what it is about meets first what nothing speaks against, and of that the most general.
        """
        placed = self.placed
        return (not self.is_urgent, self.is_doubtful, -self.score, placed.heaviness, placed.place)


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
    def knows_topic(self) -> bool:
        """Return whether she knows what it is about."""
        return isinstance(self.answers.get("topics"), frozenset)

    @cached_property
    def said(self) -> Said:
        """Return what was said, on the kommun's scale."""
        return self.kommun.scale.said(self.answers)

    @property
    def about(self) -> Sequence[Placed]:
        """Return the variants that are about the topics of the answer, or all when she does not know the topic."""
        topics = self.answers.get("topics")
        if isinstance(topics, frozenset):
            return self.kommun.placed_about(topics)
        return self.kommun.placed if "topics" in self.answers else ()

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """Return where every variant stands that answers something of what was said and is not refused twice over."""
        return tuple(self._standing() if self.knows_topic else self._open_to_many())

    def _standing(self) -> Iterator[Standing]:
        failed, unknown = self.failed, self.unknown
        chosen, need, counted = self.said.chosen, self.said.need, self.said.counted
        for one in self.about:
            weighed = one.weighed
            score = (weighed.weights & counted).bit_count()  # Weighed.score, which is asked here more than anything
            if not score or (one.is_placement and not weighed.options & chosen):
                continue
            if not_met := one.rules & failed:
                if not_met & (not_met - 1) == 0 and not one.is_law_s:  # exactly one
                    yield Standing(one, NEAR, score, bool(weighed.options & need))
            else:
                listed = APPLY if one.is_assessed else MAYBE if one.rules & unknown else DIRECT
                yield Standing(one, listed, score, bool(weighed.options & need))

    def _open_to_many(self) -> Iterator[Standing]:
        """Yield where everything stands for somebody who does not know what it is about: nothing that is assessed."""
        is_young = is_too_young_for_old_age(self.answers)
        doubts = self.unknown & ~self.consents
        for one in self.about:
            score = one.weighed.breadth_for(is_young)
            if score and not (one.is_placement or one.is_assessed or one.is_law_s or one.rules & self.failed):
                yield Standing(one, MAYBE, score, is_urgent=False, is_doubtful=bool(one.rules & doubts))

    def open(self, bits: int) -> list[Condition]:
        """Return the conditions of a set whose outcome is unknown."""
        unknown = bits & self.unknown
        return [rule for bit, rule in self.rules.items() if bit & unknown] if unknown else []

    def met(self, rules: Sequence[Condition], open_ones: Sequence[Condition]) -> list[Sentence]:
        """Return why the rules that are met are met, where that is worth saying; none of them has failed."""
        found: list[Sentence] = []
        for rule in rules:
            if open_ones and any(rule is one for one in open_ones):
                continue
            # Most rules stand at many insatser: each is asked once.
            if id(rule) not in self._reasons:
                self._reasons[id(rule)] = rule.reason(self.answers)
            reason = self._reasons[id(rule)]
            if reason is not None:
                found.append(reason)
        return found

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
