"""The drills: what is broken, and what must be so afterwards. Each returns what it saw, or raises Failed."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from time import sleep
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from portal.store.loading import load_knowledge
from tests.applicant import fields_in
from tests.drill.clients import GROUP, Kept, Remote, apply, sign_up, together, visitor
from tests.drill.desk import desk
from tests.drill.kept import Failed, check_applications, check_sign_ups
from tests.postgres import OWNER, begin_again, frozen
from tests.served import ROOT, Served, environment, served
from tests.store.test_turns import locked
from tests.web.test_patience import HALF_WAY

CLIENTS = 8
HEAVY = 1_000_000
"""Bytes of a paper with large pictures."""

SIGN_UPS, APPLICATIONS, SLOW, PRINTERS = 400, 60, 200, 20
MOST_KILLED = 30
"""Workers that are killed in one drill: what takes longer than a worker lives must come to an end in it too."""
ANSWERED, TOLD = 3.0, 10.0
"""Seconds until others are answered, and until somebody is told that the database is down."""

PRESSED_AGAIN = 0.5
"""Seconds: sooner nobody asks for a paper once more that she was told to wait for."""


@dataclass(frozen=True)
class Place:
    """A database that a drill may use, and a folder for what it writes. Later drills find what earlier ones left."""

    kind: str
    url: str
    folder: Path


@contextmanager
def running(place: Place) -> Iterator[Served]:
    """Serve the portal as documented."""
    with served(place.folder, place.url) as portal:
        assert Remote(portal.port).get("/healthz").status_code == 200
        yield portal


def workers(portal: Served) -> list[int]:
    """Return the processes that answer."""
    master = portal.process.pid
    return [int(one) for one in Path(f"/proc/{master}/task/{master}/children").read_text().split()]


@contextmanager
def killing(portal: Served, every: float) -> Iterator[list[int]]:
    """Kill one worker after another with no warning; give those that were killed."""
    ended, killed = Event(), list[int]()

    def kill() -> None:
        while not ended.wait(every):
            for one in workers(portal)[:1] if len(killed) < MOST_KILLED else ():
                os.kill(one, signal.SIGKILL)
                killed.append(one)

    thread = Thread(target=kill)
    thread.start()
    try:
        yield killed
    finally:
        ended.set()
        thread.join()


# ------------------------------------------------------------------------------------------------- many and slow


def slow_clients(place: Place) -> str:
    """Let clients drip, say nothing and stop half way; others must be answered in time."""
    slowest = 0.0
    with running(place) as portal, ExitStack() as stack:
        slow = [stack.enter_context(socket.create_connection(("127.0.0.1", portal.port))) for _ in range(SLOW)]
        for number, client in enumerate(slow):
            client.sendall(HALF_WAY[number % len(HALF_WAY)])
        for _ in range(15):
            for client in slow[1::2]:
                client.send(b"x")
            for path in ("/sv/lekeberg/", "/sv/lekeberg/groups"):
                status, _, took = portal.ask(path)
                slowest = max(slowest, took)
                if status != 200 or took > ANSWERED:
                    raise Failed(f"{path} answered {status} after {took:.1f} s")
    return f"30 pages under {SLOW} slow clients, the slowest after {slowest:.2f} s"


def papers_for_twenty(place: Place) -> str:
    """Let twenty case workers print applications with twenty large pictures; others must be answered in time."""
    slowest, sizes = 0.0, list[int]()
    with running(place) as portal:
        cookie, ids = desk(place.url)

        def print_one(number: str) -> None:
            path = f"/staff/applications/{ids[int(number) % len(ids)]}/application.pdf"
            answer = Remote(portal.port).get(path, headers={"Cookie": cookie})
            while answer.status_code == 202:
                sleep(PRESSED_AGAIN)
                answer = Remote(portal.port).get(path, headers={"Cookie": cookie})
            sizes.append(len(answer.data) if answer.mimetype == "application/pdf" else 0)

        wrong = list[str]()
        printing = Thread(target=lambda: wrong.extend(together([*map(str, range(PRINTERS))], PRINTERS, print_one)))
        printing.start()
        while printing.is_alive():
            status, _, took = portal.ask("/sv/lekeberg/groups")
            slowest = max(slowest, took)
            if status != 200 or took > ANSWERED:
                wrong.append(f"a page answered {status} after {took:.1f} s")
            printing.join(0.2)
    if wrong or len(sizes) != PRINTERS or min(sizes) < HEAVY:
        raise Failed(f"{wrong[:2]} {sizes}")
    return f"{PRINTERS} papers of {min(sizes) // 1_000_000} MB, the slowest page meanwhile after {slowest:.2f} s"


# ------------------------------------------------------------------------------------------------- killed


def workers_killed_in_sign_ups(place: Place) -> str:
    """Kill one worker after another while residents sign up."""
    kept = Kept()
    names = [f"anmald{place.kind[0]}{number}" for number in range(SIGN_UPS)]
    with running(place) as portal, killing(portal, 1.0) as killed:
        wrong = together(names, CLIENTS, lambda who: sign_up(portal.port, who, kept))
    check_sign_ups(place.url, kept)
    if wrong or len(kept.codes) != SIGN_UPS:
        raise Failed(f"{len(wrong)} never got through; {wrong[:1]}")
    return f"{SIGN_UPS} sign-ups, {len(killed)} workers killed, nothing lost or doubled"


def workers_killed_in_applications(place: Place) -> str:
    """Kill one worker after another while residents apply, each with a file."""
    kept, kind = Kept(), load_knowledge().applications.kinds["elderly"]
    names = [f"Sokande {place.kind} {number}" for number in range(APPLICATIONS)]
    with running(place) as portal, killing(portal, 4.0) as killed:
        wrong = together(names, CLIENTS, lambda who: apply(portal.port, who, kind, kept))
    check_applications(place.url, kept)
    if wrong or len(kept.codes) != APPLICATIONS:
        raise Failed(f"{len(wrong)} never got through; {wrong[:1]}")
    return f"{APPLICATIONS} applications with files, {len(killed)} workers killed, nothing lost or doubled"


# ------------------------------------------------------------------------------------------------- broken


def _server(url: str) -> list[int]:
    """Return the processes of a PostgreSQL server."""
    data = Path(parse_qs(urlsplit(url).query)["host"][0], "data")
    first = int((data / "postmaster.pid").read_text().splitlines()[0])
    return [first, *map(int, Path(f"/proc/{first}/task/{first}/children").read_text().split())]


@contextmanager
def _full(place: Place, portal: Served) -> Iterator[None]:
    """Let no file grow any more, as on a full disk."""
    of_the_portal = place.kind == "sqlite"
    processes = [portal.process.pid, *workers(portal)] if of_the_portal else _server(place.url)
    owner: dict[str, Any] = {} if of_the_portal else OWNER

    def limit(most: str) -> None:
        for one in processes:
            # Its own account may do it; a server that has begun anew meanwhile has other processes.
            change = ["prlimit", "--pid", str(one), f"--fsize={most}:unlimited"]
            subprocess.run(change, check=False, capture_output=True, **owner)  # noqa: S603 - our own command

    limit(str(16 * 1024))
    try:
        yield
    finally:
        limit("unlimited")
        if not of_the_portal:
            begin_again(place.url)  # without room for its journal a server may end, and its system starts it


def _refused(portal: Served, form: dict[str, list[str]], who: str) -> float:
    """Send a form to a portal whose database is down; return after how many seconds it was told, with what it held."""
    body = urlencode({**form, "nickname": who, "email": f"{who}@example.se"}, doseq=True).encode()
    status, text, took = portal.ask(GROUP, body, seconds=30)
    if status != 503 or who not in text or took > TOLD:
        raise Failed(f"{status} after {took:.1f} s, {'with' if who in text else 'without'} what was typed")
    return took


def _form(portal: Served) -> dict[str, list[str]]:
    page = visitor(portal.port).get(GROUP)
    return fields_in(next(one for one in page.all("form") if one.get("action") == GROUP))


def full_disk(place: Place) -> str:
    """Let the disk be full: who sends is told, with her words; with room again the same people get through."""
    kept = Kept()
    with running(place) as portal:
        sign_up(portal.port, f"fore{place.kind[0]}", kept)
        form = _form(portal)
        with _full(place, portal):
            took = max(_refused(portal, form, f"full{place.kind[0]}") for _ in range(2))
            if portal.ask("/sv/lekeberg/")[0] != 200:
                raise Failed("a page that needs no database was not answered")
        sign_up(portal.port, f"full{place.kind[0]}", kept)
    check_sign_ups(place.url, kept)
    return f"told after {took:.1f} s with what was typed, and kept when there was room"


def stuck_database(place: Place) -> str:
    """Hold the file's lock, or freeze the server: who sends is told in time, other pages never wait."""
    kept, others = Kept(), 0.0
    with running(place) as portal:
        form = _form(portal)
        holding = locked(place.url.removeprefix("sqlite:///")) if place.kind == "sqlite" else frozen(place.url)
        with holding:
            took = max(_refused(portal, form, f"fast{place.kind[0]}") for _ in range(3))
            for path in ("/healthz", "/sv/lekeberg/", "/sv/lekeberg/insatser"):
                status, _, seconds = portal.ask(path)
                others = max(others, seconds)
                if status != 200 or seconds > ANSWERED:
                    raise Failed(f"{path} answered {status} after {seconds:.1f} s")
            if portal.ask("/readyz")[0] != 503:
                raise Failed("/readyz says that everything is in order")
        sign_up(portal.port, f"fast{place.kind[0]}", kept)
    check_sign_ups(place.url, kept)
    return f"told after {took:.1f} s with what was typed, other pages after {others:.2f} s"


