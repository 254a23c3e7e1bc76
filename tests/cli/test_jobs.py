"""The command that runs by the clock."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

from portal.domain.applications.rules import ApplicationRules
from tests.cli.running import applied, run, told
from tests.served import ROOT
from tests.served import environment as of_production


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


def test_jobs_are_served_until_told_to_stop_and_take_a_changed_catalogue(filled: Path, tmp_path: Path) -> None:
    copy = tmp_path / "portal.sqlite"
    copy.write_bytes(filled.read_bytes())
    mail = {"PORTAL_SMTP_URL": "smtp://127.0.0.1:9", "PORTAL_MAIL_FROM": "a@example.se", "PORTAL_LOG": "json"}
    with subprocess.Popen(
        [sys.executable, "-c", "from portal.cli import main; main()", "jobs", "serve", "--senders", "2"],
        cwd=ROOT,
        env=of_production(f"sqlite:///{copy}", **mail),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "Doing the jobs, with 2 sending mails.\n"
        os.kill(process.pid, signal.SIGHUP)
        for line in process.stdout:
            if line.startswith("days_counted"):  # the first round goes on
                break
        os.kill(process.pid, signal.SIGTERM)
        said = process.stdout.read()
        assert process.wait(60) == 0
    assert said.endswith("Everything that was begun has ended.\n")


def test_a_form_of_the_log_that_there_is_not_ends_the_jobs_with_what_to_do(environment: dict[str, str]) -> None:
    done = told({**environment, "PORTAL_LOG": "xml"}, "jobs", "serve")
    assert done.exit_code == 1
    assert "PORTAL_LOG" in done.output
