"""What is loaded when it is first needed: imports in a function, for which a measured start time pays.

Everything else is imported at the head of its file; a test counts the exceptions.
"""

from flask import Blueprint, Flask

from portal.web.portal import Pages
from portal.web.staff import StaffRoom


def make_staff_app(pages: Pages, room: StaffRoom) -> Flask:
    """Return the app of the staff room. Flask-Security and what it needs take 0.27 s, which only staff wait for."""
    from portal.web.staff.app import make_app  # noqa: PLC0415

    return make_app(pages, room)


def identifying() -> Blueprint:
    """Return the round trip to a provider of electronic identities. Its libraries take 0.15 s, and few have one."""
    from portal.web.applications.identify import blueprint  # noqa: PLC0415

    return blueprint
