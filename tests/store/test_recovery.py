"""The recovery key: the public part seals, only the private part opens, and only for what it was sealed for."""

import pytest

from portal.store.crypto import Unreadable
from portal.store.recovery import RecoveryKey, RecoverySecret, new_recovery_key


def test_what_the_public_part_seals_the_private_part_opens() -> None:
    public, secret = new_recovery_key()
    assert new_recovery_key() != (public, secret)
    key, opener = RecoveryKey(public), RecoverySecret(secret)
    sealed = key.seal(b"k" * 32, "a1")
    assert key.seal(b"k" * 32, "a1") != sealed
    assert opener.open(sealed, "a1") == b"k" * 32
    assert key.id == opener.id


def test_nothing_else_opens_it() -> None:
    public, secret = new_recovery_key()
    sealed = RecoveryKey(public).seal(b"k" * 32, "a1")
    for opener, bound_to, text in (
        (RecoverySecret(secret), "a2", sealed),
        (RecoverySecret(new_recovery_key()[1]), "a1", sealed),
        (RecoverySecret(secret), "a1", sealed[:-8] + "AAAAAAA="),
        (RecoverySecret(secret), "a1", "?"),
        (RecoverySecret(secret), "a1", ""),
    ):
        with pytest.raises(Unreadable):
            opener.open(text, bound_to)
