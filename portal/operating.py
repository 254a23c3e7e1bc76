"""What an operator is shown of a running portal, by settings of their own: the form of its log, and which release."""

from collections.abc import Mapping
from importlib.metadata import version

from portal.outside_settings import BadSettings

LOGS = ("text", "json")


def log_of(environment: Mapping[str, str]) -> str:
    """Return in which form the log is written; raise BadSettings for a word that is none."""
    found = environment.get("PORTAL_LOG", "") or LOGS[0]
    if found not in LOGS:
        raise BadSettings(f"PORTAL_LOG must be {' or '.join(LOGS)}")
    return found


def release_of(environment: Mapping[str, str]) -> str:
    """Return what this release is called, or else its version: a rolling upgrade is seen by it."""
    found = environment.get("PORTAL_RELEASE", "").strip() or version("insatsportalen")
    if len(found) > 64 or not found.isascii() or not found.replace("-", "").replace(".", "").replace("+", "").isalnum():
        raise BadSettings("PORTAL_RELEASE must be at most 64 letters, digits, dots, plus signs and hyphens")
    return found
