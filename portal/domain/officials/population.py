"""A fixed population of made-up residents: many enough that an insats for one year of age meets some of them."""

from collections.abc import Iterator
from random import Random

from portal.domain.catalogue.ages import YOUNGEST_PARENT
from portal.domain.catalogue.answers import Answer, Question
from portal.domain.catalogue.whole import Catalogue

POPULATION = 4000
"""Residents of the fixed population."""

_TOPICS = (1, 1, 1, 2, 2, 3)
_TICKED = (0, 1, 1, 1, 2)
_CHILDREN = (0, 0, 1, 1, 2, 3)
_AT_HOME = 0.75
"""Most who ask live in the kommun: a population spread evenly over every answer would be refused nearly everything."""


def population(catalogue: Catalogue, size: int = POPULATION) -> Iterator[dict[str, Answer]]:
    """Yield the fixed population: each resident answers every question, the same in every run.

    1–3 topics, mostly one; 0–2 situations of each; own age 10–94; from 16 years 0–3 children of 0–20 years, months for
    those under two; who has none asks for no child, and most ask for themselves
    or a child; three of four are registered; every other option equally often.
    """
    chance = Random(20250701)  # noqa: S311 - a fixed population, not a secret
    for _ in range(size):
        age = chance.randint(10, 94)
        how_many = chance.choice(_CHILDREN) if age >= YOUNGEST_PARENT else 0
        children = tuple(sorted(chance.randint(0, 20) for _ in range(how_many)))
        yield {question.id: _drawn(question, age, children, chance) for question in catalogue.questions.values()}


def _drawn(question: Question, age: int, children: tuple[int, ...], chance: Random) -> Answer:
    if question.kind == "ages":
        return children
    if question.kind == "months":
        return tuple(sorted(12 * child + chance.randint(0, 11) for child in children if child < 2))
    if question.kind == "age":
        return age if question.id == "age" else chance.randint(10, 94)
    options = [option.id for option in question.options]
    if question.id == "residence" and chance.random() < _AT_HOME:
        return options[0]
    if question.id == "for":
        options = [option for option in ("me", "me", "child", "child", "relative") if children or option != "child"]
    if question.kind == "one_of":
        return chance.choice(options)
    return frozenset(chance.sample(options, chance.choice(_TOPICS if question.only_if is None else _TICKED)))
