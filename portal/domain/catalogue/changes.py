"""What a kommun publishes, by what it says: who keeps a copy learns what was added, changed or removed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from portal.domain.catalogue.kommuner import Kommun

INSATS, CONTACT = "insats", "contact"
PUBLISHED = (INSATS, CONTACT)

ADDED, CHANGED, REMOVED = "added", "changed", "removed"
CHANGES = (ADDED, CHANGED, REMOVED)

Thing = tuple[str, str]
"""What something published is (INSATS or CONTACT), and its id."""

_NOT_SAID = "updated_at"
"""When a file came to this installation: a copy of the same words is no change."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is remembered of something published: what it said (a digest), since when, and whether it is gone."""

    digest: str
    added_at: datetime
    changed_at: datetime
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to something published: one of CHANGES, and when it was seen."""

    kind: str
    id: str
    what: str
    at: datetime


def published(kommun: Kommun) -> dict[Thing, str]:
    """Return a digest of each insats and contact of a kommun, as its editors have them now."""
    insatser = {(INSATS, one.id): digest_of(one) for one in kommun.insatser.values()}
    return insatser | {(CONTACT, one.id): digest_of(one) for one in kommun.contacts.values()}


def digest_of(value: object) -> str:
    """Return the same for the same words, in every process and version of Python."""
    return sha256(json.dumps(_plain(value), ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def compared(known: Mapping[Thing, Known], now_published: Mapping[Thing, str], now: datetime) -> dict[Thing, Known]:
    """Return what has to be remembered anew: what came, what says something else, and what is gone."""
    anew = {}
    for thing, digest in now_published.items():
        before = known.get(thing)
        if before is None or before.is_gone:
            anew[thing] = Known(digest, now, now)
        elif before.digest != digest:
            anew[thing] = Known(digest, before.added_at, now)
    for thing, before in known.items():
        if thing not in now_published and not before.is_gone:
            anew[thing] = Known(before.digest, before.added_at, now, is_gone=True)
    return anew


def changes_since(known: Mapping[Thing, Known], since: datetime | None) -> list[Change]:
    """Return what happened at a moment or later, in the order that it was seen; all that stands where none is given.

    What came and went again in the meantime is removed: a copy may have been made of it.
    """
    found = []
    for (kind, thing), one in known.items():
        if since is None and one.is_gone:
            continue
        if since is None or one.changed_at >= since:
            # Who asks from the moment it came has heard of that: whatever came after is a change.
            is_new = since is None or one.added_at > since or one.added_at == one.changed_at
            what = REMOVED if one.is_gone else ADDED if is_new else CHANGED
            found.append(Change(kind, thing, what, one.changed_at))
    return sorted(found, key=lambda change: (change.at, change.kind, change.id))


def _plain(value: object) -> Any:
    if is_dataclass(value):
        # What is worked out from the others and kept beside them says nothing, and a hash is another in each process.
        said = {one.name: _plain(getattr(value, one.name)) for one in fields(value) if one.compare and one.repr}
        said.pop(_NOT_SAID, None)
        return {"": type(value).__name__, **said}
    if isinstance(value, Mapping):
        return {str(name): _plain(inner) for name, inner in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted((_plain(inner) for inner in value), key=json.dumps)
    if isinstance(value, (tuple, list)):
        return [_plain(inner) for inner in value]
    return value if value is None or isinstance(value, (bool, int, str)) else str(value)
