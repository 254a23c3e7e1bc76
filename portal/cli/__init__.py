"""The portal's commands, one file for each family."""

import click

from portal.cli.catalogue import catalogue
from portal.cli.database import database, make_backup, restore_backup
from portal.cli.jobs import jobs
from portal.cli.keys import keys
from portal.cli.samples import samples
from portal.cli.staff import staff
from portal.cli.translations import translations


@click.group()
def main() -> None:
    """Insatsportalen."""


for command in (catalogue, translations, database, keys, jobs, staff, make_backup, restore_backup, samples):
    main.add_command(command)


if __name__ == "__main__":
    main()
