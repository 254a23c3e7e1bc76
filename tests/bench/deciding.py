"""How fast a resident is decided, and that the number of kommuner in memory does not matter."""

import time
from collections.abc import Callable
from dataclasses import replace
from statistics import median

from portal.domain.catalogue.answers import Answer, Answers
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.catalogue.whole import Catalogue
from portal.domain.officials.population import population
from portal.domain.self_check.asking import next_question
from portal.domain.self_check.matching import match
from portal.store.loading import load_catalogue

RESIDENTS = 400
ROUNDS = 9
NATION = 290


def measure() -> dict[str, str]:
    """Return residents a second against Lekeberg, alone and among 290 kommuner, and a reference from the same run."""
    catalogue = load_catalogue()
    lekeberg = catalogue.kommuner["lekeberg"]
    residents = [_path(catalogue, lekeberg, resident) for resident in population(catalogue, RESIDENTS)]
    nation = replace(catalogue, kommuner=_nation(lekeberg))
    alone: list[float] = []
    among: list[float] = []
    reference: list[float] = []
    for _ in range(ROUNDS):
        alone.append(_rate(lambda answers: match(lekeberg, catalogue, answers), residents))
        among.append(_rate(lambda answers: match(nation.kommuner["kommun-200"], nation, answers), residents))
        reference.append(_rate(_plain_loop(lekeberg), residents))
    return {
        "residents a second (goal 20,000)": f"{median(alone):,.0f}",
        "share of a loop that only reads every condition's outcome": f"{median(alone) / median(reference):.2f}",
        f"among {NATION} kommuner, share of alone (goal 1)": f"{median(among) / median(alone):.2f}",
        "insatser in memory then": f"{sum(len(kommun.insatser) for kommun in nation.kommuner.values()):,}",
    }


def _path(catalogue: Catalogue, kommun: Kommun, resident: Answers) -> dict[str, Answer]:
    """Return only the answers that the self-check asks this resident for."""
    so_far: dict[str, Answer] = {}
    while (question := next_question(kommun, catalogue, so_far)) is not None:
        so_far[question.id] = resident[question.id]
    return so_far


def _nation(kommun: Kommun) -> dict[str, Kommun]:
    return {f"kommun-{number}": replace(kommun, id=f"kommun-{number}") for number in range(NATION)}


def _plain_loop(kommun: Kommun) -> Callable[[Answers], object]:
    """Return the reference: every condition's outcome for what shares a topic, without lists or reasons."""

    def decide(answers: Answers) -> object:
        topics = answers["topics"]
        return [
            [rule.evaluate(answers) for rule in insats.rules]
            for insats in kommun.open_insatser
            if isinstance(topics, frozenset) and not topics.isdisjoint(insats.topics)
        ]

    return decide


def _rate(decide: Callable[[Answers], object], residents: list[dict[str, Answer]]) -> float:
    started = time.perf_counter()
    for answers in residents:
        decide(answers)
    return len(residents) / (time.perf_counter() - started)
