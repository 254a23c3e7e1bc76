"""The commands: what they print, what they write and how they end."""

import csv
import io
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from portal.actions.staff import find_invited_staff
from portal.cli import main
from portal.domain.catalogue import Catalogue, Kommun
from portal.domain.coverage import coverage, map_of, unreached_situations
from portal.domain.staff import Role
from portal.settings import ROOT
from portal.store import schema
from portal.store.audit import list_events
from portal.store.kept_key import is_key, new_key
from portal.store.storage import Storage, open_storage
from tests.store.made_up import ID, KURS_FILE, write_kommun


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


# ------------------------------------------------------------------------------------ what a kommun offers


def test_the_map_is_a_line_for_each_row_of_skr_s_list(catalogue: Catalogue, lekeberg: Kommun) -> None:
    told = run("catalogue", "map", "--kommun", "lekeberg")
    assert told.exit_code == 0
    lines = told.output.splitlines()
    assert [line.split()[0] for line in lines] == [one.status for one in map_of(lekeberg, catalogue.skr).values()]
    assert {"none", "direct", "assessed"} == {line.split()[0] for line in lines}


def test_the_map_as_csv_has_the_same_rows(catalogue: Catalogue, lekeberg: Kommun) -> None:
    told = run("catalogue", "map", "--kommun", "lekeberg", "--format", "csv")
    assert told.exit_code == 0
    rows = list(csv.DictReader(io.StringIO(told.output)))
    mapped = map_of(lekeberg, catalogue.skr)
    assert [(row["id"], row["status"]) for row in rows] == [(row_id, one.status) for row_id, one in mapped.items()]
    for row in rows:
        assert row["insatser"].split() == [insats.id for insats in mapped[row["id"]].insatser]
        assert row["area"]
        assert row["section"]
        assert row["name"] == mapped[row["id"]].row.name


def test_the_coverage_names_the_ages_and_situations_that_nothing_direct_reaches(catalogue: Catalogue) -> None:
    kommun = catalogue.kommuner["mellerud"]
    told = run("catalogue", "coverage", "--kommun", "mellerud")
    assert told.exit_code == 0
    found = re.findall(r"^(\w+): (\d+)–(\d+) years: (\w+)$", told.output, re.MULTILINE)
    assert found == [
        (topic, str(run.first), str(run.last), {"none": "nothing"}.get(run.status, run.status))
        for topic, runs in coverage(kommun, catalogue).items()
        for run in runs
        if run.status != "direct"
    ]
    lacking = dict(re.findall(r"^(\w+): no insats for: (.+)$", told.output, re.MULTILINE))
    assert lacking == {topic: ", ".join(options) for topic, options in unreached_situations(kommun, catalogue).items()}
    assert len(told.output.splitlines()) == len(found) + len(lacking)


@pytest.mark.parametrize("command", ["map", "coverage"])
def test_an_unknown_kommun_is_named_with_those_there_are(command: str) -> None:
    told = run("catalogue", command, "--kommun", "granby")
    assert told.exit_code == 2
    assert "no kommun 'granby'" in told.output
    assert "lekeberg" in told.output


# ------------------------------------------------------------------------------------ what a change would do


@pytest.fixture
def versions(tmp_path: Path) -> tuple[Path, Path]:
    """Return two versions of the made-up kommun; the second has one insats more."""
    old, new = tmp_path / "old", tmp_path / "new"
    write_kommun(old)
    write_kommun(new, insatser={"sparradet": {"name": "Sparrådet", "topics": ["money"], "conditions": []}})
    return old, new


def changes(*words: object) -> list[str]:
    """Return what a comparison says about fifty residents."""
    told = run("catalogue", "effect", "--size", "50", *map(str, words))
    assert told.exit_code == 0, told.output
    return told.stdout.splitlines()


def test_a_new_insats_is_gained_and_when_taken_away_lost(versions: tuple[Path, Path]) -> None:
    old, new = versions
    gained = [line for line in changes(old, new) if "sparradet" in line]
    assert gained
    assert all(re.fullmatch(rf"{ID}: \+\d+ of 50 residents: sparradet in (direct|maybe)", line) for line in gained)
    assert [line for line in changes(new, old) if "sparradet" in line] == [line.replace("+", "-") for line in gained]


def test_the_same_catalogue_changes_nothing(versions: tuple[Path, Path]) -> None:
    old, _ = versions
    assert changes(old, old) == [f"{ID}: nobody gains or loses anything"]


def test_only_the_kommuner_named_are_compared(versions: tuple[Path, Path]) -> None:
    old, new = versions
    (old / "kommuner" / ID).rename(old / "kommuner" / "granby")
    assert {line.split(":")[0] for line in changes(old, new)} == {"granby", ID}
    assert {line.split(":")[0] for line in changes(old, new, "--kommun", ID)} == {ID}


def test_a_kommun_that_neither_version_has_is_named(versions: tuple[Path, Path]) -> None:
    told = run("catalogue", "effect", "--size", "5", "--kommun", "granby", *map(str, versions))
    assert told.exit_code == 2
    assert "granby" in told.output


def test_a_broken_version_is_told_as_its_errors(versions: tuple[Path, Path]) -> None:
    old, new = versions
    write_kommun(new, kurs={"route": "maybe"})
    told = run("catalogue", "effect", "--size", "5", str(old), str(new))
    assert told.exit_code == 1
    assert f"{KURS_FILE}: route: has no 'maybe'" in told.output


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


