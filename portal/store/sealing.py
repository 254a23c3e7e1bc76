"""The data key of one application, and what it seals: every answer and every piece of a file on its own.

What is sealed is bound to its application and to its place in it: moved elsewhere, it cannot be opened.
"""

from base64 import b64decode, b64encode
from secrets import token_bytes

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from portal.store.crypto import Unreadable
from portal.store.recovery import RecoverySecret
from portal.store.storage import Storage

_KEY_BITS = 256
_NONCE = 12
_STEP = 64
"""Texts are padded to a multiple of so many bytes: "ja" and "nej" are as long."""

_END = b"\x80"


class Seal:
    """Seals and opens what belongs to one application."""

    def __init__(self, application_id: str, key: bytes) -> None:
        self._id, self._key, self._cipher = application_id, key, AESGCM(key)

    @classmethod
    def new(cls, application_id: str) -> "Seal":
        """Return one with a new random key."""
        return cls(application_id, AESGCM.generate_key(_KEY_BITS))

    def seal(self, place: str, text: str) -> str:
        """Return a text sealed for a place."""
        raw = text.encode() + _END
        return b64encode(self.seal_bytes(place, raw.ljust(-(-len(raw) // _STEP) * _STEP, b"\0"))).decode()

    def open(self, place: str, sealed: str) -> str:
        """Return the text that was sealed for a place; raise Unreadable."""
        raw = self.open_bytes(place, b64decode(sealed))
        return raw[: raw.rindex(_END)].decode()

    def seal_bytes(self, place: str, raw: bytes) -> bytes:
        """Return bytes sealed for a place, as long as they are and a little more."""
        nonce = token_bytes(_NONCE)
        return nonce + self._cipher.encrypt(nonce, raw, self._bound_to(place))

    def open_bytes(self, place: str, sealed: bytes) -> bytes:
        """Return the bytes that were sealed for a place; raise Unreadable."""
        try:
            return self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], self._bound_to(place))
        except (InvalidTag, ValueError):
            raise Unreadable("what is stored of an application cannot be opened with its key") from None

    def for_vault(self, storage: Storage) -> str:
        """Return the data key, sealed for the running keys."""
        kept = {"application": self._id, "key": b64encode(self._key).decode()}
        return storage.vault.seal_at(place_of_key(self._id), kept)

    def for_recovery(self, storage: Storage) -> tuple[str, str] | tuple[None, None]:
        """Return the data key sealed for the recovery key, and which that is; nothing where there is none."""
        if storage.recovery is None:
            return None, None
        return storage.recovery.seal(self._key, self._id), storage.recovery.id

    def _bound_to(self, place: str) -> bytes:
        return f"{self._id}\0{place}".encode()


def place_of_key(application_id: str) -> str:
    """Return the place that the data key of an application is sealed for."""
    return f"applications.sealed_key\0{application_id}"


def open_seal(storage: Storage, application_id: str, sealed_key: str) -> Seal:
    """Return the seal of an application; raise Unreadable when no running key opens its data key."""
    opened = storage.vault.open_at(place_of_key(application_id), sealed_key)
    if opened["application"] != application_id:
        raise Unreadable("the data key is another application's")
    return Seal(application_id, b64decode(opened["key"]))


def recover_seal(secret: RecoverySecret, application_id: str, sealed: str) -> Seal:
    """Return the same from what the recovery key sealed; raise Unreadable."""
    return Seal(application_id, secret.open(sealed, application_id))
