"""What people type, by kind, each with what is right: the value that is kept, or that she is asked again."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ASKED = "asked again"

KINDS = ("text", "names", "money", "ages", "months", "age", "dates", "phones", "emails", "codes", "personal_numbers")
"""A file each."""


@dataclass(frozen=True)
class Case:
    """One thing that somebody typed, and what is right; `right` is ASKED where it could be two things, or none."""

    typed: str
    right: Any

    @property
    def is_asked(self) -> bool:
        """Return whether she is asked again."""
        return bool(self.right == ASKED)


@cache
def cases(kind: str) -> tuple[Case, ...]:
    """Return what is typed in fields of a kind."""
    read = yaml.safe_load(Path(__file__).with_name(f"{kind}.yaml").read_text(encoding="utf-8"))
    return tuple(Case(str(typed), right) for typed, right in read)
