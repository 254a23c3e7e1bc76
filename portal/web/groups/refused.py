"""What a person meets when something about a group cannot be done: what happened, and what to do next."""

from flask import Response, request

from portal.domain.refusals import BadDetails, GroupIsFull, NoSuchGroup, NoSuchPlace, Refusal, SlowDown
from portal.store.groups.planning import find_seen
from portal.web.groups.listing import others_like
from portal.web.groups.shown import Shown, shown
from portal.web.portal import current_kommun, current_voice, is_sending_mail, now, pages
from portal.web.shown.contacts import card_of
from portal.web.storage import current_storage

_STATUSES: dict[type[Refusal], int] = {NoSuchGroup: 404, NoSuchPlace: 404, BadDetails: 422, SlowDown: 429}


def refused(refusal: Refusal) -> Response:
    """Answer a refusal with a page of its own: other groups, a place when one is free, whom to call."""
    kommun, voice = current_kommun(), current_voice()
    group = _group_of_address()
    contact = kommun.contacts[kommun.contact_centre] if group is None else group.contact
    return pages().page(
        "groups/refused.html",
        status=_STATUSES.get(type(refusal), 409),
        says=refusal.says,
        group=group,
        is_full=isinstance(refusal, GroupIsFull),
        others=() if group is None else others_like(group.group),
        card=card_of(contact, kommun, voice, now()),
        sends_mail=is_sending_mail(),
    )


def _group_of_address() -> Shown | None:
    group_id = (request.view_args or {}).get("group_id")
    seen = None if group_id is None else find_seen(current_storage(), current_kommun().id, group_id, now())
    return None if seen is None else shown(seen)
