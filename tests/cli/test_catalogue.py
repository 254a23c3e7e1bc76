"""The commands about catalogues: what they print and how they end."""

import csv
import io
import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from portal.domain.catalogue.kommuner import Kommun
from portal.domain.catalogue.whole import Catalogue
from portal.domain.knowledge import Knowledge
from portal.domain.officials.coverage import ages_by_topic, situations, unreached_situations, worse_situations
from portal.domain.officials.survey import Answer, survey
from portal.store.officials.answers import save_answer
from portal.store.storage import open_storage
from tests.cli.running import run, told
from tests.store.made_up import GONE, ID, KOMMUN_FILE, KURS_FILE, write, write_kommun

EVERYDAY = {"situation": {"parenting": ["everyday"]}}
ONLY_PLACED = {"situation": {"parenting": ["placed"]}}


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


@pytest.mark.parametrize("file", [KURS_FILE, KOMMUN_FILE])
def test_a_file_that_cannot_be_read_is_one_line(tmp_path: Path, file: str) -> None:
    write_kommun(tmp_path)
    write(tmp_path / file, "name: [Kurs")
    told = run("catalogue", "check", str(tmp_path))
    assert told.exit_code == 1
    (line,) = told.output.splitlines()
    assert line.startswith(f"{file}: cannot be read: ")


@pytest.mark.parametrize(
    ("kommun", "kurs", "line"),
    [
        ({}, {"summary": "En <b>kurs</b>."}, f"{KURS_FILE}: summary: has html"),
        ({}, {"audience": "För dig som har barn 3–10 år."}, f"{KURS_FILE}: audience: says 3–10 år, but"),
        ({}, {"conditions": [{"age": {"from": 18}}, {"age": {"to": 15}}]}, f"{KURS_FILE}: conditions: nobody can"),
        (
            {"contacts.vaxel.confirmed.on": date(2999, 1, 1)},
            {},
            f"{KOMMUN_FILE}: contacts.vaxel.confirmed.on: is a day to come",
        ),
        ({"contacts.vaxel.phone": "ring oss"}, {}, f"{KOMMUN_FILE}: contacts.vaxel.phone: is no number"),
    ],
)
def test_a_catalogue_that_misleads_is_told(
    tmp_path: Path, kommun: dict[str, object], kurs: dict[str, object], line: str
) -> None:
    write_kommun(tmp_path, kommun=kommun, kurs=kurs)
    told = run("catalogue", "check", str(tmp_path))
    assert told.exit_code == 1
    assert [found for found in told.output.splitlines() if found.startswith(line)], told.output


@pytest.mark.parametrize(
    ("kurs", "line"),
    [
        (
            {"fits": {"parenting": {"any": 1, "everyday": 2}}, "conditions": [ONLY_PLACED]},
            "fits.parenting.any: is for whoever ticks parenting, but the conditions refuse everyday, ",
        ),
        (
            {"fits": {"parenting": {"everyday": 2}}, "conditions": [{"not": EVERYDAY}]},
            "fits.parenting.everyday: nobody can give it: the conditions refuse whoever ticks it; drop the fit or",
        ),
        (
            {"fits": {"parenting": {"moon": 2}}},
            "fits.parenting: has no option 'moon'; it has: any, everyday, ",
        ),
        (
            {"fits": {"housing": {"any": 1, "tonight": 3}}, "weight": "placement"},
            "fits.housing.any: another place to live is shown only for a situation: name the options it is for",
        ),
        (
            {"guidance": ["Åldern spelar ingen roll."]},
            "guidance.1: says “Åldern spelar ingen roll”, but a condition asks for an age: say which, or drop the",
        ),
    ],
)
def test_an_entry_that_contradicts_itself_is_refused_with_its_place_and_what_to_do(
    tmp_path: Path, kurs: dict[str, object], line: str
) -> None:
    topics: dict[str, object] = {"topics": GONE} if "fits" in kurs else {}
    write_kommun(tmp_path, kurs={**topics, **kurs})
    told = run("catalogue", "check", str(tmp_path))
    assert told.exit_code == 1
    assert [found for found in told.output.splitlines() if found.startswith(f"{KURS_FILE}: {line}")], told.output


