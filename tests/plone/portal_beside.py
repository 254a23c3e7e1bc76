"""The portal beside Plone: it serves the fetched folder, and a second process follows what is published."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from time import monotonic, sleep

import requests

from tests.plone.house import ROOT, Failed, House, run
from tests.served import environment

PATIENCE = 30.0
"""Seconds from a publication to the page: told at once, fetched, checked, and taken within two."""


class Beside:
    """gunicorn and `portal catalogue follow`, which asks by itself so seldom that only being told explains a change."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._env = environment(
            f"sqlite:///{house.folder / 'portal.sqlite'}", PORTAL_DATA=str(house.data), PORTAL_TELL_KEY=house.key
        )

    @contextmanager
    def running(self) -> Iterator["Beside"]:
        """Serve and follow until the end."""
        house = self._house
        run([ROOT / ".venv/bin/portal", "database", "upgrade"], **self._env)
        gunicorn = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{house.portal_port}", "wsgi:app"]
        words = ["catalogue", "follow", house.site, house.data, "--kommun", "lekeberg", "--every", "3600"]
        with ExitStack() as ends, (house.folder / "portal.txt").open("wb") as said:
            for command in (gunicorn, [ROOT / ".venv/bin/portal", *words]):
                process = subprocess.Popen(  # noqa: S603 - our own commands
                    command, cwd=ROOT, env=os.environ | self._env, stdout=said, stderr=subprocess.STDOUT
                )
                ends.callback(process.wait, timeout=60)
                ends.callback(process.terminate)
            yield self

    def waits_for(self, text: str) -> None:
        """Wait until the page of the course says something; every answer meanwhile is a page."""
        address = f"http://127.0.0.1:{self._house.portal_port}/sv/lekeberg/insatser/abc-3-12"
        ends, has_begun = monotonic() + PATIENCE, False
        while monotonic() < ends:
            try:
                answer = requests.get(address, timeout=20)
            except requests.ConnectionError:
                if has_begun:
                    raise Failed("the portal turned somebody away") from None
                sleep(0.3)
                continue
            has_begun = True
            if answer.status_code != 200:
                raise Failed(f"{address}: {answer.status_code}")
            if text in answer.text:
                return
            sleep(0.3)
        said = (self._house.folder / "portal.txt").read_text(encoding="utf-8")
        raise Failed(f"{text!r} does not come to the page: {said[-3000:]}")
