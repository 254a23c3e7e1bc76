"""For how long a database is waited for: time-outs that nest, so that whoever waits is told in time."""

from dataclasses import dataclass
from typing import Any

CONNECTIONS = 10
"""Of one process, to read and to write each: more would only queue in the database instead of here."""


@dataclass(frozen=True, slots=True)
class Patience:
    """For how many seconds the database is waited for. Each is shorter than what it is a part of.

    `pool` is the wait for one of the process' connections, `turn` for the turn to write to an SQLite file, `busy` for
    another program that has such a file, `statement` for an answer, `deed` for all of a transaction.
    """

    pool: float
    turn: float
    busy: float
    connect: int
    statement: float
    deed: float

    @property
    def pool_options(self) -> dict[str, Any]:
        """Return what SQLAlchemy is told of the connections of a process."""
        return {"pool_size": CONNECTIONS, "max_overflow": 0, "pool_timeout": self.pool}


OF_A_REQUEST = Patience(pool=3, turn=3, busy=2, connect=2, statement=3, deed=5)
"""Somebody looks at her phone: within ten seconds she is told, and what needs no database never waits."""

OF_A_COMMAND = Patience(pool=30, turn=60, busy=30, connect=10, statement=1800, deed=7200)
"""A backup, a restore or a new shape of the tables takes its time."""