# ------------------------------------------------------------------------------------------------- begun anew


def restart_under_load(place: Place) -> str:
    """Reload and restart while residents sign up: a reload turns nobody away, and nothing is lost."""
    kept, turned_away = Kept(), 0
    names = [f"omstart{place.kind[0]}{number}" for number in range(80)]
    with running(place) as portal:
        loader = Thread(target=lambda: together(names, CLIENTS, lambda who: sign_up(portal.port, who, kept)))
        loader.start()
        for _ in range(2):
            portal.process.send_signal(signal.SIGHUP)
            for _ in range(20):
                turned_away += portal.ask("/sv/lekeberg/groups")[0] != 200
        loader.join()
    check_sign_ups(place.url, kept)
    if turned_away or len(kept.codes) != len(names):
        raise Failed(f"{turned_away} were turned away, {len(names) - len(kept.codes)} sign-ups did not get through")
    with running(place) as portal:  # and once more from nothing
        if portal.ask("/readyz")[0] != 200:
            raise Failed("after a restart /readyz is not in order")
    return f"{len(names)} sign-ups over two reloads, nobody turned away"


def restored(place: Place) -> str:
    """Back up while residents sign up, and restore into a new database, which serves what was kept before."""
    before, meanwhile = Kept(), Kept()
    with running(place) as portal:
        early = [f"forst{place.kind[0]}{number}" for number in range(10)]
        together(early, 4, lambda who: sign_up(portal.port, who, before))
        names = [f"under{place.kind[0]}{number}" for number in range(40)]
        loader = Thread(target=lambda: together(names, 4, lambda who: sign_up(portal.port, who, meanwhile)))
        loader.start()
        copy = place.folder / "copy.gz"
        _command(place.url, "backup", str(copy))
        loader.join()
    url = f"sqlite:///{place.folder / 'restored.sqlite'}"
    _command(url, "restore", str(copy))
    check_sign_ups(url, before)
    with served(place.folder, url) as portal:
        if portal.ask("/readyz", seconds=60)[0] != 200:
            raise Failed("what was restored is not in order")
    return f"{len(before.codes)} codes open what was restored"


def _command(url: str, *words: str) -> None:
    command = [sys.executable, "-c", "from portal.cli import main; main()", *words]
    done = subprocess.run(command, cwd=ROOT, env=environment(url), capture_output=True, check=False)  # noqa: S603 - ours
    if done.returncode:
        raise Failed(f"portal {words[0]}: {done.stderr.decode()[-300:]}")
