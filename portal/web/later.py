"""What is loaded when it is first needed: imports in a function, for which a measured start time pays.

Everything else is imported at the head of its file; a test counts the exceptions.
"""

from collections.abc import Iterable, Mapping

from flask import Flask

from portal.domain.catalogue.kommuner import Kommun
from portal.domain.catalogue.whole import Topic
from portal.domain.officials.skr import SkrList
from portal.settings import Oidc
from portal.web.open_data.places import Place
from portal.web.open_data.served import Published
from portal.web.portal import Pages
from portal.web.staff import StaffRoom
from portal.web.voices.voice import Voice


def make_staff_app(pages: Pages, room: StaffRoom) -> Flask:
    """Return the app of the staff room. Flask-Security and what it needs take 0.27 s, which only staff wait for."""
    from portal.web.staff.app import make_app  # noqa: PLC0415

    return make_app(pages, room)


def put_identifying(app: Flask, oidc: Oidc, *, is_secure: bool) -> None:
    """Let an app offer electronic identities. What speaks with their provider takes 0.16 s, and few have one."""
    from portal.web.applications.identify import init_identifying  # noqa: PLC0415

    init_identifying(app, oidc, is_secure=is_secure)


def write_services(kommun: Kommun, place: Place, voice: Voice, topics: Mapping[str, Topic], skr: SkrList) -> bytes:
    """Return a kommun's insatser as linked data. What writes it takes 0.3 s, and few programs ask for it."""
    from portal.web.open_data import graphs  # noqa: PLC0415

    return graphs.turtle(graphs.services(kommun, place, voice, topics, skr))


def write_catalogue(kommuner: Iterable[Kommun], place: Place, published: Published, *, is_xml: bool) -> bytes:
    """Return the catalogue of open data. What writes it takes 0.3 s, and a harvester comes once a day."""
    from portal.web.open_data import graphs  # noqa: PLC0415

    found = graphs.catalogue(kommuner, place, published)
    return graphs.rdf_xml(found) if is_xml else graphs.turtle(found)
