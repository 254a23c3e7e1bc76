"""A link that is turned is seen, told once, and by one of the processes."""

import os
from pathlib import Path

import pytest

from portal.watching import Lookout, watch_catalogue


@pytest.fixture
def link(tmp_path: Path) -> Path:
    """Return a link to one of two folders."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    (tmp_path / "link").symlink_to("one")
    return tmp_path / "link"


def turn(link: Path, to: str) -> None:
    """Turn the link in one step."""
    turned = link.parent / "turned"
    turned.symlink_to(to)
    turned.rename(link)


def test_it_tells_once_the_link_leads_to_another_folder_that_is_there(link: Path) -> None:
    told: list[str] = []
    steps = iter(["nowhere", "one", "two"])
    Lookout(link).watch(lambda: told.append("moved"), lambda _: turn(link, next(steps)))
    assert told == ["moved"]
    assert next(steps, None) is None  # a link that leads nowhere, or back, is no other folder


def test_what_somebody_writes_in_a_folder_is_not_taken_half(link: Path) -> None:
    lookout = Lookout(link)
    (link / "kommun.yaml").write_text("name: Solbacka")
    assert not lookout.has_moved()


def test_of_the_processes_that_share_a_turn_one_tells(link: Path) -> None:
    Lookout.begin(link)
    Lookout.begin(link)  # as a reload does
    lookout = Lookout._last
    assert lookout is not None
    assert lookout.is_mine()
    child = os.fork()
    if child == 0:
        os._exit(7 if lookout.is_mine() else 0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_where_nothing_is_watched_nothing_is_told() -> None:
    before, Lookout._last = Lookout._last, None
    try:
        watch_catalogue(lambda: pytest.fail("nothing has moved"))
    finally:
        Lookout._last = before
