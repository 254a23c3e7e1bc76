"""What a query is about: the topics, options and needs whose words it has."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from portal.domain.catalogue.answers import Answers
from portal.domain.catalogue.fits import NEED_NOW
from portal.domain.catalogue.queries import Word
from portal.domain.catalogue.spelling import Vocabulary
from portal.domain.catalogue.words import NEED, Meaning, Tongue, Words, alternatives

_STOP_WORD = 0.3
"""What a word that says little alone adds to a phrase that has it."""

_FURTHER = 0.3
"""What a further phrase of the same meaning adds, where it is about other words."""

_CLEAR = 0.6
"""Of the clearest meaning's share, from which on another one is meant too."""

_CANNOT_MISS = 0.55
"""How sure a phrase about danger has to be read, whatever else the query says."""


@dataclass(frozen=True, slots=True)
class Meant:
    """One meaning of a query: how clearly it is meant, and which of the words (their places) say so."""

    meaning: Meaning
    share: float
    places: tuple[int, ...]

    @property
    def topic(self) -> str:
        """Return the topic that it is, or that the option is under; a need has none."""
        return "" if self.meaning.startswith(NEED) else self.meaning.partition(".")[0]

    @property
    def option(self) -> str:
        """Return the option that it is, or nothing."""
        return "" if self.meaning.startswith(NEED) else self.meaning.partition(".")[2]


@dataclass(frozen=True, slots=True)
class _Phrase:
    meaning: Meaning
    words: tuple[tuple[str, ...], ...]
    """For each word of the phrase, the words that can stand there."""
    worth: tuple[float, ...]


class Lexicon:
    """Every phrase of data/words.yaml by its words, in all languages at once: people write in more than one."""

    def __init__(self, words: Words) -> None:
        self._phrases: dict[str, list[_Phrase]] = defaultdict(list)
        known: dict[tuple[str, str], Tongue] = {}
        for meaning, by_tongue in words.said.items():
            for tag, phrases in by_tongue.items():
                tongue = words.tongues.get(tag) or Tongue(tag)
                for phrase in phrases:
                    parts = tuple(dict.fromkeys(alternatives(phrase)))
                    known.update({(word, tag): tongue for part in parts for word in part})
                    worth = tuple(_STOP_WORD if tongue.stop.issuperset(part) else 1.0 for part in parts)
                    made = _Phrase(meaning, parts, worth)
                    # Looked up at one word only, the rarest-looking: the longest.
                    for word in max(parts, key=lambda part: min(map(len, part))):
                        self._phrases[word].append(made)
        self._vocabulary = Vocabulary((word, tongue) for (word, _), tongue in known.items())

    def __contains__(self, typed: object) -> bool:
        """Return whether it is a word of some phrase, spelled so."""
        return typed in self._vocabulary

    def meant(self, query: Sequence[Word]) -> list[Meant]:
        """Return what a query is about, the clearest first; nothing where none of its words is known."""
        read: dict[str, tuple[float, int]] = {}
        for place, word in enumerate(query):
            for known, sure in self._vocabulary.meant(word.compared).items():
                if sure > read.get(known, (0.0, 0))[0]:
                    read[known] = (sure, place)
        by_meaning: dict[Meaning, dict[tuple[int, ...], float]] = defaultdict(dict)
        for known in read:
            for phrase in self._phrases.get(known, ()):
                found = _found(phrase, read)
                if found is not None:
                    places, share = found
                    by_meaning[phrase.meaning][places] = max(share, by_meaning[phrase.meaning].get(places, 0.0))
        said = [_together(meaning, shares) for meaning, shares in by_meaning.items()]
        return sorted(said, key=lambda one: -one.share)


def _found(phrase: _Phrase, read: Mapping[str, tuple[float, int]]) -> tuple[tuple[int, ...], float] | None:
    """Return the places of a phrase's words in the query, and how clearly it stands there; None where a word lacks."""
    places = []
    share = 0.0
    for part, worth in zip(phrase.words, phrase.worth, strict=True):
        sure, place = max((read[word] for word in part if word in read), default=(0.0, 0))
        if not sure or place in places:
            return None
        places.append(place)
        share += sure * worth
    return tuple(sorted(places)), share


def _together(meaning: Meaning, shares: Mapping[tuple[int, ...], float]) -> Meant:
    best = max(shares, key=lambda places: shares[places])
    more = sum(share for places, share in shares.items() if not set(places) & set(best))
    return Meant(meaning, shares[best] + _FURTHER * more, best)


def clear(said: Iterable[Meant]) -> list[Meant]:
    """Return the meanings that a query is clearly about."""
    found = list(said)
    least = _CLEAR * max((one.share for one in found), default=0.0)
    return [one for one in found if one.share >= least]


def dangers(said: Iterable[Meant]) -> list[Meant]:
    """Return the meanings that cannot wait, as soon as a query has their words: however it goes on."""
    return [one for one in said if _is_danger(one) and one.share >= _CANNOT_MISS]


def _is_danger(one: Meant) -> bool:
    return one.meaning.startswith(NEED) or one.topic == "violence" or one.option in NEED_NOW.get(one.topic, ())


def as_answers(said: Iterable[Meant]) -> Answers:
    """Return the answers that a query comes to, as far as topics and what is ticked under them go."""
    ticked: dict[str, set[str]] = defaultdict(set)
    for one in said:
        if one.topic:
            ticked[one.topic].update({one.option} - {""})
    options = {topic: frozenset(chosen) for topic, chosen in ticked.items() if chosen}
    return {"topics": frozenset(ticked), **options} if ticked else {}


def needs_in(said: Iterable[Meant]) -> frozenset[str]:
    """Return the acute needs that a query names beside the answers that it comes to."""
    return frozenset(one.meaning.removeprefix(NEED) for one in said if one.meaning.startswith(NEED))
