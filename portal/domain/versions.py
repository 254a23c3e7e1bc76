"""Which version of something a form was made from, so that an older page never silently undoes a newer one."""

from collections.abc import Collection, Mapping
from hashlib import sha256

from portal.domain.refusals import ChangedMeanwhile


def version_of(*values: object) -> str:
    """Return a short mark of values: equal values have the same, others another."""
    return sha256(repr([_settled(value) for value in values]).encode()).hexdigest()[:16]


def check_version(seen: str | None, *values: object) -> None:
    """Raise ChangedMeanwhile when a form was made from other values; a form without a mark (None) made no claim."""
    if seen is not None and seen != version_of(*values):
        raise ChangedMeanwhile


def _settled(value: object) -> object:
    """Return a value whose text is always the same: what has no order gets one."""
    if isinstance(value, Mapping):
        return sorted((repr(key), repr(one)) for key, one in value.items())
    if isinstance(value, Collection) and not isinstance(value, (str, bytes, tuple, list)):
        return sorted(map(repr, value))
    return value
