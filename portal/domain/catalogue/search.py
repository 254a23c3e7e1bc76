"""Finding insatser by what somebody writes in her own words: few, the best first, each with why it was found."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

from portal.domain.catalogue.fits import ANY, CAN_HELP, MADE_FOR, NO_FITS, TARGET_GROUP, Fits
from portal.domain.catalogue.insatser import Insats
from portal.domain.catalogue.meanings import Meant
from portal.domain.catalogue.queries import Word, words_of
from portal.domain.catalogue.spelling import Vocabulary
from portal.domain.catalogue.words import Meaning, Tongue

MOST_HITS = 8
"""Hits that are shown: who reads a result on a telephone reads the first three."""

NAME, SEARCH_WORDS, TEXT = "name", "search", "text"
"""Where a word of an insats stands."""

_WORTH = {NAME: 1.0, SEARCH_WORDS: 0.9, TEXT: 0.3}

_OPTION = {MADE_FOR: 1.0, TARGET_GROUP: 0.7, CAN_HELP: 0.4}
_WHOLE_TOPIC = {MADE_FOR: 0.5, TARGET_GROUP: 0.3, CAN_HELP: 0.2}
"""What an insats is worth to whoever means an option: it is for the option, or for the whole topic."""

_TOPIC = {MADE_FOR: 1.0, TARGET_GROUP: 0.8, CAN_HELP: 0.6}
_ONLY_OPTION = {MADE_FOR: 0.7, TARGET_GROUP: 0.4, CAN_HELP: 0.2}
"""What it is worth to whoever means the topic: it is for the topic, or for some option of it."""

_LIGHTNESS = {"everyday": 1.0, "support": 0.98, "home": 0.92, "placement": 0.75}
_NOT_BY_HERSELF = 0.5
_TO_APPLY_FOR = 0.85
_BY_LAW = 0.97

_BESIDE_A_MEANING = 0.6
"""What the words of an insats count where a meaning speaks for it too: they say the same twice."""

_SAYS_WHY = 0.4
"""Of what the words count, from which on it is the meaning that says why: it tells more than where they stand.

A word of the name tells as much.
"""

_FURTHER = 0.25
"""What the other meanings that an insats answers add to the best of them."""

_NEAR_THE_BEST, _LEAST = 0.42, 0.12
"""Of the best hit's score, and at all: below it a hit is too weak to be shown."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One insats that was found, and why: her words (as written), and the meaning they have or where they stand."""

    insats: str
    score: float
    words: str
    meaning: Meaning | None = None
    where: str = TEXT


class Index:
    """The words of a kommun's insatser in one language, and where they stand."""

    def __init__(self, texts: Mapping[str, Mapping[str, Iterable[str]]], tongue: Tongue) -> None:
        """Take the texts of each insats, by where they stand; words that say little alone are left out."""
        self._tongue = tongue
        self._places: dict[str, dict[str, str]] = defaultdict(dict)
        for insats_id, said in texts.items():
            for where in (TEXT, SEARCH_WORDS, NAME):  # the best place last
                for word in {word.compared for text in said.get(where, ()) for word in words_of(text)}:
                    if word not in tongue.stop:
                        self._places[word][insats_id] = where
        self._count = len(texts)
        self._vocabulary = Vocabulary((word, tongue) for word in self._places)

    def found(self, typed: str, *, is_sure: bool) -> dict[str, tuple[float, str]]:
        """Return each insats that has the word: how much that says of it, and where it stands.

        is_sure: it is no misspelled one.
        """
        if typed in self._tongue.stop:
            return {}
        best: dict[str, tuple[float, str]] = {}
        for word, sure in self._vocabulary.meant(typed, is_sure=is_sure).items():
            for insats_id, where in self._places[word].items():
                worth = sure * _WORTH[where]
                if worth > best.get(insats_id, (0.0, ""))[0]:
                    best[insats_id] = (worth, where)
        # A word that nearly all have says little of each.
        rarity = log(1 + self._count / max(len(best), 1)) / log(1 + max(self._count, 1)) if best else 0.0
        return {insats_id: (worth * rarity, where) for insats_id, (worth, where) in best.items()}