@pytest.mark.parametrize(
    ("life", "line"),
    [
        ({"must": ["nowhere"]}, "somebody.must: has no 'nowhere'; it has: kurs, "),
        ({"answers": {"moon": "full"}}, "somebody.answers.moon: there is no such question; there are: topics, for, "),
        (
            {"answers": {"topics": ["moon"]}},
            "somebody.answers.topics: is no answer to it; it has: parenting, separation, ",
        ),
        ({"answers": {"age": 300}}, "somebody.answers.age: is no answer to it; it takes whole numbers from 0 to 120"),
    ],
)
def test_a_life_that_names_what_there_is_not_is_refused_with_its_place_and_what_to_do(
    tmp_path: Path, life: dict[str, object], line: str
) -> None:
    home = write_kommun(tmp_path)
    whole = {"id": "somebody", "tells": "Någon.", "answers": {"topics": ["parenting"]}, "at_most": 9, "source": "[1]"}
    (home / "lives.yaml").write_text(yaml.safe_dump([{**whole, **life}]), "utf-8")
    told = run("catalogue", "check", str(tmp_path))
    assert told.exit_code == 1
    file = f"kommuner/{ID}/lives.yaml"
    assert [found for found in told.output.splitlines() if found.startswith(f"{file}: {line}")], told.output


def test_a_confirmation_as_it_is_documented_is_read(tmp_path: Path) -> None:
    home = write_kommun(tmp_path, kommun={"contacts.vaxel.confirmed": "HERE"})
    text = (home / "kommun.yaml").read_text("utf-8").replace("HERE", "{on: 2026-11-22, by: Kontaktcenter}")
    (home / "kommun.yaml").write_text(text, "utf-8")
    told = run("catalogue", "check", str(tmp_path))
    assert (told.exit_code, told.output) == (0, "Every catalogue is whole and lawful.\n")


def test_every_command_reads_the_folder_that_the_environment_names(tmp_path: Path) -> None:
    write_kommun(tmp_path, kurs={"price": 100})
    environment = {"PORTAL_DATA": str(tmp_path)}
    checked = told(environment, "catalogue", "check")
    assert (checked.exit_code, checked.output) == (1, f"{KURS_FILE}: price: is not a key that is known here\n")
    write_kommun(tmp_path)
    for words in (("check",), ("map", "--kommun", ID), ("coverage", "--kommun", ID)):
        answer = told(environment, "catalogue", *words)
        assert answer.exit_code == 0, answer.output
    write_kommun(tmp_path / "old", insatser={"mer": {"topics": ["money"], "conditions": []}})
    compared = told(environment, "catalogue", "effect", "--size", "50", str(tmp_path / "old"))
    assert f"{ID}: -" in compared.stdout
    assert "kursen" not in compared.stdout


def test_what_is_doubtful_is_told_only_when_asked_for(tmp_path: Path) -> None:
    write_kommun(tmp_path, kurs={"access": "referral"})
    assert run("catalogue", "check", str(tmp_path)).output.count("\n") == 1
    told = run("catalogue", "check", "--warnings", str(tmp_path))
    assert told.exit_code == 0
    assert [line for line in told.output.splitlines() if line.startswith(f"{KURS_FILE}: access: ")]


def test_the_map_is_a_line_for_each_row_of_skr_s_list(knowledge: Knowledge, lekeberg: Kommun) -> None:
    told = run("catalogue", "map", "--kommun", "lekeberg")
    assert told.exit_code == 0
    statuses = [line[:10].strip() for line in told.stdout.splitlines()]
    assert statuses == [one.status for one in survey(lekeberg, knowledge.skr).values()]
    assert set(statuses) == {"none", "direct", "assessed", "both"}


def test_what_a_source_does_not_list_is_not_known_on_the_map() -> None:
    told = run("catalogue", "map", "--kommun", "linkoping")
    assert {line[:10].strip() for line in told.stdout.splitlines()} == {"direct", "not known"}


def rows_of_the_map(output: str) -> dict[str, dict[str, str]]:
    """Return the rows of the CSV by id."""
    return {row["id"]: row for row in csv.DictReader(io.StringIO(output))}


