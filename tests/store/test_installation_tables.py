"""The tables about the installation: nothing in them is about a person."""

from portal.store.installation_tables import job_turns, known_values, running


def test_they_hold_keys_names_times_and_kinds_alone() -> None:
    columns = {table.name: {column.name for column in table.columns} for table in (job_turns, known_values, running)}
    assert columns == {
        "job_turns": {"kind", "until_at", "ended_at", "failures"},
        "known_values": {"id", "sealed"},
        "running": {"id", "keys", "seen_at"},
    }
