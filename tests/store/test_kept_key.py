"""A key of one's own making, kept in a file that nobody else reads."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from portal.store.kept_key import is_key, kept_key, new_key


def test_a_new_key_is_a_key_and_differs() -> None:
    assert is_key(new_key())
    assert new_key() != new_key()


@pytest.mark.parametrize("text", ["", "short", "å" * 44, "x" * 40, "x" * 45])
def test_what_is_no_key_is_told(text: str) -> None:
    assert not is_key(text)


def test_the_same_key_is_kept_also_when_many_ask_at_once(tmp_path: Path) -> None:
    path = tmp_path / "of" / "instance" / "key"
    with ThreadPoolExecutor(20) as clients:
        keys = set(clients.map(lambda _: kept_key(path), range(40)))
    assert len(keys) == 1
    assert is_key(keys.pop())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]
