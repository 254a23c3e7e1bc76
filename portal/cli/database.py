"""Commands for the database: its shape, backups and the way back."""

from datetime import UTC, datetime
from pathlib import Path

import click

from portal.cli.opening import opened_storage, read_settings
from portal.domain.instants import in_sweden
from portal.store import schema
from portal.store.applications.keys import reindex
from portal.store.backup import BadBackup, back_up, restore
from portal.store.database import DatabaseIsDown
from portal.store.known_value import learn_binding
from portal.store.storage import Storage


@click.group()
def database() -> None:
    """The database of groups and sign-ups."""


@database.command("upgrade")
def upgrade_database() -> None:
    """Bring the database to the shape that this version needs."""
    storage = opened_storage(read_settings())
    schema.upgrade(storage.database)
    click.echo("The database is up to date.")
    _index_anew(storage)


def _index_anew(storage: Storage) -> None:
    """Make findable, as this version compares, what an older one made findable: the keys that it takes are here."""
    learn_binding(storage)
    made, lost = reindex(storage)
    if made or lost:
        click.echo(f"Applications made findable anew: {made}; that no key opens: {lost}")


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
def make_backup(file: Path) -> None:
    """Write everything that is remembered to FILE, while the portal is in use."""
    try:
        made = back_up(opened_storage(read_settings()), file, in_sweden(datetime.now(UTC)))
    except (BadBackup, DatabaseIsDown) as bad:
        raise click.ClickException(str(bad)) from None
    click.echo(f"Rows: {made.rows}; checksum: {made.sha256}")


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
def restore_backup(file: Path) -> None:
    """Bring everything back from FILE to an empty database, of SQLite or PostgreSQL."""
    try:
        storage = opened_storage(read_settings())
        made = restore(storage, file)
    except (BadBackup, DatabaseIsDown) as bad:
        raise click.ClickException(str(bad)) from None
    click.echo(f"Rows: {made.rows}; checksum: {made.sha256}")
    _index_anew(storage)
