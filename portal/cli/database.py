"""Commands for the database: its shape, backups and the way back."""

from datetime import UTC, datetime
from pathlib import Path

import click

from portal.cli.opening import opened_storage, read_settings
from portal.domain.instants import in_sweden
from portal.store import schema
from portal.store.backup import BadBackup, back_up, restore
from portal.store.database import DatabaseIsDown


@click.group()
def database() -> None:
    """The database of groups and sign-ups."""


@database.command("upgrade")
def upgrade_database() -> None:
    """Bring the database to the shape that this version needs."""
    schema.upgrade(opened_storage(read_settings()).database)
    click.echo("The database is up to date.")


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
        made = restore(opened_storage(read_settings()), file)
    except (BadBackup, DatabaseIsDown) as bad:
        raise click.ClickException(str(bad)) from None
    click.echo(f"Rows: {made.rows}; checksum: {made.sha256}")
