"""What is done to the region's database from an application host: groups are made, and what was promised is looked for.

at_app.py put                    a group for each kommun
at_app.py check FILE             what residents were told, against what is there; prints what is lost, doubled, too much
"""

import json
import os
import sys
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select

from portal.actions.applications.following import copy_for_print
from portal.actions.groups.places import my_place
from portal.domain.groups.sign_ups import TAKING
from portal.domain.instants import in_sweden
from portal.domain.refusals import Refusal
from portal.store.applications import tables as t
from portal.store.applications.stored import find_by_id, read_form
from portal.store.crypto import Unreadable
from portal.store.groups.details import open_details
from portal.store.groups.tables import groups, sign_ups
from portal.store.storage import Storage, open_storage
from tests.groups import KEY, KOMMUN, MANY, put
from tests.nation.kommuner import names

CAPACITY = 3
"""Of each group: more come than there is room for."""


def put_groups(storage: Storage) -> None:
    """Make a group for each kommun, with little room."""
    own = replace(MANY, capacity=CAPACITY, insats="kurs", contact="kursen")
    put(storage, (replace(MANY if one == KOMMUN else own, id=one, kommun=one, capacity=CAPACITY) for one in names()))


def check(storage: Storage, kept: dict[str, dict[str, str]]) -> dict[str, int]:
    """Return how many are lost, doubled, opened by another's code, and over the capacity of a group."""
    found = Counter(lost=0, doubled=0, closed=0, over=0)
    emails, applicants = _emails(storage), _applicants(storage)
    now = in_sweden(datetime.now(UTC))
    for who, code in kept["sign_ups"].items():
        _count(found, emails[f"{who}@example.se"])
        try:
            found["closed"] += bool(code) and my_place(storage, code, now).details.nickname != who
        except (Refusal, Unreadable):
            found["closed"] += 1
    for who, code in kept["applications"].items():
        _count(found, applicants[who])
        try:
            found["closed"] += bool(code) and not copy_for_print(storage, code, now).files
        except (Refusal, Unreadable):
            found["closed"] += 1
    taken = select(func.sum(sign_ups.c.seats)).where(sign_ups.c.group_id == groups.c.id, sign_ups.c.state.in_(TAKING))
    with storage.database.reading() as connection:
        full = connection.execute(select(groups.c.id, groups.c.capacity, taken.scalar_subquery())).all()
    found["over"] = sum(int(seats or 0) > capacity for _, capacity, seats in full)
    found["placed"] = sum(int(seats or 0) for _, _, seats in full)
    return dict(found)


def _count(found: Counter[str], times: int) -> None:
    found["lost"] += times == 0
    found["doubled"] += times > 1


def _emails(storage: Storage) -> Counter[str]:
    with storage.database.reading() as connection:
        rows = connection.execute(select(sign_ups.c.id, sign_ups.c.sealed).where(sign_ups.c.sealed.is_not(None)))
        return Counter(open_details(storage.vault, row.id, row.sealed).email for row in rows)


def _applicants(storage: Storage) -> Counter[str]:
    found = Counter[str]()
    with storage.database.reading() as connection:
        for one in connection.execute(select(t.applications.c.id).where(t.applications.c.reference.is_not(None))).all():
            stored = find_by_id(storage, connection, one.id, lock=False)
            assert stored is not None
            found[read_form(connection, stored).name] += 1
    return found


def main() -> None:
    """Do what is asked."""
    storage = open_storage(os.environ["PORTAL_DATABASE_URL"], [KEY])
    if sys.argv[1] == "put":
        put_groups(storage)
    else:
        print(json.dumps(check(storage, json.loads(Path(sys.argv[2]).read_text()))))
    storage.close()


if __name__ == "__main__":
    main()
