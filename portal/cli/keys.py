"""Commands for the keys of what people write."""

from collections.abc import Mapping
from datetime import UTC, datetime

import click

from portal.actions.applications.exporting import new_export_key
from portal.cli.opening import opened_storage, read_settings, ready_storage
from portal.domain.instants import in_sweden
from portal.store import keys as kept_keys
from portal.store.applications.keys import count_without_recovery, recover, rotate_applications
from portal.store.kept_key import new_key
from portal.store.known_value import learn_binding, seal_known
from portal.store.recovery import RecoverySecret, new_recovery_key
from portal.store.recovery_texts import BadRecoveryKey
from portal.store.running import count_without_first_key
from portal.store.storage import Storage


@click.group()
def keys() -> None:
    """The keys of what people write."""


@keys.command("new")
def print_new_key() -> None:
    """Print a new key for PORTAL_ENCRYPTION_KEYS."""
    click.echo(new_key())


@keys.command("rotate")
def rotate_keys() -> None:
    """Encrypt everything anew with the first key, each value for its own row."""
    storage = ready_storage(read_settings())
    unreadable = _seal_all_anew(storage)
    if unreadable:
        # What else was sealed with another key may be among them: that it is needed stays known.
        raise click.ClickException(
            f"could not be opened, and are as they were: {_counted(unreadable)}. They were moved or changed, or a key "
            "is missing in PORTAL_ENCRYPTION_KEYS: put it back and rotate again, or `portal keys lost`"
        )
    seal_known(storage)


def _seal_all_anew(storage: Storage) -> Mapping[str, int]:
    """Seal what opens anew, and tell how much; return how much of each table does not open."""
    without = count_without_first_key(storage, in_sweden(datetime.now(UTC)))
    if without:
        raise click.ClickException(
            f"{without} processes of the portal run without the first key, or are of an older version, and could read "
            "nothing any more: restart the portal with the new list of keys on every host, then rotate"
        )
    rotated = kept_keys.rotate(storage)
    applications, lost = rotate_applications(storage)
    click.echo(f"Encrypted with the first key: {rotated.rows + applications}")
    return {**rotated.unreadable, **({"applications": lost} if lost else {})}


def _counted(unreadable: Mapping[str, int]) -> str:
    return ", ".join(f"{number} of {table}" for table, number in sorted(unreadable.items()))


@keys.command("lost")
@click.confirmation_option(prompt="What only lost keys open stays closed for ever. Is it so?")
def give_up_lost_keys() -> None:
    """Let the portal start with new keys, when the old ones are lost and there is no recovery key."""
    storage = opened_storage(read_settings())
    learn_binding(storage, with_lost_keys=True)
    unreadable = _seal_all_anew(storage)
    seal_known(storage)
    if unreadable:
        click.echo(f"Closed for ever: {_counted(unreadable)}")
    click.echo("The portal starts with the keys that are set.")


@keys.command("export")
def print_export_key() -> None:
    """Print a new key that signs what is pushed to case systems, and its public part for them."""
    secret, public = new_export_key()
    click.echo(f"PORTAL_EXPORT_KEY={secret}")
    click.echo(f"For the case system: {public}")


@keys.command("recover")
def recover_applications() -> None:
    """Open applications whose keys are lost, with the private part of the recovery key; it is asked for."""
    # Asked for, never an argument: other accounts of a machine see the arguments of what runs.
    typed = click.prompt("The private part of the recovery key", hide_input=True)
    storage = opened_storage(read_settings())
    is_bound = learn_binding(storage, with_lost_keys=True)
    try:
        found = recover(storage, RecoverySecret(typed))
    except BadRecoveryKey as bad:
        raise click.ClickException(str(bad)) from None
    click.echo(f"Opened again: {found.opened}; needed nothing: {found.untouched}; still closed: {found.lost}")
    if found.lost:
        raise SystemExit(1)
    seal_known(storage, is_bound=is_bound)


@keys.group()
def recovery() -> None:
    """The key that opens applications when all others are lost."""


@recovery.command("new")
def print_recovery_key() -> None:
    """Print a new recovery key, once: the private part is for paper in a safe, and nowhere else."""
    public, secret = new_recovery_key()
    click.echo(f"PORTAL_RECOVERY_KEY={public}")
    click.echo("The private part, for paper in a safe. It is shown once and kept nowhere:")
    click.echo(secret)


@recovery.command("check")
def check_recovery() -> None:
    """Say whether the recovery key would open every application; `portal keys rotate` seals for a new one."""
    storage = ready_storage(read_settings())
    lacking = count_without_recovery(storage)
    if storage.recovery is None:
        raise click.ClickException("PORTAL_RECOVERY_KEY is not set: with the keys lost, applications would be lost")
    if lacking:
        raise click.ClickException(f"it would not open {lacking} applications: run `portal keys rotate`")
    click.echo("The recovery key would open every application.")
