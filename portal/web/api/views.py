"""What the API shows of the domain's values, in one language, as plain JSON."""

from datetime import UTC, datetime
from typing import Any

from portal.domain.catalogue.answers import Question
from portal.domain.catalogue.as_data import as_data
from portal.domain.catalogue.changes import INSATS, Change
from portal.domain.catalogue.contacts import Contact
from portal.domain.catalogue.insatser import Insats
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.catalogue.opening import WEEKDAYS, Closure, Hours, ShortDay
from portal.domain.catalogue.whole import Catalogue
from portal.domain.groups.planning import ACCESSIBILITY, Group, Seen, Session
from portal.domain.self_check.matching import Match, Matches
from portal.web.portal import this_root
from portal.web.shown.details import details_of
from portal.web.voices.voice import Voice

JSON = dict[str, Any]


VERSION = "1.2"
RELEASED = "2026-12-01"


def api_info(root: str) -> JSON:
    """Return what the API says of itself."""
    return {
        "api_name": "Insatsportalen",
        "api_version": VERSION,
        "api_released": RELEASED,
        "api_documentation": f"{root}api/v1/openapi.json",
        "api_status": "active",
    }


def kommun(found: Kommun) -> JSON:
    """Return a kommun in the list."""
    return {"id": found.id, "name": found.name, "full_name": found.full_name, "insatser": len(found.insatser)}


def question(found: Question, at: Kommun, catalogue: Catalogue, voice: Voice) -> JSON:
    """Return a question with the options that this kommun's page offers."""
    gaps = {"kommun": at.name, "neighbours": " / ".join(at.neighbours)}
    offered = catalogue.options_of(found, at)
    shown: JSON = {
        "id": found.id,
        "kind": found.kind,
        "ask": voice.words(found.ask, **gaps),
        "why": voice.words(found.why),
    }
    if found.options:
        shown["options"] = [
            {"id": option.id, "name": voice.words(option.name, **gaps)}
            for option in found.options
            if option.id in offered
        ]
    else:
        shown["range"] = [found.low, found.high]
    if found.only_if:
        shown["only_if"] = found.only_if
    return shown


def contact(found: Contact, at: Kommun, voice: Voice) -> JSON:
    """Return a contact with the phone that leads there; `confirmed` is null until the kommun has confirmed that phone.

    The hours are local time; on a day before a public holiday those of `day_before_holiday` hold, on a holiday none.
    """
    reached, answering = at.reached_by(found), at.answering(found)
    short, confirmed = answering.short_day, reached.confirmed
    return {
        "id": found.id,
        "unit": voice.words(found.unit),
        "phone": reached.phone,
        "email": found.email or reached.email,
        "through": None if reached is found else voice.words(reached.unit),
        "ask_for": voice.words(found.ask_for) if found.ask_for else None,
        "visit": at.visited_at(found).visit,
        "anonymous": found.anonymous,
        "hours": [{"day": WEEKDAYS[one.weekday], **_span(one)} for one in answering.hours],
        "day_before_holiday": None if short is None else _span(short),
        "closures": [_closure(one) for one in at.closures_of(found)],
        "confirmed": None if confirmed is None else confirmed.on.isoformat(),
        "confirmed_by": None if confirmed is None else confirmed.by,
    }


def _span(one: Hours | ShortDay) -> JSON:
    return {"opens": f"{one.opens:%H:%M}", "closes": f"{one.closes:%H:%M}"}


def _closure(one: Closure) -> JSON:
    return {"first_on": one.first_on.isoformat(), "last_on": one.last_on.isoformat(), "reason": one.reason}


def _url(insats: Insats, at: Kommun, voice: Voice) -> str:
    return f"{this_root()}{voice.language.tag}/{at.id}/insatser/{insats.id}"


def insats_in_list(found: Insats, at: Kommun, voice: Voice) -> JSON:
    """Return the short form of an insats."""
    return {
        "id": found.id,
        "name": voice.words(found.name),
        "route": found.route,
        "access": found.access,
        "topics": sorted(found.topics),
        "summary": voice.words(found.summary),
        "audience": voice.words(found.audience),
        "contact": contact(at.contact_of(found), at, voice),
        "url": _url(found, at, voice),
        "updated_at": moment_of(found.updated_at),
    }


