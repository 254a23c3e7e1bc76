"""The mutants that no test needs to catch, each with its reason."""

from dataclasses import dataclass
from pathlib import Path

import yaml

from tests.mutants.making import Mutant

EXPLAINED = Path(__file__).with_name("explained.yaml")


@dataclass(frozen=True)
class Explained:
    """A change of a line that changes nothing, or nothing that matters, and why."""

    path: str
    line: str
    becomes: str
    why: str


def explained() -> list[Explained]:
    """Return all, as the file has them."""
    given = yaml.safe_load(EXPLAINED.read_text(encoding="utf-8")) or {}
    return [Explained(path, **entry) for path, entries in given.items() for entry in entries]


def is_explained(mutant: Mutant, source: str) -> bool:
    """Whether a mutant of a file with this source is one of them."""
    _, line, becomes = mutant.shown(source)
    return any((one.path, one.line, one.becomes) == (mutant.path, line, becomes) for one in explained())
