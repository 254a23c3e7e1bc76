"""Moving the catalogue of a kommun into its editors' Plone, once; from then on it is written there."""

import json
from collections.abc import Mapping
from pathlib import Path

import requests

from portal.actions.officials.fetching import Site
from portal.store.catalogue.plone import objects_of

FOLDERS = {"insatser": "Insatser", "kontakter": "Kontakter"}
"""The folders that move in, in the folder of the first language, with their titles in Swedish."""

_PLACES = {"insats": "insatser", "contact": "kontakter"}
_SHOWN = 300


class NotMoved(Exception):
    """An object that Plone did not take; says which, and what Plone says."""


def move_in(site: Site, folder: Path, user: str, password: str) -> int:
    """Create a draft of each insats and contact that is not there yet; return how many. Again: what was left."""
    top = f"{site.address.rstrip('/')}/{site.language}"
    with requests.Session() as session:
        session.auth = (user, password)
        session.headers.update({"Accept": "application/json", "Content-Type": "application/json"})
        # A contact and an insats may have the same id, so each kind has a folder of its own.
        for kind, title in FOLDERS.items():
            _create(session, top, {"@type": "Folder", "id": kind, "title": title}, site.silence)
        return sum(
            _create(session, f"{top}/{_PLACES[str(one['@type'])]}", one, site.silence) for one in objects_of(folder)
        )


def _create(session: requests.Session, place: str, one: Mapping[str, object], silence: float) -> bool:
    """Create an object in a place and return True, or False where it is there; raise NotMoved."""
    try:
        there = session.get(f"{place}/{one['id']}", timeout=silence, allow_redirects=False)
        if there.status_code == 200:
            return False
        said = json.dumps(dict(one), default=str)
        answer = session.post(place, data=said, timeout=silence, allow_redirects=False)
    except requests.RequestException as error:
        raise NotMoved(f"{one['id']}: Plone does not answer: {type(error).__name__}") from None
    if answer.status_code != 201:
        raise NotMoved(f"{one['id']}: Plone answers {answer.status_code}: {answer.text[:_SHOWN]}")
    return True
