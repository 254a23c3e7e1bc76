"""Visits to support that nobody signs up for: one tap for each, and the last tap back. Nobody is named or noted.

What is tapped stands in the form and never in an address, so that no log says who came to what, and when.
"""

from flask import Response, request, session
from werkzeug.wrappers import Response as AnyResponse

from portal.actions.counting import visits as deeds
from portal.actions.counting.counters import NotCounted
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.counting.counters import VISIT_KINDS
from portal.domain.counting.visits import counted_by_unit, find_unit
from portal.domain.sentences import sentence
from portal.domain.staff.roles import Deed
from portal.web.portal import catalogue, now
from portal.web.staff.access import current_actor, for_deed, room
from portal.web.staff.pages import lead_to, page, storage, tell

UNIT, TAPPED = "visits_unit", "visits_tapped"
"""What the session remembers until she signs out: her unit, and her last tap of today."""


def _kommun() -> Kommun:
    return catalogue().kommuner[current_actor().kommun]


@room.get("/visits")
@for_deed(Deed.COUNT_VISITS)
def show_visits() -> Response:
    """Show the buttons of her unit, or the units to choose from."""
    kommun = _kommun()
    units = counted_by_unit(kommun)
    asked = request.args.get("unit")
    unit = find_unit(kommun, session.get(UNIT, "") if asked is None else asked)
    if asked is not None:
        session[UNIT] = asked if unit is not None else ""
    if unit is None and len(units) == 1:
        unit = kommun.contacts[next(iter(units))]
    return page(
        "visits",
        unit=unit,
        units=[kommun.contacts[unit_id] for unit_id in units],
        insatser=() if unit is None else units[unit.id],
        kinds=VISIT_KINDS,
        counted=deeds.visits_today(storage(), kommun, now()) if unit is not None else {},
        tapped=_tapped(kommun),
        today=now().date(),
    )


def _tapped(kommun: Kommun) -> tuple[str, str] | None:
    """Return the insats and the kind of her last tap, where it was today and is still counted."""
    day, insats_id, kind = session.get(TAPPED) or ("", "", "")
    return (insats_id, kind) if day == now().date().isoformat() and insats_id in kommun.insatser else None


@room.post("/visits")
@for_deed(Deed.COUNT_VISITS)
def count_visit() -> AnyResponse:
    """Count one, or take her last one back."""
    kommun, insats_id, kind = _kommun(), request.form.get("insats", ""), request.form.get("kind", "")
    try:
        if "undo" in request.form:
            _undo(kommun)
        else:
            deeds.count_visit(storage(), kommun, insats_id, kind, now())
            session[TAPPED] = [now().date().isoformat(), insats_id, kind]
            tell(sentence("Räknat."))
    except NotCounted:
        tell(sentence("Välj något i listan."))
    return lead_to("show_visits")


def _undo(kommun: Kommun) -> None:
    """Take her last tap back, once."""
    tapped = _tapped(kommun)
    session.pop(TAPPED, None)
    if tapped is not None and deeds.undo_visit(storage(), kommun, *tapped, now()):
        tell(sentence("Borttaget."))
    else:
        tell(sentence("Det finns inget att ta bort."))
