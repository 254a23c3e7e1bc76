"""How a recovery key is written: letters and digits that can be typed from paper, and which part it is."""

from base64 import b32decode, b32encode

PUBLIC, SECRET = "recovery-public-", "recovery-secret-"
"""What the texts of the two parts begin with: so that none can be taken for the other."""

_LENGTH = 32


class BadRecoveryKey(ValueError):
    """A recovery key that cannot be used; says which part, never what it is."""


def write_recovery(begins: str, raw: bytes) -> str:
    """Return a part of a recovery key as a text, in groups of four."""
    text = b32encode(raw).decode().rstrip("=").lower()
    return begins + "-".join(text[place : place + 4] for place in range(0, len(text), 4))


def read_recovery(text: str, begins: str) -> bytes:
    """Return the part of a recovery key that somebody typed; case and spaces are free. Raise BadRecoveryKey."""
    typed = "".join(text.split()).lower()
    if not typed.startswith(begins):
        raise BadRecoveryKey(f"a recovery key of this part begins with {begins}")
    letters = typed.removeprefix(begins).replace("-", "").upper()
    try:
        raw = b32decode(letters + "=" * (-len(letters) % 8))
    except ValueError:
        raw = b""
    if len(raw) != _LENGTH:
        raise BadRecoveryKey(f"the recovery key that begins with {begins} is not whole")
    return raw
