"""The translations as the running portal reads them: compiled only when needed, with what is true of them beside."""

import os
from datetime import date
from pathlib import Path

import pytest

from portal.domain.knowledge import Knowledge
from portal.domain.languages.reviews import MISSING, REVIEWED, STALE, TRANSLATED, WRITTEN, Truth
from portal.store.languages.extraction import PORTAL
from portal.store.languages.po import read, write
from portal.store.languages.texts import Texts, compile_all, load_texts
from portal.store.languages.translations import note_review, po_path, update
from tests.store.languages.translating import (
    ARABIC,
    FINNISH,
    SIMPLE,
    SWEDISH,
    in_capitals,
    made_up_knowledge,
    message_of,
    translate,
)
from tests.store.made_up import ID, KURS

SAFE_TEXT = "Är det akut? Ring 112."


@pytest.fixture
def found(tmp_path: Path) -> Knowledge:
    """Return the made-up kommun, with one text about safety, whose Finnish files are whole."""
    knowledge = made_up_knowledge(tmp_path / "data", guidance=[SAFE_TEXT])
    update(knowledge, [FINNISH, SIMPLE], tmp_path)
    for language in (FINNISH, SIMPLE):
        for domain in (ID, PORTAL):
            translate(tmp_path, language, domain)
    return knowledge


def compiled(folder: Path) -> Texts:
    """Return the texts of the kommun in Finnish as the portal reads them."""
    compile_all([FINNISH], folder)
    return load_texts(FINNISH, ID, folder)


def touch(path: Path) -> None:
    """Make a file newer than all that was made of it."""
    os.utime(path, ns=(2**61, 2**61))


def test_a_translation_is_read_as_it_was_written(found: Knowledge, tmp_path: Path) -> None:
    texts = compiled(tmp_path)
    assert texts.translations.gettext(KURS["summary"]) == KURS["summary"].upper()
    assert (texts.missing, texts.unsafe) == (frozenset(), frozenset())
    assert texts.truth.count(TRANSLATED) == sum(number for _, number in texts.truth.counts) > 5


def test_the_source_language_has_no_files(tmp_path: Path) -> None:
    texts = load_texts(SWEDISH, ID, tmp_path)
    assert texts.translations.gettext("Kurs") == "Kurs"
    assert (texts.truth, texts.missing, texts.unsafe) == (Truth(), frozenset(), frozenset())


def test_without_a_compiled_file_texts_stay_as_they_are(tmp_path: Path) -> None:
    texts = load_texts(FINNISH, ID, tmp_path)
    assert texts.translations.gettext("Kurs") == "Kurs"
    assert texts.truth == Truth()


def test_only_what_has_changed_is_compiled(tmp_path: Path) -> None:
    update(made_up_knowledge(tmp_path / "data"), [FINNISH, ARABIC], tmp_path)
    assert len(compile_all([FINNISH, ARABIC], tmp_path)) == 4
    assert compile_all([FINNISH, ARABIC], tmp_path) == []
    path = po_path(tmp_path, ARABIC, ID)
    touch(path)
    assert compile_all([FINNISH, ARABIC], tmp_path) == [path.with_suffix(".mo")]


def test_what_an_older_version_compiled_is_compiled_again(found: Knowledge, tmp_path: Path) -> None:
    # It knew nothing of truth, and left no file about it.
    compiled(tmp_path)
    path = po_path(tmp_path, FINNISH, ID).with_suffix(".json")
    path.unlink()
    assert compile_all([FINNISH], tmp_path) == [path.with_suffix(".mo")]
    assert path.exists()


def test_a_language_that_is_not_in_the_list_is_not_compiled(found: Knowledge, tmp_path: Path) -> None:
    assert {path.parts[-3] for path in compile_all([FINNISH], tmp_path)} == {"fi"}


def test_a_text_without_a_translation_is_known_as_missing(found: Knowledge, tmp_path: Path) -> None:
    path = po_path(tmp_path, FINNISH, ID)
    catalog = read(path, "fi")
    message_of(catalog, KURS["audience"]).string = ""
    write(catalog, path)
    texts = compiled(tmp_path)
    assert texts.missing == {KURS["audience"]}
    assert texts.truth.count(MISSING) == 1
    assert texts.translations.gettext(KURS["audience"]) == KURS["audience"]


def test_a_plural_that_lacks_a_form_is_missing_by_its_singular(found: Knowledge, tmp_path: Path) -> None:
    path = po_path(tmp_path, FINNISH, PORTAL)
    catalog = read(path, "fi")
    message_of(catalog, "{n} träff.").string = ("{n} osuma.", "")
    write(catalog, path)
    compile_all([FINNISH], tmp_path)
    texts = load_texts(FINNISH, PORTAL, tmp_path)
    assert texts.missing == {"{n} träff."}
    assert texts.translations.ngettext("{n} träff.", "{n} träffar.", 5) == "{n} träffar."


def test_a_stale_text_is_shown_and_only_one_about_safety_is_unsafe(found: Knowledge, tmp_path: Path) -> None:
    summary, safety = "En kurs i grupp för alla föräldrar.", "Är det akut? Ring 112 nu."
    later = made_up_knowledge(tmp_path / "data", summary=summary, guidance=[safety])
    update(later, [FINNISH], tmp_path)
    touch(po_path(tmp_path, FINNISH, ID))
    texts = compiled(tmp_path)
    assert texts.translations.gettext(summary) == KURS["summary"].upper()
    assert texts.translations.gettext(safety) == SAFE_TEXT.upper()
    assert texts.unsafe == {safety}
    assert texts.missing == frozenset()
    assert texts.truth.count(STALE) == 2


def test_who_has_reviewed_is_read_with_the_latest_day(found: Knowledge, tmp_path: Path) -> None:
    path = po_path(tmp_path, FINNISH, ID)
    note_review(path, FINNISH, "Anna", date(2026, 11, 1))
    note_review(path, FINNISH, "Bo", date(2026, 11, 25), ["kväll"])
    truth = compiled(tmp_path).truth
    assert truth.is_reviewed
    assert (set(truth.reviewed_by), truth.reviewed_on) == ({"Anna", "Bo"}, date(2026, 11, 25))


def test_a_language_of_its_own_is_written_and_not_translated(found: Knowledge, tmp_path: Path) -> None:
    compile_all([SIMPLE], tmp_path)
    truth = load_texts(SIMPLE, ID, tmp_path).truth
    assert (truth.count(TRANSLATED), truth.count(WRITTEN) > 5, truth.count(REVIEWED)) == (0, True, 0)


def test_a_translator_may_capitalise_all_but_the_gaps() -> None:
    # The made-up translator of these tests.
    assert in_capitals("från {low} till {high} år") == "FRÅN {low} TILL {high} ÅR"
