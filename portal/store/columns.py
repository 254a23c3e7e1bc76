"""How values stand in columns, and what every table belongs to.

Only `sealed` columns hold what a person wrote, encrypted; codes are there as keyed hashes.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Column, MetaData, Text, TypeDecorator

from portal.domain.instants import STOCKHOLM

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


_MICROSECOND = timedelta(microseconds=1)


def to_number(instant: datetime) -> int:
    """Return an aware instant as microseconds since 1970; raise TypeError for one without a time zone."""
    return (instant - _EPOCH) // _MICROSECOND


def to_instant(number: int) -> datetime:
    """Return the instant in Swedish time."""
    return (_EPOCH + timedelta(microseconds=number)).astimezone(STOCKHOLM)


class Instant(TypeDecorator[datetime]):
    """An instant as a number: the same in both databases, and always aware."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> int | None:
        """Return the number of an instant."""
        return None if value is None else to_number(value)

    def process_result_value(self, value: int | None, dialect: Any) -> datetime | None:
        """Return the instant of a number."""
        return None if value is None else to_instant(value)


class Words(TypeDecorator[tuple[str, ...]]):
    """A list of ids, none of which has a space."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Any) -> str:
        """Return the ids in one text."""
        return " ".join(value or ())

    def process_result_value(self, value: str | None, dialect: Any) -> tuple[str, ...]:
        """Return the ids."""
        return tuple((value or "").split())


def among(column: str, words: Iterable[str]) -> str:
    """Return the condition that a column holds one of these words."""
    return f"{column} IN ({', '.join(repr(str(word)) for word in words)})"


def place_in(column: Column[Any], *row: str) -> str:
    """Return the name of a place for what is sealed in it: its table, its column, and the key of its row."""
    return "\0".join((f"{column.table.name}.{column.name}", *row))


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
