"""Commands for what runs by the clock."""

from datetime import UTC, datetime
from time import monotonic

import click

from portal.actions.applications.exporting import Push
from portal.actions.clockwork import Work, run_all
from portal.actions.languages.voices import load_voice
from portal.actions.people.mail import Post
from portal.cli.opening import loaded, read_settings, ready_storage
from portal.domain.instants import in_sweden


@click.group()
def jobs() -> None:
    """What runs by the clock."""


@jobs.command("run")
def run_all_jobs() -> None:
    """End what has ended, move the line up, remind, delete, count, push and mail; print counts only."""
    settings = read_settings()
    found = loaded(settings.data)
    storage = ready_storage(settings)
    names = {kommun.id: kommun.full_name for kommun in found.catalogue.kommuner.values()}
    post = None
    if settings.smtp_url is not None:
        post = Post(settings.smtp_url, settings.mail_from, settings.site, names)
    push = Push(settings.export_targets, settings.export_key) if settings.export_targets else None
    work = Work(storage, found.applications, load_voice(settings.translations), post, push)
    for line in run_all(work, in_sweden(datetime.now(UTC)), monotonic):
        click.echo(line)
