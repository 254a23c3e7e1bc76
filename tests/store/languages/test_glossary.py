"""The terms of the field and the wordings that went wrong: what is checked in which language."""

import csv
from pathlib import Path

import pytest

from portal.domain.languages.wording import terms_left_out, wordings_met
from portal.store.languages.glossary import load_terms, load_wordings
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


# ----------------------------------------------------------------------------------------------- wordings


def test_a_wording_is_read_with_the_swedish_that_it_holds_for(tmp_path: Path) -> None:
    (tmp_path / "wordings.csv").write_text(
        "language,swedish,wrong,says\nfi,,tietokeskustelu,tiedottava\nfi,Tolk,tulkin?,kääntäjä\n", encoding="utf-8"
    )
    always, of_a_word = load_wordings(tmp_path)["fi"]
    assert (always.swedish, always.says) == (None, "tiedottava")
    assert list(wordings_met("En tolk", ("tulki",), [of_a_word])) == ["says “tulki”: kääntäjä"]
    assert list(wordings_met("Hem", ("tulki",), [of_a_word])) == []


def test_a_kommun_with_translations_of_its_own_needs_no_wordings(tmp_path: Path) -> None:
    assert load_wordings(tmp_path) == {}


def test_every_wording_is_of_a_language_and_says_what_is_said_instead() -> None:
    wordings = load_wordings()
    assert set(wordings) <= {tag for tag, language in load_languages().items() if not language.is_source}
    assert all(wording.says for found in wordings.values() for wording in found)


WENT_WRONG = [
    ("so", "Dina vårdnadshavare säger ja.", "Kuwa mas’uulka kaa ah (vårdnadshavare) waa oggol yihiin."),
    ("so", "Någon jag har varit tillsammans med", "Qof aan hore xiriir jacayl u lahayn"),
    ("so", "Vi tar bort din e-post.", "Iimaylkaaga waan tirnaa."),
    ("uk", "Vet din vårdnadshavare att du ansöker?", "Ваш законний представник знає, що ви подаєте заяву?"),
    ("uk", "Du kan få stödsamtal.", "Ви можете отримати розмови для підтримки."),
    (
        "en",
        "Är du under 12 år måste din vårdnadshavare säga ja.",
        "If you are under 12, your legal guardian must say yes.",
    ),
    ("en", "Min plats", "My place"),
    ("ar", "familjehem", "عائلة أخرى"),
    ("ar", "Stöd och skydd vid våld", "الدعم والحماية عند العنف"),
    ("ar", "Läs mer", "اقرأ المزيد"),
    ("ar", "Vill du avboka?", "هل تريد إلغاء التسجيل؟"),
    ("fa-AF", "Dina vårdnadshavare säger ja.", "سرپرستان قانونی شما قبول دارند."),
    ("fa-AF", "Behöver hjälp hemma", "در خانه به کمک ضرورت دارد"),
    ("ti", "Stöd och skydd vid våld", "ደገፍን ሓለዋን ኣብ ዓመጽ"),
    ("ti", "Läs mer", "ተወሳኺ ኣንብብ"),
    ("fi", "Stöd för att inte börja igen med alkohol.", "Tukea, jotta et aloita uudelleen alkoholia."),
    ("sv-simple", "Vi sparar inget förrän du skickar.", "Vi sparar inget förrän du skickar."),
]


@pytest.mark.parametrize(("language", "swedish", "translation"), WENT_WRONG)
def test_what_a_reader_has_found_wrong_cannot_come_back(language: str, swedish: str, translation: str) -> None:
    assert list(wordings_met(swedish, (translation,), load_wordings()[language]))


WENT_RIGHT = [
    ("so", "Dina vårdnadshavare säger ja.", "Waalidkaaga ama kuwa kale ee mas’uulka kaa ah waa oggol yihiin."),
    ("uk", "Dina vårdnadshavare säger ja.", "Ваші батьки або законні представники згодні."),
    ("en", "Dina vårdnadshavare säger ja.", "Your parents or legal guardians say yes."),
    ("fa-AF", "Dina vårdnadshavare säger ja.", "پدر و مادر یا سرپرستان قانونی شما قبول دارند."),
    ("ar", "Bor du ensam?", "هل تعيش/تعيشين وحدك؟"),
    ("ar", "Ring 112", "اتصل بالرقم 112"),
    ("ar", "En administratör har ändrat ett konto.", "غيّر أحد المديرين حسابًا."),
]


@pytest.mark.parametrize(("language", "swedish", "translation"), WENT_RIGHT)
def test_what_is_said_instead_is_not_called_wrong(language: str, swedish: str, translation: str) -> None:
    assert list(wordings_met(swedish, (translation,), load_wordings()[language])) == []
