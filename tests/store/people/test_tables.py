"""The table of mails: what has one name is sent once."""

import pytest
from sqlalchemy import exc, insert

from portal.store.people.tables import outbox
from portal.store.storage import Storage
from tests.domain.made_up import NOW


def test_two_mails_of_one_name_cannot_wait(storage: Storage) -> None:
    rows = [{"id": name, "letter": "placed", "kommun": "k", "lang": "sv", "once": "b", "made_at": NOW} for name in "ab"]
    with pytest.raises(exc.IntegrityError), storage.database.transaction() as connection:
        connection.execute(insert(outbox), rows)
