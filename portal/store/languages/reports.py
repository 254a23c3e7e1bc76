"""Reports of wrong translations, counted by text, language and fault."""

from datetime import date
from hashlib import sha256

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from portal.domain.languages.reports import MOST, Report, Reported
from portal.store.languages.tables import translation_reports as table
from portal.store.storage import Storage


def add_report(storage: Storage, report: Report, reported_on: date) -> None:
    """Count a report."""
    row = {
        "language": report.language,
        "domain": report.domain,
        "mark": _mark(report.text),
        "fault": report.fault,
        "text": report.text,
        "number": 1,
        "first_on": reported_on,
        "last_on": reported_on,
    }
    make = insert_sqlite if storage.database.is_sqlite else insert_postgresql
    again = {"number": table.c.number + 1, "last_on": reported_on}
    statement = make(table).values(row)
    keys = [table.c.language, table.c.domain, table.c.mark, table.c.fault]
    with storage.database.transaction() as connection:
        connection.execute(
            statement.on_conflict_do_update(index_elements=keys, set_=again, where=table.c.number < MOST)
        )


def list_reports(storage: Storage, domains: tuple[str, ...] = ()) -> tuple[Reported, ...]:
    """Return the reports of some domains, or of all, the most reported first."""
    columns = (
        table.c.language,
        table.c.domain,
        table.c.text,
        table.c.fault,
        table.c.number,
        table.c.first_on,
        table.c.last_on,
    )
    query = select(*columns).order_by(table.c.number.desc(), table.c.last_on.desc(), table.c.language, table.c.text)
    if domains:
        query = query.where(table.c.domain.in_(domains))
    with storage.database.reading() as connection:
        return tuple(Reported(Report(*row[:4]), *row[4:]) for row in connection.execute(query))


def remove_reports(storage: Storage, language: str, domain: str, text: str) -> int:
    """Forget the reports of a text that has been mended; return how many there were."""
    wanted = (table.c.language == language) & (table.c.domain == domain) & (table.c.mark == _mark(text))
    with storage.database.transaction() as connection:
        known = connection.execute(select(func.coalesce(func.sum(table.c.number), 0)).where(wanted)).scalar_one()
        connection.execute(delete(table).where(wanted))
        return int(known)


def _mark(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:32]
