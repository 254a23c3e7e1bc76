"""A person's details, sealed."""

from dataclasses import fields
from typing import Any

from portal.domain.groups.details import Details
from portal.store.crypto import Vault

_NAMES = tuple(field.name for field in fields(Details))


def seal_details(vault: Vault, details: Details) -> str:
    """Return details as they are stored."""
    return vault.seal({name: value for name in _NAMES if (value := getattr(details, name))})


def open_details(vault: Vault, sealed: str | None) -> Details | None:
    """Return the details that were stored; None when they are no longer kept."""
    if sealed is None:
        return None
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in vault.open(sealed).items()
    }
    return Details(**values)
