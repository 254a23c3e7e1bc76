"""The recovery key: its public part seals all the time; its private part, on paper in a safe, opens all again."""

from base64 import b64decode, b64encode
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from portal.store.crypto import Unreadable
from portal.store.recovery_texts import PUBLIC, SECRET, read_recovery, write_recovery

_SUITE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


class RecoveryKey:
    """The public part: it can seal, and nothing more."""

    def __init__(self, text: str) -> None:
        self._key = X25519PublicKey.from_public_bytes(read_recovery(text, PUBLIC))
        self.id = _id_of(self._key)

    def seal(self, secret: bytes, bound_to: str) -> str:
        """Return a secret that only the private part opens, and only for what it is bound to."""
        return b64encode(_SUITE.encrypt(secret, self._key, info=_info(bound_to))).decode()


class RecoverySecret:
    """The private part, for the minutes of a recovery."""

    def __init__(self, text: str) -> None:
        self._key = X25519PrivateKey.from_private_bytes(read_recovery(text, SECRET))
        self.id = _id_of(self._key.public_key())

    def open(self, sealed: str, bound_to: str) -> bytes:
        """Return what was sealed with the public part; raise Unreadable."""
        try:
            return bytes(_SUITE.decrypt(b64decode(sealed), self._key, info=_info(bound_to)))
        except (InvalidTag, ValueError):
            raise Unreadable("the recovery key does not open what is stored") from None


def new_recovery_key() -> tuple[str, str]:
    """Return the public and the private part of a new recovery key."""
    key = X25519PrivateKey.generate()
    return write_recovery(PUBLIC, key.public_key().public_bytes_raw()), write_recovery(SECRET, key.private_bytes_raw())


def _id_of(key: X25519PublicKey) -> str:
    return sha256(key.public_bytes_raw()).hexdigest()[:16]


def _info(bound_to: str) -> bytes:
    return f"insatsportalen: data key of application {bound_to}".encode()
