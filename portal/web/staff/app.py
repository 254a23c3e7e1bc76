"""The staff room's own app: what it shares with the public pages is how pages are made, and nothing of a visit."""

from pathlib import Path

from flask import Flask

from portal.actions.applications.printing import draw_papers
from portal.settings import ROOT
from portal.web.arriving import init_arriving
from portal.web.beside import Beside
from portal.web.portal import Pages
from portal.web.staff import (  # noqa: F401 - each puts its pages in the room
    account,
    application,
    applications,
    attendance,
    contacts,
    deletions,
    editing,
    groups,
    handling,
    home,
    people,
    sign_ups,
    statistics,
    survey,
    trail,
    translations,
    visits,
    welcome,
    wishes,
)
from portal.web.staff.access import guard, room
from portal.web.staff.door import StaffRoom
from portal.web.staff.errors import init_errors
from portal.web.staff.kommun_sign_in import init_kommun_sign_in
from portal.web.staff.sessions import StaffSessions
from portal.web.staff.signing_in import init_signing_in
from portal.web.storage import put_storage

LARGEST_BODY = 64 * 1024


def make_app(pages: Pages, of: StaffRoom) -> Flask:
    """Return the app under /staff. What it sends is never compressed: a secret stands beside what somebody typed."""
    app = Flask("portal.staff", static_folder=None, root_path=str(Path(ROOT) / "portal"))
    clock = pages.portal.clock
    app.config.update(
        # Every process has the portal's keys, and so the same key here; nothing else is made from it.
        SECRET_KEY=of.storage.vault.raw_digests("staff room", "secret key")[0].hex(),
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        MAX_FORM_PARTS=400,
    )
    app.session_interface = StaffSessions(of.storage.vault, clock, is_secure=of.is_secure)
    app.extensions["pages"] = pages
    app.extensions["room"] = of
    app.extensions["drawing"] = Beside(lambda: draw_papers(of.storage, pages.portal.knowledge.applications, clock()))
    put_storage(app, of.storage)
    init_arriving(app)
    app.before_request(guard)
    init_signing_in(app, of.storage, clock, of.password_cost)
    init_kommun_sign_in(app, of.oidc, is_secure=of.is_secure)
    app.register_blueprint(room)
    init_errors(app)
    return app
