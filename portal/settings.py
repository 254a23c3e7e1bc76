"""Every setting of the portal, read once from the environment; a gap or a bad value stops the start."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex
from urllib.parse import urlsplit

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from portal.outside_settings import BadSettings, export_key, export_targets, tell_key, webhooks_of
from portal.store.kept_key import is_key, kept_key
from portal.store.languages.menu import TRANSLATIONS
from portal.store.reading import DATA
from portal.store.recovery_texts import PUBLIC, BadRecoveryKey, read_recovery

ROOT = Path(__file__).resolve().parents[1]
INSTANCE = ROOT / "instance"
"""What one installation keeps for itself."""

HSTS = 365 * 24 * 3600  # seconds: a year

_SITE = re.compile(r"https?://[A-Za-z0-9.\[\]:-]+(/[A-Za-z0-9._~-]+)*/?")

LICENCES = {
    "CC0-1.0": "http://creativecommons.org/publicdomain/zero/1.0/",
    "CC-BY-4.0": "http://creativecommons.org/licenses/by/4.0/",
}
"""Of the open data, by their SPDX names; Digg recommends the first."""

SMTP_SCHEMES = ("smtp", "smtps", "smtp+starttls")


@dataclass(frozen=True, slots=True)
class Oidc:
    """An OpenID provider, and who the portal is there: the kommun's own sign-in, or residents' electronic identities.

    `issuer` is the provider's name for itself, to the letter: some end in a slash.
    `acr` is what the provider must say of how somebody signed in; that there were two factors is the provider's part.
    `key`, a private key in PEM, takes the place of the secret (`private_key_jwt`).
    """

    issuer: str
    client_id: str
    client_secret: str
    acr: str = ""
    key: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class PasswordCost:
    """What hashing one password with Argon2id takes: passes, KiB of memory and lanes (RFC 9106, the second choice)."""

    passes: int = 3
    memory: int = 64 * 1024
    lanes: int = 4


@dataclass(frozen=True, slots=True)
class Settings:
    """What a running portal is told from outside."""

    secret_key: str
    database_url: str
    kommuner: tuple[str, ...] = ()
    data: Path = DATA
    shared_data: Path = DATA
    translations: Path = TRANSLATIONS
    is_development: bool = False
    is_behind_proxy: bool = False
    encryption_keys: tuple[str, ...] = ()
    smtp_url: str | None = None
    mail_from: str = ""
    site: str | None = None
    oidc: Oidc | None = None
    eid: Oidc | None = None
    recovery_key: str | None = None
    export_targets: Mapping[tuple[str, str], str] = field(default_factory=dict)
    export_key: bytes = b""
    webhooks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    hsts: int = 0
    security_contact: str = ""
    data_licence: str = next(iter(LICENCES))
    data_contact: str = ""
    tell_key: bytes = field(default=b"", repr=False)
    password_cost: PasswordCost = PasswordCost()
    """Not of the environment: no installation makes its passwords cheaper to guess."""

    @property
    def knows_address(self) -> bool:
        """Return whether the portal knows its own address; in production what a request calls it is not believed."""
        return self.site is not None or self.is_behind_proxy or self.is_development

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """Read PORTAL_…; development gets safe values of its own making; raise BadSettings on a gap."""
        mode = environment.get("PORTAL_ENV", "production")
        if mode not in ("development", "production"):
            raise BadSettings(f"PORTAL_ENV must be development or production, not {mode!r}")
        is_development = mode == "development"
        secret = environment.get("PORTAL_SECRET_KEY", "") or (token_hex(32) if is_development else "")
        if len(secret) < 32:
            raise BadSettings("PORTAL_SECRET_KEY is missing or shorter than 32 characters; set a long random text")
        database = environment.get("PORTAL_DATABASE_URL", "") or f"sqlite:///{INSTANCE / 'portal.sqlite'}"
        if _scheme(database).split("+")[0] not in ("sqlite", "postgresql"):
            raise BadSettings("PORTAL_DATABASE_URL must begin with sqlite:// or postgresql://")
        proxy = environment.get("PORTAL_BEHIND_PROXY", "")
        if proxy not in ("", "0", "1"):
            raise BadSettings(f"PORTAL_BEHIND_PROXY must be 1 or 0, not {proxy!r}")
        smtp_url, mail_from, site = _mail(environment)
        licence, data_contact = _open_data(environment, is_development)
        targets, webhooks = export_targets(environment), webhooks_of(environment, is_development)
        oidc, eid = _oidc(environment, STAFF_OIDC, is_development), _oidc(environment, EID_OIDC, is_development)
        if (oidc or eid) and not site and not is_development:
            raise BadSettings("PORTAL_SITE is needed with an OpenID provider: it leads people back to that address")
        if webhooks and not site:
            raise BadSettings("PORTAL_SITE is needed with PORTAL_WEBHOOKS: it is where who is told asks what is new")
        return cls(
            secret_key=secret,
            database_url=database,
            kommuner=tuple(part.strip() for part in environment.get("PORTAL_KOMMUNER", "").split(",") if part.strip()),
            data=data_folder(environment),
            translations=translations_folder(environment),
            is_development=is_development,
            is_behind_proxy=proxy == "1",
            encryption_keys=_keys(environment, is_development),
            smtp_url=smtp_url,
            mail_from=mail_from,
            site=site,
            oidc=oidc,
            eid=eid,
            recovery_key=_recovery_key(environment),
            export_targets=targets,
            export_key=export_key(environment) if targets or webhooks else b"",
            webhooks=webhooks,
            hsts=_hsts(environment, is_development),
            security_contact=_security_contact(environment),
            data_licence=licence,
            data_contact=data_contact,
            tell_key=tell_key(environment),
        )


def data_folder(environment: Mapping[str, str]) -> Path:
    """Return the folder that holds kommuner/."""
    return Path(environment.get("PORTAL_DATA") or DATA)


def translations_folder(environment: Mapping[str, str]) -> Path:
    """Return the folder of the translations."""
    return Path(environment.get("PORTAL_TRANSLATIONS") or TRANSLATIONS)


def _keys(environment: Mapping[str, str], is_development: bool) -> tuple[str, ...]:
    given = environment.get("PORTAL_ENCRYPTION_KEYS", "")
    keys = tuple(part.strip() for part in given.split(",") if part.strip())
    if not keys and is_development:
        return (kept_key(INSTANCE / "encryption.key"),)
    if not keys or not all(is_key(key) for key in keys):
        raise BadSettings("PORTAL_ENCRYPTION_KEYS is missing or holds what is no key; `portal keys new` makes one")
    return keys


def _recovery_key(environment: Mapping[str, str]) -> str | None:
    given = environment.get("PORTAL_RECOVERY_KEY", "").strip()
    if not given:
        return None
    try:
        read_recovery(given, PUBLIC)
    except BadRecoveryKey as bad:
        raise BadSettings(f"PORTAL_RECOVERY_KEY cannot be used: {bad}") from None
    return given


def _mail(environment: Mapping[str, str]) -> tuple[str | None, str, str | None]:
    """Return the mail server, who sends, and the portal's own address, for links in mails."""
    smtp_url, mail_from = environment.get("PORTAL_SMTP_URL", "") or None, environment.get("PORTAL_MAIL_FROM", "")
    site = environment.get("PORTAL_SITE", "") or None
    if smtp_url is not None and _scheme(smtp_url) not in SMTP_SCHEMES:
        raise BadSettings(f"PORTAL_SMTP_URL must begin with one of {', '.join(SMTP_SCHEMES)}, then ://")
    if smtp_url is not None and not ("@" in mail_from and mail_from.isprintable() and " " not in mail_from):
        raise BadSettings("PORTAL_MAIL_FROM is missing: with a mail server, an address to send from is needed")
    if site is not None and not _SITE.fullmatch(site):
        raise BadSettings("PORTAL_SITE must be the portal's address, such as https://stod.example.se")
    return smtp_url, mail_from, site.rstrip("/") if site else None


