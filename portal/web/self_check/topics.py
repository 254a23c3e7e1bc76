"""The first question in her own words: what she writes ticks topics, and is forgotten."""

from collections.abc import Iterable

from flask import Response

from portal.domain.catalogue.answers import Answer, Question
from portal.domain.catalogue.meanings import Meant, as_answers, clear, dangers, needs_in
from portal.domain.catalogue.queries import LONGEST_QUERY, words_of
from portal.domain.self_check.lines import lines_meant
from portal.domain.sentences import Sentence, sentence
from portal.web.portal import catalogue, pages
from portal.web.self_check.question import show_question

MOST_TOPICS = 3
"""Topics that are ticked for her: more would make the self-check longer than she asked for."""


def show_topics(asked: Question, answers: dict[str, Answer], about: str, *, is_change: bool) -> Response:
    """Show the topics again, with those ticked that her words are about; she looks, and goes on herself."""
    query = words_of(about[:LONGEST_QUERY])
    meant = pages().searches.lexicon.meant(query)
    urgent = dangers(meant)
    topics = _topics([*urgent, *clear(meant)])
    lines = lines_meant(catalogue().helplines, query, as_answers(urgent), needs_in(urgent))
    chosen = answers.get(asked.id)
    ticked = (chosen if isinstance(chosen, frozenset) else frozenset()) | frozenset(topics)
    return show_question(
        asked,
        {**answers, asked.id: ticked} if ticked else answers,
        about="" if topics else about,
        ticked=_told(topics),
        lines=lines,
        is_change=is_change,
    )


def _topics(said: Iterable[Meant]) -> list[str]:
    """Return the topics of what was meant, the clearest first; a child in danger is about violence."""
    found = [one.topic or "violence" for one in sorted(said, key=lambda one: -one.share)]
    return list(dict.fromkeys(found))[:MOST_TOPICS]


def _told(topics: list[str]) -> Sentence:
    if not topics:
        return sentence("Vi förstod inte. Kryssa i det som passar, eller hoppa över.")
    names = tuple(catalogue().topics[topic].name for topic in topics)
    return sentence("Vi kryssade i: {topics}. Ändra om det är fel.", topics=names)
