"""The command that runs by the clock."""

import re

from portal.domain.applications.rules import ApplicationRules
from tests.cli.running import applied, run, told


def test_samples_are_loaded_once_and_jobs_print_counts_only(environment: dict[str, str]) -> None:
    first, second = (told(environment, "samples", "load") for _ in range(2))
    assert first.output.startswith("Sample groups made: ")
    assert first.output != second.output == "Sample groups made: 0\n"
    done = told(
        {**environment, "PORTAL_SMTP_URL": "smtp://127.0.0.1:9", "PORTAL_MAIL_FROM": "a@example.se"}, "jobs", "run"
    )
    assert done.exit_code == 0
    assert all(re.fullmatch(r"[a-z_]+: \d+", line) for line in done.output.splitlines())
    assert "days_counted: 1" in done.output.splitlines()
    assert "days_counted: 0" in told(environment, "jobs", "run").output.splitlines()


def test_the_jobs_say_counts_of_applications_too(installed: str, rules: ApplicationRules) -> None:
    applied(installed, rules)
    told = run("jobs", "run")
    assert (told.exit_code, "applications_unattended: 1" in told.output.splitlines()) == (0, True)
