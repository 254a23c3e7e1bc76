"""The terms of the field in every language, from translations/glossary.csv."""

import csv
from pathlib import Path

from portal.domain.languages.wording import Term, term
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
