"""How fast somebody's own words find something: beside a loop that only looks for them in every text of the kommun."""

import time
from collections.abc import Callable
from statistics import median

from portal.domain.catalogue.insatser import Insats
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.catalogue.meanings import Lexicon, clear
from portal.domain.catalogue.queries import words_of
from portal.domain.catalogue.search import NAME, SEARCH_WORDS, TEXT, Index, search
from portal.domain.folding import folded
from portal.store.loading import load_catalogue

ROUNDS = 9
TIMES = 40
PHRASES = (
    "min man slår mig",
    "kan inte betala hyran",
    "skillsmässa",
    "COPE",
    "röker hasch",
    "زوجي يضربني",
    "ዓመጽ",
    "xyzzyxyzzy",
)


def measure() -> dict[str, str]:
    """Return searches a second among the insatser of Lekeberg, as a share of a plain loop from the same run."""
    catalogue = load_catalogue()
    kommun = catalogue.kommuner["lekeberg"]
    lexicon = Lexicon(catalogue.words)
    index = Index({one.id: _texts(one) for one in kommun.insatser.values()}, catalogue.words.tongues["sv"])

    def find(phrase: str) -> object:
        query = words_of(phrase)
        return search(query, clear(lexicon.meant(query)), kommun.insatser, [index], lexicon)

    found, plain = [], []
    loop = _plain_loop(kommun)
    for _ in range(ROUNDS):
        found.append(_rate(find))
        plain.append(_rate(loop))
    return {
        "milliseconds a search (goal 2)": f"{1000 / median(found):.2f}",
        "share of a loop that looks for each word in every text": f"{median(found) / median(plain):.2f}",
    }


def _texts(insats: Insats) -> dict[str, list[str]]:
    said = {NAME: (insats.name,), SEARCH_WORDS: insats.search, TEXT: (insats.summary, insats.audience)}
    return {where: [sentence.text for sentence in sentences] for where, sentences in said.items()}


def _plain_loop(kommun: Kommun) -> Callable[[str], object]:
    """Return the reference: which insatser have every word somewhere in their folded texts."""
    texts = [
        "\n".join(folded(text) for said in _texts(insats).values() for text in said)
        for insats in kommun.insatser.values()
    ]
    return lambda phrase: [text for text in texts if all(word in text for word in folded(phrase).split())]


def _rate(find: Callable[[str], object]) -> float:
    started = time.perf_counter()
    for _ in range(TIMES):
        for phrase in PHRASES:
            find(phrase)
    return TIMES * len(PHRASES) / (time.perf_counter() - started)
