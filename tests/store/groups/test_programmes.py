"""The templates of programmes: those of the file, and what is wrong with a broken one."""

from pathlib import Path
from typing import Any

import pytest

from portal.domain.catalogue.whole import Catalogue
from portal.domain.groups.planning import wrong_fields
from portal.domain.groups.programmes import draft_from
from portal.store.groups.programmes import BrokenProgrammes, load_programmes
from tests.domain.made_up import FIRST
from tests.store.made_up import GONE, changed, write

COURSE: dict[str, Any] = {"kurs": {"name": "Kursen", "meetings": 4, "minutes": 150, "fewest": 10, "most": 14}}

SHAPES = {
    "abc-3-12": (4, 150, 10, 14),
    "abc-0-2": (4, 60, 5, 10),
    "cope": (7, 120, 20, 25),
    "fos": (5, 150, 10, 15),
    "cosp": (8, 90, 4, 10),
    "biff": (3, 120, 4, 8),
    "trygga-foraldrar": (9, 90, 6, 12),
}


def test_the_programmes_are_as_their_sources_say() -> None:
    found = load_programmes()
    for programme_id, shape in SHAPES.items():
        one = found[programme_id]
        assert (one.meetings, one.minutes, one.fewest, one.most) == shape, programme_id
    assert [one.id for one in found.values() if one.never_both_parents] == ["biff"]


def test_every_programme_belongs_to_an_insats_and_makes_a_group_in_order(catalogue: Catalogue) -> None:
    known = {insats_id for kommun in catalogue.kommuner.values() for insats_id in kommun.insatser}
    for programme in load_programmes().values():
        assert programme.insatser
        assert set(programme.insatser) <= known
        assert wrong_fields(draft_from(programme, programme.insatser[0], "unit", FIRST, "Exempelgatan 1")) == ()


BROKEN: dict[str, tuple[dict[str, object], str]] = {
    "no name": ({"kurs.name": GONE}, "programmes.yaml: kurs.name: is missing"),
    "no meetings": ({"kurs.meetings": 0}, "programmes.yaml: kurs.meetings: must be over 0"),
    "crossed": ({"kurs.fewest": 20}, "programmes.yaml: kurs.fewest: is more than the most"),
    "an unknown key": ({"kurs.price": 5}, "programmes.yaml: kurs.price: is not a key"),
}


@pytest.mark.parametrize(("changes", "says"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_told_line_by_line(tmp_path: Path, changes: dict[str, object], says: str) -> None:
    write(tmp_path / "programmes.yaml", changed(COURSE, changes))
    with pytest.raises(BrokenProgrammes, match=says.replace(".", r"\.")):
        load_programmes(tmp_path)


def test_a_programme_meets_weekly_where_nothing_else_is_written(tmp_path: Path) -> None:
    write(tmp_path / "programmes.yaml", COURSE)
    assert load_programmes(tmp_path)["kurs"].days_between == 7


def test_one_meeting_of_one_person_is_a_programme(tmp_path: Path) -> None:
    write(tmp_path / "programmes.yaml", changed(COURSE, {"kurs.meetings": 1, "kurs.fewest": 1, "kurs.most": 1}))
    one = load_programmes(tmp_path)["kurs"]
    assert (one.meetings, one.fewest, one.most) == (1, 1, 1)