@dataclass(slots=True)
class _Standing:
    """What speaks for one insats so far."""

    by_meaning: float = 0.0
    further: float = 0.0
    meant: Meant | None = None
    by_words: float = 0.0
    word: tuple[float, str, str] = (0.0, "", TEXT)

    def add_meaning(self, worth: float, meant: Meant) -> None:
        if worth > self.by_meaning:
            self.further += self.by_meaning
            self.by_meaning, self.meant = worth, meant
        else:
            self.further += worth

    def add_word(self, worth: float, written: str, where: str) -> None:
        self.by_words += worth
        if worth > self.word[0]:
            self.word = (worth, written, where)


def search(
    query: Sequence[Word],
    said: Sequence[Meant],
    among: Mapping[str, Insats],
    indexes: Sequence[Index],
    sure: Container[str] = (),
) -> list[Hit]:
    """Return the insatser that a query finds, the best first, by what it means and by the words that they have.

    said: what it is clearly about; indexes: the words of the insatser in each language that is looked in; sure: the
    words that are known to be spelled so.
    """
    standing: dict[str, _Standing] = defaultdict(_Standing)
    _weigh_meanings(standing, said, among)
    known = _weigh_words(standing, query, among, indexes, sure)
    return _best(standing, among, query, max(known, 1))


def _weigh_meanings(standing: dict[str, _Standing], said: Sequence[Meant], among: Mapping[str, Insats]) -> None:
    most = max((one.share for one in said), default=1.0)
    for one in said:
        for insats in among.values():
            worth = _fit(fits_of(insats), one) * one.share / most
            if worth:
                standing[insats.id].add_meaning(worth, one)


def _weigh_words(
    standing: dict[str, _Standing],
    query: Sequence[Word],
    among: Mapping[str, Insats],
    indexes: Sequence[Index],
    sure: Container[str],
) -> int:
    """Add what the words of the query say; return how many of them stand in some text."""
    known = 0
    for word in query:
        found: dict[str, tuple[float, str]] = {}
        is_sure = word.compared in sure
        for index in indexes:
            for insats_id, (worth, where) in index.found(word.compared, is_sure=is_sure).items():
                found[insats_id] = max(found.get(insats_id, (0.0, TEXT)), (worth, where))
        known += bool(found)
        for insats_id, (worth, where) in found.items():
            if insats_id in among:
                standing[insats_id].add_word(worth, word.written, where)
    return known


def _best(
    standing: Mapping[str, _Standing], among: Mapping[str, Insats], query: Sequence[Word], known: int
) -> list[Hit]:
    hits = [_hit(among[insats_id], one, query, known) for insats_id, one in standing.items()]
    hits.sort(key=lambda hit: -hit.score)
    least = max(_LEAST, _NEAR_THE_BEST * hits[0].score) if hits else _LEAST
    return [hit for hit in hits[:MOST_HITS] if hit.score >= least]


def _hit(insats: Insats, one: _Standing, query: Sequence[Word], known: int) -> Hit:
    by_words = one.by_words / known**0.5
    beside = _BESIDE_A_MEANING if one.by_meaning else 1.0
    score = (one.by_meaning + _FURTHER * min(one.further, 1.0) + beside * by_words) * _readiness(insats)
    says_more = 1.0 if one.word[2] == NAME else _SAYS_WHY
    if one.meant is not None and one.by_meaning >= says_more * by_words:
        words = " ".join(query[place].written for place in one.meant.places)
        return Hit(insats.id, score, words, one.meant.meaning)
    return Hit(insats.id, score, one.word[1], None, one.word[2])


def _readiness(insats: Insats) -> float:
    """Return how near an insats is to whoever asks: a talk before a placement, what she can begin herself first."""
    ready = _LIGHTNESS[insats.weight]
    ready *= _TO_APPLY_FOR if insats.route == "assessed" else 1.0
    ready *= _BY_LAW if insats.by_law else 1.0
    return ready if insats.is_open and insats.access != "invited" else ready * _NOT_BY_HERSELF


def fits_of(insats: Insats) -> Fits:
    """Return for whose life an insats is, with all its parts."""
    fits = insats.fits
    for part in insats.parts:
        fits = fits.joined(part.fits or NO_FITS)
    return fits


def _fit(fits: Fits, one: Meant) -> float:
    weights = fits.weights.get(one.topic)
    if not weights:
        return 0.0
    whole = weights.get(ANY)
    if one.option:
        own = weights.get(one.option)
        return max(_OPTION[own] if own else 0.0, _WHOLE_TOPIC[whole] if whole else 0.0)
    options = [weight for option, weight in weights.items() if option != ANY]
    return max(_TOPIC[whole] if whole else 0.0, _ONLY_OPTION[max(options)] if options else 0.0)
