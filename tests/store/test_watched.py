"""A connection whose server is frozen ends its waiting by itself."""

from time import monotonic

from sqlalchemy import text

from portal.store.database import REST, Database, DatabaseIsDown
from portal.store.patience import Patience
from tests.postgres import frozen
from tests.store.test_patience import SHORT, down_within


def test_a_frozen_server_is_told_in_time_and_whoever_comes_next_is_told_at_once(postgresql: str) -> None:
    address = postgresql.format(name="portal")
    database = Database(address, Patience(pool=0.2, turn=0.2, busy=0.2, connect=2, statement=0.5, deed=2))
    with database.reading() as connection:
        connection.execute(text("SELECT 1"))
    with frozen(address):
        with down_within(3) as said, database.reading() as connection:
            connection.execute(text("SELECT 1"))
        assert "did not answer in time" in said[0]
        for opened in (database.transaction, database.reading, database.snapshot):
            with down_within(0.2), opened() as connection:
                connection.execute(text("SELECT 1"))
        fresh = Database(address, SHORT)
        with down_within(5), fresh.transaction() as connection:
            connection.execute(text("SELECT 1"))
        fresh.close()
    ends = monotonic() + REST + 5
    while monotonic() < ends:
        try:
            with database.transaction() as connection:
                connection.execute(text("SELECT 1"))
            break
        except DatabaseIsDown:
            continue
    else:
        raise AssertionError("it never came back")
    database.close()


def test_who_takes_too_long_herself_makes_nobody_else_wait(postgresql: str) -> None:
    patience = Patience(pool=0.2, turn=0.2, busy=0.2, connect=2, statement=1.2, deed=1.3)
    database = Database(postgresql.format(name="portal"), patience)
    with down_within(4) as said, database.transaction() as connection:
        for _ in range(2):
            connection.execute(text("SELECT pg_sleep(0.7)"))
    assert "took too long" in said[0]
    with database.transaction() as connection:
        assert connection.execute(text("SELECT 1")).scalar() == 1
    database.close()
