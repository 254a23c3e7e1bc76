"""make nation: the recipe of a region with 290 kommuner on this machine; hosts are killed, and nothing may be lost.

As root, with debootstrap. All of it is in namespaces of its own: a network, processes and disks that nobody else sees
and that are gone with this process, however it ends. A line for each step; it ends with 1 where something is lost.
"""

import fcntl
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from portal.store.loading import load_knowledge
from tests.nation import story
from tests.nation.hosts import Failed, run, until
from tests.nation.region import ETC, HOME, ONE, Region, make_base
from tests.nation.residents import ASKED, GROUPS, KEPT, READ, Crowd

FOLDER = Path(os.environ.get("NATION", Path(tempfile.gettempdir(), "portal-nation")))
"""What a run before left is taken away, but for the Debian: that is used again where NATION_KEEP says so."""

INSIDE = "--inside"
NEEDED = ("debootstrap", "unshare", "nsenter", "setpriv", "ip", "mount")


def main() -> int:
    """Make what is needed outside the namespaces, and go in; return 0 when nothing was lost."""
    if INSIDE in sys.argv:
        return inside()
    missing = [name for name in NEEDED if shutil.which(name) is None]
    if os.geteuid() != 0 or missing:
        print(f"make nation needs root, and {' '.join(missing) or 'nothing else'}", file=sys.stderr)
        return 1
    FOLDER.mkdir(mode=0o755, parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("another run is at it", file=sys.stderr)
            return 1
        shutil.rmtree(FOLDER / "hosts", ignore_errors=True)
        try:
            step("a Debian with the program", lambda: make_base(FOLDER / "debian"))
            # It dies with this process, however this one ends, and with it all that is inside.
            alone = ["setpriv", "--pdeathsig", "KILL", "unshare", "--net", "--mount", "--pid", "--fork", "--kill-child"]
            again = ["--mount-proc", sys.executable, "-m", "tests.nation.run", INSIDE]
            return subprocess.run([*alone, *again], check=False).returncode  # noqa: S603
        except Failed as failed:
            print(f"FAILED: {failed}")
            return 1
        finally:
            shutil.rmtree(FOLDER / "hosts", ignore_errors=True)
            if not os.environ.get("NATION_KEEP"):
                shutil.rmtree(FOLDER / "debian", ignore_errors=True)


def step(name: str, does: Callable[[], object]) -> None:
    """Do something, and print how long it took and what it says."""
    began = time.monotonic()
    says = does()
    print(f"{name}: ok, {time.monotonic() - began:.0f} s{f'; {says}' if says else ''}", flush=True)


def inside() -> int:
    """Run the region, and everything that happens to it."""
    region = Region(FOLDER / "debian", FOLDER / "hosts")
    try:
        step("six hosts, a database with its standby", region.begin)
        step("the database of the portal", lambda: fill(region))
        for app in ("app1", "app2"):
            until(lambda app=app: region.is_serving(app), 180, f"{app} serves")  # type: ignore[misc]
        return tell(region)
    except Failed as failed:
        print(f"FAILED: {failed}", flush=True)
        story.logs(region)
        return 1


def fill(region: Region) -> None:
    """Make the tables, and a group for each kommun."""
    app = region.hosts["app1"]
    app.portal("database", "upgrade")
    at_app(region, "put")


def at_app(region: Region, *words: str) -> str:
    """Run this package's part that needs the database, on an application host."""
    app = region.hosts["app1"]
    said = app.inside(f"{ETC}/portal.env").read_text().splitlines()
    env = dict(line.split("=", 1) for line in said if "=" in line and not line.startswith("#"))
    command = [f"{HOME}/current/.venv/bin/python", "-m", "tests.nation.at_app", *words]
    return app.do(*command, user="insatsportalen", folder=ONE, env=env)


def tell(region: Region) -> int:
    """Let the crowd come, do everything to the region, and print what was lost."""
    crowd = Crowd(region.way(), load_knowledge().applications.kinds["elderly"])
    crowd.come()
    worst = dict.fromkeys((READ, ASKED, GROUPS, KEPT), 0.0)
    for name, does in chosen():
        began = time.monotonic()
        says = does(region, crowd)
        ended = time.monotonic()
        stood = {kind: crowd.seen.longest(kind, began, ended) for kind in worst}
        worst = {kind: max(worst[kind], seconds) for kind, seconds in stood.items()}
        told = ", ".join(f"{kind} {seconds:.1f}" for kind, seconds in stood.items())
        print(f"{name}: ok, {ended - began:.0f} s; stood still: {told}{f'; {says}' if says else ''}", flush=True)
    crowd.leave()
    return verdict(region, crowd, worst)


def chosen() -> Iterator[tuple[str, story.Happens]]:
    """Yield what is to happen: everything, or what has one of the words that were given in its name."""
    words = os.environ.get("ONLY", "").split()
    for name, does in story.STORY:
        if not words or name == story.STORY[0][0] or any(word in name for word in words):
            yield name, does


def verdict(region: Region, crowd: Crowd, worst: dict[str, float]) -> int:
    """Print what is lost, doubled and too much, and for how long nothing went on; return 1 where something is."""
    told = {"sign_ups": crowd.signed.codes, "applications": crowd.applied.codes}
    region.hosts["app1"].inside("/tmp/told.json").write_text(json.dumps(told))  # noqa: S108 - of the made-up host
    found = json.loads(at_app(region, "check", "/tmp/told.json"))  # noqa: S108
    left = story.left_on_disks(region)
    print(
        f"{len(crowd.signed.codes)} sign-ups and {len(crowd.applied.codes)} applications were told that they are kept"
    )
    print(f"lost {found['lost']}, doubled {found['doubled']}, closed to their code {found['closed']}")
    print(f"groups over capacity {found['over']}; places {found['placed']}")
    print(f"files with something of a person on hosts that are no database: {len(left)} {left[:3]}")
    for kind, failed in crowd.seen.failed.items():
        well = len(crowd.seen.well[kind])
        whys = {why[:30]: sum(one[:30] == why[:30] for one in failed) for why in failed}
        print(f"{kind}: {well} answered, {len(failed)} failed {whys or ''}, stood still {worst[kind]:.1f} s at most")
    if crowd.wrong:
        print(f"{len(crowd.wrong)} never got through: {crowd.wrong[:3]}")
    return int(bool(found["lost"] or found["doubled"] or found["closed"] or found["over"] or left))


__all__ = ["main", "run"]

if __name__ == "__main__":
    raise SystemExit(main())
