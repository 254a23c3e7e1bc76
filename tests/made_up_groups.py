"""A made-up group that is remembered, and who leads it."""

from datetime import datetime
from typing import Any

from portal.actions.groups import leading
from portal.domain.audit import Actor
from portal.domain.groups.planning import Group
from portal.store.storage import Storage
from tests.domain.made_up import FIRST, NOW, draft, request, sessions

LEADER = Actor("leader-1", "solbacka")
STRANGER = Actor("leader-2", "granby")


def published(storage: Storage, now: datetime = NOW, **changes: Any) -> Group:
    """Return a group that residents can sign up for."""
    group = leading.create_group(storage, LEADER, draft(**{"fewest": None, **changes}), now)
    return leading.publish_group(storage, LEADER, group.id, now)


__all__ = ["FIRST", "LEADER", "NOW", "STRANGER", "draft", "published", "request", "sessions"]
