"""The step that gives meetings a name: what was counted for one and mailed about it goes along, up and down."""

from sqlalchemy import text

from portal.store.database import Database
from portal.store.schema import downgrade, upgrade
from portal.store.storage import open_storage
from tests.groups import KEY, MANY, put

COUNTS = "INSERT INTO attendance (group_id, number, age_band, gender, came) VALUES ('many', {}, '18-24', 'woman', {})"
MAIL = (
    "INSERT INTO outbox (id, letter, kommun, lang, once, tries, made_at) "
    "VALUES ('m', 'reminder', 'lekeberg', 'sv', :once, 0, 0)"
)


def test_counts_and_reminders_follow_their_meeting_through_the_step(database_url: str) -> None:
    storage = open_storage(database_url, [KEY])
    put(storage, [MANY])
    storage.close()
    database = Database(database_url)
    try:
        downgrade(database, "0010")
        with database.transaction() as connection:
            held = connection.execute(text("SELECT number, starts_at FROM group_sessions ORDER BY number")).all()
            assert [number for number, _ in held] == [1, 2, 3, 4]
            for number, came in ((2, 5), (9, 3)):  # the ninth is gone, and its counts are shown nowhere
                connection.execute(text(COUNTS.format(number, came)))
            connection.execute(text(MAIL), {"once": "reminder:many:2:0:abc"})
        upgrade(database)
        with database.reading() as connection:
            name = connection.execute(
                text("SELECT id FROM group_sessions WHERE starts_at = :at"), {"at": held[1].starts_at}
            ).scalar_one()
            assert connection.execute(text("SELECT session_id, came FROM attendance")).all() == [(name, 5)]
            assert connection.execute(text("SELECT once FROM outbox")).scalar_one() == f"reminder:{name}:0:abc"
        downgrade(database, "0010")
        with database.reading() as connection:
            assert connection.execute(text("SELECT number, came FROM attendance")).all() == [(2, 5)]
            assert connection.execute(text("SELECT once FROM outbox")).scalar_one() == "reminder:many:2:0:abc"
    finally:
        upgrade(database)
        database.close()