def _hsts(environment: Mapping[str, str], is_development: bool) -> int:
    """Return for how many seconds browsers are told to come by TLS only."""
    given = environment.get("PORTAL_HSTS", "") or ("0" if is_development else str(HSTS))
    if not (given.isascii() and given.isdecimal() and len(given) < 10):
        raise BadSettings("PORTAL_HSTS must be a number of seconds; 0 for none")
    return int(given)


def _security_contact(environment: Mapping[str, str]) -> str:
    """Return who is told of a hole in the portal, as security.txt says it (RFC 9116)."""
    given = environment.get("PORTAL_SECURITY_CONTACT", "").strip()
    if given and not (given.startswith(("mailto:", "https://", "tel:")) and given.isprintable() and " " not in given):
        raise BadSettings("PORTAL_SECURITY_CONTACT must begin with mailto:, https:// or tel:")
    return given


def _open_data(environment: Mapping[str, str], is_development: bool) -> tuple[str, str]:
    """Return the licence of the open data, and the e-mail of whoever answers questions about it."""
    licence = environment.get("PORTAL_DATA_LICENCE", "") or next(iter(LICENCES))
    if licence not in LICENCES:
        raise BadSettings(f"PORTAL_DATA_LICENCE must be one of {', '.join(LICENCES)}")
    email = environment.get("PORTAL_DATA_CONTACT", "") or ("data@example.org" if is_development else "")
    if email and not re.fullmatch(r"[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+", email):
        raise BadSettings("PORTAL_DATA_CONTACT must be an e-mail address")
    return licence, email


