"""Which tests can see a mutant, those first that most likely do."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from tests.mutants.making import Mutant

ENOUGH, ENOUGH_OWN, A_FEW = 20.0, 60.0, 5.0
"""So many CPU seconds of tests, as they were recorded, are enough for one mutant; more of its own tests; less for a
second look."""

UNKNOWN = 0.2
"""The CPU seconds of a test that is newer than the recording."""


@dataclass(frozen=True)
class Reach:
    """What was recorded: by each line of a file the tests that ran it, and the CPU seconds of each test."""

    seconds: dict[str, float]
    lines: dict[str, dict[int, frozenset[str]]]
    failed: frozenset[str] = frozenset()
    """Tests that fail with no fault put in: they say nothing."""

    def tests_for(self, mutant: Mutant, collected: Iterable[str]) -> list[str]:
        """Return the tests for a mutant: the mirrored ones and all that ran its lines, the quickest first."""
        own = [test for test in collected if _is_own(test, mutant) and test not in self.failed]
        lines = self.lines.get(mutant.path, {})
        first, last = mutant.lines
        ran = frozenset[str]().union(*(lines.get(line, ()) for line in range(first, last + 1))) - self.failed
        if mutant.is_at_import:  # it is felt wherever the file is used
            whole = frozenset[str]().union(*lines.values()) - self.failed
            return self._own_first(own, whole - {*own})
        if not ran:  # no test has been there, or only in a process of its own
            return self._own_first(own, ())
        new = [test for test in own if test not in self.seconds and "postgresql" not in test]
        return self._own_first([*new, *(ran & {*own})], ran - {*own})

    def _own_first(self, own: Iterable[str], others: Iterable[str]) -> list[str]:
        first = self.enough(self._quickest(own), ENOUGH_OWN)
        return [*first, *self.enough(self._quickest(others), ENOUGH - self.time_for(first))]

    def second_look(self, tests: Iterable[str], collected: Collection[str]) -> list[str]:
        """Return the likeliest of some tests, and the same on PostgreSQL where they have run on SQLite."""
        few = self.enough(tests, A_FEW)
        twins = [test.replace("sqlite", "postgresql") for test in few if "sqlite" in test.partition("::")[2]]
        return [*few, *(test for test in twins if test in collected)]

    def time_for(self, tests: Iterable[str]) -> float:
        """Return the CPU seconds that tests took."""
        return sum(self.seconds.get(test, UNKNOWN) for test in tests)

    def enough(self, tests: Iterable[str], enough: float = ENOUGH) -> list[str]:
        """Return the first of them that together take no longer than is enough; one at least."""
        found: list[str] = []
        for test in tests:
            enough -= self.seconds.get(test, UNKNOWN)
            if found and enough < 0:
                break
            found.append(test)
        return found

    def _quickest(self, tests: Iterable[str]) -> list[str]:
        return sorted(tests, key=lambda test: (self.seconds.get(test, UNKNOWN), test))


_OF_TABLES = PurePosixPath("tests/store/test_migrations.py")
"""What is tested of every table and every step of the schema: that they say the same."""


def _is_own(test: str, mutant: Mutant) -> bool:
    """Whether a test stands in the mirrored file; or is of the schema, where a table or a step of it may be changed."""
    tested = PurePosixPath(mutant.path)
    file = PurePosixPath(test.partition("::")[0])
    if file == _OF_TABLES:
        return (mutant.is_at_import and mutant.floor == "store") or "migrations" in tested.parts
    folder = PurePosixPath("tests", *tested.parts[1:-1])
    return file.parent == folder and (file.stem + "_").startswith(f"test_{tested.stem}_")


def read(path: Path) -> Reach:
    """Return what a recorded run wrote."""
    noted = json.loads(path.read_text(encoding="utf-8"))
    tests = noted["tests"]
    lines = {
        file: {int(line): frozenset(tests[number] for number in numbers) for line, numbers in ran.items()}
        for file, ran in noted["lines"].items()
    }
    return Reach(dict(zip(tests, noted["seconds"], strict=True)), lines, frozenset(noted["failed"]))
