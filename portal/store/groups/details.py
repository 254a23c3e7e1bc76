"""A person's details, sealed for her sign-up."""

import logging
from dataclasses import fields
from typing import Any

from portal.domain.groups.details import Details
from portal.store.columns import place_in
from portal.store.crypto import Unreadable, Vault
from portal.store.groups.tables import sign_ups

LOG = logging.getLogger("portal.errors")

_NAMES = tuple(field.name for field in fields(Details))


def seal_details(vault: Vault, sign_up_id: str, details: Details) -> str:
    """Return details as they are stored for a sign-up; for another they do not open."""
    values = {name: value for name in _NAMES if (value := getattr(details, name))}
    return vault.seal_at(_place(sign_up_id), values)


def open_details(vault: Vault, sign_up_id: str, sealed: str | None) -> Details | None:
    """Return the details that were stored; None when they are no longer kept. Raise Unreadable."""
    if sealed is None:
        return None
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in vault.open_at(_place(sign_up_id), sealed).items()
    }
    return Details(**values)


def find_details(vault: Vault, sign_up_id: str, sealed: str | None) -> tuple[Details | None, bool]:
    """Return the same, and whether they are damaged: what is wrong with one sign-up stops nothing for the others."""
    try:
        return open_details(vault, sign_up_id, sealed), False
    except Unreadable as damaged:
        LOG.error("%s", damaged)
        return None, True


def _place(sign_up_id: str) -> str:
    return place_in(sign_ups.c.sealed, sign_up_id)
