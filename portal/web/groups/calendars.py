"""Calendar files and feeds. What a calendar shows to whoever looks over a shoulder is a neutral word and the times."""

from collections.abc import Iterable

from flask import Response, request

from portal.actions.groups.calendar import Open, calendar_of, calendar_of_groups
from portal.actions.groups.feeds import feed_of as secret_of
from portal.actions.groups.feeds import place_of_feed
from portal.actions.groups.places import Place
from portal.domain.groups.planning import Group
from portal.domain.groups.sign_ups import SignUp, State
from portal.domain.sentences import sentence
from portal.web.downloads import attached
from portal.web.groups.shown import Shown, name_of
from portal.web.portal import current_kommun, current_language, current_voice, now, this_address
from portal.web.storage import current_storage

_MEETING = sentence("Möte")


def file_of(group: Group) -> Response:
    """Return the meetings of a group, for somebody who has no place in it yet."""
    nobody = SignUp(group.id, State.PLACED, 1, 0)
    return _calendar(Place(nobody, group, None, current_language().tag, None))


def feed_of(secret: str) -> Response:
    """Return the meetings of the place that a feed's secret opens; raise NoSuchPlace."""
    return _calendar(place_of_feed(current_storage(), secret, now()))


def feed_address(place: Place) -> str:
    """Return the address of a place's feed. Its secret stands in the query, which no log of the portal holds."""
    base = f"{request.script_root}/{current_language().tag}/{current_kommun().id}"
    return f"{base}/my-place/calendar.ics?feed={secret_of(current_storage(), place)}"


def of_groups(groups: Iterable[Shown]) -> Response:
    """Return the meetings of groups that anybody may see, under their own names."""
    base = this_address().rpartition("/")[0]
    shown = (Open(one.group, name_of(one), f"{base}/{one.id}") for one in groups)
    # The stamp of the day: one of this second would make each answer another, and nobody would have it already.
    today = now().replace(hour=0, minute=0, second=0, microsecond=0)
    return Response(calendar_of_groups(shown, today), mimetype="text/calendar")


def _calendar(place: Place) -> Response:
    body = calendar_of(place, current_voice().words(_MEETING), now())
    return attached(Response(body, mimetype="text/calendar"), "calendar.ics")
