"""Groups to look at in development: obviously made up, marked as samples, always in the coming weeks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from portal.actions.groups import leading
from portal.actions.groups.signing_up import sign_up
from portal.domain.audit import Actor
from portal.domain.catalogue.insatser import Insats
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.groups.details import Details, Request, fields_allowed
from portal.domain.groups.planning import Draft, Group
from portal.domain.groups.programmes import Programme, draft_from
from portal.domain.instants import STOCKHOLM
from portal.store.groups.planning import list_coming
from portal.store.storage import Storage

SAMPLER = "samples"
"""Who has made the samples, in the audit trail."""

FIRST_NUMBER = 5
"""The first of the numbers that are reserved for fiction: 070-174 06 05 to 070-174 06 99."""

NUMBERS, PEOPLE = 95, 5
"""How many there are, and how many of them a full group takes."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """How one sample differs from its programme."""

    weeks_ahead: int
    hour: int
    languages: tuple[str, ...]
    is_online: bool = False
    is_full: bool = False


_KINDS = (_Kind(2, 18, ("sv",)), _Kind(4, 10, ("sv", "ar")), _Kind(6, 18, ("sv",), is_online=True, is_full=True))


def load_samples(
    storage: Storage, kommuner: Iterable[Kommun], programmes: Mapping[str, Programme], now: datetime
) -> int:
    """Make sample groups where a kommun's insats has none that is coming; return how many."""
    made = 0
    for kommun in kommuner:
        coming = {(seen.group.insats, seen.group.programme) for seen in list_coming(storage, kommun.id, now)}
        for programme in programmes.values():
            for insats_id in programme.insatser:
                insats = kommun.insatser.get(insats_id)
                if insats is None or (insats_id, programme.id) in coming:
                    continue
                for kind in _KINDS:
                    _make(storage, kommun, insats, programme, kind, made, now)
                    made += 1
    return made


def _make(
    storage: Storage, kommun: Kommun, insats: Insats, programme: Programme, kind: _Kind, made: int, now: datetime
) -> None:
    by = Actor(SAMPLER, kommun.id)
    group = leading.create_group(storage, by, _draft(insats, programme, kind, now), now)
    leading.publish_group(storage, by, group.id, now)
    if kind.is_full:
        _fill(storage, group, insats, made, now)


def _draft(insats: Insats, programme: Programme, kind: _Kind, now: datetime) -> Draft:
    day = now.date() + timedelta(weeks=kind.weeks_ahead, days=-now.weekday() + 1)
    first_at = datetime.combine(day, time(kind.hour), STOCKHOLM)
    place = "" if kind.is_online else "Exempelgatan 1, Exempelstad"
    return replace(
        draft_from(programme, insats.id, insats.contact, first_at, place),
        name=f"Exempel: {programme.name}",
        languages=kind.languages,
        has_interpreter=len(kind.languages) > 1,
        is_online=kind.is_online,
        has_child_minding=kind.hour < 12,
        accessibility=() if kind.is_online else ("step_free", "accessible_toilet"),
        capacity=4 if kind.is_full else programme.most,
        fewest=2 if kind.is_full else programme.fewest,
        waiting_capacity=10,
        is_sample=True,
    )


def _fill(storage: Storage, group: Group, insats: Insats, made: int, now: datetime) -> None:
    """Let made-up people take every seat, and one wait: others in each group, as one number holds few places."""
    regime = insats.documentation.regime
    has_name = any(field.id == "name" for field in fields_allowed(regime))
    for number in range(group.capacity + 1):
        phone, called = f"070-174 06 {FIRST_NUMBER + (made * PEOPLE + number) % NUMBERS:02}", f"Exempel {number + 1}"
        details = Details(phone=phone, name=called) if has_name else Details(phone=phone, nickname=called)
        sign_up(storage, group.id, Request(f"sample {number}", details, "sv", regime), now)
