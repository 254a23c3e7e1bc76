"""Commands for what runs by the clock."""

import os
import signal
from datetime import UTC, datetime
from threading import Event
from time import monotonic

import click

from portal.actions.applications.exporting import Push
from portal.actions.catalogue.webhooks import Bell
from portal.actions.clockwork import FAILED, Work, run_all
from portal.actions.duty import LOG, Duty
from portal.actions.languages.voices import load_voice
from portal.actions.people.mail import Post
from portal.cli.opening import loaded, read_settings, ready_storage
from portal.domain.instants import in_sweden
from portal.domain.knowledge import Knowledge
from portal.operating import log_of
from portal.outside_settings import BadSettings
from portal.serving import Presence
from portal.settings import Settings
from portal.store.languages.menu import BrokenLanguages
from portal.store.loading import BrokenCatalogue, load_knowledge
from portal.store.storage import Storage
from portal.watching import Lookout
from portal.web.log_lines import begin_log

MOST_SENDERS = 8
"""Each has a connection of its own to the server of mail; more than that few servers take from one host."""


@click.group()
def jobs() -> None:
    """What runs by the clock."""


@jobs.command("run")
def run_all_jobs() -> None:
    """End what has ended, move the line up, remind, delete, count, push and mail; print counts only.

    Ends with 1 where a kind of job failed; the others are done.
    """
    settings = read_settings()
    work = _work(settings, loaded(settings.data), ready_storage(settings))
    has_failed = False
    for line in run_all(work, _now(), monotonic):
        click.echo(line)
        has_failed |= line.partition(":")[0].endswith(FAILED)
    if has_failed:
        raise SystemExit(1)


@jobs.command("serve")
@click.option("--senders", type=click.IntRange(1, MOST_SENDERS), default=2, help="How many send mails at once.")
def serve_jobs(senders: int) -> None:
    """Do the same every minute, and send mails as they come, until told to stop (SIGTERM): what is begun is ended.

    SIGHUP takes a changed catalogue and changed translations.
    """
    settings = read_settings()
    begin_log(_log())
    storage = ready_storage(settings)
    known = _Renewed(settings, _work(settings, loaded(settings.data), storage))
    duty = Duty(known, _now, monotonic, click.echo)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: duty.stopped.set())
    signal.signal(signal.SIGHUP, lambda *_: known.asked.set())
    Presence(storage).begin(0)
    click.echo(f"Doing the jobs, with {senders} sending mails.")
    duty.serve(senders)
    click.echo("Everything that was begun has ended.")


def _now() -> datetime:
    return in_sweden(datetime.now(UTC))


def _log() -> str:
    try:
        return log_of(os.environ)
    except BadSettings as bad:
        raise click.ClickException(str(bad)) from None


def _work(settings: Settings, found: Knowledge, storage: Storage) -> Work:
    names = {kommun.id: kommun.full_name for kommun in found.catalogue.kommuner.values()}
    post = None
    if settings.smtp_url is not None:
        post = Post(settings.smtp_url, settings.mail_from, settings.site, names)
    push = Push(settings.export_targets, settings.export_key) if settings.export_targets else None
    bell = None
    if settings.webhooks:
        bell = Bell(f"{(settings.site or '').rstrip('/')}/", settings.export_key, settings.is_development)
    voice, kommuner = load_voice(settings.translations), found.catalogue.kommuner
    return Work(storage, found.applications, voice, post, push, kommuner, settings.webhooks, bell)


class _Renewed:
    """The work of today, anew when `asked` or when the catalogue's link was turned; as it was where that is broken."""

    def __init__(self, settings: Settings, work: Work) -> None:
        self._settings, self._work = settings, work
        self._lookout = Lookout(settings.data)
        self.asked = Event()

    def __call__(self) -> Work:
        if self.asked.is_set() or self._lookout.has_moved():
            self.asked.clear()
            self._lookout = Lookout(self._settings.data)
            try:
                self._work = _work(self._settings, load_knowledge(self._settings.data), self._work.storage)
            except (BrokenCatalogue, BrokenLanguages) as broken:
                LOG.error("the jobs go on as they were: %s", broken)
        return self._work