STAFF_OIDC = (
    "PORTAL_OIDC_ISSUER",
    "PORTAL_OIDC_CLIENT_ID",
    "PORTAL_OIDC_CLIENT_SECRET",
    "PORTAL_OIDC_ACR",
    "PORTAL_OIDC_KEY_FILE",
)
EID_OIDC = (
    "PORTAL_EID_OIDC_ISSUER",
    "PORTAL_EID_OIDC_CLIENT_ID",
    "PORTAL_EID_OIDC_CLIENT_SECRET",
    "PORTAL_EID_OIDC_ACR",
    "PORTAL_EID_OIDC_KEY_FILE",
)
"""The names of what tells a provider: of the kommun's staff, and of residents' electronic identities."""


def _oidc(environment: Mapping[str, str], names: tuple[str, ...], is_development: bool) -> Oidc | None:
    """Return the OpenID provider that those settings name; None where there is none."""
    issuer, client_id, secret, acr, key_file = (environment.get(name, "") for name in names)
    if not (issuer or client_id or secret or key_file):
        return None
    if _scheme(issuer) != "https" and not (is_development and _scheme(issuer) == "http"):
        raise BadSettings(f"{names[0]} must be the https:// address of an OpenID provider")
    if not client_id or bool(secret) == bool(key_file):
        raise BadSettings(f"{names[1]}, and either {names[4]} or {names[2]}, are needed with {names[0]}")
    key = _private_key(names[4], Path(key_file)) if key_file else ""
    return Oidc(issuer, client_id, secret, acr, key)


def _private_key(name: str, path: Path) -> str:
    """Return a private key in PEM: RSA of 2048 bits or more, or elliptic on P-256, for RS256 or ES256."""
    try:
        pem = path.read_text(encoding="ascii")
        key = load_pem_private_key(pem.encode(), password=None)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm):
        raise BadSettings(f"{name} must name a readable file with a private key in PEM, without a password") from None
    is_rsa = isinstance(key, RSAPrivateKey) and key.key_size >= 2048
    if not is_rsa and not (isinstance(key, EllipticCurvePrivateKey) and isinstance(key.curve, SECP256R1)):
        raise BadSettings(f"{name} must hold an RSA key of 2048 bits or more, or an elliptic one on P-256")
    return pem


def _scheme(address: str) -> str:
    try:
        return urlsplit(address).scheme
    except ValueError:
        return ""
