"""The tables of editors: a contact has one edit, and a kommun one version."""

import pytest
from sqlalchemy import exc, insert

from portal.store.catalogue.tables import contact_edits, contact_versions
from portal.store.storage import Storage
from tests.domain.made_up import NOW

EDIT = {
    "kommun": "k",
    "contact": "vaxel",
    "unit": "Växeln",
    "phone": "",
    "email": "",
    "hours": "",
    "confirmed_on": NOW.date(),
    "confirmed_by": "editor-1",
}


def test_a_contact_has_one_edit_and_a_kommun_one_version(storage: Storage) -> None:
    for table, row in ((contact_edits, EDIT), (contact_versions, {"kommun": "k"})):
        with pytest.raises(exc.IntegrityError), storage.database.transaction() as connection:
            connection.execute(insert(table), [row, row])
