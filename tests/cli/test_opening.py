"""What every command opens: an unknown command, an unknown kommun, a gap in the settings."""

import pytest

from tests.cli.running import run, told


def test_an_unknown_command_is_explained() -> None:
    told = run("catalogue", "dance")
    assert told.exit_code == 2
    assert "No such command 'dance'" in told.output


@pytest.mark.parametrize("command", ["map", "coverage"])
def test_an_unknown_kommun_is_named_with_those_there_are(command: str) -> None:
    told = run("catalogue", command, "--kommun", "granby")
    assert told.exit_code == 2
    assert "no kommun 'granby'" in told.output
    assert "lekeberg" in told.output


@pytest.mark.parametrize("words", [("database", "upgrade"), ("jobs", "run"), ("keys", "rotate"), ("samples", "load")])
def test_a_gap_in_the_settings_is_told(words: tuple[str, ...]) -> None:
    done = told({"PORTAL_ENV": "production", "PORTAL_SECRET_KEY": ""}, *words)
    assert done.exit_code == 1
    assert "PORTAL_SECRET_KEY" in done.output
