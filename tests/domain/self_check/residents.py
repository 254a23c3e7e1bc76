"""A fixed population of residents, and the way of each through the self-check."""

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

from portal.domain.catalogue.answers import Answer, Answers, Question
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.catalogue.whole import Catalogue
from portal.domain.self_check.asking import next_question

SEED = 20250701
DONT_KNOW = 0.06
"""How often a resident has no answer to a question."""
YOUNGEST_WITH_CHILDREN = 16


def population(size: int, kommun: Kommun, catalogue: Catalogue) -> list[dict[str, Answer]]:
    """Return residents, the same in every run."""
    chance = Random(SEED)  # noqa: S311 - a fixed population, not a secret
    return [resident(chance, kommun, catalogue) for _ in range(size)]


def resident(chance: Random, kommun: Kommun, catalogue: Catalogue) -> dict[str, Answer]:
    """Return one resident's answer to every question.

    1–3 topics; 0–2 situations of each; own age 0–95; from 16 years 0–3 children of 0–25, with months for those under
    two; every option equally often; now and then a "don't know" to any question.
    """
    age = chance.randint(0, 95)
    how_many = chance.randint(0, 3) if age >= YOUNGEST_WITH_CHILDREN else 0
    children = tuple(sorted(chance.randint(0, 25) for _ in range(how_many)))
    months = tuple(sorted(12 * child + chance.randint(0, 11) for child in children if child < 2))
    helped = chance.randint(0, 95)
    numbers: dict[str, Answer] = {"age": age, "helped_age": helped, "children": children, "babies": months}
    answers = {
        question.id: numbers[question.id] if question.id in numbers else chosen(question, chance, kommun, catalogue)
        for question in catalogue.questions.values()
    }
    return {name: None if chance.random() < DONT_KNOW else answer for name, answer in answers.items()}


def chosen(question: Question, chance: Random, kommun: Kommun, catalogue: Catalogue) -> Answer:
    """Return a choice among the options that the page of this kommun offers."""
    options = catalogue.options_of(question, kommun)
    if question.kind == "one_of":
        return chance.choice(options)
    return frozenset(chance.sample(options, chance.randint(1, 3) if question.id == "topics" else chance.randint(0, 2)))


@dataclass(frozen=True)
class Path:
    """The questions that one resident was asked, each with the answers before it, and all answers at the end."""

    steps: tuple[tuple[Answers, Question], ...]
    end: Answers


def paths_of(residents: Iterable[Answers], kommun: Kommun, catalogue: Catalogue) -> list[Path]:
    """Return the path of each resident; people with the same answers so far are asked the same."""
    asked: dict[frozenset[tuple[str, Answer]], Question | None] = {}

    def ask(answers: Answers) -> Question | None:
        known = frozenset(answers.items())
        if known not in asked:
            asked[known] = next_question(kommun, catalogue, answers)
        return asked[known]

    paths = []
    for one in residents:
        answers: Answers = {}
        steps = []
        while (question := ask(answers)) is not None:
            assert question.id not in answers, f"{question.id} is asked twice"
            steps.append((answers, question))
            answers = {**answers, question.id: one[question.id]}
        paths.append(Path(tuple(steps), answers))
    return paths
