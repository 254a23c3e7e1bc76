"""One statement of PostgreSQL that writes a whole step, or nothing when the group has changed since it was read.

A step in several statements holds the group's row through as many round trips; here it is held within the server only.
Under READ COMMITTED the UPDATE of the group waits for whoever is before it and then looks at the newest version again,
so of two steps decided on the same version exactly one is written.
"""

import json
from functools import cache
from typing import Any

from sqlalchemy import Connection

_ROW = "id text, state text, seats int, line int, until_at bigint, form_key text, code text, lang text, sealed text"
_MAIL = "id text, letter text, kommun text, lang text, sealed text, once text"

_PARTS = {
    "gone": "DELETE FROM sign_ups USING seen WHERE sign_ups.id = ANY(%(gone)s)",
    "moved": f"""UPDATE sign_ups SET state = r.state, seats = r.seats, line = r.line, until_at = r.until_at,
        code = COALESCE(r.code, sign_ups.code), lang = COALESCE(r.lang, sign_ups.lang), changed_at = %(now)s,
        sealed = CASE WHEN r.state = 'withdrawn' THEN NULL ELSE COALESCE(r.sealed, sign_ups.sealed) END
        FROM seen, json_to_recordset(%(moved)s::json) AS r({_ROW}) WHERE sign_ups.id = r.id""",  # noqa: S608 - made of constants
    "new": f"""INSERT INTO sign_ups
        (id, group_id, state, seats, line, until_at, form_key, code, lang, sealed, made_at, changed_at)
        SELECT r.id, seen.id, r.state, r.seats, r.line, r.until_at, r.form_key, r.code, COALESCE(r.lang, ''), r.sealed,
        %(now)s, %(now)s FROM seen, json_to_recordset(%(new)s::json) AS r({_ROW})""",  # noqa: S608 - made of constants
    "mails": f"""INSERT INTO outbox (id, letter, kommun, lang, sealed, once, tries, next_try_at, made_at)
        SELECT r.id, r.letter, r.kommun, r.lang, r.sealed, r.once, 0, %(now)s, %(now)s
        FROM seen, json_to_recordset(%(mails)s::json) AS r({_MAIL})
        ON CONFLICT DO NOTHING""",  # noqa: S608 - made of constants
    "codes": """INSERT INTO mailed_codes (code, sign_up_id)
        SELECT r.code, r.id FROM seen, json_to_recordset(%(codes)s::json) AS r(code text, id text)""",
    "told": "DELETE FROM alerts USING seen WHERE alerts.group_id = seen.id AND alerts.email = ANY(%(told)s)",
}


def write_at_once(
    connection: Connection, group_id: str, version: int, now: int, parts: dict[str, list[dict[str, Any]] | list[str]]
) -> bool:
    """Write the rows of a step; return whether the group still had that version. `now` is in microseconds."""
    given = {name: rows for name, rows in parts.items() if rows}
    values: dict[str, Any] = {
        name: rows if name in ("gone", "told") else json.dumps(rows) for name, rows in given.items()
    }
    values |= {"group_id": group_id, "version": version, "now": now}
    return bool(connection.exec_driver_sql(_statement(tuple(sorted(given))), values).scalar_one())


@cache
def _statement(names: tuple[str, ...]) -> str:
    seen = "UPDATE groups SET version = version + 1 WHERE id = %(group_id)s AND version = %(version)s RETURNING id"
    parts = ", ".join(f"{name} AS ({_PARTS[name]})" for name in names)
    return f"WITH seen AS ({seen}), {parts} SELECT count(*) FROM seen"  # noqa: S608 - made of constants
