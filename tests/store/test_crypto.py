"""Sealing: any key opens, the first seals, nothing opens without; digests differ by key and purpose."""

import pytest

from portal.store.crypto import BadKeys, Unreadable, Vault
from portal.store.kept_key import new_key

OLD, NEW = new_key(), new_key()


def test_what_is_sealed_is_opened_and_not_seen() -> None:
    sealed = Vault([OLD]).seal({"nickname": "Exempel", "ages": [3]})
    assert "Exempel" not in sealed
    assert Vault([OLD]).open(sealed) == {"nickname": "Exempel", "ages": [3]}
    assert Vault([OLD]).seal("same") != Vault([OLD]).seal("same")


def test_the_first_key_seals_and_all_open() -> None:
    both = Vault([NEW, OLD])
    assert both.open(Vault([OLD]).seal("x")) == "x"
    assert Vault([NEW]).open(both.seal("x")) == "x"
    with pytest.raises(Unreadable):
        Vault([OLD]).open(both.seal("x"))


def test_a_rotated_seal_needs_the_old_key_no_longer() -> None:
    rotated = Vault([NEW, OLD]).rotate(Vault([OLD]).seal("x"))
    assert Vault([NEW]).open(rotated) == "x"
    with pytest.raises(Unreadable):
        Vault([NEW]).rotate(Vault([OLD]).seal("x"))


def test_a_digest_is_of_one_key_one_purpose_and_one_value() -> None:
    both = Vault([NEW, OLD])
    assert both.count == 2
    first, second = both.digests("code", "KX4")
    assert (first,) == Vault([NEW]).digests("code", "KX4")
    assert (second,) == Vault([OLD]).digests("code", "KX4")
    assert len({first, second, *both.digests("form", "KX4"), *both.digests("code", "KX5")}) == 6
    assert bytes.fromhex(first) == both.raw_digests("code", "KX4")[0]


@pytest.mark.parametrize("keys", [[], [""], ["short"], [OLD, "not a key"]])
def test_keys_that_cannot_be_used_are_refused_and_not_repeated(keys: list[str]) -> None:
    with pytest.raises(BadKeys) as refusal:
        Vault(keys)
    assert "not a key" not in str(refusal.value)
