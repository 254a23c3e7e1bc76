"""What a search is made with: the words of all languages, and the words of each kommun's insatser, read once."""

from functools import cached_property

from portal.domain.catalogue.insatser import Insats
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.catalogue.meanings import Lexicon, Meant
from portal.domain.catalogue.queries import Word
from portal.domain.catalogue.search import NAME, SEARCH_WORDS, TEXT, Hit, Index, search
from portal.domain.catalogue.words import Tongue, Words
from portal.domain.sentences import Sentence
from portal.web.voices.voice import SWEDISH, Voice

MOST_INDEXES = 48
"""Indexes that one process keeps, some 0.4 MB each; past it the store begins anew, and each is made in a moment."""


class Searches:
    """Reads queries and finds insatser; it keeps what the catalogue says, and nothing of what anybody types."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._indexes: dict[tuple[str, str], Index] = {}

    @cached_property
    def lexicon(self) -> Lexicon:
        """Return every word and phrase of data/words.yaml, by its words."""
        return Lexicon(self._words)

    def hits(self, query: tuple[Word, ...], said: list[Meant], kommun: Kommun, voice: Voice, topic: str) -> list[Hit]:
        """Return the insatser of a kommun that a query finds, of one topic or of all."""
        among = {one.id: one for one in kommun.insatser.values() if not topic or topic in one.topics}
        voices = [voice] if voice.language.is_source else [voice, SWEDISH]
        return search(query, said, among, [self._index(kommun, one) for one in voices], self.lexicon)

    def _index(self, kommun: Kommun, voice: Voice) -> Index:
        tag = voice.language.tag
        ready = self._indexes.get((kommun.id, tag))
        if ready is None:
            if len(self._indexes) >= MOST_INDEXES:
                self._indexes.clear()
            texts = {one.id: _texts(one, voice) for one in kommun.insatser.values()}
            tongue = self._words.tongues.get(tag) or Tongue(tag)
            ready = self._indexes[kommun.id, tag] = Index(texts, tongue)
        return ready


def _texts(insats: Insats, voice: Voice) -> dict[str, list[str]]:
    said: dict[str, list[Sentence]] = {
        NAME: [insats.name],
        SEARCH_WORDS: list(insats.search),
        TEXT: [insats.summary, insats.audience, *(part.name for part in insats.parts)],
    }
    return {where: [voice.words(one) for one in sentences] for where, sentences in said.items()}
