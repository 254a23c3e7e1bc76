"""What the law adds to a kommun whose own catalogue is silent."""

import shutil
from pathlib import Path

import pytest
import yaml

from portal import create_app
from portal.domain.catalogue.kommuner import Kommun
from portal.store.loading import BrokenCatalogue, load_catalogue
from portal.store.reading import DATA
from tests.conftest import settings
from tests.store.made_up import GONE, ID, KURS_FILE, assert_refused, changed, write, write_kommun

LAW = yaml.safe_load((DATA / "law.yaml").read_text(encoding="utf-8"))


def loaded(folder: Path) -> Kommun:
    """Return the made-up kommun as it is served."""
    return load_catalogue(folder).kommuner[ID]


def test_a_silent_kommun_gets_every_offer_of_the_law(tmp_path: Path) -> None:
    write_kommun(tmp_path)
    kommun = loaded(tmp_path)
    for offer_id, offer in LAW["offers"].items():
        added = kommun.get_insats(offer_id)
        assert added.by_law == offer["paragraph"]
        assert (added.route, added.contact) == ("other", kommun.contact_centre)
        assert added.name.text == offer["name"]


def test_the_kommun_s_own_insats_stands_without_a_paragraph_of_the_law(tmp_path: Path) -> None:
    write_kommun(tmp_path)
    assert loaded(tmp_path).get_insats("kurs").by_law is None


def test_an_insats_that_is_the_offer_stands_in_its_place_for_those_whom_it_reaches(tmp_path: Path) -> None:
    write_kommun(tmp_path, kurs={"statutory": ["samarbetssamtal"]})
    kommun = loaded(tmp_path)
    assert kommun.insatser["samarbetssamtal"].given_by == {"kurs"}
    assert kommun.insatser["familjeradgivning"].given_by == frozenset()


def test_an_insats_of_the_same_id_is_the_offer(tmp_path: Path) -> None:
    write_kommun(tmp_path, insatser={"familjeradgivning": {"name": "Familjerådgivningen"}})
    found = loaded(tmp_path).get_insats("familjeradgivning")
    assert (found.name.text, found.by_law) == ("Familjerådgivningen", None)
    the_law_s = loaded(tmp_path).get_insats("familjeradgivning-enligt-lag")
    assert (the_law_s.by_law, the_law_s.given_by) == ("13 kap. 4 §", {"familjeradgivning"})


def test_a_kommun_without_assessed_support_gets_what_one_can_apply_for_everywhere(tmp_path: Path) -> None:
    write_kommun(tmp_path)
    insatser = loaded(tmp_path).insatser
    for entry_id, entry in LAW["assessed"].items():
        assert (insatser[entry_id].route, insatser[entry_id].application) == ("assessed", entry["application"])


def test_a_kommun_with_assessed_support_keeps_to_its_own(tmp_path: Path) -> None:
    write_kommun(tmp_path, insatser={"hemtjansten": {"name": "Hjälp", "route": "assessed", "application": "elderly"}})
    assert {found.id for found in loaded(tmp_path).insatser.values() if found.route == "assessed"} == {"hemtjansten"}


def test_an_offer_that_the_law_does_not_have_is_refused(tmp_path: Path) -> None:
    write_kommun(tmp_path, kurs={"statutory": ["dance"]})
    assert_refused(tmp_path, f"{KURS_FILE}: statutory", "has no 'dance'")


BROKEN: dict[str, tuple[dict[str, object], str]] = {
    "an offer without its paragraph": ({"offers.anhorigstod.paragraph": GONE}, "offers.anhorigstod.paragraph: is"),
    "an unknown key": ({"offers.anhorigstod.price": 1}, "offers.anhorigstod.price: is not a key"),
    "an unknown topic": ({"offers.anhorigstod.topics": ["dance"]}, "offers.anhorigstod.topics: has no 'dance'"),
    "a bad condition": ({"offers.anhorigstod.conditions": [{"height": 3}]}, "offers.anhorigstod.conditions.1: there"),
    "a text in braces": ({"assessed.hemtjanst.summary": "{Hjälp}"}, "assessed.hemtjanst.summary: has braces"),
    "an unknown kind of application": (
        {"assessed.hemtjanst.application": "dance"},
        "assessed.hemtjanst.application: has no 'dance'",
    ),
    "assessed support that nobody can apply for": (
        {"assessed.hemtjanst.application": GONE},
        "assessed.hemtjanst.application: ",
    ),
    "a third list": ({"advice": {}}, "advice: is not a key"),
    "offers as a list": ({"offers": ["anhorigstod"]}, "offers: must be a mapping of ids"),
}


@pytest.mark.parametrize(("changes", "line"), BROKEN.values(), ids=BROKEN)
def test_a_broken_law_stops_the_start(tmp_path: Path, changes: dict[str, object], line: str) -> None:
    for path in DATA.glob("*.yaml"):
        shutil.copy(path, tmp_path / path.name)
    write_kommun(tmp_path)
    write(tmp_path / "law.yaml", changed(LAW, changes))
    with pytest.raises(BrokenCatalogue) as refusal:
        create_app(settings(data=tmp_path, shared_data=tmp_path))
    told = str(refusal.value).splitlines()
    assert [found for found in told if found.startswith(f"law.yaml: {line}")], told
