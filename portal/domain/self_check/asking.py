"""What to ask next: the most telling question that can still change a list."""

from collections.abc import Sequence

from portal.domain.catalogue.answers import Answer, Answers, Question
from portal.domain.catalogue.condition import MET, NOT_MET, UNKNOWN, Condition, Outcome
from portal.domain.catalogue.insatser import Insats
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.catalogue.whole import Catalogue
from portal.domain.self_check.matching import Matches, match

MOST_QUESTIONS = 8
"""A person on a bus answers no more than this; what is still unknown is shown as something to ask about."""


def next_question(
    kommun: Kommun, catalogue: Catalogue, answers: Answers, matches: Matches | None = None
) -> Question | None:
    """Return the most telling question that can still change a list, or None; never one past MOST_QUESTIONS.

    `matches` are those of the same answers, where they are known already.
    """
    bank = catalogue.questions
    if "topics" not in answers:
        return bank["topics"]
    if len(answers) >= MOST_QUESTIONS:
        return None
    found = matches or match(kommun, catalogue, answers)
    touched: dict[str, list[Insats]] = {}
    for one in (*found.maybe, *found.apply):
        for question in one.unknown:
            if question not in answers and question in bank:
                touched.setdefault(question, []).append(one.insats)
    told = {question: _telling(kommun, bank[question], insatser, answers) for question, insatser in touched.items()}
    best = max(told.values(), default=0.0)
    if best <= 0:
        return None
    return next(bank[question] for question in bank if told.get(question) == best)


_WEIGHT = {"direct": 3, "other": 3, "assessed": 1}


def _telling(kommun: Kommun, question: Question, insatser: Sequence[Insats], answers: Answers) -> float:
    """Return how many entries, weighted, an answer moves to another list, as a mean over the possible answers."""
    moved = 0
    values = possible_answers(kommun, question)
    for value in values:
        after = {**answers, question.id: value}
        moved += sum(
            _WEIGHT[insats.route] for insats in insatser if _list_of(insats, after) != _list_of(insats, answers)
        )
    return moved / len(values)


def _list_of(insats: Insats, answers: Answers) -> str:
    outcome = _all(insats.rules, answers)
    if outcome is NOT_MET:
        return "no"
    if insats.route == "assessed":
        return "apply"
    return "maybe" if outcome is UNKNOWN or answers.get("topics") is None else "direct"


def _all(rules: Sequence[Condition], answers: Answers) -> Outcome:
    outcomes = {rule.evaluate(answers) for rule in rules}
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
