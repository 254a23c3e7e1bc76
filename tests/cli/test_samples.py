"""The command that loads samples."""

from tests.cli.running import told


def test_samples_are_for_development_only(environment: dict[str, str]) -> None:
    done = told({**environment, "PORTAL_ENV": "production", "PORTAL_SECRET_KEY": "x" * 40}, "samples", "load")
    assert done.exit_code == 1
    assert "development" in done.output