# --------------------------------------------------------------------------------------------------- the staff


@pytest.fixture
def production(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Storage:
    """Return the storage of a portal in production, which the commands find in the environment."""
    address, key = f"sqlite:///{tmp_path / 'portal.sqlite'}", new_key()
    for name, value in {
        "PORTAL_ENV": "production",
        "PORTAL_SECRET_KEY": "s" * 32,
        "PORTAL_DATABASE_URL": address,
        "PORTAL_ENCRYPTION_KEYS": key,
        "PORTAL_SITE": "https://stod.example.se",
    }.items():
        monkeypatch.setenv(name, value)
    storage = open_storage(address, [key])
    schema.upgrade(storage.database)
    return storage


def test_the_first_administrator_is_added_with_a_code_for_one_use(production: Storage) -> None:
    told = run("staff", "add", "Adm@example.se", "--role", "administrator", "--role", "editor", "--kommun", "lekeberg")
    assert told.exit_code == 0, told.output
    code = re.search(r"^Code, for one use within three days: (\S+)$", told.output, re.MULTILINE)
    assert code is not None
    assert "https://stod.example.se/staff/welcome" in told.output
    found = find_invited_staff(production, code[1], datetime.now(UTC))
    assert (found.email, found.roles, found.kommun) == (
        "adm@example.se",
        (Role.ADMINISTRATOR, Role.EDITOR),
        "lekeberg",
    )
    assert code[1] not in str(list_events(production, "lekeberg"))
    again = run("staff", "add", "adm@example.se", "--role", "leader", "--kommun", "lekeberg")
    assert (again.exit_code, "can sign in already" in again.output) == (1, True)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("adm", "--role", "administrator"), "email"),
        (("adm@example.se", "--role", "leader"), "roles"),
        (("adm@example.se", "--role", "king"), "king"),
        (("adm@example.se",), "--role"),
        (("adm@example.se", "--role", "leader", "--kommun", "granby"), "granby"),
    ],
)
def test_who_cannot_be_staff_is_refused(production: Storage, words: tuple[str, ...], says: str) -> None:
    told = run("staff", "add", *words)
    assert (told.exit_code, says in told.output) == (2, True), told.output
    assert list_events(production, None) == ()


# ------------------------------------------------------------------------------------------------ what is remembered


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Return the environment of a development with a database of its own."""
    return {
        "PORTAL_ENV": "development",
        "PORTAL_DATABASE_URL": f"sqlite:///{tmp_path / 'portal.sqlite'}",
        "PORTAL_ENCRYPTION_KEYS": new_key(),
        "PORTAL_KOMMUNER": "lekeberg",
    }


def told(environment: dict[str, str], *words: str) -> Result:
    """Run a command with an environment."""
    return CliRunner(env=environment).invoke(main, list(words))


def test_the_database_is_brought_up_to_date_and_twice_is_as_once(environment: dict[str, str]) -> None:
    for _ in range(2):
        done = told(environment, "database", "upgrade")
        assert (done.exit_code, done.output) == (0, "The database is up to date.\n")


def test_samples_are_loaded_once_and_jobs_print_counts_only(environment: dict[str, str]) -> None:
    first, second = (told(environment, "samples", "load") for _ in range(2))
    assert first.output.startswith("Sample groups made: ")
    assert first.output != second.output == "Sample groups made: 0\n"
    done = told(
        {**environment, "PORTAL_SMTP_URL": "smtp://127.0.0.1:9", "PORTAL_MAIL_FROM": "a@example.se"}, "jobs", "run"
    )
    assert done.exit_code == 0
    assert all(re.fullmatch(r"[a-z_]+: \d+", line) for line in done.output.splitlines())
    assert done.output.splitlines()[-1] == "days_counted: 1"
    assert told(environment, "jobs", "run").output.splitlines()[-1] == "days_counted: 0"


def test_samples_are_for_development_only(environment: dict[str, str]) -> None:
    done = told({**environment, "PORTAL_ENV": "production", "PORTAL_SECRET_KEY": "x" * 40}, "samples", "load")
    assert done.exit_code == 1
    assert "development" in done.output


def test_a_new_key_is_printed_and_everything_is_encrypted_anew_with_it(environment: dict[str, str]) -> None:
    told(environment, "samples", "load")
    new = told(environment, "keys", "new").output.strip()
    assert is_key(new)
    both = {**environment, "PORTAL_ENCRYPTION_KEYS": f"{new},{environment['PORTAL_ENCRYPTION_KEYS']}"}
    found = re.fullmatch(r"Encrypted with the first key: (\d+)\n", told(both, "keys", "rotate").output)
    assert found is not None
    assert int(found[1]) > 0
    assert told({**environment, "PORTAL_ENCRYPTION_KEYS": new}, "keys", "rotate").output == found[0]


@pytest.mark.parametrize("words", [("database", "upgrade"), ("jobs", "run"), ("keys", "rotate"), ("samples", "load")])
def test_a_gap_in_the_settings_is_told(words: tuple[str, ...]) -> None:
    done = told({"PORTAL_ENV": "production", "PORTAL_SECRET_KEY": ""}, *words)
    assert done.exit_code == 1
    assert "PORTAL_SECRET_KEY" in done.output
