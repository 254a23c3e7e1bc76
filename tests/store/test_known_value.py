"""The known value: the right keys open it, another stops; it is sealed once, and never over what other keys sealed."""

import pytest
from sqlalchemy import select, update

from portal.actions.groups.places import my_place
from portal.actions.groups.signing_up import sign_up
from portal.domain.refusals import NoSuchPlace
from portal.store.installation_tables import known_values
from portal.store.kept_key import new_key
from portal.store.known_value import WrongKeys, check_keys, learn_binding, seal_known
from portal.store.storage import Storage, open_storage
from tests.conftest import KEY
from tests.made_up_groups import NOW, published, request
from tests.store.unbound import unbind


def test_another_key_than_the_first_start_s_is_refused_with_what_to_do(storage: Storage, database_url: str) -> None:
    for _ in range(2):
        check_keys(storage)
    wrong, both = open_storage(database_url, [new_key()]), open_storage(database_url, [new_key(), KEY])
    with pytest.raises(WrongKeys, match="PORTAL_ENCRYPTION_KEYS.*put the right key back"):
        check_keys(wrong)
    check_keys(both)
    seal_known(both)
    with pytest.raises(WrongKeys):
        check_keys(storage)
    with storage.database.reading() as connection:
        assert len(connection.execute(select(known_values)).all()) == 1
    wrong.close()
    both.close()


def test_a_full_database_of_an_older_version_is_never_marked_with_a_wrong_key(
    storage: Storage, database_url: str
) -> None:
    sign_up(storage, published(storage, capacity=2).id, request(1), NOW)
    wrong = open_storage(database_url, [new_key()])
    with pytest.raises(WrongKeys):
        check_keys(wrong)
    check_keys(storage)
    wrong.close()


@pytest.mark.parametrize("has_known", [True, False])
def test_what_an_older_version_sealed_opens_until_all_is_bound(
    storage: Storage, database_url: str, has_known: bool
) -> None:
    group = published(storage, capacity=3)
    old = sign_up(storage, group.id, request(1), NOW).code or ""
    unbind(storage, has_known=has_known)
    running = open_storage(database_url, [KEY])
    check_keys(storage)
    # A new sign-up beside the old ones does not make the database look bound.
    new = sign_up(storage, group.id, request(2), NOW).code or ""
    for _ in range(2):
        assert not learn_binding(running)
        assert [my_place(running, code, NOW).is_damaged for code in (old, new)] == [False, False]
    seal_known(storage)
    assert learn_binding(running)
    assert not my_place(running, new, NOW).is_damaged
    with pytest.raises(NoSuchPlace):
        my_place(running, old, NOW)
    running.close()


def test_an_empty_database_is_bound_from_its_first_start(storage: Storage) -> None:
    check_keys(storage)
    assert learn_binding(storage)
    with storage.database.reading() as connection:
        assert str(connection.execute(select(known_values.c.sealed)).scalar()).startswith("b1.")


def test_nobody_without_keys_brings_back_the_time_before(storage: Storage, database_url: str) -> None:
    check_keys(storage)
    sign_up(storage, published(storage).id, request(1), NOW)
    started_later = open_storage(database_url, [KEY])
    with storage.database.transaction() as connection:
        connection.execute(update(known_values).values(sealed="gAAAAA"))
    assert learn_binding(started_later)
    with pytest.raises(WrongKeys):
        check_keys(started_later)
    unbind(storage)  # as somebody with a backup from before could
    assert learn_binding(storage)
    started_later.close()
