"""The whole catalogue: what is shipped is whole, and one error anywhere stops the start with every finding told."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from portal import create_app
from portal.cli import main
from portal.domain.catalogue.whole import Catalogue
from portal.domain.findings import ERROR
from portal.store.loading import BrokenCatalogue, load_catalogue, load_unbroken, read_knowledge
from portal.store.reading import DATA
from tests.conftest import settings
from tests.store.made_up import GONE, ID, KOMMUN_FILE, KURS_FILE, write_kommun


def test_the_shipped_catalogue_is_whole_and_lawful(catalogue: Catalogue) -> None:
    assert set(catalogue.kommuner) == {path.name for path in (DATA / "kommuner").iterdir()}
    told = CliRunner().invoke(main, ["catalogue", "check"])
    assert (told.exit_code, told.output) == (0, "Every catalogue is whole and lawful.\n")


def test_every_file_of_a_shipped_kommun_is_an_insats(catalogue: Catalogue) -> None:
    for kommun in catalogue.kommuner.values():
        files = {path.stem for path in (DATA / "kommuner" / kommun.id / "insatser").iterdir()}
        assert files == {insats.id for insats in kommun.insatser.values() if insats.by_law is None}


def test_a_fifth_kommun_is_only_files(tmp_path: Path) -> None:
    write_kommun(tmp_path)
    found = load_catalogue(tmp_path)
    assert list(found.kommuner) == [ID]
    assert found.find_kommun(ID) is found.kommuner[ID]
    assert found.find_kommun("lekeberg") is None


def test_only_the_kommuner_named_are_served() -> None:
    assert list(load_catalogue(only=["mellerud", "lekeberg"]).kommuner) == ["lekeberg", "mellerud"]


def test_a_kommun_that_is_named_but_not_there_is_refused() -> None:
    with pytest.raises(BrokenCatalogue, match="granby: there is no such kommun"):
        load_catalogue(only=["granby"])


def test_a_folder_without_kommuner_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BrokenCatalogue, match="kommuner: the folder is missing"):
        create_app(settings(data=tmp_path))
    told = CliRunner().invoke(main, ["catalogue", "check", str(tmp_path)])
    assert told.exit_code == 1
    assert f"{tmp_path / 'kommuner'}: the folder is missing" in told.output


def test_every_error_is_told_at_once_by_the_portal_that_does_not_start_and_by_the_command(tmp_path: Path) -> None:
    write_kommun(
        tmp_path, kommun={"full_name": GONE}, kurs={"route": "maybe", "topics": ["dance"], "without_guardian_from": 3}
    )
    _, findings = read_knowledge(tmp_path)
    lines = [finding.line for finding in findings if finding.severity == ERROR]
    for place in (f"{KOMMUN_FILE}: full_name", f"{KURS_FILE}: route", f"{KURS_FILE}: topics"):
        assert [line for line in lines if line.startswith(f"{place}: ")], lines
    with pytest.raises(BrokenCatalogue) as refusal:
        create_app(settings(data=tmp_path))
    assert str(refusal.value).splitlines() == lines
    told = CliRunner().invoke(main, ["catalogue", "check", str(tmp_path)])
    assert (told.exit_code, told.output.splitlines()) == (1, lines)


def test_a_finding_is_one_line_of_file_place_and_what_is_wrong(tmp_path: Path) -> None:
    write_kommun(tmp_path, kurs={"happens": ["rad ett\nrad två", 3]})
    told = CliRunner().invoke(main, ["catalogue", "check", str(tmp_path)])
    assert told.output == f"{KURS_FILE}: happens: must be a list of texts\n"


def test_what_is_doubtful_does_not_stop_the_start(tmp_path: Path) -> None:
    write_kommun(tmp_path, kurs={"access": "referral"})
    _, findings = read_knowledge(tmp_path)
    assert [finding for finding in findings if finding.severity == "warning"]
    create_app(settings(data=tmp_path))


# ------------------------------------------------------------------------------------------------- one of several


def break_it(home: Path) -> None:
    """Write a mistake in a kommun."""
    course = home / "insatser" / "kurs.yaml"
    course.write_text(course.read_text(encoding="utf-8").replace("route: direct", "route: maybe"), encoding="utf-8")


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """Return a folder with two kommuner, Solbacka and Granby."""
    shutil.copytree(write_kommun(tmp_path), tmp_path / "kommuner" / "granby")
    return tmp_path


def test_where_nothing_is_wrong_every_kommun_is_loaded(two: Path) -> None:
    loaded = load_unbroken(two)
    assert (set(loaded.knowledge.catalogue.kommuner), loaded.findings, loaded.broken) == ({ID, "granby"}, (), set())


def test_a_broken_kommun_is_left_out_or_stays_as_it_was_and_stops_no_other(two: Path) -> None:
    before = load_unbroken(two).knowledge
    break_it(two / "kommuner" / "granby")
    without = load_unbroken(two)
    assert (set(without.knowledge.catalogue.kommuner), without.broken) == ({ID}, {"granby"})
    kept = load_unbroken(two, before=before)
    assert list(kept.knowledge.catalogue.kommuner) == ["granby", ID]
    assert kept.knowledge.catalogue.kommuner["granby"] is before.catalogue.kommuner["granby"]
    assert kept.broken == {"granby"}


def test_where_every_kommun_is_broken_there_must_be_one_before(two: Path) -> None:
    before = load_unbroken(two).knowledge
    for name in (ID, "granby"):
        break_it(two / "kommuner" / name)
    with pytest.raises(BrokenCatalogue):
        load_unbroken(two)
    assert set(load_unbroken(two, before=before).knowledge.catalogue.kommuner) == {ID, "granby"}


def test_what_is_about_no_kommun_alone_stops_all(two: Path) -> None:
    with pytest.raises(BrokenCatalogue, match="there is no such kommun"):
        load_unbroken(two, only=[ID, "elsewhere"])
    (two / "kommuner" / "Not An Id").mkdir()
    with pytest.raises(BrokenCatalogue, match="the name must be an id"):
        load_unbroken(two)
