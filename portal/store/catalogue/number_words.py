"""The words for numbers, units and months of each language, from data/number_words.yaml."""

from collections.abc import Iterable
from pathlib import Path

from portal.domain.folding import folded
from portal.domain.numbers import MONTH, YEAR, Words, merged
from portal.store.reading import Fields, Findings, read_each, read_yaml

FILE = "number_words.yaml"
NUMBERS, MONTHS = 19, 12


def read_number_words(shared_in: Path, findings: Findings) -> Words:
    """Return the words of all languages as those of one."""
    data = read_yaml(shared_in / FILE, FILE, findings)
    return merged(read_each(data, FILE, "", findings, lambda _, fields: _read(fields)).values())


def _read(fields: Fields) -> Words:
    units = {YEAR: _words(fields, "year"), MONTH: _words(fields, "month")}
    pairs = {YEAR: _words(fields, "two_years"), MONTH: _words(fields, "two_months")}
    return Words(
        _rows(fields, "numbers", NUMBERS, 0),
        _words(fields, "and"),
        {word: unit for unit, words in units.items() for word in words},
        {word: unit for unit, words in pairs.items() for word in words},
        _words(fields, "money"),
        _words(fields, "besides"),
        _words(fields, "before"),
        _words(fields, "after"),
        _rows(fields, "months", MONTHS, 1),
    )


def _words(fields: Fields, key: str) -> frozenset[str]:
    return frozenset(_folded(fields, key, fields.items(key, required=False)))


def _rows(fields: Fields, key: str, count: int, first: int) -> dict[str, int]:
    """Return what each word stands for: its place among the rows, each of which has the words for one number."""
    rows = fields.items(key)
    if len(rows) != count or not all(isinstance(row, list) and row for row in rows):
        fields.wrong(key, f"must be {count} lists of words")
        return {}
    return {
        word: number
        for number, row in enumerate(rows, first)
        if isinstance(row, list)
        for word in _folded(fields, key, row)
    }


def _folded(fields: Fields, key: str, given: Iterable[object]) -> list[str]:
    words = [one for one in given if isinstance(one, str) and folded(one)]
    if len(words) != len(list(given)):
        fields.wrong(key, "must hold words")
    return [folded(word) for word in words]
