"""Settings of what the portal sends to systems of others: applications to case systems, changes to who copies them."""

from base64 import b64decode
from collections.abc import Mapping
from urllib.parse import urlsplit

from portal.domain.applications.kinds import DOORS, SHARED

LEAST_KEY = 32
"""Characters of a key that two installations share."""

EXPORT_KEY_LENGTH = 32  # bytes
LONGEST_ADDRESS = 400  # of a webhook: what the table holds


class BadSettings(Exception):
    """The environment lacks a setting or has one that cannot be used; says which and what to do."""


def export_targets(environment: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """Return where applications are pushed to: kommun=address, or kommun/family_counselling=address, by commas."""
    targets = {}
    for place, url in _pairs(environment, "PORTAL_EXPORT_TARGETS"):
        kommun, _, door = place.partition("/")
        if (door or SHARED) not in DOORS or not kommun or not _is_safe(url):
            raise BadSettings("PORTAL_EXPORT_TARGETS must be kommun=https://…, or kommun/family_counselling=https://…")
        targets[kommun, door or SHARED] = url
    return targets


def webhooks_of(environment: Mapping[str, str], is_development: bool) -> dict[str, tuple[str, ...]]:
    """Return who is told when what a kommun publishes changes: kommun=address, by commas."""
    told: dict[str, tuple[str, ...]] = {}
    for kommun, url in _pairs(environment, "PORTAL_WEBHOOKS"):
        is_for_here = is_development and not url.startswith("https:")
        if not kommun or len(url) > LONGEST_ADDRESS or not _is_safe(url, may_be_here=is_for_here):
            raise BadSettings("PORTAL_WEBHOOKS must be kommun=https://…, by commas, of at most 400 letters each")
        told[kommun] = (*told.get(kommun, ()), url)
    return told


def export_key(environment: Mapping[str, str]) -> bytes:
    """Return the private key that signs what is sent."""
    try:
        key = b64decode(environment.get("PORTAL_EXPORT_KEY", ""), validate=True)
    except ValueError:
        key = b""
    if len(key) != EXPORT_KEY_LENGTH:
        raise BadSettings("PORTAL_EXPORT_KEY is missing or no key; `portal keys export` makes one")
    return key


def tell_key(environment: Mapping[str, str]) -> bytes:
    """Return the key that the editors' Plone signs with when it tells that something is published; empty for none."""
    key = environment.get("PORTAL_TELL_KEY", "").strip()
    if key and len(key) < LEAST_KEY:
        raise BadSettings(f"PORTAL_TELL_KEY is shorter than {LEAST_KEY} characters; set a long random text")
    if key and not environment.get("PORTAL_DATA"):
        raise BadSettings("PORTAL_DATA is needed with PORTAL_TELL_KEY: it is the folder that changes when we are told")
    return key.encode()


def _pairs(environment: Mapping[str, str], name: str) -> list[tuple[str, str]]:
    given = [part.strip() for part in environment.get(name, "").split(",") if part.strip()]
    return [(place.strip(), url.strip()) for place, _, url in (part.partition("=") for part in given)]


def _is_safe(url: str, *, may_be_here: bool = True) -> bool:
    """Return whether what is sent there is encrypted, or stays on this machine."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    is_here = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "::1", "localhost")
    return bool(parts.hostname) and (parts.scheme == "https" or (may_be_here and is_here))
