"""Whether whom an insats is for, and whom its conditions let in, agree: fits nobody can give, entries that hide."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from portal.domain.catalogue.answers import Answers, QuestionBank
from portal.domain.catalogue.condition import NOT_MET
from portal.domain.catalogue.fits import ANY
from portal.domain.catalogue.insatser import Insats, Variant
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.findings import ERROR, Finding
from portal.domain.sentences import Sentence

_TOGETHER = 3
"""Options of one topic that are tried together: whose it is, what, and one more."""


def misfits(kommun: Kommun, questions: QuestionBank) -> Iterator[Finding]:
    """Yield the insatser whose fits and conditions contradict each other, each with what to do.

    A fit that nobody can give: the conditions refuse whoever ticks it, or no part has it. A general entry that hides:
    it is for whoever ticks a topic, and refuses some of them. A placement without a situation of its own.
    """
    options = {one.only_if: tuple(option.id for option in one.options) for one in questions.values() if one.only_if}
    for insats in kommun.insatser.values():
        for place, says in (*_placed_without_situation(insats), *_in_no_part(insats), *_refused(insats, options)):
            file = "law.yaml" if insats.by_law else f"kommuner/{kommun.id}/insatser/{insats.id}.yaml"
            place = f"{insats.id}.{place}" if insats.by_law else place
            yield Finding(ERROR, file, place, Sentence("{says}", (("says", says),)))


def _placed_without_situation(insats: Insats) -> Iterator[tuple[str, str]]:
    if not insats.is_placement:
        return
    for one in insats.variants:
        for topic in one.fits.topics:
            if one.fits.is_for_all_of(topic):
                yield (
                    f"{_place(one)}.{topic}.any",
                    "another place to live is shown only for a situation: name the options it is for",
                )


def _in_no_part(insats: Insats) -> Iterator[tuple[str, str]]:
    """Yield the options of the whole that no part has, where the parts decide for whom it is."""
    variants = insats.variants
    for topic in sorted(insats.fits.topics):
        for option in sorted(insats.fits.options(topic)):
            if all(option not in one.fits.weights.get(topic, {}) for one in variants):
                yield f"fits.{topic}.{option}", "is a fit of no part, so nobody finds it: give it to a part, or drop it"


def _refused(insats: Insats, options: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    for one in insats.variants if insats.is_open else ():
        for topic, named in one.fits.weights.items() if one.asks_about_situations else ():
            known = options.get(topic, ())
            refused = [option for option in known if _is_refused(one, _ticked(topic, option))]
            if ANY in named and refused:
                yield (
                    f"{_place(one)}.{topic}.any",
                    f"is for whoever ticks {topic}, but the conditions refuse {', '.join(refused)}: "
                    "name the options it is for, or change the conditions",
                )
            for option in refused:
                if option in named and all(_is_refused(one, ticked) for ticked in _with_others(topic, option, known)):
                    yield (
                        f"{_place(one)}.{topic}.{option}",
                        "nobody can give it: the conditions refuse whoever ticks it; drop the fit or the condition",
                    )


def _place(variant: Variant) -> str:
    return "fits" if variant.part is None or variant.part.fits is None else f"parts.{variant.part.id}.fits"


def _ticked(topic: str, *options: str) -> Answers:
    return {"topics": frozenset({topic}), topic: frozenset(options)}


def _with_others(topic: str, option: str, known: Sequence[str]) -> Iterator[Answers]:
    others = [one for one in known if one != option]
    for count in range(1, _TOGETHER):
        for more in combinations(others, count):
            yield _ticked(topic, option, *more)


def _is_refused(variant: Variant, answers: Answers) -> bool:
    return any(rule.evaluate(answers) is NOT_MET for rule in variant.rules)
