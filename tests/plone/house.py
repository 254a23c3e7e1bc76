"""The editors' house: a Plone from the lock, a site, two editors and a reviewer."""

import os
import secrets
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import requests

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("sv", "sv-simple", "en", "ar", "fa-af", "ti", "so", "uk", "fi")
PIP = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check")
START = 120.0
"""Seconds that Plone may take to start."""


class Failed(Exception):
    """A step did not do what it should; says which."""


def run(command: Sequence[str | Path], ends: int = 0, **environment: str) -> str:
    """Run a command to its end; return what it said."""
    told = subprocess.run(  # noqa: S603 - our own commands
        command, env=os.environ | environment, capture_output=True, text=True, check=False
    )
    if told.returncode != ends:
        raise Failed(
            f"{' '.join(map(str, command))} ended with {told.returncode}: {(told.stdout + told.stderr)[-3000:]}"
        )
    return told.stdout + told.stderr


def free_port() -> int:
    """Return a port of the loopback that nobody has now."""
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


def size_of(folder: Path) -> int:
    """Return the bytes of all files of a folder."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


class House:
    """A Plone in a folder, and how one talks to it."""

    def __init__(self, folder: Path) -> None:
        given = os.environ.get("PLONE_VENV", "")
        self.folder, self.venv, self.instance = folder, Path(given or folder / "venv"), folder / "instance"
        self.data, self.port, self.portal_port = folder / "catalogue", free_port(), free_port()
        self.site = f"http://127.0.0.1:{self.port}/kommun"
        self.key, self.password = secrets.token_hex(32), secrets.token_hex(12)
        self._process: subprocess.Popen[bytes] | None = None
        self._is_given = bool(given)

    def install(self) -> str:
        """Install the lock by its hashes, and the add-on beside."""
        python = self.venv / "bin" / "python"
        if not self._is_given:
            run([sys.executable, "-m", "venv", self.venv])
            run([python, *PIP, "--no-deps", "--require-hashes", "-r", ROOT / "plone" / "requirements.lock"])
        # A copy, so that building leaves nothing in the tree.
        add_on = shutil.copytree(ROOT / "plone", self.folder / "add-on", ignore=shutil.ignore_patterns("*.egg-info"))
        run([python, *PIP, "--no-deps", "--no-build-isolation", "--force-reinstall", add_on])
        run([self.venv / "bin" / "mkwsgiinstance", "-d", self.instance, "-u", f"admin:{self.password}"])
        ini = self.instance / "etc" / "zope.ini"
        text = ini.read_text(encoding="utf-8").replace("host = 0.0.0.0", "host = 127.0.0.1")
        text = text.replace("listen = localhost:8080", f"listen = 127.0.0.1:{self.port}")
        ini.write_text(text.replace("port = 8080", f"port = {self.port}"), encoding="utf-8")
        return f"{len(list((self.venv / 'lib').glob('*/site-packages/*.dist-info')))} packages"

    @contextmanager
    def running(self) -> Iterator[None]:
        """Serve until the end."""
        said = (self.folder / "plone.txt").open("wb")
        told = {
            "INSATSER_TELL_URL": f"http://127.0.0.1:{self.portal_port}/catalogue/changed",
            "INSATSER_TELL_KEY": self.key,
        }
        self._process = subprocess.Popen(  # noqa: S603 - our own command
            [self.venv / "bin" / "runwsgi", self.instance / "etc" / "zope.ini"],
            env=os.environ | told,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        try:
            yield
        finally:
            self.stop()
            said.close()

    def stop(self) -> None:
        """End Plone; again does nothing."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(timeout=30)
            self._process = None

    def _wait(self) -> None:
        ends = monotonic() + START
        while monotonic() < ends:
            try:
                if requests.get(f"http://127.0.0.1:{self.port}/", timeout=30).status_code < 500:
                    return
            except requests.RequestException:
                sleep(0.5)
        raise Failed(f"Plone does not start: {(self.folder / 'plone.txt').read_text()[-3000:]}")

    def ask(self, who: str | None, method: str, path: str, body: Any = None, wants: int | None = None) -> Any:
        """Ask Plone as somebody (None: as anybody); return what it answers, or with `wants` fail on another status."""
        answer = requests.request(
            method,
            f"http://127.0.0.1:{self.port}{path}",
            json=body,
            headers={"Accept": "application/json"},
            auth=None if who is None else (who, self.password),
            timeout=120,
        )
        if wants is not None and answer.status_code != wants:
            raise Failed(f"{who} {method} {path}: {answer.status_code}, not {wants}: {answer.text[:600]}")
        return answer.json() if answer.text.startswith(("{", "[")) else answer.status_code

    def make_site(self) -> None:
        """Make a site with the add-on, nine languages, two editors (one reviews too) and a reviewer."""
        self._wait()
        site = {"site_id": "kommun", "title": "Kommunen", "default_language": "sv", "setup_content": False}
        self.ask("admin", "POST", "/@sites/classic", site | {"portal_timezone": "Europe/Stockholm"}, 200)
        self.ask("admin", "POST", "/kommun/@addons/insatser_editors/install", wants=204)
        languages = {"available_languages": list(LANGUAGES), "use_combined_language_codes": True}
        self.ask("admin", "PATCH", "/kommun/@controlpanels/language", languages, 204)
        for name, roles in (("anna", ["Contributor", "Editor", "Reviewer"]), ("birk", ["Reviewer"])):
            person = {"username": name, "email": f"{name}@example.org", "password": self.password}
            self.ask("admin", "POST", "/kommun/@users", person | {"roles": ["Member", *roles]}, 201)
        for language in LANGUAGES:
            self.ask(None, "GET", f"/kommun/{language}", wants=200)

    def portal(self, *words: str | Path, ends: int = 0) -> str:
        """Run a command of the portal's catalogue; return its last line."""
        told = run([ROOT / ".venv" / "bin" / "portal", "catalogue", *words, "--kommun", "lekeberg"], ends, **self.env)
        return told.strip().splitlines()[-1]

    @property
    def env(self) -> dict[str, str]:
        """Return the environment of the portal's commands."""
        return {"PLONE_PASSWORD": self.password}

    def fetch(self, *options: str, ends: int = 0) -> str:
        """Fetch what is published; return all that it said."""
        words = [ROOT / ".venv" / "bin" / "portal", "catalogue", "fetch", self.site, self.data, "--kommun", "lekeberg"]
        return run([*words, *options], ends)

    def publish_all(self) -> str:
        """Anna, who may review too, hands everything in and can publish none of it; Birk does."""
        found = self.ask("anna", "GET", "/kommun/sv/@search?portal_type=insats&portal_type=contact&b_size=500")
        paths = [one["@id"].partition(f":{self.port}")[2] for one in found["items"]]
        for path in paths:
            self.ask("anna", "POST", f"{path}/@workflow/submit", {}, 200)
        self.ask("anna", "POST", f"{paths[0]}/@workflow/publish", {}, 400)
        for path in paths:
            self.ask("birk", "POST", f"{path}/@workflow/publish", {}, 200)
        return f"{len(paths)} pages"

    def is_kept(self, key: str) -> None:
        """Neither an editor nor an administrator writes in what is published, removes it or turns it back."""
        path = f"/kommun/sv/insatser/{key}"
        for who in ("anna", "birk", "admin"):
            self.ask(who, "PATCH", path, {"description": "En annan text."}, 401)
            self.ask(who, "DELETE", path, wants=401)
            if self.ask(who, "PATCH", f"{path}/@history", {"version": 0}) in (200, 204):
                raise Failed(f"{who} turned back what is published")

    def translate(self, key: str) -> None:
        """Anna translates; the public reads nothing of it before somebody else has published it."""
        original = self.ask(None, "GET", f"/kommun/sv/insatser/{key}", wants=200)
        fields = ("audience", "happens", "contact", "rest")
        said = {name: original[name] for name in fields} | {"route": "direct", "access": "self", "title": "ኮርስ"}
        link = {"@type": "insats", "language": "ti", "translation_of": original["@id"]}
        made = self.ask("anna", "POST", "/kommun/ti", said | link, 201)
        self.ask(None, "GET", str(made["@id"]).partition(f":{self.port}")[2], wants=401)
        told = self.ask("anna", "GET", f"/kommun/sv/insatser/{key}/@translations", wants=200)
        if [one["language"] for one in told["items"]] != ["ti"]:
            raise Failed("the translation does not belong to the original")

    def change(self, key: str, text: str) -> None:
        """Anna makes a working copy and writes in it; the public reads on what was published."""
        made = self.ask("anna", "POST", f"/kommun/sv/insatser/{key}/@workingcopy", {}, 201)
        self.copy = str(made["@id"]).partition(f":{self.port}")[2]
        self.ask("anna", "PATCH", self.copy, {"description": text}, 204)
        self.ask(None, "GET", self.copy, wants=401)
        if self.ask(None, "GET", f"/kommun/sv/insatser/{key}", wants=200)["description"] == text:
            raise Failed("what nobody has published is public")

    def stays_unpublished(self, key: str, other: str, text: str) -> None:
        """Neither Anna, nor Birk after a change of his own, nor an administrator by a check-in of her own."""
        self.ask("anna", "POST", f"{self.copy}/@workflow/submit", {}, 200)
        self.ask("anna", "POST", f"{self.copy}/@workflow/publish", {}, 400)
        for who in ("anna", "birk", "admin"):
            self.ask(who, "PATCH", f"{self.copy}/@workingcopy", {}, 401)
        self.ask("birk", "PATCH", self.copy, {"description": other}, 204)
        self.ask("birk", "POST", f"{self.copy}/@workflow/publish", {}, 400)
        self.ask("birk", "POST", f"{self.copy}/@workflow/reject", {}, 200)
        self.ask("anna", "PATCH", self.copy, {"description": text}, 204)
        self.ask("anna", "POST", f"{self.copy}/@workflow/submit", {}, 200)

    def publish_copy(self, key: str, text: str) -> None:
        """Birk publishes the working copy: the original has its text, and the copy is gone."""
        self.ask("birk", "POST", f"{self.copy}/@workflow/publish", {}, 200)
        if self.ask(None, "GET", f"/kommun/sv/insatser/{key}", wants=200)["description"] != text:
            raise Failed("the original does not have the new text")
        self.ask("anna", "GET", self.copy, wants=404)
        found = self.ask("admin", "GET", f"/kommun/@search?portal_type=insats&b_size=0&getId={Path(self.copy).name}")
        if found["items_total"]:
            raise Failed("the copy is gone, and still in the list")
