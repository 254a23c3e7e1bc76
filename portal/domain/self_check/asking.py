"""What to ask next: the question whose answer would change most, and no question that changes nothing."""

from collections.abc import Iterable, Sequence

from portal.domain.catalogue.answers import Answer, Answers, Question
from portal.domain.catalogue.condition import MET, NOT_MET, UNKNOWN, Outcome
from portal.domain.catalogue.kommuner import Kommun, Placed
from portal.domain.catalogue.whole import Catalogue
from portal.domain.self_check.known import Known
from portal.domain.self_check.matching import shown

MOST_QUESTIONS = 8
"""A person on a bus answers no more than this; what is still unknown is shown as something to ask about."""

_WEIGHT = {"direct": 3, "other": 3, "assessed": 1}


def next_question(kommun: Kommun, catalogue: Catalogue, answers: Answers) -> Question | None:
    """Return the most telling question that can still change a list, or None; never one past MOST_QUESTIONS."""
    return next_known(Known(kommun, answers), catalogue)


def next_known(known: Known, catalogue: Catalogue) -> Question | None:
    """Return the same, where what is known is known already."""
    bank, kommun, answers = catalogue.questions, known.kommun, known.answers
    if "topics" not in answers:
        return bank["topics"]
    if len(answers) >= MOST_QUESTIONS:
        return None
    touched: dict[str, list[Placed]] = {}
    for one in known.standings:
        for question in open_questions(one.placed, known):
            if question not in answers and question in bank:
                touched.setdefault(question, []).append(one.placed)
    if not touched:
        return None
    places = {question: place for place, question in enumerate(bank)}
    told = {question: _telling(kommun, bank[question], found, answers) for question, found in touched.items()}
    before = _ids(known)
    for question in sorted(told, key=lambda name: (-told[name], places[name])):
        if _changes_a_list(kommun, bank[question], answers, before):
            return bank[question]
    return None


def open_questions(one: Placed, known: Known) -> Iterable[str]:
    """Return the questions that could still say something of a variant: of its rules, and of what it is for."""
    asked = {question: None for rule in known.open(one.rules) for question in rule.open_questions(known.answers)}
    topics = known.answers.get("topics")
    if isinstance(topics, frozenset):
        fits = one.variant.fits
        asked |= {
            topic: None for topic in fits.topics & topics if known.answers.get(topic) is None and fits.options(topic)
        }
    return asked


def _ids(known: Known) -> frozenset[tuple[str, str]]:
    return frozenset((one.listed, one.insats.id) for one in shown(known) if one.listed != "near")


def _changes_a_list(kommun: Kommun, question: Question, answers: Answers, before: frozenset[tuple[str, str]]) -> bool:
    return any(
        _ids(Known(kommun, {**answers, question.id: value})) != before for value in possible_answers(kommun, question)
    )


def _telling(kommun: Kommun, question: Question, found: Sequence[Placed], answers: Answers) -> float:
    """Return how many entries, weighted, an answer moves to another list, as a mean over the possible answers."""
    moved = 0
    values = possible_answers(kommun, question)
    before = {id(one): _list_of(kommun, one, answers) for one in found}
    for value in values:
        after = {**answers, question.id: value}
        moved += sum(
            _WEIGHT[one.variant.insats.route] for one in found if _list_of(kommun, one, after) != before[id(one)]
        )
    return moved / len(values)


def _list_of(kommun: Kommun, one: Placed, answers: Answers) -> str:
    insats = one.variant.insats
    said = kommun.scale.said(answers)
    is_known = isinstance(answers.get("topics"), frozenset)
    if is_known and (not one.weighed.score(said) or (insats.is_placement and not one.weighed.options & said.chosen)):
        return "no"
    outcome = _all(one, answers)
    if outcome is NOT_MET:
        return "no"
    if insats.route == "assessed":
        return "apply"
    return "maybe" if outcome is UNKNOWN or not is_known else "direct"


def _all(one: Placed, answers: Answers) -> Outcome:
    outcomes = {rule.evaluate(answers) for rule in one.variant.rules}
    return NOT_MET if NOT_MET in outcomes else UNKNOWN if UNKNOWN in outcomes else MET


def possible_answers(kommun: Kommun, question: Question) -> tuple[Answer, ...]:
    """Return one answer of every sort that this kommun's conditions can tell apart (not "don't know")."""
    if question.kind == "one_of":
        return tuple(
            option.id
            for option in question.options
            if question.id != "residence" or option.id in kommun.residence_options
        )
    if question.kind == "any_of":
        return (*(frozenset({option.id}) for option in question.options), frozenset())
    numbers = sorted(
        number for number in kommun.limits.get(question.id, frozenset()) if question.low <= number <= question.high
    ) or [question.low]
    if question.kind == "age":
        return tuple(numbers)
    return (*((number,) for number in numbers), ())
