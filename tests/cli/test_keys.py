"""The commands about keys: new ones, another first one, and lost ones recovered."""

import re
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from sqlalchemy import insert, select, update

from portal.actions.applications.following import status_of
from portal.cli import main
from portal.domain.applications.rules import ApplicationRules
from portal.domain.instants import in_sweden
from portal.store.groups.tables import alerts, groups
from portal.store.installation_tables import known_values, running
from portal.store.kept_key import is_key, new_key
from portal.store.keys import rotate
from portal.store.known_value import learn_binding
from portal.store.recovery import new_recovery_key
from portal.store.running import forget_running, tell_running
from portal.store.storage import open_storage
from tests.cli.running import SECRET, applied, run, told
from tests.made_up_applicants import NOW
from tests.store.unbound import unbind


def test_a_new_key_is_printed_and_everything_is_encrypted_anew_with_it(environment: dict[str, str]) -> None:
    told(environment, "samples", "load")
    new = told(environment, "keys", "new").output.strip()
    assert is_key(new)
    both = {**environment, "PORTAL_ENCRYPTION_KEYS": f"{new},{environment['PORTAL_ENCRYPTION_KEYS']}"}
    found = re.fullmatch(r"Encrypted with the first key: (\d+)\n", told(both, "keys", "rotate").output)
    assert found is not None
    assert int(found[1]) > 0
    assert told({**environment, "PORTAL_ENCRYPTION_KEYS": new}, "keys", "rotate").output == found[0]


def test_keys_are_printed_once_and_in_their_parts() -> None:
    first, second = run("keys", "recovery", "new"), run("keys", "recovery", "new")
    assert first.exit_code == 0
    assert first.output != second.output
    assert re.search(r"^PORTAL_RECOVERY_KEY=recovery-public-\S+$", first.output, re.MULTILINE)
    assert re.search(r"^recovery-secret-\S+$", first.output, re.MULTILINE)
    assert re.match(r"PORTAL_EXPORT_KEY=\S{44}\nFor the case system: \S{44}\n", run("keys", "export").output)


