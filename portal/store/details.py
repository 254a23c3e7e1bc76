"""A person's details, sealed."""

from dataclasses import asdict
from typing import Any

from portal.domain.details import Details
from portal.store.crypto import Vault


def seal_details(vault: Vault, details: Details) -> str:
    """Return details as they are stored."""
    return vault.seal({name: value for name, value in asdict(details).items() if value})


def open_details(vault: Vault, sealed: str | None) -> Details | None:
    """Return the details that were stored; None when they are no longer kept."""
    if sealed is None:
        return None
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in vault.open(sealed).items()
    }
    return Details(**values)
