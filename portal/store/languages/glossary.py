"""The terms of the field in every language, and the wordings that went wrong: glossary.csv and wordings.csv."""

import csv
import re
from pathlib import Path

from portal.domain.languages.wording import Term, Wording, term
from portal.store.languages.menu import TRANSLATIONS


def load_terms(folder: Path = TRANSLATIONS) -> dict[str, tuple[Term, ...]]:
    """Return the terms that are checked, by language.

    A row has the key, the Swedish forms (split by |) and for each language the words allowed there (split by |), each
    given by the stems that inflection leaves as they are; an empty cell is not checked.
    """
    found: dict[str, list[Term]] = {}
    with (folder / "glossary.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for language, cell in row.items():
                if language not in ("key", "swedish") and cell and cell.strip():
                    words = [word.strip() for word in cell.split("|")]
                    found.setdefault(language, []).append(term(row["key"], row["swedish"].split("|"), words))
    return {language: tuple(terms) for language, terms in found.items()}


def load_wordings(folder: Path = TRANSLATIONS) -> dict[str, tuple[Wording, ...]]:
    """Return the wordings that must not come back, by language.

    A row has the language, a pattern of the Swedish it holds for (empty: all), the pattern that is wrong, and what is
    said instead. A kommun that keeps its translations elsewhere need not have the file.
    """
    found: dict[str, list[Wording]] = {}
    path = folder / "wordings.csv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            swedish = re.compile(row["swedish"], re.IGNORECASE) if row["swedish"] else None
            found.setdefault(row["language"], []).append(Wording(re.compile(row["wrong"]), row["says"], swedish))
    return {language: tuple(wordings) for language, wordings in found.items()}
