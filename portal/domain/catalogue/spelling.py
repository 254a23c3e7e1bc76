"""Known words for a word that was typed: the same, the same bent, part of a longer one, or misspelled."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping

from portal.domain.catalogue.words import Tongue

SAME, BENT, BEGUN, JOINED, MISSPELLED = 1.0, 0.9, 0.7, 0.65, 0.6
"""How sure it is that the known word was meant."""

_OTHERWISE_BENT = 0.55
"""The same of a word that only seems bent, for the typed one is a word itself: dotter is not dött."""

_SHORTEST_BEGUN = 4
_MOST_BEGUN = 30
_SHORTEST_HEAD, _SHORTEST_TAIL, _SHORTEST_REST = 4, 5, 3
_ONE_FAULT_FROM, _TWO_FAULTS_FROM = 5, 8
_ETHIOPIC = ("\u1200", "\u139f")


class Vocabulary:
    """Known words, each with the languages that it is a word of."""

    def __init__(self, words: Iterable[tuple[str, Tongue]]) -> None:
        known: dict[str, set[str]] = defaultdict(set)
        self._by_stem: dict[tuple[str, str], set[str]] = defaultdict(set)
        tongues: dict[str, Tongue] = {}
        for word, tongue in words:
            tongues[tongue.tag] = tongue
            known[word].add(tongue.tag)
            self._by_stem[tongue.tag, tongue.stem(word)].add(word)
        self._tongues = tuple(tongues.values())
        joining = {tongue.tag for tongue in self._tongues if tongue.joins}
        self._joined = frozenset(word for word, tags in known.items() if tags & joining)
        self._known = frozenset(known)
        self._sorted = sorted(known)
        self._by_length: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for word in self._sorted:
            self._by_length[len(word)].append((_letters(word), word))

    def __contains__(self, word: object) -> bool:
        return word in self._known

    def meant(self, typed: str, *, is_sure: bool = False) -> Mapping[str, float]:
        """Return the known words that a typed one can mean, with how sure it is; a sure one leaves out the doubtful.

        is_sure: it is a word that is known elsewhere, and no misspelled one.
        """
        is_known = typed in self._known
        bent = _OTHERWISE_BENT if is_known else BENT
        found = {word: bent for tongue in self._tongues for word in self._bent(typed, tongue)}
        if is_known:
            found[typed] = SAME
        return found or self._parts(typed) or self._begun(typed) or ({} if is_sure else self._misspelled(typed))

    def _bent(self, typed: str, tongue: Tongue) -> set[str]:
        return self._by_stem.get((tongue.tag, tongue.stem(typed)), set())

    def _begun(self, typed: str) -> dict[str, float]:
        """Return the words that begin so: a word that is being typed, or the first part of a long one."""
        if len(typed) < _SHORTEST_BEGUN:
            return {}
        first = bisect_left(self._sorted, typed)
        begun = self._sorted[first : first + _MOST_BEGUN]
        return {word: BEGUN for word in begun if word.startswith(typed)}

    def _parts(self, typed: str) -> dict[str, float]:
        """Return the longest known word that a long one ends with, and the longest that it begins with."""
        tails = (typed[cut:] for cut in range(_SHORTEST_REST, len(typed) - _SHORTEST_TAIL + 1))
        heads = (typed[:cut] for cut in range(len(typed) - _SHORTEST_REST, _SHORTEST_HEAD - 1, -1))
        ends = (next((part for part in parts if part in self._joined), None) for parts in (tails, heads))
        return {part: JOINED for part in ends if part is not None}

    def _misspelled(self, typed: str) -> dict[str, float]:
        """Return the known words that one slip of the finger leads to, or two in a long word."""
        most = faults_in(typed)
        letters = _letters(typed)
        found: dict[str, int] = {}
        for length in range(len(typed) - most, len(typed) + most + 1) if most else ():
            for others, word in self._by_length.get(length, ()):
                # A fault changes at most two letters of the set: most words are left out without a closer look.
                if (letters ^ others).bit_count() <= 2 * most and min(faults_in(word), most):
                    faults = distance(typed, word, min(faults_in(word), most))
                    if faults is not None:
                        found[word] = faults
        least = min(found.values(), default=0)
        return {word: MISSPELLED for word, faults in found.items() if faults == least}


def faults_in(word: str) -> int:
    """Return how many slips are forgiven in a word: none in a short one, where they make another word."""
    # A sign of the Ethiopic script is a syllable: four of them are as much as six letters.
    length = len(word) * 3 // 2 if _ETHIOPIC[0] <= word[:1] <= _ETHIOPIC[1] else len(word)
    return (length >= _ONE_FAULT_FROM) + (length >= _TWO_FAULTS_FROM and len(word) >= _TWO_FAULTS_FROM)


def distance(one: str, two: str, most: int) -> int | None:
    """Return how many signs were left out, added, changed or swapped between two words; None where more than `most`."""
    while one and two and one[0] == two[0]:
        one, two = one[1:], two[1:]
    while one and two and one[-1] == two[-1]:
        one, two = one[:-1], two[:-1]
    if max(len(one), len(two)) <= 1:
        faults = max(len(one), len(two))
        return faults if faults <= most else None
    if most == 1:
        return 1 if len(one) == len(two) == 2 and one == two[::-1] else None
    return _counted(one, two, most)


def _counted(one: str, two: str, most: int) -> int | None:
    before: list[int] = []
    last = list(range(len(two) + 1))
    for row, sign in enumerate(one, 1):
        now = [row]
        for column, other in enumerate(two, 1):
            cost = min(last[column] + 1, now[-1] + 1, last[column - 1] + (sign != other))
            if row > 1 and column > 1 and sign == two[column - 2] and other == one[row - 2]:
                cost = min(cost, before[column - 2] + 1)
            now.append(cost)
        if min(now) > most:
            return None
        before, last = last, now
    return last[-1] if last[-1] <= most else None


def _letters(word: str) -> int:
    """Return which letters a word has, as bits of a set that two letters seldom share."""
    bits = 0
    for sign in word:
        bits |= 1 << (ord(sign) % 61)
    return bits
