"""Commands for what runs by the clock."""

from datetime import UTC, datetime

import click

from portal.actions.applications.exporting import Push
from portal.actions.applications.jobs import run_application_jobs
from portal.actions.counting.counters import tally
from portal.actions.groups.jobs import run_jobs
from portal.actions.languages.voices import load_voice
from portal.actions.people.mail import Post
from portal.cli.opening import loaded, opened_storage, read_settings
from portal.domain.instants import in_sweden


@click.group()
def jobs() -> None:
    """What runs by the clock."""


@jobs.command("run")
def run_all_jobs() -> None:
    """End what has ended, move the line up, mail, remind, delete and count; print counts only."""
    settings = read_settings()
    found = loaded(settings.data)
    storage = opened_storage(settings)
    names = {kommun.id: kommun.full_name for kommun in found.catalogue.kommuner.values()}
    post = None
    if settings.smtp_url is not None:
        post = Post(settings.smtp_url, settings.mail_from, settings.site, names)
    now = in_sweden(datetime.now(UTC))
    push = Push(settings.export_targets, settings.export_key) if settings.export_targets else None
    done = run_jobs(storage, post, load_voice(settings.translations), now)
    for line in (*done.lines, *run_application_jobs(storage, found.applications, push, now).lines):
        click.echo(line)
    click.echo(f"days_counted: {tally(storage, now)}")
