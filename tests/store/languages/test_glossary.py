"""The terms of the field: which words are checked in which language."""

import csv
from pathlib import Path

import pytest

from portal.domain.languages.wording import terms_left_out
from portal.store.languages.glossary import load_terms
from portal.store.languages.menu import TRANSLATIONS, load_languages


def glossary(folder: Path, *rows: str) -> Path:
    """Write a glossary of those rows."""
    folder.mkdir(exist_ok=True)
    (folder / "glossary.csv").write_text("\n".join(("key,swedish,fi,ar", *rows)) + "\n", encoding="utf-8")
    return folder


def test_a_term_is_checked_in_each_language_that_has_a_word_for_it(tmp_path: Path) -> None:
    terms = load_terms(glossary(tmp_path, "interpreter,tolk|tolken,tulkki|tulk,", "home,hem, ,منزل"))
    assert {language: [term.key for term in found] for language, found in terms.items()} == {
        "fi": ["interpreter"],
        "ar": ["home"],
    }
    (interpreter,) = terms["fi"]
    assert list(terms_left_out("Du får en tolk.", ("Saat tulkin.",), [interpreter])) == []
    assert list(terms_left_out("Tolken är där.", ("Apu on siellä.",), [interpreter])) == ["interpreter: tulkki / tulk"]


def test_a_glossary_of_no_rows_checks_nothing(tmp_path: Path) -> None:
    assert load_terms(glossary(tmp_path)) == {}


def test_a_missing_glossary_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load_terms(tmp_path)


def shipped() -> list[dict[str, str]]:
    """Return the rows of the portal's own glossary."""
    with (TRANSLATIONS / "glossary.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_glossary_has_a_column_for_each_translated_language() -> None:
    with (TRANSLATIONS / "glossary.csv").open(encoding="utf-8", newline="") as file:
        columns = next(csv.reader(file))
    translated = [tag for tag, language in load_languages().items() if not language.is_written]
    assert columns == ["key", "swedish", *translated]


def test_every_row_of_the_glossary_is_whole_and_stands_once() -> None:
    rows = shipped()
    keys = [row["key"] for row in rows]
    assert len(keys) == len(set(keys))
    for row in rows:
        assert row["key"], row
        assert all(form.strip() for form in row["swedish"].split("|")), row
        assert None not in row
        assert all(cell is not None for cell in row.values()), row
