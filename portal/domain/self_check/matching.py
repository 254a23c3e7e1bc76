"""The self-check: which insatser fit the answers, why, and in which order (docs/self-check.md)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from portal.domain.catalogue.answers import Answers
from portal.domain.catalogue.condition import Condition
from portal.domain.catalogue.fits import Said
from portal.domain.catalogue.insatser import Insats, Part
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.catalogue.whole import Catalogue
from portal.domain.self_check.known import APPLY, DIRECT, MAYBE, NEAR, Known, Standing
from portal.domain.sentences import Sentence

MOST_SHOWN = 9
"""Entries that one contacts directly, or perhaps: more than this nobody on a bus reads."""

_GENERAL = 3
"""Topics that something is for, whatever is said under them, for it to be general."""

ENOUGH = 3
"""Past so many only what fits more than half as well as the best one is shown."""

MOST_FOR_WHO_DOES_NOT_KNOW = 7

_BEST_FIRST = (DIRECT, MAYBE, APPLY, NEAR)


class Match(NamedTuple):
    """One insats in a list, with the reasons derived from its conditions; guidance, never a decision."""

    insats: Insats
    reasons: tuple[Sentence, ...] = ()
    unknown: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    to_ask: tuple[Sentence, ...] = ()
    not_met: tuple[Sentence, ...] = ()
    parts: tuple[Part, ...] = ()
    is_urgent: bool = False
    score: int = 0

    @property
    def lacks_a_referral(self) -> bool:
        """Return whether it still needs a referral: nothing to begin with."""
        return "referral" in self.needs


@dataclass(frozen=True, slots=True)
class Matches:
    """The four lists of a result, as interface.md defines them, each with what fits best first."""

    direct: tuple[Match, ...] = ()
    maybe: tuple[Match, ...] = ()
    apply: tuple[Match, ...] = ()
    near: tuple[Match, ...] = ()

    @property
    def first(self) -> Match | None:
        """Return what stands first: what meets a need that cannot wait, else what fits best of all lists."""
        # Of equals the one that she can contact directly: min keeps the first.
        found = (*self.direct, *self.maybe, *self.apply)
        return min(found, key=lambda one: (not one.is_urgent, one.lacks_a_referral, -one.score), default=None)


def match(kommun: Kommun, catalogue: Catalogue, answers: Answers) -> Matches:
    """Return the lists for these answers: direct, maybe, apply and near."""
    return match_known(Known(kommun, answers), catalogue)


def match_known(known: Known, catalogue: Catalogue) -> Matches:
    """Return the same, where what is known is known already."""
    lists: dict[str, list[Standing]] = {name: [] for name in _BEST_FIRST}
    for one in shown(known):
        lists[one.listed].append(one)
    described = {name: tuple(_described(one, catalogue, known) for one in lists[name]) for name in _BEST_FIRST}
    return Matches(described[DIRECT], described[MAYBE], described[APPLY], described[NEAR])


def shown(known: Known) -> list[Standing]:
    """Return what is shown, in order: each insats once, the law's offers only where the kommun's own does not reach."""
    best: dict[str, Standing] = {}
    is_law_s = False
    for one in known.standings:
        insats = one.placed.insats
        before = best.get(insats.id)
        if before is None or _is_better(one, before, known.said):
            best[insats.id] = one
            is_law_s = is_law_s or bool(insats.given_by)
    if is_law_s:
        reached = {one.insats.id for one in best.values() if one.listed != NEAR}
        best = {name: one for name, one in best.items() if reached.isdisjoint(one.insats.given_by)}
    return _enough(sorted(best.values(), key=_order), known.answers)


def _order(one: Standing) -> tuple[bool, bool, int, int, int]:
    return one.order


def _is_better(one: Standing, other: Standing, said: Said) -> bool:
    """Return whether a variant says more to her than another of the same insats: of equals what she ticked herself."""
    if one.listed != other.listed:
        return _BEST_FIRST.index(one.listed) < _BEST_FIRST.index(other.listed)
    if one.score != other.score:
        return one.score > other.score
    return (one.placed.weighed.options & said.chosen).bit_count() > (
        other.placed.weighed.options & said.chosen
    ).bit_count()


def _enough(found: list[Standing], answers: Answers) -> list[Standing]:
    """Return what a person has the strength to read: the best ones, and of each topic she chose at least two."""
    topics = answers.get("topics")
    knows_topic = isinstance(topics, frozenset)
    most = MOST_SHOWN if knows_topic else MOST_FOR_WHO_DOES_NOT_KNOW
    left = dict.fromkeys(topics, 2) if isinstance(topics, frozenset) and len(topics) > 1 else {}
    kept: list[Standing] = []
    count = best = 0
    for one in found:
        if one.listed in (DIRECT, MAYBE):
            lacking = [topic for topic in one.placed.variant.fits.topics if left.get(topic, 0) > 0] if left else ()
            is_weak = count >= ENOUGH and (
                one.score * 2 <= best if knows_topic else one.is_doubtful or one.score < _GENERAL
            )
            if (count >= most or is_weak) and not lacking:
                continue
            best = best or one.score
            count += 1
            for topic in lacking:
                left[topic] -= 1
        kept.append(one)
    return kept


def _described(one: Standing, catalogue: Catalogue, known: Known) -> Match:
    insats, rules = one.placed.insats, one.placed.rules
    if one.listed == NEAR:
        return Match(
            insats, not_met=(known.rules[rules & known.failed].rule,), is_urgent=one.is_urgent, score=one.score
        )
    unknown = known.open(rules)
    reasons = (known.ticked(one.placed, catalogue), *known.met(one.placed.variant.rules, unknown))
    parts = known.fitting(insats.parts) if insats.parts else ()
    if not unknown and known.knows_topic:
        return Match(insats, _each_once(reasons), parts=parts, is_urgent=one.is_urgent, score=one.score)
    return Match(
        insats,
        _each_once(reasons),
        _questions(unknown, known.answers),
        tuple({need: None for rule in unknown if (need := rule.needs(known.answers))}),
        tuple(rule.rule for rule in unknown),
        parts=parts,
        is_urgent=one.is_urgent,
        score=one.score,
    )


def _each_once(reasons: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
    return reasons if len(reasons) == 1 else tuple(dict.fromkeys(reasons))


def _questions(unknown: Sequence[Condition], answers: Answers) -> tuple[str, ...]:
    """Return the questions that would tell more, in the order of the rules; what it is about comes first."""
    first = {"topics": None} if answers.get("topics") is None else {}
    return tuple(first | {question: None for rule in unknown for question in rule.open_questions(answers)})
