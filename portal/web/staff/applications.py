"""The inbox of those who handle applications: each unit's, those that have ended, the door apart, and one search."""

from typing import Any

from flask import Response, abort, request

from portal.actions.applications.inbox import count_new, find_applications, inbox
from portal.domain.applications.kinds import FAMILY_COUNSELLING, SHARED, UNITS, door_of
from portal.domain.sentences import Sentence, sentence
from portal.domain.staff.roles import Deed
from portal.domain.typed import is_blank, line_of
from portal.web.portal import application_rules, now
from portal.web.staff.access import for_deed, room
from portal.web.staff.handlers import STATES, current_handler, doors_of, first_of, kind_name, said_of, waited
from portal.web.staff.pages import page, storage
from portal.web.staff.shown import language_name, moment

LONGEST_SEARCH = 200


def list_page(template: str, status: int = 200, **values: Any) -> Response:
    """Return a page with a list of applications."""
    return page(
        template,
        status,
        states=STATES,
        units=UNITS,
        kind_name=kind_name,
        said_of=said_of,
        first_of=first_of,
        waited=waited,
        language_name=language_name,
        moment=moment,
        longest=LONGEST_SEARCH,
        **values,
    )


@room.get("/applications")
@for_deed(Deed.HANDLE_APPLICATIONS)
def list_applications() -> Response:
    """Show what has come to her units that share an inbox, or to one of them."""
    unit = request.args.get("unit") or None
    if unit is not None and door_of(unit) != SHARED:
        abort(404)
    return _inbox(unit, SHARED)


@room.get("/applications/family-counselling")
@for_deed(Deed.HANDLE_APPLICATIONS)
def list_family_counselling() -> Response:
    """Show what has come to the family counselling, to those who work there (OSL 26 kap. 3 §)."""
    return _inbox(FAMILY_COUNSELLING, FAMILY_COUNSELLING)


def _inbox(unit: str | None, door: str) -> Response:
    by = current_handler()
    if unit is not None and unit not in by.units:
        abort(404)
    found = inbox(storage(), application_rules(), by, now(), unit=unit)
    return list_page(
        "applications",
        found=found,
        unit=unit,
        door=door,
        mine=sorted(by.shared_units),
        new=count_new(storage(), by),
        doors=doors_of(by) if door == SHARED else (),
    )


@room.get("/applications/ended")
@for_deed(Deed.HANDLE_APPLICATIONS)
def list_ended() -> Response:
    """Show the applications that have ended: those of the units that share an inbox, or of one unit."""
    by, unit = current_handler(), request.args.get("unit") or None
    if unit is not None and unit not in by.units:
        abort(404)
    found = inbox(storage(), application_rules(), by, now(), unit=unit, ended=True)
    return list_page("ended", found=found, unit=unit, door=SHARED if unit is None else door_of(unit))


@room.post("/applications/search")
@for_deed(Deed.HANDLE_APPLICATIONS)
def search_applications() -> Response:
    """Find applications by reference, name, number or case number; what was typed stands in no address and no log."""
    by, typed = current_handler(), request.form.get("typed", "").strip()
    door = FAMILY_COUNSELLING if request.form.get("door") == FAMILY_COUNSELLING else SHARED
    if door == FAMILY_COUNSELLING and door not in by.units:
        abort(404)
    problems: dict[str, Sentence] = {}
    if is_blank(typed) or len(typed) > LONGEST_SEARCH:
        problems["typed"] = sentence("Skriv en referens, ett namn, ett nummer eller ett ärendenummer.")
    found = () if problems else find_applications(storage(), application_rules(), by, typed, now(), door=door)
    shown = line_of(typed)[:LONGEST_SEARCH]
    return list_page("found", 422 if problems else 200, found=found, typed=shown, problems=problems, door=door)
