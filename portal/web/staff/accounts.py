"""The staff as Flask-Security sees them: its users, their passkeys and codes, kept by the portal's own store."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import Any

import qrcode
import qrcode.image.svg
from flask import current_app
from flask_security import UserDatastore, UserMixin, WebAuthnMixin
from flask_security.totp import Totp
from flask_security.utils import hash_password, verify_password
from passlib.totp import TOTP, TokenError

from portal.actions.staff.accounts import note_credentials
from portal.domain.staff.invitations import LONGEST_PASSWORD
from portal.domain.staff.roles import Staff
from portal.store.staff import accounts as store
from portal.store.staff.accounts import Account, Passkey
from portal.store.storage import Storage

AUTHENTICATOR = "authenticator"
"""The one kind of code there is: from an app. Mail and text messages can be read by others."""

ISSUER = "Insatsportalen"
"""What the app for codes calls the account."""


class User(UserMixin):
    """A member of staff who signs in; `staff` is who she is, the rest is what Flask-Security looks at and changes.

    totp_secret: of her app for codes, sealed as Flask-Security carries it about, which knows no rows.
    """

    fs_uniquifier = ""
    mf_recovery_codes = None
    tf_phone_number = None

    def __init__(self, account: Account, totp_secret: str | None) -> None:
        self.staff: Staff = account.staff
        self.id = account.staff.id  # type: ignore[assignment]  # any value is an id, though the stub says a number
        self.email = account.staff.email
        self.active = account.staff.is_active
        self.password = account.password
        self.fs_uniquifier = account.session_key
        self.fs_webauthn_user_handle = account.passkey_handle
        self.tf_totp_secret = totp_secret
        self.tf_primary_method = AUTHENTICATOR if totp_secret else None
        self.webauthn = [Key(passkey) for passkey in account.passkeys]
        self.roles = []


class Key(WebAuthnMixin):
    """A passkey, as Flask-Security changes it after use."""

    usage = "secondary"
    extensions = None

    def __init__(self, passkey: Passkey) -> None:
        self.passkey = passkey
        self.name = passkey.name
        self.credential_id = passkey.credential_id
        self.public_key = passkey.public_key
        self.sign_count = passkey.sign_count
        self.transports = list(passkey.transports)
        self.backup_state = passkey.is_backed_up
        self.device_type = passkey.device_type
        self.lastuse_datetime = passkey.used_at

    def get_user_mapping(self) -> dict[str, Any]:
        """Return what finds its owner."""
        return {"id": self.passkey.staff_id}


class Accounts(UserDatastore):
    """Flask-Security's way to the staff: each change is written at once, in a transaction of its own."""

    def __init__(self, storage: Storage, clock: Callable[[], datetime]) -> None:
        super().__init__(User, type(None), Key)  # type: ignore[arg-type]  # roles are the portal's own
        self._storage = storage
        self._clock = clock

    def find_user(self, case_insensitive: bool = False, **kwargs: Any) -> User | None:
        """Return the member of staff with that id, e-mail or key of sessions."""
        names = {"fs_uniquifier": "session_key"}
        with self._storage.database.reading() as connection:
            found = store.find_account(connection, **{names.get(name, name): value for name, value in kwargs.items()})
        return None if found is None else User(found, self._taken_out(found))

    def _taken_out(self, account: Account) -> str | None:
        """Return her secret sealed for no row; raise Unreadable where the one in her row is another's or damaged."""
        if account.sealed is None:
            return None
        vault = self._storage.vault
        return vault.seal(store.open_secret(vault, account.staff.id, account.sealed))

    def _secret(self, user: User) -> Any:
        return None if user.tf_totp_secret is None else self._storage.vault.open(user.tf_totp_secret)

    def put(self, model: User | Key) -> User | Key:
        """Write what Flask-Security has changed: a password, a secret, a key of sessions, the use of a passkey."""
        had = self.find_user(id=model.id) if isinstance(model, User) else None
        secret = self._secret(model) if isinstance(model, User) else None
        with self._storage.database.transaction() as connection:
            if isinstance(model, User):
                store.save_fields(
                    connection,
                    str(model.id),
                    password=model.password,
                    sealed=None if secret is None else store.seal_secret(self._storage.vault, str(model.id), secret),
                    session_key=model.fs_uniquifier,
                )
            else:
                used = replace(
                    model.passkey,
                    sign_count=model.sign_count,
                    is_backed_up=model.backup_state,
                    device_type=str(model.device_type),
                    used_at=self._clock(),
                )
                store.save_passkey(connection, used)
        if had is not None and self._secret(had) != secret:
            note_credentials(self._storage, str(model.id), "change_app", self._clock())
        return model

    def delete(self, model: Key) -> None:
        """Take a passkey away."""
        with self._storage.database.transaction() as connection:
            store.delete_passkey(connection, model.passkey.staff_id, model.credential_id)
        note_credentials(self._storage, model.passkey.staff_id, "remove_passkey", self._clock())

    def commit(self) -> None:
        """Do nothing: what is put is written."""

    def create_webauthn(self, user: UserMixin, **kwargs: Any) -> None:  # type: ignore[override]  # all are given by name
        """Remember a new passkey."""
        passkey = Passkey(
            credential_id=kwargs["credential_id"],
            staff_id=str(user.id),
            name=kwargs["name"],
            public_key=kwargs["public_key"],
            sign_count=kwargs["sign_count"],
            transports=tuple(str(getattr(way, "value", way)) for way in kwargs["transports"] or ()),
            device_type=str(getattr(kwargs["device_type"], "value", kwargs["device_type"])),
            is_backed_up=bool(kwargs["backup_state"]),
            used_at=self._clock(),
        )
        with self._storage.database.transaction() as connection:
            store.add_passkey(connection, passkey)
        note_credentials(self._storage, passkey.staff_id, "add_passkey", self._clock())

    def find_webauthn(self, credential_id: bytes) -> Key | None:
        """Return the passkey with that id."""
        with self._storage.database.reading() as connection:
            found = store.find_passkey(connection, credential_id)
        return None if found is None else Key(found)


