"""The data key of an application: what it seals opens there and nowhere else, and tells not even its length."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.store.applications.tables import applications
from portal.store.columns import place_in
from portal.store.crypto import Unreadable
from portal.store.kept_key import new_key
from portal.store.recovery import RecoverySecret, new_recovery_key
from portal.store.sealing import Seal, open_seal, place_of_key, recover_seal
from tests.conftest import KEY, open_storage

SEAL = Seal.new("a1")


@given(st.text())
def test_a_text_comes_back(text: str) -> None:
    assert SEAL.open("wants", SEAL.seal("wants", text)) == text


@given(st.binary())
def test_bytes_come_back(raw: bytes) -> None:
    assert SEAL.open_bytes("piece", SEAL.seal_bytes("piece", raw)) == raw


def test_yes_and_no_are_as_long_and_never_twice_the_same() -> None:
    sealed = [SEAL.seal("alone", text) for text in ("ja", "nej", "", "ja")]
    assert len({len(text) for text in sealed}) == 1
    assert len(set(sealed)) == 4


def test_what_is_moved_or_changed_does_not_open(tmp_path: Path) -> None:
    sealed = SEAL.seal("name", "Kanin")
    for seal, place, text in (
        (SEAL, "wants", sealed),
        (Seal("a2", SEAL._key), "name", sealed),
        (Seal.new("a1"), "name", sealed),
        (SEAL, "name", "AAAA"),
    ):
        with pytest.raises(Unreadable):
            seal.open(place, text)


def test_the_data_key_is_sealed_twice_and_for_its_own_application(tmp_path: Path) -> None:
    public, secret = new_recovery_key()
    storage = open_storage(f"sqlite:///{tmp_path / 'a.sqlite'}", [KEY], public)
    text = SEAL.seal("name", "Kanin")
    sealed = SEAL.for_vault(storage)
    assert open_seal(storage, "a1", sealed).open("name", text) == "Kanin"
    with pytest.raises(Unreadable):
        open_seal(storage, "a2", sealed)
    for_recovery, key_id = SEAL.for_recovery(storage)
    assert for_recovery is not None
    assert storage.recovery is not None
    assert key_id == storage.recovery.id
    assert recover_seal(RecoverySecret(secret), "a1", for_recovery).open("name", text) == "Kanin"
    without = open_storage(f"sqlite:///{tmp_path / 'b.sqlite'}", [new_key()])
    assert SEAL.for_recovery(without) == (None, None)
    with pytest.raises(Unreadable):
        open_seal(without, "a1", sealed)


def test_the_data_key_lies_where_it_says() -> None:
    assert place_of_key("a1") == place_in(applications.c.sealed_key, "a1") == "applications.sealed_key\0a1"
