"""Questions and Answers: one vocabulary for pages, conditions and the API; a missing answer is not an unknown one."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from portal.domain.numbers import MONTH, NO_WORDS, YEAR, Words, age_in, ages_in
from portal.domain.refusals import Problem
from portal.domain.sentences import Sentence, sentence

Answer = str | int | tuple[int, ...] | frozenset[str] | None
"""One typed answer; None is "don't know / won't say" and is never a no. A question not asked is absent."""


Answers = Mapping[str, Answer]
"""Question id → typed answer."""


NONE_OF_THESE = "none"
"""The form value for "none of these": an answered, empty list."""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing a person can choose."""

    id: str
    name: Sentence
    hint: Sentence | None = None
    icon: str | None = None


@dataclass(frozen=True, slots=True)
class OptionGroup:
    """Options that stand together under a heading, so that a long list can be looked over."""

    id: str
    name: Sentence
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the bank (data/questions.yaml): `kind` is one_of, any_of, age, ages or months."""

    id: str
    kind: str
    ask: Sentence
    short: Sentence
    why: Sentence
    options: tuple[Option, ...] = ()
    hint: Sentence | None = None
    none: Sentence | None = None
    only_if: str | None = None
    low: int = 0
    high: int = 0
    groups: tuple[OptionGroup, ...] = ()

    def option(self, option_id: str) -> Option | None:
        """Return the option with that id, or None."""
        return next((option for option in self.options if option.id == option_id), None)

    def in_groups(self, offered: Collection[str]) -> list[tuple[Sentence | None, tuple[Option, ...]]]:
        """Return the offered options under the heading of each group; under none where the question has no groups."""
        known = {option.id: option for option in self.options}
        groups: list[tuple[Sentence | None, Iterable[str]]] = [(group.name, group.options) for group in self.groups]
        found = [
            (name, tuple(known[option] for option in members if option in offered))
            for name, members in groups or [(None, known)]
        ]
        return [(name, options) for name, options in found if options]


class QuestionBank(dict[str, Question]):
    """Every question by id, in the order in which equally telling ones are asked; words: how numbers are written."""

    words: Words = NO_WORDS

    def read_form(self, pairs: Iterable[tuple[str, str]]) -> tuple[dict[str, Answer], tuple[Problem, ...]]:
        """Read form fields (name, text) into Answers and Problems; whatever can be read is kept."""
        fields: dict[str, list[str]] = {}
        for name, value in pairs:
            fields.setdefault(name, []).append(value)
        answers: dict[str, Answer] = {}
        problems: list[Problem] = []
        for name, values in fields.items():
            question = self.get(name)
            result = problem_unknown_field(name) if question is None else _from_form(question, values, self.words)
            if isinstance(result, Problem):
                problems.append(result)
            else:
                answers[name] = result
        return answers, tuple(problems)

    def read_json(self, given: Mapping[str, object]) -> tuple[dict[str, Answer], tuple[Problem, ...]]:
        """Read the API's answers (JSON values; null is "don't know") into Answers and Problems."""
        answers: dict[str, Answer] = {}
        problems: list[Problem] = []
        for name, value in given.items():
            question = self.get(name)
            result = problem_unknown_field(name) if question is None else _from_json(question, value)
            if isinstance(result, Problem):
                problems.append(result)
            else:
                answers[name] = result
        return answers, tuple(problems)

    def write_form(self, answers: Answers) -> tuple[tuple[str, str], ...]:
        """Return the form fields that read_form turns into the same answers, in the same order."""
        pairs: list[tuple[str, str]] = []
        for name, value in answers.items():
            if value is None:
                pairs.append((name, ""))
            elif isinstance(value, frozenset):
                question = self[name]
                chosen = [option.id for option in question.options if option.id in value]
                pairs.extend((name, option_id) for option_id in chosen or [NONE_OF_THESE])
            elif isinstance(value, tuple):
                pairs.append((name, " ".join(map(str, value)) if value else NONE_OF_THESE))
            else:
                pairs.append((name, str(value)))
        return tuple(pairs)


def problem_unknown_field(name: str) -> Problem:
    """Return the problem of a field that no question has."""
    said = sentence("Frågan ”{field}” finns inte. Ta bort den och försök igen.", field=shortened(name))
    return Problem(shortened(name), said)


def shortened(text: str) -> str:
    """Return a forged name or value as it may be shown: not all of a long one, nothing that cannot be printed."""
    kept = "".join(char if char.isprintable() else "�" for char in text[:40])
    return kept + ("…" if len(text) > 40 else "")


