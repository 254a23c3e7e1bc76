"""Figures for whoever runs the portal (`/metrics`, Prometheus' text): how much, how fast, what goes wrong. No person.

They are counted in memory that the processes of one host share, because it is made before they are forked. What came
is shown in whole hundreds: who asks every second does not see that somebody is here now. Errors of our own are exact.
"""

import os
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from mmap import mmap
from threading import Lock

LIMITS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Seconds, the upper ends of what answers are sorted into; Prometheus' own."""

KINDS = ("2", "3", "4", "5")
"""First digits of the statuses that are counted."""

WIDTH = len(KINDS) + len(LIMITS) + 1
ROWS = 256
"""More than one host has processes at work; the numbers of those that follow each other are near."""

AT_LEAST = 100
"""Requests: fewer are not shown."""


class Figures:
    """How many requests were answered, how, and how fast: since the start, by all processes of this host."""

    def __init__(self) -> None:
        # Memory of no file: some machines let nobody write where files of shared memory lie. All noughts at first.
        self._counted = memoryview(mmap(-1, 8 * WIDTH * ROWS)).cast("Q")
        self._turn = Lock()

    def count(self, status: str, seconds: float) -> None:
        """Count an answer by its status and how long it took."""
        if status[:1] not in KINDS:
            return
        # A row for each process, so that none waits for another; many threads of one count at once.
        row = os.getpid() % ROWS * WIDTH
        with self._turn:
            self._counted[row + KINDS.index(status[:1])] += 1
            self._counted[row + len(KINDS) + bisect_left(LIMITS, seconds)] += 1

    def lines(self) -> Iterator[str]:
        """Yield what was counted, as Prometheus reads it."""
        counted = [sum(self._counted[place::WIDTH]) for place in range(WIDTH)]
        by_kind, by_time = counted[: len(KINDS)], counted[len(KINDS) :]
        yield from head("portal_requests_total", "counter", "Answers, by the first digit of their status.")
        for kind, number in zip(KINDS, by_kind, strict=True):
            yield f'portal_requests_total{{status="{kind}xx"}} {number if kind == "5" else _shown(number)}'
        yield from head("portal_request_seconds", "histogram", "How long answers took.")
        for number, limit in enumerate(LIMITS):
            yield f'portal_request_seconds_bucket{{le="{limit}"}} {_shown(sum(by_time[: number + 1]))}'
        yield f'portal_request_seconds_bucket{{le="+Inf"}} {_shown(sum(by_time))}'
        yield f"portal_request_seconds_count {_shown(sum(by_time))}"


def gauge(name: str, says: str, values: Iterable[tuple[str, float]]) -> Iterator[str]:
    """Yield a figure that goes up and down, with a value for each of its labels ("" for none)."""
    yield from head(name, "gauge", says)
    for labels, value in values:
        yield f"{name}{{{labels}}} {value:g}" if labels else f"{name} {value:g}"


def head(name: str, kind: str, says: str) -> Iterator[str]:
    """Yield what stands before a figure: what it says, and its kind."""
    yield f"# HELP {name} {says}"
    yield f"# TYPE {name} {kind}"


def _shown(number: int) -> int:
    return number // AT_LEAST * AT_LEAST
