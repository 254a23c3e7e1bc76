"""Finding an application by name or number, and by nothing else (2001:637 15 §): keyed hashes, never the words.

The hashes are of one kommun and one door: the same name elsewhere has another hash, and no search goes past them.
Who has the database alone can see that two applications have a word of a name in common, but not which word.
"""

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, delete, func, insert, select, update

from portal.domain.applications.forms import Form
from portal.domain.applications.states import Application
from portal.domain.folding import folded, names_in, spellings_of
from portal.store.applications import tables as t
from portal.store.storage import Storage

NAME, NUMBER, CASE = "name", "number", "case"
MOST_WORDS = 24
"""Of one name, whole words and joined ones."""

COMPARED = 1
"""The version of how names and numbers are compared. A change of it makes every older index anew (`reindex`)."""


def words_of(name: str) -> tuple[str, ...]:
    """Return the words that a name is found by, as they are compared (portal/domain/folding.py)."""
    return names_in(name)[:MOST_WORDS]


def write_index(
    storage: Storage, connection: Connection, application: Application, form: Form, case: str | None
) -> None:
    """Remember by what an application can be found, in place of what was."""
    connection.execute(delete(t.index).where(t.index.c.application_id == application.id))
    what = [(NAME, word) for name in form.names for word in words_of(name)]
    what += [(NUMBER, number) for number in form.numbers]
    what += [(CASE, case_of(case))] if case else []
    kommun, door = application.kommun, application.door
    rows = [
        {"application_id": application.id, "what": kind, "hash": _hashes(storage, kommun, door, kind, text)[0]}
        for kind, text in dict.fromkeys(what)
    ]
    if rows:
        connection.execute(insert(t.index), rows)
    mine = t.applications.c.id == application.id
    connection.execute(update(t.applications).where(mine).values(compared=COMPARED))


def case_of(typed: str) -> str:
    """Return the number of a case as it is compared."""
    return folded(typed).replace(" ", "")


def find_by_name(storage: Storage, connection: Connection, kommun: str, door: str, name: str) -> frozenset[str]:
    """Return the ids of the applications with a name that has every word of this one, however each is written."""
    found: frozenset[str] = frozenset()
    for words in _ways_to_write(name):
        found |= find_ids(storage, connection, kommun, door, NAME, words)
    return found


def _ways_to_write(name: str) -> Iterator[tuple[str, ...]]:
    """Yield the words of a name with its broken words apart, then as one, then with each two neighbours as one."""
    spelt = spellings_of(name)[:MOST_WORDS]
    apart = tuple(word for ways in spelt for word in ways[0])
    yield from dict.fromkeys((apart, tuple(word for ways in spelt for word in ways[-1])))
    for place in range(len(apart) - 1):
        yield (*apart[:place], apart[place] + apart[place + 1], *apart[place + 2 :])


def find_ids(
    storage: Storage, connection: Connection, kommun: str, door: str, what: str, texts: Iterable[str]
) -> frozenset[str]:
    """Return the ids of the applications that have all of these texts; none for no text."""
    found: frozenset[str] | None = None
    for text in texts:
        hashes = _hashes(storage, kommun, door, what, text)
        chosen = select(t.index.c.application_id).where(t.index.c.what == what, t.index.c.hash.in_(hashes))
        ids = frozenset(connection.execute(chosen).scalars())
        found = ids if found is None else found & ids
    return found or frozenset()


def count_entries(connection: Connection, application_id: str) -> int:
    """Return by how many hashes an application can be found."""
    chosen = select(func.count()).select_from(t.index).where(t.index.c.application_id == application_id)
    return int(connection.execute(chosen).scalar_one())


def _hashes(storage: Storage, kommun: str, door: str, what: str, text: str) -> tuple[str, ...]:
    return storage.vault.digests(f"application {what}", f"{kommun} {door} {text}")
