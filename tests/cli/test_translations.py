"""The commands about translations: what they print, what they write and how they end."""

import re
import shutil
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from portal.cli import main
from portal.store.languages.menu import load_languages
from portal.store.languages.translations import po_path, update
from portal.store.loading import load_knowledge
from tests.cli.running import run
from tests.store.languages.translating import Translator, translate
from tests.store.made_up import ID, write_kommun

SOURCE = {"name": "Svenska", "swedish": "svenska", "dir": "ltr", "babel": "sv", "source": True}


FINNISH = {"name": "Suomi", "swedish": "finska", "dir": "ltr", "babel": "fi"}


SPOKEN = {"sv": SOURCE, "fi": FINNISH}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a folder with one made-up kommun and its translations, which the commands may write in."""
    write_kommun(tmp_path / "data")
    (tmp_path / "translations").mkdir()
    (tmp_path / "translations" / "glossary.csv").write_text(
        "key,swedish,fi\nhelp,stöd|stödet,tuki|tue\n", encoding="utf-8"
    )
    speak(tmp_path, **SPOKEN)
    return tmp_path


def speak_in(folder: Path, languages: dict[str, dict[str, object]]) -> None:
    """Give a folder of translations its languages."""
    text = yaml.safe_dump(languages, allow_unicode=True, sort_keys=False)
    (folder / "languages.yaml").write_text(text, encoding="utf-8")


def speak(tree: Path, **languages: dict[str, object]) -> None:
    """Give the copy its languages."""
    speak_in(tree / "translations", languages)


def translations(tree: Path, *words: str) -> tuple[int, list[str]]:
    """Run a command about translations on the folder's kommun and languages."""
    folders = {"PORTAL_DATA": str(tree / "data"), "PORTAL_TRANSLATIONS": str(tree / "translations")}
    told = CliRunner(env=folders).invoke(main, ["translations", *words])
    assert told.exception is None or isinstance(told.exception, SystemExit), told.exception
    return told.exit_code, told.output.splitlines()


def finnish(tree: Path, domain: str) -> Path:
    """Return the Finnish file of a domain."""
    return po_path(tree / "translations", load_languages(tree / "translations")["fi"], domain)


def fill(tree: Path, domain: str, how: Translator) -> None:
    """Translate every text of a domain into Finnish."""
    translate(tree / "translations", load_languages(tree / "translations")["fi"], domain, how)


