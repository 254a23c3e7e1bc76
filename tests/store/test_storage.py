"""What the deeds remember with."""

from pathlib import Path

import pytest

from portal.store.database import BadDatabaseUrl
from portal.store.recovery import new_recovery_key
from portal.store.recovery_texts import BadRecoveryKey
from tests.conftest import KEY, open_storage


def test_it_opens_with_a_recovery_key_and_without(tmp_path: Path) -> None:
    public, secret = new_recovery_key()
    address = f"sqlite:///{tmp_path / 'a.sqlite'}"
    assert open_storage(address, [KEY]).recovery is None
    assert open_storage(address, [KEY], public).recovery is not None
    with pytest.raises(BadRecoveryKey):
        open_storage(address, [KEY], secret)
    with pytest.raises(BadDatabaseUrl):
        open_storage("mysql://x", [KEY])
