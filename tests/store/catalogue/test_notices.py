"""What editors say, in the database, and the board that every page reads: cheap, quick, and no stop when it is down."""

from datetime import date, time
from pathlib import Path

import pytest

from portal.domain.catalogue.contacts import Confirmation
from portal.domain.catalogue.notices import NO_NOTICES, Edited, Notices
from portal.domain.catalogue.opening import Closure, Hours
from portal.store import schema
from portal.store.catalogue import notices as store
from portal.store.catalogue.notices import LOOKED_AT, TRIED_AGAIN, NoticeBoard
from portal.store.storage import Storage, open_storage
from tests.conftest import KEY

TODAY = date(2026, 11, 24)
HOURS = (Hours(0, time(8), time(11, 45)), Hours(0, time(12, 45), time(16)), Hours(4, time(9), time(12)))
EDITED = Edited("Enheten", "070-174 06 05", "", HOURS, Confirmation(TODAY, "Enheten"))
FIRST, SECOND = (
    Closure("1", TODAY, date(2026, 11, 27), "Utbildning"),
    Closure("2", date(2026, 12, 24), date(2026, 12, 25), "Jul"),
)


def say(storage: Storage, edited: Edited = EDITED, kommun: str = "solbacka") -> None:
    """Let an editor say something."""
    with storage.database.transaction() as connection:
        store.save_edited(connection, kommun, "unit", edited)


def read(storage: Storage, kommun: str = "solbacka") -> Notices:
    """Return what stands in the database."""
    with storage.database.reading() as connection:
        return store.read_notices(connection, kommun)


def test_what_an_editor_says_is_read_back(storage: Storage) -> None:
    assert read(storage) == NO_NOTICES
    say(storage)
    with storage.database.transaction() as connection:
        store.add_closure(connection, "solbacka", "unit", SECOND)
        store.add_closure(connection, "solbacka", "unit", FIRST)
        store.add_closure(connection, "granby", "unit", Closure("3", TODAY, TODAY, "Flytt"))
    assert read(storage) == Notices(3, {"unit": EDITED}, {"unit": (FIRST, SECOND)})


def test_what_an_editor_says_later_stands(storage: Storage) -> None:
    say(storage)
    without_hours = Edited("Enheten", "", "a@example.se", (), Confirmation(TODAY, "Enheten"))
    say(storage, without_hours)
    assert read(storage) == Notices(2, {"unit": without_hours}, {})
    with storage.database.transaction() as connection:
        store.forget_edited(connection, "solbacka", "unit")
    assert read(storage) == Notices(3, {}, {})


def test_a_closure_is_taken_away_by_its_own_kommun_only(storage: Storage) -> None:
    with storage.database.transaction() as connection:
        store.add_closure(connection, "solbacka", "unit", FIRST)
        assert not store.remove_closure(connection, "granby", FIRST.id)
        assert store.remove_closure(connection, "solbacka", FIRST.id)
        assert not store.remove_closure(connection, "solbacka", FIRST.id)
        store.add_closure(connection, "solbacka", "unit", FIRST)
        assert store.forget_past_closures(connection, FIRST.last_on) == 0
        assert store.forget_past_closures(connection, date(2026, 11, 28)) == 1


class Ticks:
    """Seconds that go when a test says so."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        """Return the seconds."""
        return self.now


@pytest.fixture
def ticks() -> Ticks:
    """Return seconds that stand still."""
    return Ticks()


def test_the_board_looks_at_most_once_a_second(storage: Storage, ticks: Ticks) -> None:
    board = NoticeBoard(storage, ticks)
    assert board.of("solbacka") is NO_NOTICES
    say(storage)
    ticks.now += LOOKED_AT - 0.01
    assert board.of("solbacka") is NO_NOTICES
    ticks.now += 0.01
    assert board.of("solbacka").edited == {"unit": EDITED}
    assert board.of("granby") is NO_NOTICES


def test_what_has_not_changed_stays_the_same_object(storage: Storage, ticks: Ticks) -> None:
    board = NoticeBoard(storage, ticks)
    say(storage)
    first = board.of("solbacka")
    say(storage, kommun="granby")
    ticks.now += LOOKED_AT
    assert board.of("solbacka") is first
    assert board.of("granby").version == 1


def test_the_process_that_changes_something_sees_it_at_once(storage: Storage, ticks: Ticks) -> None:
    board = NoticeBoard(storage, ticks)
    board.of("solbacka")
    say(storage)
    board.look_now()
    assert board.of("solbacka").version == 1


def test_a_database_without_its_tables_is_no_stop_and_is_asked_again_later(ticks: Ticks, tmp_path: Path) -> None:
    storage = open_storage(f"sqlite:///{tmp_path / 'new.sqlite'}", [KEY])
    board = NoticeBoard(storage, ticks)
    assert board.of("solbacka") is NO_NOTICES
    schema.upgrade(storage.database)
    say(storage)
    ticks.now += TRIED_AGAIN - 1
    assert board.of("solbacka") is NO_NOTICES
    ticks.now += 1
    assert board.of("solbacka").version == 1
    storage.close()


def test_a_server_that_is_down_is_no_stop(ticks: Ticks) -> None:
    storage = open_storage("postgresql://nobody@127.0.0.1:9/nothing", [KEY])
    assert NoticeBoard(storage, ticks).of("solbacka") is NO_NOTICES
    storage.close()