def in_finnish(text: str) -> str:
    """Translate a text so that it breaks no rule: its gaps and its last mark stay, and the term is said."""
    gaps = "".join(f" {gap}" for gap in re.findall(r"\{\w+\}", text))
    return f"Tuki{gaps}{text[-1] if text[-1] in '.?' else ''}"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return translations of the made-up kommun and the portal that break no rule."""
    folder = tmp_path_factory.mktemp("filled")
    write_kommun(folder / "data")
    speak_in(folder, SPOKEN)
    language = load_languages(folder)["fi"]
    update(load_knowledge(folder / "data"), [language], folder)
    for domain in ("messages", ID):
        translate(folder, language, domain, in_finnish)
    return folder


@pytest.fixture
def translated(tree: Path, filled: Path) -> Path:
    """Return a copy of the project with every text translated."""
    shutil.copytree(filled, tree / "translations", dirs_exist_ok=True, ignore=shutil.ignore_patterns("data"))
    return tree


def test_with_every_text_translated_the_check_ends_well(translated: Path) -> None:
    tree = translated
    code, lines = translations(tree, "check")
    assert (code, lines[-1]) == (0, "Every text is translated and keeps the rules of its language."), lines
    assert [line.partition(",")[0].rpartition(" ")[2] for line in lines[:-1]] == ["translated", "translated"]


def test_the_source_alone_lacks_nothing(tree: Path) -> None:
    speak(tree, sv=SOURCE)
    assert translations(tree, "check") == (0, ["Every text is translated and keeps the rules of its language."])


def test_each_text_without_a_translation_is_a_line(tree: Path) -> None:
    code, lines = translations(tree, "check")
    assert code == 1
    assert "fi: messages: not translated: Nästa" in lines
    assert "fi: solbacka: not translated: Solbackakursen" in lines
    assert "fi: messages: no file" in lines
    assert re.fullmatch(r"\d+ texts want a translator\.", lines[-1])


def test_each_translation_that_breaks_a_rule_is_a_line(translated: Path) -> None:
    tree = translated
    path = finnish(tree, ID)
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace('msgid "Du kan komma ensam."\nmsgstr "Tuki."', 'msgid "Du kan komma ensam."\nmsgstr "Нет. "'),
        encoding="utf-8",
    )
    (tree / "translations" / "wordings.csv").write_text(
        "language,swedish,wrong,says\nfi,ensam,Нет,Tuki\n", encoding="utf-8"
    )
    code, lines = translations(tree, "check")
    assert code == 1
    assert [line for line in lines if "ensam" in line] == [
        "fi: solbacka: has white space that nobody needs: Du kan komma ensam.",
        "fi: solbacka: has a letter of another script: Du kan komma ensam.",
        "fi: solbacka: does not end with .: Du kan komma ensam.",
        "fi: solbacka: says “Нет”: Tuki: Du kan komma ensam.",
    ]


def test_a_text_that_a_kommun_translates_in_its_own_way_is_a_line(translated: Path) -> None:
    path = finnish(translated, ID)
    path.write_text(path.read_text(encoding="utf-8") + '\nmsgid "Nästa"\nmsgstr "Toinen"\n', encoding="utf-8")
    code, lines = translations(translated, "check")
    assert (code, lines[0]) == (1, "fi: solbacka: is said otherwise in messages: Nästa")


def test_a_term_that_is_left_out_is_a_line(translated: Path) -> None:
    tree = translated
    write_kommun(tree / "data", kurs={"guidance": ["Du kan få mer stöd."]})
    translations(tree, "update")
    fill(tree, ID, lambda text: in_finnish(text).replace("Tuki", "Apu"))
    _, lines = translations(tree, "check")
    assert "fi: solbacka: does not say help: tuki / tue: Du kan få mer stöd." in lines


def test_update_writes_templates_and_files_and_compile_what_has_changed(tree: Path) -> None:
    written = ["messages.pot", "solbacka.pot", "LC_MESSAGES/messages.po", "LC_MESSAGES/solbacka.po"]
    code, lines = translations(tree, "update")
    assert code == 0
    assert lines == [name.replace("LC_MESSAGES", "fi") for name in written]
    for name in written:
        assert (tree / "translations" / name.replace("LC_MESSAGES", "fi/LC_MESSAGES")).stat().st_size > 0
    assert translations(tree, "compile") == (0, ["fi/messages.mo", "fi/solbacka.mo"])
    assert translations(tree, "compile") == (0, [])


def test_extract_writes_the_templates_alone(tree: Path) -> None:
    assert translations(tree, "extract") == (0, ["messages.pot", "solbacka.pot"])
    assert not finnish(tree, ID).exists()


def test_status_says_where_there_is_no_file(tree: Path) -> None:
    assert translations(tree, "status") == (0, ["fi: messages: no file", "fi: solbacka: no file"])


def test_status_counts_every_text_of_each_domain(translated: Path) -> None:
    tree = translated
    write_kommun(tree / "data", kurs={"summary": "En kurs i grupp för alla föräldrar.", "audience": "4711 4712 4713"})
    translations(tree, "update")
    translations(tree, "review", "fi", ID, "--by", "Anna", "--on", "2026-11-24", "--only", "ensam")
    translations(tree, "review", "fi", ID, "--by", "Språkstödet", "--on", "2026-11-25", "--only", "FIKA")
    code, (messages, solbacka) = translations(tree, "status")
    assert code == 0
    assert re.fullmatch(r"fi: messages: \d+ translated", messages)
    found = re.fullmatch(
        r"fi: solbacka: (\d+) translated, 2 reviewed, 1 stale, 1 missing \(by (.+), last 2026-11-25\)", solbacka
    )
    assert found is not None, solbacka
    assert sorted(found[2].split(", ")) == ["Anna", "Språkstödet"]


def test_a_review_says_how_many_texts_it_is_of(translated: Path) -> None:
    tree = translated
    told = translations(tree, "review", "fi", ID, "--by", "Anna", "--on", "2026-11-25", "--only", "ensam")
    assert told == (0, ["1 texts are noted as reviewed."])
    before = finnish(tree, ID).read_bytes()
    assert b"# reviewed 2026-11-25 " in before
    translations(tree, "update")
    assert finnish(tree, ID).read_bytes() == before


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("xx", "lekeberg", "--by", "Anna", "--on", "2026-11-25"), "'xx'"),
        (("sv", "lekeberg", "--by", "Anna", "--on", "2026-11-25"), "'sv'"),
        (("fi", "granby", "--by", "Anna", "--on", "2026-11-25"), "'granby'"),
        (("fi", "lekeberg", "--by", "Anna", "--on", "25/11"), "25/11"),
        (("fi", "lekeberg", "--on", "2026-11-25"), "--by"),
        (("fi", "lekeberg", "--by", "Anna"), "--on"),
    ],
)
def test_a_review_of_nothing_is_refused(words: tuple[str, ...], says: str) -> None:
    told = run("translations", "review", *words)
    assert told.exit_code == 2
    assert says in told.output


def test_a_review_by_nobody_is_refused(translated: Path) -> None:
    before = finnish(translated, ID).read_bytes()
    code, lines = translations(translated, "review", "fi", ID, "--by", " ", "--on", "2026-11-25")
    assert (code, lines[-1]) == (2, "Error: Invalid value for --by: a name or a role is needed")
    assert finnish(translated, ID).read_bytes() == before


@pytest.mark.parametrize("command", ["check", "status", "update", "compile"])
def test_a_file_that_git_has_left_in_conflict_is_told_and_stays(translated: Path, command: str) -> None:
    tree = translated
    path = finnish(tree, ID)
    broken = path.read_text(encoding="utf-8") + "<<<<<<< HEAD\n"
    path.write_text(broken, encoding="utf-8")
    code, lines = translations(tree, command)
    assert code == 1
    assert re.fullmatch(
        r"fi/LC_MESSAGES/solbacka\.po: line \d+ cannot be read: <<<<<<< HEAD",
        [line for line in lines if "<" in line][0],
    )
    assert path.read_text(encoding="utf-8") == broken


@pytest.mark.parametrize("command", ["status", "update"])
def test_languages_that_cannot_be_read_are_told(tree: Path, command: str) -> None:
    (tree / "translations" / "languages.yaml").write_text("fi: {", encoding="utf-8")
    code, lines = translations(tree, command)
    assert code == 1
    assert any(line.startswith("languages.yaml") for line in lines)
