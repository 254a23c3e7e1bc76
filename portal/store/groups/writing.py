"""Writing the rows of a step: all of them, or none when the group has changed since its line was read.

On PostgreSQL it is one statement, so that the group's row is held within the server only and not through as many round
trips. Under READ COMMITTED the UPDATE of the group waits for whoever is before it and then looks at the newest version
again: of two steps decided on the same version exactly one is written. On SQLite the same is asked first of all in the
transaction, which has the file to itself; everything slow was done before.
"""

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection

from portal.store.database import run

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rows:
    """What a step writes: rows new, moved, gone; mails, hashes of mailed codes, alerts that are told, ways."""

    new: tuple[Row, ...] = ()
    moved: tuple[Row, ...] = ()
    gone: tuple[str, ...] = ()
    mails: tuple[Row, ...] = ()
    codes: tuple[Row, ...] = ()
    told: tuple[str, ...] = ()
    ways: tuple[Row, ...] = ()


def write_rows(connection: Connection, group_id: str, version: int, now: int, rows: Rows) -> bool:
    """Write rows if the group still has that version, and return whether it had. `now` is in microseconds."""
    if connection.dialect.name == "sqlite":
        return _write_in_turn(connection, group_id, version, now, rows)
    return _write_at_once(connection, group_id, version, now, rows)


# ------------------------------------------------------------------------------------------------------ PostgreSQL

_ROW = """id text, state text, seats int, line int, until_at bigint, form_key text, code text, mark text, lang text,
    sealed text"""
_MAIL = "id text, letter text, kommun text, lang text, sealed text, once text"

_PARTS = {
    "gone": "DELETE FROM sign_ups USING seen WHERE sign_ups.id = ANY(%(gone)s)",
    "moved": f"""UPDATE sign_ups SET state = r.state, seats = r.seats, line = r.line, until_at = r.until_at,
        code = COALESCE(r.code, sign_ups.code), code_mark = COALESCE(r.mark, sign_ups.code_mark),
        lang = COALESCE(r.lang, sign_ups.lang), changed_at = %(now)s,
        sealed = CASE WHEN r.state = 'withdrawn' THEN NULL ELSE COALESCE(r.sealed, sign_ups.sealed) END
        FROM seen, json_to_recordset(%(moved)s::json) AS r({_ROW}) WHERE sign_ups.id = r.id""",  # noqa: S608 - made of constants
    "new": f"""INSERT INTO sign_ups
        (id, group_id, state, seats, line, until_at, form_key, code, code_mark, lang, sealed, made_at, changed_at)
        SELECT r.id, seen.id, r.state, r.seats, r.line, r.until_at, r.form_key, r.code, r.mark,
        COALESCE(r.lang, ''), r.sealed, %(now)s, %(now)s FROM seen, json_to_recordset(%(new)s::json) AS r({_ROW})""",  # noqa: S608 - made of constants
    "mails": f"""INSERT INTO outbox (id, letter, kommun, lang, sealed, once, tries, next_try_at, made_at)
        SELECT r.id, r.letter, r.kommun, r.lang, r.sealed, r.once, 0, %(now)s, %(now)s
        FROM seen, json_to_recordset(%(mails)s::json) AS r({_MAIL})
        ON CONFLICT DO NOTHING""",  # noqa: S608 - made of constants
    "codes": """INSERT INTO mailed_codes (code, sign_up_id, mark)
        SELECT r.code, r.id, r.mark FROM seen,
        json_to_recordset(%(codes)s::json) AS r(code text, id text, mark text)""",
    "ways": """INSERT INTO sign_up_ways (way, sign_up_id)
        SELECT r.way, r.id FROM seen, json_to_recordset(%(ways)s::json) AS r(way text, id text)
        ON CONFLICT DO NOTHING""",
    "told": "DELETE FROM alerts USING seen WHERE alerts.group_id = seen.id AND alerts.email = ANY(%(told)s)",
}


def _write_at_once(connection: Connection, group_id: str, version: int, now: int, rows: Rows) -> bool:
    given = tuple(name for name in _PARTS if getattr(rows, name))
    values: dict[str, Any] = {"group_id": group_id, "version": version, "now": now}
    for name in given:
        found = list(getattr(rows, name))
        values[name] = found if name in ("gone", "told") else json.dumps(found)
    return bool(run(connection, _statement(given), values).fetchone()[0])


@cache
def _statement(names: tuple[str, ...]) -> str:
    seen = "UPDATE groups SET version = version + 1 WHERE id = %(group_id)s AND version = %(version)s RETURNING id"
    parts = ", ".join(f"{name} AS ({_PARTS[name]})" for name in names)
    return f"WITH seen AS ({seen}), {parts} SELECT count(*) FROM seen"  # noqa: S608 - made of constants


# ---------------------------------------------------------------------------------------------------------- SQLite

_BUMP = "UPDATE groups SET version = version + 1 WHERE id = %(group_id)s AND version = %(version)s"

_STATEMENTS = {
    "gone": "DELETE FROM sign_ups WHERE id = %(id)s",
    "moved": """UPDATE sign_ups SET state = %(state)s, seats = %(seats)s, line = %(line)s, until_at = %(until_at)s,
        code = COALESCE(%(code)s, code), code_mark = COALESCE(%(mark)s, code_mark),
        lang = COALESCE(%(lang)s, lang), changed_at = %(now)s, sealed =
        CASE WHEN %(state)s = 'withdrawn' THEN NULL ELSE COALESCE(%(sealed)s, sealed) END WHERE id = %(id)s""",
    "new": """INSERT INTO sign_ups
        (id, group_id, state, seats, line, until_at, form_key, code, code_mark, lang, sealed, made_at, changed_at)
        VALUES (%(id)s, %(group_id)s, %(state)s, %(seats)s, %(line)s, %(until_at)s, %(form_key)s, %(code)s, %(mark)s,
        COALESCE(%(lang)s, ''), %(sealed)s, %(now)s, %(now)s)""",
    "mails": """INSERT INTO outbox (id, letter, kommun, lang, sealed, once, tries, next_try_at, made_at)
        VALUES (%(id)s, %(letter)s, %(kommun)s, %(lang)s, %(sealed)s, %(once)s, 0, %(now)s, %(now)s)
        ON CONFLICT DO NOTHING""",
    "codes": "INSERT INTO mailed_codes (code, sign_up_id, mark) VALUES (%(code)s, %(id)s, %(mark)s)",
    "ways": "INSERT INTO sign_up_ways (way, sign_up_id) VALUES (%(way)s, %(id)s) ON CONFLICT DO NOTHING",
    "told": "DELETE FROM alerts WHERE group_id = %(group_id)s AND email = %(id)s",
}


def _write_in_turn(connection: Connection, group_id: str, version: int, now: int, rows: Rows) -> bool:
    always: Row = {"group_id": group_id, "version": version, "now": now}
    if run(connection, _BUMP, always).rowcount == 0:
        return False
    for name, statement in _STATEMENTS.items():
        for row in getattr(rows, name):
            run(connection, statement, always | (row if isinstance(row, dict) else {"id": row}))
    return True
