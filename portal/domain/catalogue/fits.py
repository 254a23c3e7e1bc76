"""For whose life an insats is: weights for topics and the options under them. They put in order; they refuse nobody."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from portal.domain.catalogue.answers import Answers

ANY = "any"
"""In place of an option: for whoever chooses the topic, whatever she says under it."""

CAN_HELP, TARGET_GROUP, MADE_FOR = 1, 2, 3
"""What a weight says: it can help · the source's target group names it · it is made for exactly this."""

WEIGHTS = (CAN_HELP, TARGET_GROUP, MADE_FOR)

HEAVINESS = ("everyday", "support", "home", "placement")
"""How much an insats reaches into a life, the lightest first: advice and courses · talks and treatment · support in
the home · another place to live, and compulsion."""

PLACEMENT = "placement"


@dataclass(frozen=True)
class Fits:
    """Topic → option, or ANY → weight. A topic that is not there is none of the insats' topics."""

    weights: Mapping[str, Mapping[str, int]]

    @cached_property
    def topics(self) -> frozenset[str]:
        """Return the topics under which it is found."""
        return frozenset(self.weights)

    def is_for_all_of(self, topic: str) -> bool:
        """Return whether it is for whoever chooses the topic."""
        return ANY in self.weights.get(topic, {})

    def options(self, topic: str) -> frozenset[str]:
        """Return the options of a topic that it is for."""
        return self._options.get(topic, frozenset())

    @cached_property
    def _options(self) -> dict[str, frozenset[str]]:
        return {topic: frozenset(named) - {ANY} for topic, named in self.weights.items()}

    def joined(self, other: "Fits") -> "Fits":
        """Return both together: where they differ, the larger weight."""
        return Fits(
            {
                topic: _larger(self.weights.get(topic, {}), other.weights.get(topic, {}))
                for topic in dict.fromkeys([*self.weights, *other.weights])
            }
        )


NO_FITS = Fits({})


def _larger(one: Mapping[str, int], two: Mapping[str, int]) -> dict[str, int]:
    return {option: max(one.get(option, 0), two.get(option, 0)) for option in dict.fromkeys([*one, *two])}


NEED_NOW: Mapping[str, frozenset[str]] = {
    "violence": frozenset({"not_safe_now", "needs_shelter"}),
    "housing": frozenset({"tonight"}),
    "money": frozenset({"no_food"}),
    "wellbeing": frozenset({"crisis", "no_wish_to_live"}),
}
"""The options that cannot wait: what answers one of them comes before everything else, however heavy it is."""


_OF_OLD_AGE = frozenset({"ageing"})
"""The topics that are about growing old: who is younger, and asks for herself or a child, does not mean them."""

_OLD_FROM = 60


def is_too_young_for_old_age(answers: Answers) -> bool:
    """Return whether what is about growing old cannot be what she means, although she has not said what she means."""
    age = answers.get("age")
    return isinstance(age, int) and age < _OLD_FROM and answers.get("for") != "relative"


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody has said, as bits of a scale.

    chosen: her topics and the options she ticked; need: the options that cannot wait; counted: each of chosen once for
    every weight, and the topics whose follow-up she has not answered.
    """

    chosen: int
    need: int
    counted: int


@dataclass(frozen=True, slots=True)
class Weighed:
    """What one set of fits is on a scale: the bits of its options, and what it weighs.

    weights: each weight as so many bits, so that a score is a count of bits.
    breadth: how many topics it is for; breadth_before_old_age: without those that are about growing old.
    """

    options: int
    weights: int
    breadth: int
    breadth_before_old_age: int

    def breadth_for(self, is_young: bool) -> int:
        """Return how general it is to somebody who does not know what it is about: of how many topics she may mean."""
        return self.breadth_before_old_age if is_young else self.breadth

    def score(self, said: Said) -> int:
        """Return how much of what was said it answers; 0 where it answers nothing of it.

        A follow-up that was not answered is unknown, not no: it counts as one option that it can help with.
        """
        return (self.weights & said.counted).bit_count()


class Scale:
    """The topics and options that the fits of a kommun name, each as a bit: weighing costs a few operations."""

    def __init__(self, fits: Iterable[Fits]) -> None:
        keys = dict.fromkeys(
            (topic, option) for one in fits for topic, options in one.weights.items() for option in (ANY, *options)
        )
        self._bits = {key: 1 << place for place, key in enumerate(keys)}
        self._width = len(keys)

    def said(self, answers: Answers) -> Said:
        """Return what the answers say; nothing where she does not know what it is about."""
        topics = answers.get("topics")
        chosen = unasked = need = 0
        for topic in topics if isinstance(topics, frozenset) else ():
            whole = self._bits.get((topic, ANY), 0)
            ticked = answers.get(topic)
            chosen |= whole
            if isinstance(ticked, frozenset):
                options = self._of(topic, ticked)
                chosen |= options
                need |= self._of(topic, ticked & NEED_NOW.get(topic, frozenset()))
            else:
                unasked |= whole
        return Said(chosen, need, self._in_columns(chosen, chosen, chosen, unasked))

    def weighed(self, fits: Fits) -> Weighed:
        """Return fits on this scale."""
        columns = [0, 0, 0]
        options = with_options = 0
        for topic, named in fits.weights.items():
            for option, weight in named.items():
                for column in range(weight):
                    columns[column] |= self._bits[topic, option]
                options |= 0 if option == ANY else self._bits[topic, option]
            with_options |= self._bits[topic, ANY] if fits.options(topic) else 0
        return Weighed(
            options,
            self._in_columns(*columns, with_options),
            breadth=len(fits.topics),
            breadth_before_old_age=len(fits.topics - _OF_OLD_AGE),
        )

    def _in_columns(self, *columns: int) -> int:
        """Return sets of bits beside each other in one: two of them are compared, and counted, at once."""
        whole = 0
        for place, bits in enumerate(columns):
            whole |= bits << place * self._width
        return whole

    def _of(self, topic: str, options: Iterable[str]) -> int:
        bits = 0
        for option in options:
            bits |= self._bits.get((topic, option), 0)
        return bits
