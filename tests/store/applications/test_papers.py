"""Papers in their line: the first who asked comes first, and what changed meanwhile waits again."""

from datetime import timedelta

from portal.domain.applications.rules import ApplicationRules
from portal.store.applications.papers import (
    State,
    drop_paper,
    find_paper,
    find_part,
    first_in_line,
    forget_papers,
    keep_paper,
    keep_part,
    order_paper,
)
from portal.store.applications.stored import find_by_id
from portal.store.storage import Storage
from tests.made_up_applicants import NOW, id_of, sent


def test_a_line_of_papers(storage: Storage, rules: ApplicationRules) -> None:
    one, two = (id_of(storage, rules, sent(storage, rules, who)) for who in "ab")
    with storage.database.transaction() as connection:
        order_paper(connection, two, "mark", NOW)
        order_paper(connection, one, "mark", NOW + timedelta(seconds=1))
        assert first_in_line(connection) == two
        stored = find_by_id(storage, connection, two)
        assert stored is not None
        keep_paper(connection, stored, "older", 8)
        assert not keep_part(connection, stored, "older", 0, b"%PDF old")
        assert find_paper(connection, two, "mark") == (State.WAITING, 0)
        for half in (b"what a killed run left", b"%P"):
            assert keep_part(connection, stored, "mark", 0, half)
        assert keep_part(connection, stored, "mark", 1, b"DF")
        assert find_part(connection, stored, "mark", 0) is None
        keep_paper(connection, stored, "mark", 4)
        assert find_paper(connection, two, "mark") == (State.READY, 4)
        assert [find_part(connection, stored, "mark", number) for number in range(3)] == [b"%P", b"DF", None]
        assert find_paper(connection, two, "newer") is None
        assert find_part(connection, stored, "newer", 0) is None
        assert first_in_line(connection) == one
        drop_paper(connection, one)
        assert first_in_line(connection) is None
        assert forget_papers(connection, NOW) == 0
        assert forget_papers(connection, NOW + timedelta(seconds=1)) == 1
