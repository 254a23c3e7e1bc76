"""The whole catalogue: the topics and questions that every kommun shares, and each kommun."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from portal.domain.catalogue.answers import Answers, Question, QuestionBank
from portal.domain.catalogue.contacts import Helpline
from portal.domain.catalogue.insatser import Insats
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.catalogue.words import NO_WORDS, Words
from portal.domain.sentences import Sentence, sentence

NO_ANSWERS: Answers = {}


@dataclass(frozen=True, slots=True)
class Topic:
    """What support can be about; `safety` where violence can show on the page; `icon` a picture beside its name."""

    id: str
    name: Sentence
    hint: Sentence
    safety: bool = False
    icon: str | None = None


@dataclass(frozen=True)
class Catalogue:
    """What every kommun shares, and each kommun.

    by_law: what the law makes every kommun offer; words: what people call things.
    """

    questions: QuestionBank
    topics: Mapping[str, Topic]
    helplines: tuple[Helpline, ...]
    kommuner: Mapping[str, Kommun]
    leave_to: str
    by_law: tuple[Insats, ...] = ()
    words: Words = NO_WORDS
    lines_checked_on: date | None = None
    """When the portal last held the numbers of the lines against their sources."""

    @cached_property
    def _chosen(self) -> dict[frozenset[str], Sentence]:
        return {}

    def chosen(self, topics: frozenset[str]) -> Sentence:
        """Return the sentence that names these topics as chosen; kept, for there are only as many as insatser share."""
        said = self._chosen.get(topics)
        if said is None:
            names = tuple(topic.name for topic in self.topics.values() if topic.id in topics)
            said = self._chosen[topics] = sentence("Du valde: {topics}.", topics=names)
        return said

    @cached_property
    def _answered(self) -> dict[frozenset[tuple[str, str]], Sentence]:
        return {}

    def answered(self, ticked: frozenset[tuple[str, str]]) -> Sentence:
        """Return the sentence that names these options (topic, option) as answered, in the order of the questions."""
        said = self._answered.get(ticked)
        if said is None:
            names = tuple(
                option.name
                for question in self.questions.values()
                for option in question.options
                if (question.id, option.id) in ticked
            )
            said = self._answered[ticked] = sentence("Du svarade: {what}.", what=names)
        return said

    def find_kommun(self, kommun_id: str) -> Kommun | None:
        """Return the kommun, or None when the portal does not serve it."""
        return self.kommuner.get(kommun_id)

    def options_of(self, question: Question, kommun: Kommun, answers: Answers = NO_ANSWERS) -> tuple[str, ...]:
        """Return the ids of the options that this kommun's page offers: of places, those that her topics tell apart."""
        if question.id != "residence":
            return tuple(option.id for option in question.options)
        told_apart = kommun.residence_options_for(answers.get("topics"))
        return tuple(option.id for option in question.options if option.id in told_apart)
