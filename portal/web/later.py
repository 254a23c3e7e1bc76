"""What is loaded when it is first needed: imports in a function, for which a measured start time pays.

Everything else is imported at the head of its file; a test counts the exceptions.
"""

from flask import Flask

from portal.settings import Oidc
from portal.web.portal import Pages
from portal.web.staff import StaffRoom


def make_staff_app(pages: Pages, room: StaffRoom) -> Flask:
    """Return the app of the staff room. Flask-Security and what it needs take 0.27 s, which only staff wait for."""
    from portal.web.staff.app import make_app  # noqa: PLC0415

    return make_app(pages, room)


def put_identifying(app: Flask, oidc: Oidc, *, is_secure: bool) -> None:
    """Let an app offer electronic identities. What speaks with their provider takes 0.16 s, and few have one."""
    from portal.web.applications.identify import init_identifying  # noqa: PLC0415

    init_identifying(app, oidc, is_secure=is_secure)