def test_the_map_as_csv_has_the_same_rows(knowledge: Knowledge, lekeberg: Kommun) -> None:
    told = run("catalogue", "map", "--kommun", "lekeberg", "--format", "csv")
    assert told.exit_code == 0
    rows = rows_of_the_map(told.stdout)
    mapped = survey(lekeberg, knowledge.skr)
    assert [(row_id, row["status"]) for row_id, row in rows.items()] == [
        (row_id, one.status) for row_id, one in mapped.items()
    ]
    for row in rows.values():
        assert row["insatser"].split() == [insats.id for insats in mapped[row["id"]].insatser]
        assert row["area"]
        assert row["section"]
        assert row["name"] == mapped[row["id"]].row.name
        assert row["explanation"]
        assert row["source"].startswith("000_0ec7c05ec02aba41.txt")
        assert bool(row["way_in"]) == bool(row["insatser"])
        assert row["by"] == "catalogue"


def test_the_map_has_what_officers_answered(environment: dict[str, str]) -> None:
    assert told(environment, "database", "upgrade").exit_code == 0
    storage = open_storage(environment["PORTAL_DATABASE_URL"], [environment["PORTAL_ENCRYPTION_KEYS"]])
    with storage.database.transaction() as connection:
        answer = Answer("both", "=1+1", "", "none", date(2026, 11, 24))
        save_answer(connection, storage.vault, "lekeberg", "hemtjanst-demens", answer)
    storage.close()
    mapped = told(environment, "catalogue", "map", "--kommun", "lekeberg", "--format", "csv")
    assert (mapped.exit_code, mapped.stderr) == (0, "")
    row = rows_of_the_map(mapped.stdout)["hemtjanst-demens"]
    assert (row["status"], row["explanation"], row["by"]) == ("both", "'=1+1", "officer")
    assert row["source"] == "Kommunens svar 2026-11-24"


@pytest.mark.parametrize("has_settings", [False, True])
def test_without_a_database_the_map_says_that_it_has_no_answers(
    environment: dict[str, str], tmp_path: Path, has_settings: bool
) -> None:
    mapped = told(environment if has_settings else {}, "catalogue", "map", "--kommun", "lekeberg")
    assert mapped.exit_code == 0
    assert mapped.stderr.startswith("without the answers of officers: ")
    assert len(mapped.stdout.splitlines()) == 409
    assert not list(tmp_path.glob("*.sqlite*"))


def test_the_coverage_names_the_ages_and_situations_that_nothing_direct_reaches(catalogue: Catalogue) -> None:
    kommun = catalogue.kommuner["mellerud"]
    told = run("catalogue", "coverage", "--kommun", "mellerud")
    assert told.exit_code == 0
    reached = situations(kommun, catalogue)
    found = re.findall(r"^([\w.]+): (\d+)–(\d+) years: (\w+)$", told.output, re.MULTILINE)
    lacking = dict(re.findall(r"^(\w+): no insats for: (.+)$", told.output, re.MULTILINE))
    unreached = unreached_situations(reached)
    assert lacking == {topic: ", ".join(options) for topic, options in unreached.items()}
    assert lacking
    whole = [(topic, run) for topic, runs in ages_by_topic(reached).items() for run in runs if run.status != "direct"]
    worse = [
        (f"{topic}.{option}", run)
        for topic, option, run in worse_situations(reached)
        if option not in unreached.get(topic, ())
    ]
    assert worse
    assert found == [
        (place, str(run.first), str(run.last), {"none": "nothing"}.get(run.status, run.status))
        for place, run in (*whole, *worse)
    ]
    assert len(told.output.splitlines()) == len(found) + len(lacking)


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
    kinds = r"\(for \w+ \d+.*; years [\d-]+ \d+.*; about money.*\)"
    said = rf"{ID}: \+\d+ of 50 residents: sparradet in (direct|maybe) {kinds}"
    assert all(re.fullmatch(said, line) for line in gained if "stands" not in line), gained
    lost = [line for line in changes(new, old) if "sparradet" in line]
    assert lost == [line.replace(": +", ": -") for line in gained if "stands" not in line]


def test_the_same_catalogue_changes_nothing(versions: tuple[Path, Path]) -> None:
    old, _ = versions
    assert changes(old, old) == [f"{ID}: nobody gains or loses anything, and nobody is told otherwise"]


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
