"""What keeps contact details unreadable at rest, and codes unguessable: keys that can be changed one after another."""

import hmac
import json
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class BadKeys(ValueError):
    """The encryption keys cannot be used; says which, never what it is."""


class Unreadable(Exception):
    """No key that is known opens what was sealed."""


class Vault:
    """Seals and opens with the keys of the portal: the first seals, all open."""

    def __init__(self, keys: Iterable[str]) -> None:
        known = [key.strip() for key in keys if key.strip()]
        if not known:
            raise BadKeys("there is no encryption key")
        try:
            self._fernet = MultiFernet([Fernet(key) for key in known])
        except ValueError:
            raise BadKeys("an encryption key is not 32 bytes in URL-safe base64; `portal keys new` makes one") from None
        self._secrets = [hmac.digest(key.encode(), b"insatsportalen: digests", "sha256") for key in known]

    @property
    def key_names(self) -> tuple[str, ...]:
        """Return a name for each key, the first key first: it tells which key it is and nothing of what it is."""
        return tuple(digest[:16] for digest in self.digests("name of a key", ""))

    @property
    def count(self) -> int:
        """Return how many keys are known."""
        return len(self._secrets)

    def seal(self, value: Any) -> str:
        """Return a value of JSON, encrypted."""
        return self._fernet.encrypt(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()).decode()

    def open(self, sealed: str) -> Any:
        """Return what was sealed; raise Unreadable when no key opens it."""
        try:
            return json.loads(self._fernet.decrypt(sealed.encode()))
        except InvalidToken:
            raise Unreadable("what is stored cannot be opened with the keys there are") from None

    def rotate(self, sealed: str) -> str:
        """Return the same, sealed with the first key; raise Unreadable when no key opens it."""
        try:
            return self._fernet.rotate(sealed.encode()).decode()
        except InvalidToken:
            raise Unreadable("what is stored cannot be opened with the keys there are") from None

    def raw_digests(self, purpose: str, value: str) -> tuple[bytes, ...]:
        """Return the keyed digest of a value under each key, the first key first."""
        message = f"{purpose}\0{value}".encode()
        return tuple(hmac.digest(secret, message, sha256) for secret in self._secrets)

    def digests(self, purpose: str, value: str) -> tuple[str, ...]:
        """Return the same as text: what is stored in place of a code, and looked up under every key."""
        return tuple(digest.hex() for digest in self.raw_digests(purpose, value))
