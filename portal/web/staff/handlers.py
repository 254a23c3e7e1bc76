"""Who handles applications, and how they are said in lists: states, waits, and what is in the language of whom."""

from collections.abc import Iterable
from datetime import datetime

from flask import abort
from markupsafe import Markup

from portal.actions.applications.units import units_of
from portal.domain.applications.handling import Handler
from portal.domain.applications.kinds import DOOR_UNITS
from portal.domain.applications.states import Application, State
from portal.domain.applications.time_limits import Wait
from portal.domain.sentences import Sentence, counted, sentence
from portal.domain.staff.roles import Role
from portal.web.portal import application_rules, current_voice, now
from portal.web.staff.access import current_actor, current_staff
from portal.web.staff.pages import storage

STATES: dict[str, Sentence] = {
    State.SENT: sentence("Ny"),
    State.RECEIVED: sentence("Öppnad"),
    State.IN_HAND: sentence("Någon arbetar med den"),
    State.NEEDS_MORE: sentence("Väntar på svar"),
    State.ANSWERED: sentence("Har svarat"),
    State.CLOSED: sentence("Avslutad"),
    State.WITHDRAWN: sentence("Den som sökte tog tillbaka"),
}


def current_handler() -> Handler:
    """Return who is signed in with the units that are hers now."""
    actor = current_actor()
    units = units_of(storage(), actor.id, actor.kommun)
    return Handler(actor.id, actor.kommun, units, is_case_worker=Role.CASE_WORKER in current_staff().roles)


def known_id(given: str) -> str:
    """Return an id of an address; answer 404 for what can be none, so that no database is asked with it."""
    if not (given.isascii() and given.isalnum()):
        abort(404)
    return given


def kind_name(application: Application) -> Markup:
    """Return what an application is about; the id where the kind is none any more."""
    kind = application_rules().kinds.get(application.kind)
    return current_voice().html(kind.name) if kind is not None else Markup.escape(application.kind)


def said_of(wait: Wait) -> Sentence:
    """Return how many days are left until a limit, or how many have passed since, in words."""
    if wait.days_left is None:
        return sentence("Ingen bestämd dag")
    if wait.is_over:
        return counted("{n} dag för sent", "{n} dagar för sent", -wait.days_left)
    if wait.days_left == 0:
        return sentence("Sista dagen är i dag")
    return counted("{n} dag kvar", "{n} dagar kvar", wait.days_left)


def first_of(waits: Iterable[Wait]) -> Wait | None:
    """Return the limit that is due first; None where none has a day."""
    return next((wait for wait in waits if wait.due_on is not None), None)


def waited(sent_at: datetime | None) -> Sentence:
    """Return for how long an application has been with the kommun."""
    days = 0 if sent_at is None else (now().date() - sent_at.date()).days
    return counted("Kom för {n} dag sedan", "Kom för {n} dagar sedan", days) if days else sentence("Kom i dag")


def doors_of(handler: Handler) -> frozenset[str]:
    """Return her units that are behind a door of their own."""
    return handler.units & frozenset(DOOR_UNITS)
