"""The whole catalogue: what is shipped is whole, and one error anywhere stops the start with every finding told."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from portal import create_app
from portal.cli import main
from portal.domain.catalogue.whole import Catalogue
from portal.domain.findings import ERROR
from portal.store.loading import BrokenCatalogue, load_catalogue, read_knowledge
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
