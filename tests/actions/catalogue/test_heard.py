"""The word of the editors' Plone: signed, new, and nothing but an empty file."""

import hmac
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from portal.actions.catalogue.heard import AT_MOST, Bell, bell_of
from tests.domain.made_up import NOW

KEY = b"k" * 32
STAMP = str(int(NOW.timestamp()))


def signed(stamp: str = STAMP, key: bytes = KEY) -> str:
    """Return the signature of a word."""
    return f"hmac-sha256={hmac.new(key, f'insatser-changed.{stamp}'.encode(), sha256).hexdigest()}"


def test_a_signed_word_rings_and_says_when(tmp_path: Path) -> None:
    bell = bell_of(tmp_path / "catalogue", KEY)
    assert bell.rung() == 0
    assert bell.ring(STAMP, signed(), NOW)
    assert bell.rung() > 0
    assert bell.file.read_bytes() == b""
    assert bell.ring(STAMP, signed(), NOW + timedelta(seconds=AT_MOST - 1))


@pytest.mark.parametrize(
    ("stamp", "signature"),
    [
        (STAMP, signed(key=b"x" * 32)),
        (STAMP, ""),
        (STAMP, "ä" * 70),
        (STAMP, signed().removeprefix("hmac-sha256=")),
        ("", signed("")),
        ("-1", signed("-1")),
        ("²", signed("²")),
        ("9" * 4000, signed("9" * 4000)),
        (str(int(STAMP) - AT_MOST - 2), signed(str(int(STAMP) - AT_MOST - 2))),
        (str(int(STAMP) + AT_MOST + 2), signed(str(int(STAMP) + AT_MOST + 2))),
    ],
)
def test_what_is_not_signed_or_not_of_now_rings_nothing(stamp: str, signature: str, tmp_path: Path) -> None:
    bell = bell_of(tmp_path / "catalogue", KEY)
    assert not bell.ring(stamp, signature, NOW)
    assert not bell.file.exists()


def test_without_a_key_nobody_rings(tmp_path: Path) -> None:
    assert not Bell(tmp_path / "told").ring(STAMP, signed(key=b""), NOW)
