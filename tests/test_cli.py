"""The commands: what they print, what they write and how they end."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from portal.cli import main
from portal.settings import ROOT
from tests.store.made_up import KURS_FILE, write_kommun


def run(*words: str) -> Result:
    """Run a command in this process, on the repository's own files where it names no folder."""
    return CliRunner().invoke(main, list(words))


# ------------------------------------------------------------------------------------------ catalogue check


def test_a_whole_catalogue_ends_well() -> None:
    told = run("catalogue", "check")
    assert (told.exit_code, told.output) == (0, "Every catalogue is whole and lawful.\n")


def test_a_folder_of_one_s_own_is_checked(tmp_path: Path) -> None:
    write_kommun(tmp_path)
    told = run("catalogue", "check", str(tmp_path))
    assert (told.exit_code, told.output) == (0, "Every catalogue is whole and lawful.\n")


def test_a_broken_catalogue_ends_with_a_line_for_each_error(tmp_path: Path) -> None:
    write_kommun(tmp_path, kurs={"without_guardian_from": 14, "price": 100})
    told = run("catalogue", "check", str(tmp_path))
    assert told.exit_code == 1
    first, second = told.output.splitlines()
    assert first == f"{KURS_FILE}: price: is not a key that is known here"
    assert second.startswith(f"{KURS_FILE}: without_guardian_from: ")
    assert second.endswith("[21 kap. 2 §]")


def test_what_is_doubtful_is_told_only_when_asked_for(tmp_path: Path) -> None:
    write_kommun(tmp_path, kurs={"access": "referral"})
    assert run("catalogue", "check", str(tmp_path)).output.count("\n") == 1
    told = run("catalogue", "check", "--warnings", str(tmp_path))
    assert told.exit_code == 0
    assert [line for line in told.output.splitlines() if line.startswith(f"{KURS_FILE}: access: ")]


def test_an_unknown_command_is_explained() -> None:
    told = run("catalogue", "dance")
    assert told.exit_code == 2
    assert "No such command 'dance'" in told.output


# ------------------------------------------------------------------------------------------- translations

SOURCE = {"name": "Svenska", "swedish": "svenska", "dir": "ltr", "babel": "sv", "source": True}
FINNISH = {"name": "Suomi", "swedish": "finska", "dir": "ltr", "babel": "fi"}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a copy of the project with one made-up kommun, which the commands about translations may write in."""
    shutil.copytree(ROOT / "portal", tmp_path / "portal", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "data").mkdir()
    for path in (ROOT / "data").glob("*.yaml"):
        shutil.copy(path, tmp_path / "data" / path.name)
    write_kommun(tmp_path / "data")
    (tmp_path / "translations").mkdir()
    return tmp_path


def speak(tree: Path, **languages: dict[str, object]) -> None:
    """Give the copy its languages."""
    text = yaml.safe_dump(languages, allow_unicode=True, sort_keys=False)
    (tree / "translations" / "languages.yaml").write_text(text, encoding="utf-8")


def translations(tree: Path, command: str) -> tuple[int, list[str]]:
    """Run a command about translations in the copy (it knows no other folder than that of its own code)."""
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "portal.cli", "translations", command], cwd=tree, capture_output=True, text=True
    )
    assert not done.stderr, done.stderr
    return done.returncode, done.stdout.splitlines()


def test_with_every_text_translated_the_check_ends_well(tree: Path) -> None:
    speak(tree, sv=SOURCE)
    assert translations(tree, "check") == (0, ["Every text is translated."])


def test_each_text_without_a_translation_is_a_line(tree: Path) -> None:
    speak(tree, sv=SOURCE, fi=FINNISH)
    code, lines = translations(tree, "check")
    assert code == 1
    assert "fi: messages: not translated: Nästa" in lines
    assert "fi: solbacka: not translated: Solbackakursen" in lines


def test_update_writes_templates_and_files_and_compile_what_has_changed(tree: Path) -> None:
    speak(tree, sv=SOURCE, fi=FINNISH)
    written = ["messages.pot", "LC_MESSAGES/messages.po", "solbacka.pot", "LC_MESSAGES/solbacka.po"]
    code, lines = translations(tree, "update")
    assert code == 0
    assert lines == [name.replace("LC_MESSAGES", "fi") for name in written]
    for name in written:
        assert (tree / "translations" / name.replace("LC_MESSAGES", "fi/LC_MESSAGES")).stat().st_size > 0
    assert translations(tree, "compile") == (0, ["fi/messages.mo", "fi/solbacka.mo"])
    assert translations(tree, "compile") == (0, [])
