"""Keys of forms, made by the portal and by nobody else: a form that is sent twice is then one deed.

A key says when it was made and for which form, and is signed. Who has one can send that form and nothing more: no code
is ever made from it, and what it became is told without a code.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest
from secrets import token_bytes

from portal.store.crypto import Vault

LASTS = timedelta(hours=24)
"""How old a form may be when it is sent; an older one is shown again with a new key, and nothing typed is lost."""

_RANDOM, _TIME, _SIGNED = 18, 6, 12
"""Bytes: what nobody can guess, the second it was made in, and the signature over both and the form."""

_AHEAD = timedelta(minutes=5)
"""How far the clocks of two hosts may differ."""


@dataclass(frozen=True, slots=True)
class FormKey:
    """The key of one form; `is_old` says that the page was open longer than a form may be."""

    text: str
    is_old: bool = False


def new_form_key(vault: Vault, form: str, now: datetime) -> FormKey:
    """Return a key for a form, such as "sign-up <group>"."""
    whole = token_bytes(_RANDOM) + int(now.timestamp()).to_bytes(_TIME, "big")
    return FormKey(urlsafe_b64encode(whole + _signatures(vault, form, whole)[0]).decode())


def read_form_key(vault: Vault, form: str, sent: str, now: datetime) -> FormKey | None:
    """Return the key that came with a form; None for one that the portal has not made, or made for another form."""
    try:
        raw = urlsafe_b64decode(sent.encode("ascii"))
    except (Error, ValueError):
        return None
    whole, signed = raw[:-_SIGNED], raw[-_SIGNED:]
    if len(whole) != _RANDOM + _TIME or urlsafe_b64encode(raw).decode() != sent:
        return None
    if not any(compare_digest(signed, known) for known in _signatures(vault, form, whole)):
        return None
    made_at = int.from_bytes(whole[_RANDOM:], "big")
    age = timedelta(seconds=now.timestamp() - made_at)
    return FormKey(sent, is_old=not -_AHEAD <= age < LASTS)


def _signatures(vault: Vault, form: str, whole: bytes) -> list[bytes]:
    return [digest[:_SIGNED] for digest in vault.raw_digests("key of a form", f"{form}\0{whole.hex()}")]
