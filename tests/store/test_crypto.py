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


PLACE = "sign_ups.sealed\0a1"


def test_what_is_bound_opens_in_its_place_alone() -> None:
    sealed = Vault([OLD]).seal_at(PLACE, {"nickname": "Exempel"})
    assert Vault([NEW, OLD]).open_at(PLACE, sealed) == {"nickname": "Exempel"}
    assert Vault([OLD]).seal_at(PLACE, "same") != Vault([OLD]).seal_at(PLACE, "same")
    for place, moved in (
        ("sign_ups.sealed\0a2", sealed),
        ("outbox.sealed\0a1", sealed),
        ("sign_ups.code\0a1", sealed),
        (PLACE, sealed[:-6] + "AAAAA="),
        (PLACE, "b1."),
        (PLACE, "b1.é"),
        (PLACE, ""),
    ):
        with pytest.raises(Unreadable, match="moved or changed") as refusal:
            Vault([OLD]).open_at(place, moved)
        assert "\0" not in str(refusal.value)
    with pytest.raises(Unreadable):
        Vault([NEW]).open_at(PLACE, sealed)


def test_what_is_bound_tells_little_of_its_length() -> None:
    lengths = {len(Vault([OLD]).seal_at(PLACE, "x" * number)) for number in range(60)}
    assert len(lengths) == 1


def test_what_is_bound_to_nothing_opens_in_a_row_only_while_that_is_allowed() -> None:
    vault, sealed = Vault([OLD]), Vault([OLD]).seal("x")
    with pytest.raises(Unreadable):
        vault.open_at(PLACE, sealed)
    vault.learn(is_bound=False)
    assert vault.open_at(PLACE, sealed) == "x"
    with pytest.raises(Unreadable, match=r"sign_ups\.sealed"):
        vault.open_at(PLACE, Vault([NEW]).seal("x"))
    with pytest.raises(Unreadable):
        vault.open(vault.seal_at(PLACE, "x"))  # no cookie either


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


def test_what_was_bound_once_is_bound_for_good() -> None:
    vault = Vault([OLD])
    assert not vault.takes_unbound
    for is_bound, takes in ((False, True), (False, True), (True, False), (False, False)):
        vault.learn(is_bound=is_bound)
        assert vault.takes_unbound is takes