def insats(found: Insats, at: Kommun, voice: Voice) -> JSON:
    """Return the long form of an insats."""
    details = details_of(found, voice)
    return {
        **insats_in_list(found, at, voice),
        "happens": [voice.words(said) for said in found.happens],
        "guidance": [voice.words(said) for said in found.guidance],
        "conditions": [as_data(condition) for condition in found.conditions],
        "rules": [voice.words(rule.rule) for rule in found.rules],
        "how_much": [said.striptags() for said in details["much"]],
        "cost": found.cost.kind,
        "without_guardian_from": found.without_guardian_from,
        "documentation": {
            "regime": found.documentation.regime,
            "cited": found.documentation.cited,
            "enacted": found.documentation.enacted,
        },
        "decision": {
            "board": found.decision.board,
            "number": found.decision.number,
            "date": None if found.decision.date is None else found.decision.date.isoformat(),
        },
        "source": {"document": found.source.document, "heading": found.source.heading},
        "by_law": found.by_law,
        "application": found.application,
        "started_by": found.started_by,
    }


def group(seen: Seen, at: Kommun, voice: Voice) -> JSON:
    """Return a coming group: its meetings as instants, what it is like, and how many places are left."""
    found = seen.group
    led_by = at.contacts.get(found.contact, at.contacts[at.contact_centre])
    return {
        "id": found.id,
        "name": found.name,
        "insats": found.insats,
        "sample": found.is_sample,
        "sessions": [_session(found, one) for one in found.sessions],
        "languages": list(found.languages),
        "interpreter": found.has_interpreter,
        "time_of_day": found.time_of_day,
        "online": found.is_online,
        "child_minding": found.has_child_minding,
        "accessibility": [voice.words(ACCESSIBILITY[one]) for one in found.accessibility if one in ACCESSIBILITY],
        "capacity": found.capacity,
        "left": seen.left,
        "waiting": seen.waiting,
        "can_wait": seen.can_wait,
        "contact": contact(led_by, at, voice),
        "url": f"{this_root()}{voice.language.tag}/{at.id}/groups/{found.id}",
    }


def _session(found: Group, one: Session) -> JSON:
    return {
        "number": one.number,
        "starts_at": _utc(one.starts_at),
        "ends_at": _utc(one.ends_at),
        "place": found.place_of(one) or None,
        "cancelled": one.is_cancelled,
    }


def change(found: Change, at: Kommun, root: str) -> JSON:
    """Return one change: where what it is about is read, and which insatser are reached through a contact."""
    insatser = [one.id for one in at.insatser.values() if found.id in _reached_through(one.contact, at)]
    is_insats = found.kind == INSATS
    return {
        "kind": found.kind,
        "id": found.id,
        "change": found.what,
        "at": exactly(found.at),
        "url": f"{root}api/v1/{at.id}/insatser/{found.id}" if is_insats and found.id in at.insatser else None,
        "insatser": [] if is_insats else insatser,
    }


def moment_of(at: datetime | None) -> str | None:
    """Return a moment as the API writes it, or None."""
    return None if at is None else _utc(at)


def exactly(at: datetime) -> str:
    """Return a moment to its last digit: who asks from it is told of what came after it, and not of what was before."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _reached_through(contact: str, at: Kommun) -> tuple[str | None, ...]:
    """Return the contact of an insats, and the one whose telephone leads there."""
    found = at.contacts.get(contact)
    return (contact, found.through if found is not None else None)


def _utc(at: datetime) -> str:
    """Return an instant as Digg's profile wants it: RFC 3339 in UTC."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def matches(found: Matches, at: Kommun, voice: Voice) -> JSON:
    """Return the four lists of a result."""
    return {
        "direct": [_direct(one, at, voice) for one in found.direct],
        "maybe": [_maybe(one, at, voice) for one in found.maybe],
        "apply": [_apply(one, at, voice) for one in found.apply],
        "near": [_near(one, at, voice) for one in found.near],
    }


def _entry(one: Match, at: Kommun, voice: Voice) -> JSON:
    return {"id": one.insats.id, "name": voice.words(one.insats.name), "url": _url(one.insats, at, voice)}


def _direct(one: Match, at: Kommun, voice: Voice) -> JSON:
    reached = contact(at.contact_of(one.insats), at, voice)
    parts = [{"id": part.id, "name": voice.words(part.name)} for part in one.parts]
    reasons = [voice.words(said) for said in one.reasons]
    return {**_entry(one, at, voice), "reasons": reasons, "contact": reached, "parts": parts}


def _maybe(one: Match, at: Kommun, voice: Voice) -> JSON:
    return {
        **_direct(one, at, voice),
        "unknown": list(one.unknown),
        "needs": list(one.needs),
        "to_ask": [voice.words(said) for said in one.to_ask],
    }


def _apply(one: Match, at: Kommun, voice: Voice) -> JSON:
    reasons = [voice.words(said) for said in one.reasons]
    return {**_entry(one, at, voice), "kind": one.insats.application, "reasons": reasons, "unknown": list(one.unknown)}


def _near(one: Match, at: Kommun, voice: Voice) -> JSON:
    return {**_entry(one, at, voice), "not_met": [voice.words(said) for said in one.not_met]}
