"""make plone: a real Plone, a site, the add-on, Lekeberg's catalogue, a change by two persons, and the portal's page.

A line for each step; the end is 0 where all of it worked. Everything is in a folder of its own that goes away again,
and listens on the loopback. PLONE_VENV names a folder with the lock installed already, which then is used and kept.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from time import monotonic

from tests.plone.house import ROOT, Failed, House, run, size_of
from tests.plone.portal_beside import Beside

KURS = "abc-3-12"
NEW = "En kurs i grupp om relationen till ditt barn, nu också på lördagar."
OTHER = "En text som ingen annan har läst."
MOST_BYTES = 400_000_000


def step(name: str, do: Callable[[], object]) -> None:
    """Do one step, and say how long it took and what it found."""
    began = monotonic()
    found = do()
    print(f"{monotonic() - began:6.1f} s  {name}{'' if found is None else f': {found}'}", flush=True)


def main() -> int:
    """Try everything; return 0 when all of it works."""
    folder = Path(tempfile.mkdtemp(prefix="plone-"))
    began = monotonic()
    try:
        with ExitStack() as ends:
            house = House(folder)
            step("Plone and the add-on, by the lock", house.install)
            ends.enter_context(house.running())
            step("a site in nine languages, with the add-on", house.make_site)
            everything(house, ends)
    except Failed as failed:
        print(f"FAILED: {failed}")
        return 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{monotonic() - began:6.1f} s  all of it")
    return 0


def everything(house: House, ends: ExitStack) -> None:
    """Move in, publish, fetch, serve, change, see it, and go on without Plone."""
    step("the catalogue moves in as drafts", lambda: house.portal("move-in", house.site, "--user", "anna"))
    step("what is a draft, nobody else sees", lambda: refused(house, "fewer", "Plone has no published insats"))
    step("who handed in publishes nothing, another all", house.publish_all)
    step("the folder is fetched, whole and lawful", lambda: fetched(house))
    step("again: as it was", lambda: said(house.fetch(), "As it was."))
    beside = ends.enter_context(Beside(house).running())
    step("the portal serves the folder", lambda: beside.waits_for("En kurs i grupp om relationen"))
    step("nobody alone takes away or changes what is published", lambda: house.is_kept(KURS))
    step("a translation into Tigrinya, a draft of its own", lambda: house.translate(KURS))
    step("a working copy; the public keeps the old text", lambda: house.change(KURS, NEW))
    step("who wrote it may not publish it, nor check it in", lambda: house.stays_unpublished(KURS, OTHER, NEW))
    step("another publishes it, and it is checked in", lambda: house.publish_copy(KURS, NEW))
    step("the portal was told; the page shows it, no restart", lambda: beside.waits_for(NEW))
    house.stop()
    step("Plone is down: nothing is taken, the page stays", lambda: down(house, beside))
    step("bytes on disk", lambda: small_enough(house))


def fetched(house: House) -> str:
    """Fetch; nobody may gain or lose by the way through Plone and back."""
    told = house.fetch()
    said(told, "nobody gains or loses anything")
    said(told, "Taken.")
    return f"{len(list((house.data / 'kommuner/lekeberg/insatser').iterdir()))} insatser"


def refused(house: House, option: str, says: str) -> None:
    """Fetch what must be refused."""
    said(house.fetch(f"--{option}", ends=1), says)
    if house.data.exists():
        raise Failed("something was taken")


def said(told: str, says: str) -> None:
    """See that a command said something."""
    if says not in told:
        raise Failed(f"{says!r} is not in: {told[-1500:]}")


def down(house: House, beside: Beside) -> None:
    """See that nothing is taken from a Plone that is down, and that the portal's page is as it was."""
    said(house.fetch(ends=1), "Plone does not answer")
    beside.waits_for(NEW)


def small_enough(house: House) -> str:
    """See that it is no larger than promised."""
    size = size_of(house.venv) + size_of(house.instance)
    if size > MOST_BYTES:
        raise Failed(f"{size:,} bytes")
    return f"{size:,}"


if __name__ == "__main__":
    os.chdir(ROOT)
    run([sys.executable, "-c", "import portal"])
    raise SystemExit(main())
