"""The recovery key: its public part seals all the time; its private part, on paper in a safe, opens all again."""

from base64 import b32decode, b32encode, b64decode, b64encode
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from portal.store.crypto import Unreadable

PUBLIC, SECRET = "recovery-public-", "recovery-secret-"
_LENGTH = 32
_SUITE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


class BadRecoveryKey(ValueError):
    """A recovery key that cannot be used; says which part, never what it is."""


class RecoveryKey:
    """The public part: it can seal, and nothing more."""

    def __init__(self, text: str) -> None:
        self._key = X25519PublicKey.from_public_bytes(_read(text, PUBLIC))
        self.id = _id_of(self._key)

    def seal(self, secret: bytes, bound_to: str) -> str:
        """Return a secret that only the private part opens, and only for what it is bound to."""
        return b64encode(_SUITE.encrypt(secret, self._key, info=_info(bound_to))).decode()


class RecoverySecret:
    """The private part, for the minutes of a recovery."""

    def __init__(self, text: str) -> None:
        self._key = X25519PrivateKey.from_private_bytes(_read(text, SECRET))
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
    return _write(PUBLIC, key.public_key().public_bytes_raw()), _write(SECRET, key.private_bytes_raw())


def _write(begins: str, raw: bytes) -> str:
    # Letters and digits that can be typed from paper, in groups of four.
    text = b32encode(raw).decode().rstrip("=").lower()
    return begins + "-".join(text[place : place + 4] for place in range(0, len(text), 4))


def _read(text: str, begins: str) -> bytes:
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


def _id_of(key: X25519PublicKey) -> str:
    return sha256(key.public_bytes_raw()).hexdigest()[:16]


def _info(bound_to: str) -> bytes:
    return f"insatsportalen: data key of application {bound_to}".encode()
