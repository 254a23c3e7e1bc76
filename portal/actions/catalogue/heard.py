"""Hearing that the editors' Plone has published something: a signed word, and a file beside the catalogue's folder.

The word is a POST with the headers

    Portal-Timestamp: seconds since 1970
    Portal-Signature: hmac-sha256=…      hexadecimal, over "insatser-changed.", timestamp; by the key that both know

and says nothing else: what has changed `portal catalogue follow` asks of Plone, never who answers the word.
"""

import hmac
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path

AT_MOST = 300
"""Seconds that a word may be old, or ahead of our clock."""


@dataclass(frozen=True, slots=True)
class Bell:
    """A file whose time says when somebody last told, and the key by which she is known."""

    file: Path
    key: bytes = field(default=b"", repr=False)

    def rung(self) -> int:
        """Return when it was last rung, in nanoseconds; 0 where it never was."""
        try:
            return self.file.stat().st_mtime_ns
        except OSError:
            return 0

    def ring(self, timestamp: str, signature: str, now: datetime) -> bool:
        """Ring where the word is signed and new; return whether it was. Twice does no harm: it is an empty file."""
        is_number = timestamp.isascii() and timestamp.isdecimal() and len(timestamp) < 12
        if not self.key or not is_number or abs(int(timestamp) - now.timestamp()) > AT_MOST:
            return False
        wanted = hmac.new(self.key, f"insatser-changed.{timestamp}".encode(), sha256).hexdigest()
        if not hmac.compare_digest(f"hmac-sha256={wanted}".encode(), signature.encode("utf-8", "replace")):
            return False
        self.file.touch()
        return True


def bell_of(link: Path, key: bytes = b"") -> Bell:
    """Return the bell of a catalogue's folder: it lies beside it."""
    return Bell(link.parent / f"{link.name}.told", key)