def test_lost_keys_are_recovered_by_the_part_that_is_asked_for(
    installed: str, rules: ApplicationRules, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = applied(installed, rules)
    assert run("keys", "recovery", "check").output == "The recovery key would open every application.\n"
    fresh = new_key()
    monkeypatch.setenv("PORTAL_ENCRYPTION_KEYS", fresh)
    for typed, exit_code, says in (
        ("hej", 1, "begins with recovery-secret-"),
        (new_recovery_key()[1], 1, "Opened again: 0; needed nothing: 0; still closed: 1"),
        (SECRET, 0, "Opened again: 1; needed nothing: 0; still closed: 0"),
    ):
        told = CliRunner().invoke(main, ["keys", "recover"], input=f"{typed}\n")
        assert told.exit_code == exit_code
        assert says in told.output
        assert typed == "hej" or typed not in told.output
    storage = open_storage(installed, [fresh])
    assert status_of(storage, rules, code, NOW).state == "sent"
    storage.close()


def test_a_recovery_key_that_is_missing_or_came_later_is_told(
    installed: str, rules: ApplicationRules, monkeypatch: pytest.MonkeyPatch
) -> None:
    applied(installed, rules, None)
    told = run("keys", "recovery", "check")
    assert (told.exit_code, "would not open 1" in told.output) == (1, True)
    assert run("keys", "rotate").output == "Encrypted with the first key: 1\n"
    assert run("keys", "recovery", "check").exit_code == 0
    monkeypatch.delenv("PORTAL_RECOVERY_KEY")
    assert "is not set" in run("keys", "recovery", "check").output


def test_keys_are_not_rotated_while_the_portal_runs_without_the_first_one(environment: dict[str, str]) -> None:
    told(environment, "samples", "load")
    old = environment["PORTAL_ENCRYPTION_KEYS"]
    running = open_storage(environment["PORTAL_DATABASE_URL"], [old])
    tell_running(running, "one", in_sweden(datetime.now(UTC)))
    both = {**environment, "PORTAL_ENCRYPTION_KEYS": f"{new_key()},{old}"}
    refused = told(both, "keys", "rotate")
    assert (refused.exit_code, "restart the portal" in refused.output) == (1, True)
    forget_running(running, "one")
    running.close()
    assert told(both, "keys", "rotate").exit_code == 0


def test_wrong_keys_stop_commands_and_lost_ones_are_given_up_on_purpose_only(environment: dict[str, str]) -> None:
    told(environment, "samples", "load")
    told(environment, "jobs", "run")
    wrong = {**environment, "PORTAL_ENCRYPTION_KEYS": new_key()}
    for words in (("jobs", "run"), ("keys", "rotate"), ("staff", "add", "a@example.se", "--role", "administrator")):
        done = told(wrong, *words)
        assert (done.exit_code, "put the right key back" in done.output) == (1, True), words
    assert CliRunner(env=wrong).invoke(main, ["keys", "lost"], input="n\n").exit_code == 1
    assert told(wrong, "jobs", "run").exit_code == 1
    assert CliRunner(env=wrong).invoke(main, ["keys", "lost"], input="y\n").exit_code == 0
    assert told(wrong, "jobs", "run").exit_code == 0


def test_an_old_database_is_bound_by_one_rotation(environment: dict[str, str]) -> None:
    told(environment, "samples", "load")
    storage = open_storage(environment["PORTAL_DATABASE_URL"], [environment["PORTAL_ENCRYPTION_KEYS"]])
    number = unbind(storage)
    assert told(environment, "jobs", "run").exit_code == 0
    assert not learn_binding(storage)
    # A process of the older version calls its keys otherwise, and could read nothing of what is made now.
    with storage.database.transaction() as connection:
        row = {"id": "old", "keys": ("0123456789abcdef",), "seen_at": in_sweden(datetime.now(UTC))}
        connection.execute(insert(running).values(row))
    refused = told(environment, "keys", "rotate")
    assert (refused.exit_code, "of an older version" in refused.output) == (1, True)
    forget_running(storage, "old")
    done = told(environment, "keys", "rotate")
    assert (done.exit_code, done.output) == (0, f"Encrypted with the first key: {number}\n")
    assert learn_binding(storage)
    storage.close()


def test_what_does_not_open_is_counted_and_given_up_on_purpose_only(environment: dict[str, str]) -> None:
    told(environment, "samples", "load")
    url, old = environment["PORTAL_DATABASE_URL"], environment["PORTAL_ENCRYPTION_KEYS"]
    told(environment, "jobs", "run")
    storage = open_storage(url, [old])
    with storage.database.transaction() as connection:
        group_id = connection.execute(select(groups.c.id)).scalars().first()
        now = in_sweden(datetime.now(UTC))
        row = {"group_id": group_id, "email": "x", "lang": "sv", "sealed": "b1.moved", "made_at": now}
        connection.execute(insert(alerts).values(row))
    both = {**environment, "PORTAL_ENCRYPTION_KEYS": f"{new_key()},{old}"}
    refused = told(both, "keys", "rotate")
    assert refused.exit_code == 1
    assert "could not be opened, and are as they were: 1 of alerts." in refused.output
    # The old key is still asked for: something that only it opens may be left.
    only_new = {**both, "PORTAL_ENCRYPTION_KEYS": both["PORTAL_ENCRYPTION_KEYS"].split(",")[0]}
    assert told(only_new, "jobs", "run").exit_code == 1
    given_up = CliRunner(env=both).invoke(main, ["keys", "lost"], input="y\n")
    assert (given_up.exit_code, "Closed for ever: 1 of alerts" in given_up.output) == (0, True)
    again = open_storage(url, [only_new["PORTAL_ENCRYPTION_KEYS"]])
    assert rotate(again).unreadable == {"alerts": 1}
    assert rotate(again).rows > 0
    again.close()
    storage.close()


def test_of_an_old_database_nothing_is_given_up_that_a_kept_key_opens(environment: dict[str, str]) -> None:
    told(environment, "samples", "load")
    url, lost = environment["PORTAL_DATABASE_URL"], environment["PORTAL_ENCRYPTION_KEYS"]
    kept = new_key()
    both = open_storage(url, [kept, lost])
    assert rotate(both).rows > 0
    number = unbind(both)
    with both.database.transaction() as connection:
        known = open_storage(url, [lost]).vault.seal("insatsportalen")
        connection.execute(update(known_values).values(sealed=known))
    only_kept = {**environment, "PORTAL_ENCRYPTION_KEYS": kept}
    assert told(only_kept, "jobs", "run").exit_code == 1
    given_up = CliRunner(env=only_kept).invoke(main, ["keys", "lost"], input="y\n")
    assert given_up.exit_code == 0
    assert f"Encrypted with the first key: {number}\n" in given_up.output
    assert "Closed for ever" not in given_up.output
    both.close()
