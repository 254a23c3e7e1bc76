"""What keeps contact details unreadable at rest, and codes unguessable: keys that can be changed one after another.

What lies in a row is bound to its table, column and row: moved elsewhere it does not open. What a browser carries for a
while (a session, an answer of a provider) lies in no row, and says itself what it is for.
"""

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from hashlib import sha256
from secrets import token_bytes
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

BOUND = "b1."
"""How what is bound to its place begins; what is not begins with a letter of its own (Fernet)."""

_NONCE = 12
_STEP = 64
"""What is bound is padded to a multiple of so many bytes, so that its length tells less."""


class BadKeys(ValueError):
    """The encryption keys cannot be used; says which, never what it is."""


class Unreadable(Exception):
    """No key that is known opens what was sealed, or it was sealed for another place. It says nothing of anybody."""


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
        self._ciphers = [AESGCM(_derived(key)) for key in known]
        self._is_bound: bool | None = None
        self._secrets = [hmac.digest(key.encode(), b"insatsportalen: digests", "sha256") for key in known]

    @property
    def key_names(self) -> tuple[str, ...]:
        """Return a name for each key, the first key first: it tells which key it is and nothing of what it is.

        Versions that cannot open what is bound to its row call the same keys otherwise.
        """
        return tuple(digest[:16] for digest in self.digests("name of a key that binds", ""))

    @property
    def takes_unbound(self) -> bool:
        """Return whether rows that are bound to no place are opened: an older version's, until `portal keys rotate`."""
        return self._is_bound is False

    def learn(self, *, is_bound: bool) -> None:
        """Take in whether all rows of the database are bound. Once they were they are, as long as this vault is there:
        nobody who writes in the database can bring the time before back beneath a process that runs.
        """
        self._is_bound = is_bound or self._is_bound is True

    @property
    def count(self) -> int:
        """Return how many keys are known."""
        return len(self._secrets)

    def seal(self, value: Any) -> str:
        """Return a value of JSON, encrypted, for a browser to carry: it says itself what it is for."""
        return self._fernet.encrypt(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()).decode()

    def open(self, sealed: str) -> Any:
        """Return what was sealed; raise Unreadable when no key opens it."""
        try:
            return json.loads(self._fernet.decrypt(sealed.encode()))
        except InvalidToken:
            raise Unreadable("what was sealed cannot be opened with the keys there are") from None

    def seal_at(self, place: str, value: Any) -> str:
        """Return a value of JSON, encrypted for one place, which `place_in` names (`store/columns.py`)."""
        raw = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        padded = raw.ljust(-(-len(raw) // _STEP) * _STEP)  # JSON may end in spaces
        nonce = token_bytes(_NONCE)
        return BOUND + urlsafe_b64encode(nonce + self._ciphers[0].encrypt(nonce, padded, place.encode())).decode()

    def open_at(self, place: str, sealed: str) -> Any:
        """Return what was sealed for a place; raise Unreadable when no key opens it, or it was sealed for another."""
        if sealed.startswith(BOUND):
            return self._open_bound(place, sealed.removeprefix(BOUND))
        if not self.takes_unbound:
            raise _unreadable(place)
        try:
            return self.open(sealed)
        except Unreadable:
            raise _unreadable(place) from None

    def _open_bound(self, place: str, sealed: str) -> Any:
        try:
            raw = urlsafe_b64decode(sealed)
        except ValueError:
            raise _unreadable(place) from None
        for cipher in self._ciphers:
            try:
                return json.loads(cipher.decrypt(raw[:_NONCE], raw[_NONCE:], place.encode()))
            except (InvalidTag, ValueError):
                continue  # it may be another key's
        raise _unreadable(place)

    def raw_digests(self, purpose: str, value: str) -> tuple[bytes, ...]:
        """Return the keyed digest of a value under each key, the first key first."""
        message = f"{purpose}\0{value}".encode()
        return tuple(hmac.digest(secret, message, sha256) for secret in self._secrets)

    def digests(self, purpose: str, value: str) -> tuple[str, ...]:
        """Return the same as text: what is stored in place of a code, and looked up under every key."""
        return tuple(digest.hex() for digest in self.raw_digests(purpose, value))


def _derived(key: str) -> bytes:
    """Return the key that binds, made of one that is set: no key does two kinds of work."""
    return HKDF(SHA256(), length=32, salt=None, info=b"insatsportalen: bound to its place").derive(
        urlsafe_b64decode(key)
    )


def _unreadable(place: str) -> Unreadable:
    column = place.partition("\0")[0]
    return Unreadable(f"what lies in {column} does not open: it was moved or changed, or a key is missing")
