"""Applications in the database: each answer sealed on its own, found by the keyed hash of a code."""

import json
import logging
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from secrets import randbelow
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from portal.domain.applications.forms import Form, form_of, to_texts
from portal.domain.applications.states import ALIVE, ENDED, Application, Identification, State
from portal.domain.references import REFERENCES, reference_of
from portal.store.applications import tables as t
from portal.store.sealing import Seal, open_seal
from portal.store.storage import Storage

LOG = logging.getLogger("portal.errors")

CODE, IDENTIFIED, CASE_NUMBER = "portal.code", "portal.identified", "portal.case_number"
"""What is sealed beside the answers: no answer has such a name."""

_OWN = (CODE, IDENTIFIED, CASE_NUMBER)
_PURPOSE = "application code"
_COLUMNS = tuple(field.name for field in fields(Application))


@dataclass(frozen=True, slots=True)
class Stored:
    """An application as it is stored, with what opens it."""

    application: Application
    seal: Seal


def code_hashes(storage: Storage, code: str) -> tuple[str, ...]:
    """Return what is stored in place of a code, under each key."""
    return storage.vault.digests(_PURPOSE, code)


def form_hashes(storage: Storage, kommun: str, form_key: str) -> tuple[str, ...]:
    """Return what is stored in place of a form's key, under each key."""
    return storage.vault.digests("application form", f"{kommun} {form_key}")


def add_draft(storage: Storage, connection: Connection, draft: Application, code: str, form_hash: str) -> bool:
    """Remember a new draft that a code opens; return False when that form has one already."""
    seal = Seal.new(draft.id)
    recovery_sealed, recovery_id = seal.for_recovery(storage)
    row = {name: getattr(draft, name) for name in _COLUMNS} | {
        "code": code_hashes(storage, code)[0],
        "form_key": form_hash,
        "sealed_key": seal.for_vault(storage),
        "recovery_sealed": recovery_sealed,
        "recovery_id": recovery_id,
    }
    make = insert_sqlite if connection.dialect.name == "sqlite" else insert_postgresql
    # Two forms with one key at once: the second waits here for the first, and then finds that there is one.
    added = make(t.applications).values(row).on_conflict_do_nothing().returning(t.applications.c.id)
    if connection.execute(added).first() is None:
        return False
    write_own(connection, Stored(draft, seal), CODE, code)
    return True


def find_by_code(storage: Storage, connection: Connection, code: str, *, lock: bool = False) -> Stored | None:
    """Return the application that a code opens; locked, nobody else changes it until the transaction ends.

    A code that was put on an application that is not its own opens nothing: which is its own is sealed in it.
    """
    found = _first(storage, connection, select(t.applications).where(_code_is(storage, code)), lock=lock)
    if found is None or read_own(connection, found, CODE) == code:
        return found
    LOG.error("a code in applications.code was moved: the application is not its own")
    return None


def find_by_form(storage: Storage, connection: Connection, hashes: Collection[str]) -> Stored | None:
    """Return the application that a form became, locked."""
    return _first(storage, connection, select(t.applications).where(t.applications.c.form_key.in_(hashes)), lock=True)


def find_by_id(storage: Storage, connection: Connection, application_id: str, *, lock: bool = True) -> Stored | None:
    """Return an application by its id, locked unless it is only looked at."""
    return _first(storage, connection, select(t.applications).where(t.applications.c.id == application_id), lock=lock)


def find_application(connection: Connection, application_id: str) -> Application | None:
    """Return an application without opening it: also one whose keys are lost."""
    row = connection.execute(select(t.applications).where(t.applications.c.id == application_id)).mappings().first()
    return None if row is None else _application(row)


def lock_application(connection: Connection, application_id: str) -> Application | None:
    """Return the same, and nobody else changes it until the transaction ends."""
    chosen = select(t.applications).where(t.applications.c.id == application_id).with_for_update()
    row = connection.execute(chosen).mappings().first()
    return None if row is None else _application(row)


def save(connection: Connection, application: Application) -> None:
    """Remember the states and times of an application."""
    values = {name: getattr(application, name) for name in _COLUMNS if name != "id"}
    connection.execute(update(t.applications).where(t.applications.c.id == application.id).values(values))


def read_form(connection: Connection, stored: Stored) -> Form:
    """Return what is answered."""
    table = t.fields.c
    chosen = select(t.fields).where(table.application_id == stored.application.id, table.name.not_in(_OWN))
    rows = connection.execute(chosen.order_by(table.name)).all()
    return form_of({row.name: stored.seal.open(row.name, row.sealed) for row in rows})


def write_form(connection: Connection, stored: Stored, form: Form) -> None:
    """Remember what is answered in place of what was."""
    table = t.fields.c
    application_id = stored.application.id
    connection.execute(delete(t.fields).where(table.application_id == application_id, table.name.not_in(_OWN)))
    rows = [
        {"application_id": application_id, "name": name, "sealed": stored.seal.seal(name, text)}
        for name, text in to_texts(form).items()
    ]
    if rows:
        connection.execute(insert(t.fields), rows)


