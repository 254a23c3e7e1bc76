"""The list of coming groups: its filter, and what fits it."""

from dataclasses import dataclass

from portal.domain.catalogue.insatser import Insats
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.groups.planning import Group, Seen, Wanted
from portal.store.groups.planning import list_coming
from portal.web.groups.forms import WISHED, Sent, wanted_from
from portal.web.groups.shown import Shown, shown
from portal.web.portal import current_kommun, now
from portal.web.storage import current_storage


@dataclass(frozen=True)
class Listing:
    """The groups that fit a filter, and the menus of the filter."""

    wanted: Wanted
    groups: tuple[Shown, ...]
    insatser: tuple[Insats, ...]
    languages: tuple[str, ...]
    is_filtered: bool


def listing(sent: Sent) -> Listing:
    """Return the coming groups that fit a filter; the menus hold what some coming group has, and what is asked for."""
    kommun = current_kommun()
    coming = list_coming(current_storage(), kommun.id, now())
    spoken = {tag for seen in coming for tag in seen.group.languages}
    wanted = wanted_from(sent, kommun.insatser, {*spoken, *WISHED})
    with_groups = {wanted.insats, *(seen.group.insats for seen in coming)}
    fitting = tuple(shown(seen) for seen in coming if wanted.fits(seen.group))
    return Listing(
        wanted,
        fitting,
        insatser=tuple(insats for insats in kommun.insatser.values() if insats.id in with_groups),
        languages=tuple(sorted({*spoken, *filter(None, [wanted.language])})),
        is_filtered=wanted != Wanted(),
    )


def given_in_groups(kommun: Kommun) -> tuple[Insats, ...]:
    """Return the insatser that are given to groups: those one can wish for."""
    return tuple(insats for insats in kommun.insatser.values() if insats.in_groups)


def others_like(group: Group) -> tuple[Shown, ...]:
    """Return up to three other groups of the same insats that one can come into, free ones and its language first."""
    coming = list_coming(current_storage(), current_kommun().id, now(), insats=group.insats)
    found = [seen for seen in coming if seen.group.id != group.id and (seen.left or seen.can_wait)]

    def place(seen: Seen) -> tuple[bool, bool]:
        return not seen.left, not set(seen.group.languages) & set(group.languages)

    return tuple(shown(seen) for seen in sorted(found, key=place)[:3])
