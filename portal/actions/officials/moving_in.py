"""Moving the catalogue of a kommun into its editors' Plone, once; from then on it is written there."""

import json
from pathlib import Path

import requests

from portal.actions.officials.fetching import SILENCE, Site
from portal.store.catalogue.plone import objects_of

_SHOWN = 300


class NotMoved(Exception):
    """An object that Plone did not take; says which, and what Plone says."""


def move_in(site: Site, folder: Path, user: str, password: str) -> int:
    """Create a draft of each insats and contact that is not there yet; return how many. Again: what was left."""
    created = 0
    place = f"{site.address.rstrip('/')}/{site.language}"
    with requests.Session() as session:
        session.auth = (user, password)
        session.headers.update({"Accept": "application/json", "Content-Type": "application/json"})
        for one in objects_of(folder):
            try:
                there = session.get(f"{place}/{one['id']}", timeout=SILENCE, allow_redirects=False)
                if there.status_code == 200:
                    continue
                answer = session.post(place, data=json.dumps(one, default=str), timeout=SILENCE, allow_redirects=False)
            except requests.RequestException as error:
                raise NotMoved(f"{one['id']}: Plone does not answer: {type(error).__name__}") from None
            if answer.status_code != 201:
                raise NotMoved(f"{one['id']}: Plone answers {answer.status_code}: {answer.text[:_SHOWN]}")
            created += 1
    return created
