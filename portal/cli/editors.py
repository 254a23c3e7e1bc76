"""Commands that take a kommun's catalogue from the Plone that its editors live in."""

import signal
from collections.abc import Callable
from pathlib import Path
from threading import Event

import click

from portal.actions.catalogue.heard import bell_of
from portal.actions.officials.fetching import NotFetched, Site, fetch, mark_of
from portal.actions.officials.moving_in import NotMoved, move_in
from portal.cli.effects import tell_effect
from portal.cli.opening import read_data_folder
from portal.domain.officials.population import POPULATION

STEP = 1.0
"""Seconds between two looks at whether the portal has been told."""


@click.command("fetch")
@click.argument("address", metavar="URL")
@click.argument("link", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--kommun", "kommun_id", required=True, help="The kommun that this Plone writes for.")
@click.option("--from", "base", type=click.Path(path_type=Path), help="Where all else is, the first time: PORTAL_DATA.")
@click.option("--fewer", is_flag=True, help="Many insatser may be gone.")
@click.option("--look", is_flag=True, help="Say what would change, and take nothing.")
@click.option("--size", default=POPULATION, show_default=True, help="Residents of the fixed population.")
def fetch_from_plone(
    address: str, link: Path, kommun_id: str, base: Path | None, fewer: bool, look: bool, size: int
) -> None:
    """Take what a kommun has published in the Plone site at URL; DIR, a link, leads to it in one step.

    It is checked first, and what changes for whom is told. Where anything is wrong nothing is taken, and the end is 1.
    """
    try:
        _take(Site(address, kommun_id), link, base, fewer=fewer, look=look, size=size)
    except NotFetched as why:
        _tell(why)
        raise SystemExit(1) from None


@click.command("follow")
@click.argument("address", metavar="URL")
@click.argument("link", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--kommun", "kommun_id", required=True, help="The kommun that this Plone writes for.")
@click.option("--every", type=click.FloatRange(1), default=60, show_default=True, help="Seconds between two questions.")
def follow_plone(address: str, link: Path, kommun_id: str, every: float) -> None:
    """Do the same all day: when the portal is told, and when a cheap question finds something new; SIGTERM ends it."""
    stopped = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    try:
        site = Site(address, kommun_id)
    except NotFetched as why:
        _tell(why)
        raise SystemExit(1) from None
    seen = ""
    while not stopped.is_set():
        rung = bell_of(link).rung()
        seen = _follow_once(site, link, seen)
        _wait(stopped, every, lambda rung=rung: bell_of(link).rung() != rung)  # type: ignore[misc]


@click.command("move-in")
@click.argument("address", metavar="URL")
@click.option("--kommun", "kommun_id", required=True, help="The kommun whose catalogue moves into this Plone.")
@click.option("--user", required=True, help="Who may add and edit there.")
@click.option("--password", envvar="PLONE_PASSWORD", prompt=True, hide_input=True, help="Or PLONE_PASSWORD.")
def move_into_plone(address: str, kommun_id: str, user: str, password: str) -> None:
    """Create a draft in the Plone site at URL of each insats and contact of PORTAL_DATA; what is there stays."""
    folder = read_data_folder() / "kommuner" / kommun_id
    if not folder.is_dir():
        raise click.ClickException(f"there is no {folder}")
    try:
        created = move_in(Site(address, kommun_id), folder, user, password)
    except (NotFetched, NotMoved) as why:
        raise click.ClickException(str(why)) from None
    click.echo(f"created: {created}")


def _follow_once(site: Site, link: Path, seen: str) -> str:
    """Fetch where Plone has something new; return what has been seen to, so that it is said once."""
    try:
        mark = mark_of(site)
        if mark != seen:
            _take(site, link, None, fewer=False, look=False, size=POPULATION)
    except NotFetched as why:
        _tell(why)
        return mark if why.findings else seen
    return mark


def _wait(stopped: Event, seconds: float, is_told: Callable[[], bool]) -> None:
    left = seconds
    while left > 0 and not is_told() and not stopped.wait(min(STEP, left)):
        left -= STEP


def _take(site: Site, link: Path, base: Path | None, *, fewer: bool, look: bool, size: int) -> None:
    before = link.resolve() if link.is_dir() else base or read_data_folder()
    found = fetch(site, link, before, fewer=fewer, take=not look)
    for line in found.changes:
        click.echo(f"{site.kommun}: {line}")
    click.echo("Taken." if found.is_taken else "Nothing is taken: it is only looked at." if look else "As it was.")
    if found.changes:
        tell_effect(found.before.catalogue, found.after.catalogue, site.kommun, size)


def _tell(why: NotFetched) -> None:
    for finding in why.findings:
        click.echo(finding.line)
    click.echo(f"Nothing is taken: {why}.", err=True)
