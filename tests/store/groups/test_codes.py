"""Codes of sign-ups: found under every key, handed over with their person, and never another's place."""

import pytest
from sqlalchemy import insert, select, update

from portal.actions.groups.places import my_place
from portal.actions.groups.signing_up import sign_up
from portal.domain.refusals import NoSuchPlace
from portal.store.groups import tables as m
from portal.store.groups.codes import (
    add_codes,
    code_hashes,
    find_opened,
    hand_over_codes,
    is_bound,
    mark_anew,
    mark_of,
    take_code,
)
from portal.store.known_value import check_keys, seal_known
from portal.store.storage import Storage, open_storage
from tests.conftest import KEY
from tests.made_up_groups import NOW, published, request
from tests.store.unbound import unbind


def two(storage: Storage) -> tuple[list[str], list[str]]:
    """Return the codes and the ids of two sign-ups of one group."""
    group = published(storage)
    codes = [sign_up(storage, group.id, request(who), NOW).code or "" for who in (1, 2)]
    return codes, [my_place(storage, code, NOW).sign_up.id for code in codes]


def test_a_code_is_looked_up_under_every_key(storage: Storage, database_url: str) -> None:
    codes, ids = two(storage)
    changed = open_storage(database_url, ["c" * 43 + "=", KEY])
    assert codes[0] not in code_hashes(storage, codes[0])
    with changed.database.reading() as connection:
        assert find_opened(changed, connection, codes[0]) == ids[0]
        assert find_opened(changed, connection, "AAA-AAA-AAA-AAA") is None
    changed.close()


def test_codes_can_be_taken_and_handed_over(storage: Storage) -> None:
    codes, (one, other) = two(storage)
    with storage.database.transaction() as connection:
        add_codes(storage.vault, connection, {})
        add_codes(storage.vault, connection, {code_hashes(storage, "MAILED")[0]: one})
        take_code(connection, one)
        assert find_opened(storage, connection, codes[0]) is None
        hand_over_codes(storage.vault, connection, one, other)
        assert find_opened(storage, connection, "MAILED") == other


def test_the_hash_of_a_code_that_is_put_beside_another_s_place_opens_nothing(
    storage: Storage, caplog: pytest.LogCaptureFixture
) -> None:
    codes, (mine, hers) = two(storage)
    group, table = published(storage), m.sign_ups
    own = sign_up(storage, group.id, request(3), NOW).code or ""
    with storage.database.transaction() as connection:
        row = connection.execute(select(table.c.code, table.c.code_mark).where(table.c.id == mine)).one()
        connection.execute(update(table).where(table.c.id == mine).values(code=None))
        connection.execute(update(table).where(table.c.id == hers).values(code=row.code, code_mark=row.code_mark))
        mark = mark_of(storage.vault, code_hashes(storage, own)[0], mine)
        for code, one in ((code_hashes(storage, own)[0], mark), (code_hashes(storage, codes[1])[0], None)):
            connection.execute(insert(m.mailed_codes).values(code=code, sign_up_id=hers, mark=one))
        connection.execute(update(table).where(table.c.group_id == group.id).values(code=None))
    caplog.clear()
    for code in (codes[0], own, codes[1]):
        with pytest.raises(NoSuchPlace):
            my_place(storage, code, NOW)
    assert len(caplog.messages) == 3
    assert all("exempel" not in says and code not in says for says in caplog.messages for code in (own, *codes))
    with storage.database.transaction() as connection:
        hand_over_codes(storage.vault, connection, hers, mine)
        assert find_opened(storage, connection, own) is None
    assert dict(mark_anew(storage)) == {"sign_ups": 1, "mailed_codes": 2}


def test_an_old_code_without_a_mark_opens_until_it_has_got_one(storage: Storage) -> None:
    codes, ids = two(storage)
    unbind(storage)
    check_keys(storage)
    assert [my_place(storage, code, NOW).sign_up.id for code in codes] == ids
    assert not mark_anew(storage)
    seal_known(storage)
    assert not storage.vault.takes_unbound
    with storage.database.transaction() as connection:
        assert find_opened(storage, connection, codes[0]) == ids[0]
        connection.execute(update(m.sign_ups).values(code_mark=None))
        assert find_opened(storage, connection, codes[0]) is None
    assert not is_bound(storage.vault, "a", "b", "é")
