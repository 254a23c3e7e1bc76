"""The commands: what they print, what they write and how they end."""

import csv
import io
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from portal.actions.applications import status_of
from portal.actions.staff import find_invited_staff
from portal.cli import main
from portal.domain.catalogue import Catalogue, Kommun
from portal.domain.coverage import coverage, map_of, unreached_situations
from portal.domain.staff import Role
from portal.store import schema
from portal.store.audit import list_events
from portal.store.catalogue import load_catalogue
from portal.store.kept_key import is_key, new_key
from portal.store.languages import load_languages
from portal.store.recovery import new_recovery_key
from portal.store.storage import Storage, open_storage
from portal.store.translations import po_path, update
from tests.conftest import KEY
from tests.made_up_applicants import NOW, sent
from tests.store.made_up import ID, KURS_FILE, write_kommun
from tests.store.translating import Translator, translate


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
    update(load_catalogue(folder / "data"), [language], folder)
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
    code, lines = translations(tree, "check")
    assert code == 1
    assert [line for line in lines if "ensam" in line] == [
        "fi: solbacka: has white space that nobody needs: Du kan komma ensam.",
        "fi: solbacka: has a letter of another script: Du kan komma ensam.",
        "fi: solbacka: does not end with .: Du kan komma ensam.",
    ]


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


# ------------------------------------------------------------------------------------------- applications


@pytest.fixture
def installed(database_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Set the environment of an installation, with a recovery key; return the address of its database."""
    monkeypatch.setenv("PORTAL_SECRET_KEY", "x" * 40)
    monkeypatch.setenv("PORTAL_DATABASE_URL", database_url)
    monkeypatch.setenv("PORTAL_ENCRYPTION_KEYS", KEY)
    monkeypatch.setenv("PORTAL_RECOVERY_KEY", PUBLIC)
    return database_url


PUBLIC, SECRET = new_recovery_key()


def applied(database_url: str, catalogue: Catalogue, recovery_key: str | None = PUBLIC) -> str:
    """Send an application; return the code that opens it."""
    storage = open_storage(database_url, [KEY], recovery_key)
    code = sent(storage, catalogue).code
    storage.close()
    return code


def test_a_backup_and_the_way_back(installed: str, catalogue: Catalogue, tmp_path: Path) -> None:
    applied(installed, catalogue)
    told = run("backup", str(tmp_path / "file"))
    assert (told.exit_code, re.fullmatch(r"Rows: \d+; checksum: [0-9a-f]{64}\n", told.output) is not None) == (0, True)
    again, back = run("backup", str(tmp_path / "file")), run("restore", str(tmp_path / "file"))
    assert (again.exit_code, back.exit_code) == (1, 1)
    assert "is there already" in again.output
    assert "is not empty" in back.output
    fresh = CliRunner(env={"PORTAL_DATABASE_URL": f"sqlite:///{tmp_path / 'fresh.sqlite'}"})
    restored = fresh.invoke(main, ["restore", str(tmp_path / "file")])
    assert (restored.exit_code, restored.output) == (0, told.output)


def test_keys_are_printed_once_and_in_their_parts() -> None:
    first, second = run("keys", "recovery", "new"), run("keys", "recovery", "new")
    assert first.exit_code == 0
    assert first.output != second.output
    assert re.search(r"^PORTAL_RECOVERY_KEY=recovery-public-\S+$", first.output, re.MULTILINE)
    assert re.search(r"^recovery-secret-\S+$", first.output, re.MULTILINE)
    assert re.match(r"PORTAL_EXPORT_KEY=\S{44}\nFor the case system: \S{44}\n", run("keys", "export").output)


def test_lost_keys_are_recovered_by_the_part_that_is_asked_for(
    installed: str, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = applied(installed, catalogue)
    assert run("keys", "recovery", "check").output == "The recovery key would open every application.\n"
    fresh = new_key()
    monkeypatch.setenv("PORTAL_ENCRYPTION_KEYS", fresh)
    for typed, exit_code, says in (
        ("hej", 1, "begins with recovery-secret-"),
        (new_recovery_key()[1], 1, "Opened again: 0; needed nothing: 0; still closed: 1"),
        (SECRET, 0, "Opened again: 1; needed nothing: 0; still closed: 0"),
    ):
        told = CliRunner().invoke(main, ["keys", "recover"], input=f"{typed}\n")
        assert told.exit_code == exit_code
        assert says in told.output
        assert typed == "hej" or typed not in told.output
    storage = open_storage(installed, [fresh])
    assert status_of(storage, catalogue, code, NOW).state == "sent"
    storage.close()


def test_a_recovery_key_that_is_missing_or_came_later_is_told(
    installed: str, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    applied(installed, catalogue, None)
    told = run("keys", "recovery", "check")
    assert (told.exit_code, "would not open 1" in told.output) == (1, True)
    assert run("keys", "rotate").output == "Encrypted with the first key: 1\n"
    assert run("keys", "recovery", "check").exit_code == 0
    monkeypatch.delenv("PORTAL_RECOVERY_KEY")
    assert "is not set" in run("keys", "recovery", "check").output


def test_the_jobs_say_counts_of_applications_too(installed: str, catalogue: Catalogue) -> None:
    applied(installed, catalogue)
    told = run("jobs", "run")
    assert (told.exit_code, "applications_unattended: 1" in told.output.splitlines()) == (0, True)
