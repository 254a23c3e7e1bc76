"""Commands for groups to look at in development."""

from datetime import UTC, datetime

import click

from portal.actions.groups.samples import load_samples
from portal.cli.opening import loaded, opened_storage, read_settings
from portal.domain.instants import in_sweden
from portal.store import schema
from portal.store.groups.programmes import load_programmes


@click.group()
def samples() -> None:
    """Groups to look at in development."""


@samples.command("load")
def load_all_samples() -> None:
    """Bring the database up to date, and make sample groups, obviously made up, where there are none."""
    settings = read_settings()
    if not settings.is_development:
        raise click.ClickException("sample groups are for development only (PORTAL_ENV=development)")
    kommuner = loaded(settings.data).catalogue.kommuner.values()
    storage = opened_storage(settings)
    schema.upgrade(storage.database)
    made = load_samples(storage, kommuner, load_programmes(), in_sweden(datetime.now(UTC)))
    click.echo(f"Sample groups made: {made}")
