"""The words for numbers, units and months: every language has them all, and what is wrong in the file is told."""

from pathlib import Path

import pytest

from portal.store.catalogue.number_words import FILE, read_number_words
from portal.store.languages.menu import load_languages
from portal.store.reading import DATA, Findings, read_yaml


def test_every_language_with_words_of_its_own_has_its_numbers_and_months() -> None:
    findings = Findings()
    data, words = read_yaml(DATA / FILE, FILE, findings), read_number_words(DATA, findings)
    assert findings.found == []
    assert set(data) == {tag for tag, one in load_languages().items() if one.is_source or not one.is_written}
    assert {words.numbers[word] for word in ("arton", "eighteen", "kahdeksantoista", "вісімнадцять")} == {18}
    assert set(words.numbers.values()) == set(range(19))
    assert set(words.months.values()) == set(range(1, 13))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("sv: {numbers: [[noll]], months: []}", "must be 19 lists of words"),
        ("sv: {and: [1]}", "must hold words"),
        ("sv: {or: [eller]}", "or"),
    ],
)
def test_what_is_wrong_in_the_file_is_told(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    findings = Findings()
    read_number_words(tmp_path, findings)
    assert any(says in one.line for one in findings.found)
