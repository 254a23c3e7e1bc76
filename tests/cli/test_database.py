"""The commands about the database: its shape, backups and the way back."""

import re
from pathlib import Path

from click.testing import CliRunner
from sqlalchemy import update

from portal.cli import main
from portal.domain.applications.rules import ApplicationRules
from portal.store.applications.tables import applications
from portal.store.database import Database
from tests.cli.running import applied, run, told


def test_the_database_is_brought_up_to_date_and_twice_is_as_once(environment: dict[str, str]) -> None:
    for _ in range(2):
        done = told(environment, "database", "upgrade")
        assert (done.exit_code, done.output) == (0, "The database is up to date.\n")


def test_what_an_older_version_made_findable_is_made_anew_by_an_upgrade(
    installed: str, rules: ApplicationRules
) -> None:
    applied(installed, rules)
    assert run("database", "upgrade").output == "The database is up to date.\n"
    database = Database(installed)
    with database.transaction() as connection:
        connection.execute(update(applications).values(compared=0))
    database.close()
    told = "The database is up to date.\nApplications made findable anew: 1; that no key opens: 0\n"
    assert run("database", "upgrade").output == told


def test_a_backup_and_the_way_back(installed: str, rules: ApplicationRules, tmp_path: Path) -> None:
    applied(installed, rules)
    told = run("backup", str(tmp_path / "file"))
    assert (told.exit_code, re.fullmatch(r"Rows: \d+; checksum: [0-9a-f]{64}\n", told.output) is not None) == (0, True)
    again, back = run("backup", str(tmp_path / "file")), run("restore", str(tmp_path / "file"))
    assert (again.exit_code, back.exit_code) == (1, 1)
    assert "is there already" in again.output
    assert "is not empty" in back.output
    fresh = CliRunner(env={"PORTAL_DATABASE_URL": f"sqlite:///{tmp_path / 'fresh.sqlite'}"})
    restored = fresh.invoke(main, ["restore", str(tmp_path / "file")])
    assert (restored.exit_code, restored.output) == (0, told.output)
