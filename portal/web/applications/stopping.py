"""What cannot wait for an application: whom to call now, before the form goes on."""

from flask import Response

from portal.domain.applications.consent import SELF
from portal.domain.catalogue.insatser import GROWN_UP
from portal.domain.self_check.lines import lines_for_needs
from portal.web.applications.forms import AT_STOP, Filling
from portal.web.applications.shown import changing, contact_card
from portal.web.fields import hidden_fields
from portal.web.portal import catalogue, current_kommun, pages


def show_stop(filling: Filling) -> Response:
    """Say whom to call now, with everything typed in the form of the page; she goes on when she chooses."""
    kommun, form = current_kommun(), filling.form
    is_child = form.for_whom == SELF and form.age is not None and form.age < GROWN_UP
    return pages().page(
        "applications/stop.html",
        kind=filling.kind,
        lines=lines_for_needs(catalogue().helplines, filling.needs_now, is_child=is_child),
        duty=kommun.emergency_duty,
        is_young=is_child,
        card=contact_card(kommun.contact_of_unit(filling.kind.unit)),
        hidden=hidden_fields([*filling.kept(), ("q", filling.step), (AT_STOP, "1"), *changing(filling)]),
    )