def hashed(password: str) -> str:
    """Return a password as it is kept; the same letters are the same however a keyboard composes them."""
    return str(hash_password(_normalized(password)))


def is_password_of(user: User, password: str) -> bool:
    """Return whether it is her password; somebody without one has none that is right."""
    if user.password is None or len(password) > LONGEST_PASSWORD:
        return False
    return bool(verify_password(_normalized(password), user.password))


def _normalized(password: str) -> str:
    return str(current_app.extensions["security"].password_util.normalize(password))


def codes_of(storage: Storage, clock: Callable[[], datetime]) -> type[Totp]:
    """Return what makes and checks the codes of apps: secrets sealed with the portal's keys, no code used twice."""

    class Codes(Totp):
        """Time-based codes (RFC 6238)."""

        def __init__(self, secrets: Any, issuer: str) -> None:
            super().__init__(secrets, issuer)
            self._totp = TOTP.using(issuer=issuer, now=lambda: clock().timestamp())

        def generate_totp_secret(self) -> str:
            """Return a new secret, sealed."""
            return storage.vault.seal(self._totp.new().to_dict())

        def verify_totp(self, token: str, totp_secret: str, user: UserMixin, window: int = 0) -> bool:
            """Return whether a code is right now, and was not used before; it is used from then on."""
            try:
                matched = self._totp.verify(token, storage.vault.open(totp_secret), window=window)
            except TokenError:
                return False
            with storage.database.transaction() as connection:
                return store.use_totp_counter(connection, str(user.id), matched.counter)

        def get_totp_uri(self, username: str, totp_secret: str) -> str:
            """Return the address that the picture holds."""
            return str(self._totp.from_source(storage.vault.open(totp_secret)).to_uri(username))

        def get_totp_pretty_key(self, totp_secret: str) -> str:
            """Return the secret to type in by hand."""
            return str(self._totp.from_source(storage.vault.open(totp_secret)).pretty_key())

        def get_totp_b32_key(self, totp_secret: str) -> str:
            """Return the secret as the app keeps it."""
            return str(self._totp.from_source(storage.vault.open(totp_secret)).base32_key)

        def generate_qrcode(self, username: str, totp: str) -> str:
            """Return the picture as an SVG element: the security policy lets no page load a data: address."""
            made = qrcode.make(self.get_totp_uri(username, totp), image_factory=qrcode.image.svg.SvgPathImage)
            with BytesIO() as written:
                made.save(written)
                return written.getvalue().decode().partition("?>")[2].strip()

    return Codes
