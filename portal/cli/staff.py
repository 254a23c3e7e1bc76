"""Commands for those who work in the staff room."""

from datetime import UTC, datetime

import click

from portal.actions.staff.accounts import COMMAND_LINE, add_staff
from portal.cli.opening import kommun_of, loaded, opened_storage, read_settings, ready_storage
from portal.domain.instants import in_sweden
from portal.domain.refusals import AlreadyStaff, BadStaff
from portal.domain.staff.roles import Role
from portal.store import schema


@click.group()
def staff() -> None:
    """Those who work in the staff room."""


@staff.command("add")
@click.argument("email")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice([str(role) for role in Role]))
@click.option("--kommun", "kommun_id", help="Where she works; without it she is an administrator of the whole portal.")
def add_to_staff(email: str, roles: tuple[str, ...], kommun_id: str | None) -> None:
    """Let somebody with EMAIL become staff; print the one-time code with which she chooses her password."""
    settings = read_settings()
    if kommun_id is not None:
        kommun_of(loaded(settings.data).catalogue, kommun_id)
    wanted = [Role(role) for role in roles]
    if settings.is_development:
        schema.upgrade(opened_storage(settings).database)
    storage = ready_storage(settings)
    try:
        _, code = add_staff(storage, COMMAND_LINE, email, wanted, kommun_id, in_sweden(datetime.now(UTC)))
    except BadStaff as bad:
        raise click.BadParameter(f"cannot be so: {', '.join(bad.fields)}") from None
    except AlreadyStaff:
        raise click.ClickException(f"{email} can sign in already, here or in another kommun") from None
    click.echo(f"Code, for one use within three days: {code}")
    click.echo(f"Choose the password here: {settings.site or ''}/staff/welcome")
