"""The portal's commands, one file for each family."""

import traceback
from typing import Any

import click

from portal.actions.readiness import OldShape
from portal.cli.catalogue import catalogue
from portal.cli.database import database, make_backup, restore_backup
from portal.cli.jobs import jobs
from portal.cli.keys import keys
from portal.cli.samples import samples
from portal.cli.staff import staff
from portal.cli.translations import translations
from portal.store.crypto import BadKeys, Unreadable
from portal.store.database import BadDatabaseUrl, DatabaseIsDown
from portal.store.known_value import WrongKeys
from portal.store.recovery_texts import BadRecoveryKey

SAYS_WHAT_TO_DO = (BadDatabaseUrl, BadKeys, BadRecoveryKey, DatabaseIsDown, OldShape, Unreadable, WrongKeys)


class Commands(click.Group):
    """The commands; what goes wrong is told in a line, and never with what somebody wrote."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except SAYS_WHAT_TO_DO as told:
            raise click.ClickException(str(told)) from None
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            # The message of an exception may hold what somebody wrote; its place in the code does not.
            frames = "".join(traceback.format_tb(error.__traceback__)[-4:])
            raise click.ClickException(
                f"{type(error).__name__}, which is a fault of the portal, at\n{frames}"
            ) from None


@click.group(cls=Commands)
def main() -> None:
    """Insatsportalen."""


for command in (catalogue, translations, database, keys, jobs, staff, make_backup, restore_backup, samples):
    main.add_command(command)
