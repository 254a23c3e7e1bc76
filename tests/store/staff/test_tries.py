"""Wrong tries in the database: counted for each account and minute, and no account can be read from them."""

from datetime import timedelta

from sqlalchemy import text

from portal.domain.staff.throttle import FORGOTTEN_AFTER, FREE_TRIES, MOST_A_MINUTE
from portal.store.staff.tries import forget_tries, may_sign_in, note_wrong_try
from portal.store.storage import Storage
from tests.domain.made_up import NOW

MINUTE = timedelta(minutes=1)


def test_an_account_waits_and_another_does_not(storage: Storage) -> None:
    for _ in range(FREE_TRIES):
        assert may_sign_in(storage, "lea@example.se", NOW)
        note_wrong_try(storage, "lea@example.se", NOW)
    assert not may_sign_in(storage, " LEA@example.se", NOW)
    assert may_sign_in(storage, "ola@example.se", NOW)
    assert may_sign_in(storage, "lea@example.se", NOW + MINUTE)
    forget_tries(storage, "lea@example.se")
    assert may_sign_in(storage, "lea@example.se", NOW)


def test_all_accounts_together_wait_for_the_next_minute(storage: Storage) -> None:
    for number in range(MOST_A_MINUTE):
        note_wrong_try(storage, f"{number}@example.se", NOW)
    assert not may_sign_in(storage, "lea@example.se", NOW)
    assert may_sign_in(storage, "lea@example.se", NOW + MINUTE)


def test_what_is_stored_names_nobody_and_goes(storage: Storage) -> None:
    note_wrong_try(storage, "lea@example.se", NOW)
    with storage.database.reading() as connection:
        rows = connection.execute(text("SELECT * FROM staff_tries")).all()
    assert len(rows) == 2
    assert "lea" not in str(rows)
    later = NOW + FORGOTTEN_AFTER
    note_wrong_try(storage, "ola@example.se", later)
    with storage.database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM staff_tries")).scalar_one() == 2
