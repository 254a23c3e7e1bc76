"""What a search shows: whom to call first, and the few insatser that it finds, each with why."""

from dataclasses import dataclass

from portal.domain.catalogue.contacts import Helpline
from portal.domain.catalogue.insatser import Insats
from portal.domain.catalogue.meanings import as_answers, clear, dangers, needs_in
from portal.domain.catalogue.queries import words_of
from portal.domain.catalogue.search import NAME, SEARCH_WORDS, Hit
from portal.domain.self_check.lines import is_named, lines_meant
from portal.domain.sentences import Sentence, sentence
from portal.web.fields import printable
from portal.web.portal import catalogue, current_kommun, current_voice, pages


@dataclass(frozen=True, slots=True)
class Shown:
    """One insats that was found, and the sentence that says why."""

    insats: Insats
    why: Sentence


@dataclass(frozen=True, slots=True)
class Found:
    """What a search finds: insatser, and lines to call: before the rest where it is urgent, or a line was asked for."""

    hits: tuple[Shown, ...] = ()
    lines: tuple[Helpline, ...] = ()
    is_urgent: bool = False


def found_for(sought: str, topic: str) -> Found:
    """Return what a query finds in this kommun and language; nothing of it is kept."""
    searches, kommun = pages().searches, current_kommun()
    query = words_of(sought)
    meant = searches.lexicon.meant(query)
    urgent = dangers(meant)
    said = clear(meant)
    lines = lines_meant(catalogue().helplines, query, as_answers([*said, *urgent]), needs_in(urgent))
    hits = searches.hits(query, said, kommun, current_voice(), topic)
    shown = tuple(Shown(kommun.insatser[hit.insats], _why(hit)) for hit in hits)
    return Found(shown, tuple(lines), is_urgent=bool(urgent) or any(is_named(line, query) for line in lines))


def _why(hit: Hit) -> Sentence:
    words = printable(hit.words)
    if hit.meaning is not None:
        return sentence("Passar ”{words}”: {what}", words=words, what=_name_of(hit.meaning))
    if hit.where == NAME:
        return sentence("”{words}” står i namnet.", words=words)
    if hit.where == SEARCH_WORDS:
        return sentence("Passar ”{words}”.", words=words)
    return sentence("”{words}” står i texten.", words=words)


def _name_of(meaning: str) -> Sentence:
    """Return what a topic, or an option under it, is called."""
    topic, _, option = meaning.partition(".")
    chosen = catalogue().questions[topic].option(option) if option else None
    return catalogue().topics[topic].name if chosen is None else chosen.name