def read_own(connection: Connection, stored: Stored, name: str) -> str | None:
    """Return what the portal itself has sealed beside the answers, by its name; None where there is nothing."""
    table = t.fields.c
    chosen = select(table.sealed).where(table.application_id == stored.application.id, table.name == name)
    sealed = connection.execute(chosen).scalar()
    return None if sealed is None else stored.seal.open(name, sealed)


def write_own(connection: Connection, stored: Stored, name: str, text: str) -> None:
    """Remember something of the portal's own beside the answers."""
    table = t.fields.c
    application_id = stored.application.id
    connection.execute(delete(t.fields).where(table.application_id == application_id, table.name == name))
    row = {"application_id": application_id, "name": name, "sealed": stored.seal.seal(name, text)}
    connection.execute(insert(t.fields).values(row))


def write_identified(connection: Connection, stored: Stored, found: Identification) -> None:
    """Remember who an electronic identity has said that she is, sealed as her answers are."""
    write_own(connection, stored, IDENTIFIED, json.dumps({**asdict(found), "at": found.at.isoformat()}))


def read_identified(connection: Connection, stored: Stored) -> Identification | None:
    """Return who she has shown that she is; what came before names were kept has a hash for its subject."""
    text = read_own(connection, stored, IDENTIFIED)
    if text is None:
        return None
    if not text.startswith("{"):
        subject, at, level = text.split(" ", 2)
        return Identification(subject, level, datetime.fromisoformat(at))
    kept = json.loads(text)
    return Identification(**{**kept, "at": datetime.fromisoformat(kept["at"])})


# ------------------------------------------------------------------------------------------------- for staff


def list_of_units(
    connection: Connection, kommun: str, units: Collection[str], *, ended: bool = False
) -> tuple[Application, ...]:
    """Return the applications of some units of a kommun that go on, or those that have ended, the oldest first."""
    table = t.applications.c
    states = ENDED if ended else ALIVE
    chosen = select(t.applications).where(table.kommun == kommun, table.unit.in_(units), table.state.in_(states))
    rows = connection.execute(chosen.order_by(table.sent_at, table.id)).mappings()
    return tuple(_application(row) for row in rows)


def list_by_ids(connection: Connection, ids: Collection[str]) -> tuple[Application, ...]:
    """Return applications by their ids, the newest first."""
    chosen = select(t.applications).where(t.applications.c.id.in_(ids)).order_by(t.applications.c.sent_at.desc())
    return tuple(_application(row) for row in connection.execute(chosen).mappings())


def new_reference(connection: Connection) -> str:
    """Return a reference that no application has."""
    while True:
        reference = reference_of(randbelow(REFERENCES))
        if find_id_of_reference(connection, reference) is None:
            return reference


def find_id_of_reference(connection: Connection, reference: str) -> str | None:
    """Return the id of the application with a reference."""
    chosen = select(t.applications.c.id).where(t.applications.c.reference == reference)
    return connection.execute(chosen).scalar()


def references_of(connection: Connection, ids: Collection[str]) -> dict[str, str]:
    """Return the references of sent applications by id; what is deleted has none any more."""
    query = select(t.applications.c.id, t.applications.c.reference).where(t.applications.c.id.in_(sorted(ids)))
    return {row.id: row.reference for row in connection.execute(query) if row.reference is not None}


def count_by_unit(connection: Connection, kommun: str, states: Collection[State]) -> Mapping[str, int]:
    """Return how many applications each unit of a kommun has in some states."""
    table = t.applications.c
    chosen = select(table.unit, func.count().label("number")).where(table.kommun == kommun, table.state.in_(states))
    return {row.unit: row.number for row in connection.execute(chosen.group_by(table.unit))}


def list_places(connection: Connection, states: Collection[State]) -> Mapping[tuple[str, str], int]:
    """Return how many applications are in some states, by kommun and unit."""
    table = t.applications.c
    chosen = select(table.kommun, table.unit, func.count()).where(table.state.in_(states))
    return {
        (kommun, unit): number for kommun, unit, number in connection.execute(chosen.group_by(table.kommun, table.unit))
    }


def _code_is(storage: Storage, code: str) -> Any:
    return t.applications.c.code.in_(code_hashes(storage, code))


def _first(storage: Storage, connection: Connection, chosen: Select[Any], *, lock: bool) -> Stored | None:
    row = connection.execute(chosen.with_for_update() if lock else chosen).mappings().first()
    if row is None:
        return None
    return Stored(_application(row), open_seal(storage, row["id"], row["sealed_key"]))


def _application(row: RowMapping) -> Application:
    values = {name: row[name] for name in _COLUMNS}
    return Application(**{**values, "state": State(row["state"])})
