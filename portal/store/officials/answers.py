"""What officers of a kommun answer to SKR's survey, in the database."""

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from portal.domain.officials.survey import Answer
from portal.store.columns import place_in
from portal.store.crypto import Vault
from portal.store.officials import tables as t

_LOCK = 2021
"""Of PostgreSQL's advisory locks: the first of two numbers, the second says which kommun."""


def read_answers(connection: Connection, vault: Vault, kommun: str) -> dict[str, Answer]:
    """Return every answer of a kommun by row id, with its note; raise Unreadable where the note's key is missing."""
    rows = connection.execute(select(t.survey_answers).where(t.survey_answers.c.kommun == kommun))
    return {
        one.row: Answer(
            one.status,
            one.explanation,
            "" if one.sealed is None else str(vault.open_at(_place(kommun, one.row), one.sealed)),
            one.basis,
            one.answered_on,
        )
        for one in rows
    }


def read_public_answers(connection: Connection, kommun: str) -> dict[str, Answer]:
    """Return the same without notes, which are for the staff alone."""
    table = t.survey_answers.c
    query = select(table.row, table.status, table.explanation, table.basis, table.answered_on)
    return {
        one.row: Answer(one.status, one.explanation, "", one.basis, one.answered_on)
        for one in connection.execute(query.where(table.kommun == kommun))
    }


def save_answer(connection: Connection, vault: Vault, kommun: str, row: str, answer: Answer) -> None:
    """Remember an answer in place of the one before."""
    values = {
        "status": answer.status,
        "explanation": answer.explanation,
        "sealed": vault.seal_at(_place(kommun, row), answer.note) if answer.note else None,
        "basis": answer.basis,
        "answered_on": answer.answered_on,
    }
    make = insert_sqlite if connection.dialect.name == "sqlite" else insert_postgresql
    added = make(t.survey_answers).values(kommun=kommun, row=row, **values)
    connection.execute(added.on_conflict_do_update(index_elements=["kommun", "row"], set_=values))


def forget_answer(connection: Connection, kommun: str, row: str) -> None:
    """Let what the catalogue says stand again."""
    table = t.survey_answers.c
    connection.execute(delete(t.survey_answers).where(table.kommun == kommun, table.row == row))


def lock(connection: Connection, kommun: str) -> None:
    """Let nobody else change the answers of a kommun until the transaction ends, also where there is none yet."""
    if connection.dialect.name != "sqlite":  # there a transaction that writes has the file to itself
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK, func.hashtext(kommun))))


def _place(kommun: str, row: str) -> str:
    return place_in(t.survey_answers.c.sealed, kommun, row)
