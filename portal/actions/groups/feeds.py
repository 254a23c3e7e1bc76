"""The secret of a calendar that follows a place: it shows the place's meetings and can do no more."""

import hmac
from datetime import datetime

from portal.actions.groups.places import Place
from portal.actions.groups.signing_up import settle_group
from portal.domain.refusals import NoSuchPlace
from portal.store.groups.planning import get_group
from portal.store.groups.sign_ups import find_kept
from portal.store.storage import Storage

_PURPOSE = "calendar feed"


def feed_of(storage: Storage, place: Place) -> str:
    """Return the secret that opens the meetings of a place; the same place has the same one."""
    return f"{place.sign_up.id}.{storage.vault.digests(_PURPOSE, place.sign_up.id)[0]}"


def place_of_feed(storage: Storage, secret: str, now: datetime) -> Place:
    """Return the place that a feed's secret opens, without its details; raise NoSuchPlace."""
    sign_up_id, _, digest = secret.partition(".")
    known = storage.vault.digests(_PURPOSE, sign_up_id)
    if not any(hmac.compare_digest(digest.encode(), one.encode()) for one in known):
        raise NoSuchPlace
    with storage.database.reading() as connection:
        kept = find_kept(connection, sign_up_id)
    if kept is None:
        raise NoSuchPlace
    settle_group(storage, kept.group_id, now)
    with storage.database.reading() as connection:
        kept = find_kept(connection, sign_up_id)
        group = get_group(connection, kept.group_id) if kept is not None else None
    if kept is None or group is None:
        raise NoSuchPlace
    return Place(kept.sign_up, group, None, kept.person.lang, None)
