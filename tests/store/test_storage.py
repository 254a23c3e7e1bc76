"""One storage for the whole app."""

from pathlib import Path

import pytest

from portal.store.crypto import BadKeys
from portal.store.database import BadDatabaseUrl
from portal.store.kept_key import new_key
from portal.store.recovery import new_recovery_key
from portal.store.recovery_texts import BadRecoveryKey
from portal.store.storage import open_storage


def test_a_storage_connects_at_the_first_use_and_not_before() -> None:
    open_storage("postgresql://portal@127.0.0.1:9/portal", [new_key()]).close()


def test_a_gap_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(BadKeys):
        open_storage(f"sqlite:///{tmp_path / 'x.sqlite'}", [])
    with pytest.raises(BadDatabaseUrl):
        open_storage("nonsense", [new_key()])


def test_it_opens_with_a_recovery_key_and_without(tmp_path: Path) -> None:
    public, secret = new_recovery_key()
    address = f"sqlite:///{tmp_path / 'x.sqlite'}"
    assert open_storage(address, [new_key()]).recovery is None
    assert open_storage(address, [new_key()], public).recovery is not None
    with pytest.raises(BadRecoveryKey):
        open_storage(address, [new_key()], secret)
