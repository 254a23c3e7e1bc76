"""Making an encryption key, and keeping one in a file for development."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from contextlib import suppress
from pathlib import Path
from secrets import token_bytes


def new_key() -> str:
    """Return a new random key: 32 bytes in URL-safe base64."""
    return urlsafe_b64encode(token_bytes(32)).decode()


def is_key(text: str) -> bool:
    """Return whether a text can be a key."""
    try:
        return len(urlsafe_b64decode(text)) == 32
    except ValueError:
        return False


def kept_key(path: Path) -> str:
    """Return the key in a file, made at the first call, also when several processes make that call at once."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        made = path.with_name(f"{path.name}.{new_key()[:12]}")
        made.touch(mode=0o600)
        made.write_text(new_key(), encoding="ascii")
        # A link appears whole or not at all, and only for the first who makes it.
        with suppress(FileExistsError):
            path.hardlink_to(made)
        made.unlink()
    return path.read_text(encoding="ascii").strip()