def _from_form(question: Question, values: list[str], words: Words) -> Answer | Problem:
    texts = [value.strip() for value in values if value.strip()]
    if not texts:
        return None
    if question.kind == "one_of":
        return _one_of(question, texts[0]) if len(set(texts)) == 1 else _problem_one_only(question)
    if question.kind == "any_of":
        return _any_of(question, texts)
    if question.kind == "age":
        return _age(question, texts[0], words) if len(texts) == 1 else _problem_one_only(question)
    if NONE_OF_THESE in texts:
        return () if set(texts) == {NONE_OF_THESE} else _problem_none_and_more(question)
    return _ages(question, texts, words)


def _from_json(question: Question, value: object) -> Answer | Problem:
    if value is None:
        return None
    if question.kind == "one_of" and isinstance(value, str):
        return _one_of(question, value)
    if question.kind == "age" and isinstance(value, int) and not isinstance(value, bool):
        return value if question.low <= value <= question.high else _problem_range(question)
    if question.kind == "any_of" and isinstance(value, list) and all(isinstance(item, str) for item in value):
        return _any_of(question, value, none_word=False)
    if question.kind in ("ages", "months") and isinstance(value, list):
        return _ages_from_json(question, value)
    return _problem_shape(question)


def _ages_from_json(question: Question, value: list[object]) -> Answer | Problem:
    ages = [item for item in value if isinstance(item, int) and not isinstance(item, bool)]
    if len(ages) != len(value):
        return _problem_shape(question)
    return _inside(question, ages)


def _inside(question: Question, ages: list[int]) -> Answer | Problem:
    inside = all(question.low <= age <= question.high for age in ages)
    return tuple(sorted(ages)) if inside and len(ages) <= MOST_CHILDREN else _problem_range(question)


MOST_CHILDREN = 20
"""More ages than this is a mistake or an attack, not a family."""


def _one_of(question: Question, text: str) -> Answer | Problem:
    return text if question.option(text) else _problem_option(question, text)


def _any_of(question: Question, texts: list[str], *, none_word: bool = True) -> Answer | Problem:
    chosen = frozenset(texts)
    if none_word and NONE_OF_THESE in chosen and question.none is not None:
        return frozenset() if len(chosen) == 1 else _problem_none_and_more(question)
    for text in texts:
        if question.option(text) is None:
            return _problem_option(question, text)
    return chosen


def _age(question: Question, text: str, words: Words) -> Answer | Problem:
    age = age_in(text, words)
    if age is None:
        return Problem(question.id, sentence("Skriv åldern i hela år, till exempel {example}.", example=34))
    return age if question.low <= age <= question.high else _problem_range(question)


def _ages(question: Question, texts: list[str], words: Words) -> Answer | Problem:
    found: list[int] = []
    for text in texts:
        ages = ages_in(text, words, MONTH if question.kind == "months" else YEAR)
        if ages is None:
            says = _WRONG_MONTHS if question.kind == "months" else _WRONG_YEARS
            return Problem(question.id, says)
        found += ages
    return _inside(question, found)


_WRONG_YEARS = sentence("Skriv åldern i hela år med mellanslag mellan, till exempel {example}.", example="3 8")
_WRONG_MONTHS = sentence("Skriv hela månader med mellanslag mellan, till exempel {example}.", example="3 8")


def _problem_option(question: Question, text: str) -> Problem:
    return Problem(
        question.id, sentence("Svaret ”{answer}” finns inte. Välj ett av svaren på sidan.", answer=shortened(text))
    )


def _problem_shape(question: Question) -> Problem:
    return Problem(question.id, sentence("Svaret har fel form. Se frågans beskrivning."))


def _problem_one_only(question: Question) -> Problem:
    return Problem(question.id, sentence("Välj bara ett svar."))


def _problem_none_and_more(question: Question) -> Problem:
    return Problem(question.id, sentence("Du har valt både ett svar och att inget stämmer. Välj det ena."))


def _problem_range(question: Question) -> Problem:
    return Problem(question.id, sentence("Skriv ett tal från {low} till {high}.", low=question.low, high=question.high))


def problem_nothing_chosen(question: Question) -> Problem:
    """Return the problem of a page sent without an answer, worded after the kind of question."""
    if question.kind in ("age", "ages", "months"):
        return Problem(question.id, sentence("Skriv ett svar, eller tryck på Hoppa över."))
    return Problem(question.id, sentence("Välj ett svar, eller tryck på Hoppa över."))
