"""A folder that is a link: turned in one step, never half, and the versions that nobody reads go."""

from pathlib import Path

import pytest

from portal.store.catalogue.swapping import KEPT, NoLink, turn, version_beside

FILE = "kommuner/solbacka/insatser/kurs.yaml"
GONE = "kommuner/solbacka/insatser"


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """Return a folder with a kommun of two insatser, and another kommun."""
    for name in (FILE, "kommuner/solbacka/insatser/samtal.yaml", "kommuner/granby/kommun.yaml"):
        path = tmp_path / "base" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("name: Som den var\n", encoding="utf-8")
    return tmp_path / "base"


def swap(link: Path, base: Path, text: str) -> bool:
    """Turn a link to a version with one text."""
    with version_beside(link, base, {FILE: text}, GONE) as made:
        return turn(link, made)


def test_a_link_is_turned_to_a_whole_version_and_the_same_again_is_none(base: Path, tmp_path: Path) -> None:
    link = tmp_path / "catalogue"
    assert swap(link, base, "name: Ny\n")
    first = link.resolve()
    assert link.is_symlink()
    assert sorted(str(path.relative_to(link)) for path in link.rglob("*.yaml")) == ["kommuner/granby/kommun.yaml", FILE]
    assert not swap(link, base, "name: Ny\n")
    assert swap(link, link.resolve(), "name: Nyare\n")
    assert (link / FILE).read_text(encoding="utf-8") == "name: Nyare\n"
    # Who began to read the version before reads it to its end.
    assert (first / FILE).read_text(encoding="utf-8") == "name: Ny\n"
    assert swap(link, base, "name: Ny\n")
    assert link.resolve() == first


def test_two_kommuner_that_are_fetched_at_once_are_both_taken(base: Path, tmp_path: Path) -> None:
    link = tmp_path / "catalogue"
    assert swap(link, base, "name: Ny\n")
    other = "kommuner/granby/insatser/kurs.yaml"
    # Who began from the folder before the first was taken still gives what the first has taken.
    with version_beside(link, base, {other: "name: Granbykursen\n"}, "kommuner/granby/insatser") as made:
        assert turn(link, made)
    assert (link / FILE).read_text(encoding="utf-8") == "name: Ny\n"
    assert (link / other).exists()


def test_what_is_not_turned_leaves_nothing_and_old_versions_go(base: Path, tmp_path: Path) -> None:
    link, beside = tmp_path / "catalogue", tmp_path / ".catalogue"
    with version_beside(link, base, {FILE: "name: Ny\n"}, GONE) as made:
        assert made.is_dir()
    assert not link.exists()
    assert not made.exists()
    (beside / "new-left-by-a-power-cut").mkdir()
    for number in range(KEPT + 2):
        before = link.resolve()
        assert swap(link, base, f"name: {number}\n")
        assert before.exists() or number == 0
    assert sum(path.is_dir() for path in beside.iterdir()) == KEPT


def test_a_folder_that_is_no_link_is_left_as_it_is(base: Path, tmp_path: Path) -> None:
    with pytest.raises(NoLink, match="ln -s"), version_beside(base, base, {}, GONE):
        pass
    with pytest.raises(OSError, match="kommuner"), version_beside(tmp_path / "link", tmp_path / "nowhere", {}, GONE):
        pass
