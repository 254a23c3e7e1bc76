"""The self-check: which insatser fit the answers, why, and in which order (docs/self-check.md)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from portal.domain.catalogue.answers import Answers
from portal.domain.catalogue.condition import Condition
from portal.domain.catalogue.fits import Said, is_too_young_for_old_age
from portal.domain.catalogue.insatser import Insats, Part
from portal.domain.catalogue.kommuner import Kommun, Placed
from portal.domain.catalogue.whole import Catalogue
from portal.domain.self_check.known import Known
from portal.domain.sentences import Sentence

MOST_SHOWN = 9
"""Entries that one contacts directly, or perhaps: more than this nobody on a bus reads."""

_GENERAL = 3
"""Topics that something is for, whatever is said under them, for it to be general."""

ENOUGH = 3
"""Past so many only what fits more than half as well as the best one is shown."""

MOST_FOR_WHO_DOES_NOT_KNOW = 7

DIRECT, MAYBE, APPLY, NEAR = "direct", "maybe", "apply", "near"
_BEST_FIRST = (DIRECT, MAYBE, APPLY, NEAR)


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
        return self.placed.variant.insats

    @property
    def order(self) -> tuple[bool, bool, int, int, int]:
        """Return its place in a list: need now, then fit, then lightness, then the kommun's own order.

        Who does not know what it is about meets first what nothing speaks against, and of that the most general.
        """
        return (not self.is_urgent, self.is_doubtful, -self.score, self.placed.heaviness, self.placed.place)


def about(kommun: Kommun, answers: Answers) -> Iterable[Placed]:
    """Return the variants that are about the topics of the answer, or all when she does not know the topic."""
    topics = answers.get("topics")
    if not isinstance(topics, frozenset):
        return kommun.placed if "topics" in answers else ()
    if len(topics) == 1:
        return kommun.placed_by_topic.get(next(iter(topics)), ())
    return [one for one in kommun.placed if not topics.isdisjoint(one.variant.fits.topics)]


def match(kommun: Kommun, catalogue: Catalogue, answers: Answers) -> Matches:
    """Return the lists for these answers: direct, maybe, apply and near."""
    known = Known(kommun, answers)
    lists: dict[str, list[Standing]] = {name: [] for name in _BEST_FIRST}
    for one in shown(known):
        lists[one.listed].append(one)
    described = {name: tuple(_described(one, catalogue, known) for one in lists[name]) for name in _BEST_FIRST}
    return Matches(described[DIRECT], described[MAYBE], described[APPLY], described[NEAR])


def shown(known: Known) -> list[Standing]:
    """Return what is shown, in order: each insats once, the law's offers only where the kommun's own does not reach."""
    best: dict[str, Standing] = {}
    is_law_s = False
    for one in standings(known):
        insats = one.placed.variant.insats
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
            lacking = [topic for topic in one.placed.variant.fits.topics if left.get(topic, 0) > 0]
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


def standings(known: Known) -> Iterator[Standing]:
    """Yield where every variant stands that answers something of what was said and is not refused twice over."""
    said, knows_topic = known.said, isinstance(known.answers.get("topics"), frozenset)
    failed, unknown = known.failed, known.unknown
    is_young = is_too_young_for_old_age(known.answers)
    for one in about(known.kommun, known.answers):
        score = one.weighed.score(said) if knows_topic else one.weighed.breadth_for(is_young)
        insats = one.variant.insats
        if not score or (insats.is_placement and not one.weighed.options & said.chosen):
            continue
        if not knows_topic and (insats.route == "assessed" or insats.given_by):
            continue
        urgent = bool(one.weighed.options & said.need)
        if not_met := one.rules & failed:
            if not_met & (not_met - 1) == 0 and knows_topic and not insats.given_by:  # exactly one
                yield Standing(one, NEAR, score, urgent)
        elif insats.route == "assessed":
            yield Standing(one, APPLY, score, urgent)
        elif not knows_topic:
            yield Standing(one, MAYBE, score, urgent, is_doubtful=bool(one.rules & unknown & ~known.consents))
        elif one.rules & unknown:
            yield Standing(one, MAYBE, score, urgent)
        else:
            yield Standing(one, DIRECT, score, urgent)


def _described(one: Standing, catalogue: Catalogue, known: Known) -> Match:
    insats, rules = one.placed.variant.insats, one.placed.rules
    if one.listed == NEAR:
        return Match(
            insats, not_met=(known.rules[rules & known.failed].rule,), is_urgent=one.is_urgent, score=one.score
        )
    unknown = known.open(rules)
    reasons = (known.ticked(one.placed, catalogue), *known.met(one.placed.variant.rules, unknown))
    return Match(
        insats,
        reasons if len(reasons) == 1 else tuple(dict.fromkeys(reasons)),
        _questions(unknown, known.answers),
        tuple({need: None for rule in unknown if (need := rule.needs(known.answers))}) if unknown else (),
        tuple(rule.rule for rule in unknown) if unknown else (),
        parts=known.fitting(insats.parts) if insats.parts else (),
        is_urgent=one.is_urgent,
        score=one.score,
    )


def _questions(unknown: Sequence[Condition], answers: Answers) -> tuple[str, ...]:
    """Return the questions that would tell more, in the order of the rules; what it is about comes first."""
    first = {"topics": None} if answers.get("topics") is None else {}
    return tuple(first | {question: None for rule in unknown for question in rule.open_questions(answers)})
