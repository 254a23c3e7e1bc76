"""What commands say when something is wrong: a line with what to do, never a trace, never what somebody wrote."""

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from portal.cli import Commands
from tests.cli.running import told

WORDS = (
    ("jobs", "run"),
    ("keys", "rotate"),
    ("keys", "recovery", "check"),
    ("staff", "add", "hemlig@example.se", "--role", "administrator"),
)


@pytest.mark.parametrize("words", WORDS)
def test_a_database_without_tables_is_told_in_a_line(environment: dict[str, str], words: tuple[str, ...]) -> None:
    production = {**environment, "PORTAL_ENV": "production", "PORTAL_SECRET_KEY": "x" * 40}
    done = told(production, *words)
    assert (done.exit_code, done.output) == (
        1,
        "Error: the database is not of this version: run `portal database upgrade`\n",
    )


@pytest.mark.parametrize("words", [*WORDS, ("database", "upgrade"), ("backup", "file"), ("restore", "file")])
def test_a_server_that_is_down_is_told_in_a_line(
    environment: dict[str, str], tmp_path: Path, words: tuple[str, ...]
) -> None:
    done = told({**environment, "PORTAL_DATABASE_URL": f"postgresql://portal:pw@/portal?host={tmp_path}"}, *words)
    assert (done.exit_code, done.output.count("\n")) == (1, 1)
    assert done.output.startswith("Error: ")
    assert "pw" not in done.output.replace(str(tmp_path), "")
    assert "hemlig" not in done.output


def test_a_fault_of_ours_names_its_place_and_never_its_message() -> None:
    @click.command()
    def broken() -> None:
        raise ValueError("hemligt")

    done = CliRunner().invoke(Commands(commands={"broken": broken}), ["broken"])
    assert done.exit_code == 1
    assert "ValueError, which is a fault of the portal" in done.output
    assert "hemligt" not in done.output.replace('raise ValueError("hemligt")', "")
