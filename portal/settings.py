"""Every setting of the portal, read once from the environment; a gap or a bad value stops the start."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from urllib.parse import urlsplit

from portal.store.catalogue import DATA
from portal.store.translations import TRANSLATIONS

ROOT = Path(__file__).resolve().parents[1]


class BadSettings(Exception):
    """The environment lacks a setting or has one that cannot be used; says which and what to do."""


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
    smtp_url: str = ""
    oidc: Oidc | None = None

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
        database = environment.get("PORTAL_DATABASE_URL", "") or f"sqlite:///{ROOT / 'instance' / 'portal.sqlite'}"
        if _scheme(database) not in ("sqlite", "postgresql"):
            raise BadSettings("PORTAL_DATABASE_URL must begin with sqlite:// or postgresql://")
        proxy = environment.get("PORTAL_BEHIND_PROXY", "")
        if proxy not in ("", "0", "1"):
            raise BadSettings(f"PORTAL_BEHIND_PROXY must be 1 or 0, not {proxy!r}")
        return cls(
            secret_key=secret,
            database_url=database,
            kommuner=tuple(part.strip() for part in environment.get("PORTAL_KOMMUNER", "").split(",") if part.strip()),
            data=Path(environment.get("PORTAL_DATA") or DATA),
            translations=Path(environment.get("PORTAL_TRANSLATIONS") or TRANSLATIONS),
            is_development=is_development,
            is_behind_proxy=proxy == "1",
        )


def _scheme(address: str) -> str:
    try:
        return urlsplit(address).scheme.split("+")[0]
    except ValueError:
        return ""
