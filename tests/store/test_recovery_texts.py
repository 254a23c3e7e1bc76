"""How a recovery key is written: typed from paper, and never the one part for the other."""

import pytest

from portal.store.recovery_texts import PUBLIC, SECRET, BadRecoveryKey, read_recovery, write_recovery

RAW = bytes(range(32))


def test_it_is_read_however_it_is_typed() -> None:
    text = write_recovery(SECRET, RAW)
    assert read_recovery(text, SECRET) == RAW
    assert read_recovery(f" {text.upper().replace('-', ' - ')}\n", SECRET) == RAW


@pytest.mark.parametrize("text", ["", "x", PUBLIC, write_recovery(PUBLIC, RAW)[:-1], write_recovery(PUBLIC, RAW) + "1"])
def test_what_is_not_whole_is_refused_and_never_repeated(text: str) -> None:
    with pytest.raises(BadRecoveryKey) as refusal:
        read_recovery(text, PUBLIC)
    assert len(str(refusal.value)) < 80


def test_the_secret_part_cannot_stand_where_the_public_part_should() -> None:
    with pytest.raises(BadRecoveryKey, match=PUBLIC):
        read_recovery(write_recovery(SECRET, RAW), PUBLIC)
