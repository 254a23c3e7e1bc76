"""Never over capacity, never lost, never doubled: 200 at once, in threads and in processes, also when killed."""

import os
import signal
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection as Pipe
from random import Random
from threading import Barrier

import pytest
from sqlalchemy import Connection, func, select

from portal.actions.groups.places import my_place, withdraw
from portal.actions.groups.signing_up import sign_up
from portal.domain.groups.deciding import Decision
from portal.domain.groups.sign_ups import SignUp, State, differences, settle, taken
from portal.domain.refusals import GroupIsFull, NoSuchGroup
from portal.store.groups import tables as m
from portal.store.groups.lines import RACES, Line, Person, Step, read_line, take_step, write_locked
from portal.store.groups.planning import lock_group
from portal.store.storage import Storage
from tests.conftest import KEY
from tests.made_up_groups import NOW, published, request
from tests.store.groups.clients import PROCESSES, sign_up_all, sign_up_until_killed, try_to_sign_up

CLIENTS, PLACES, WAITING = 200, 30, 20


def counts(storage: Storage, group_id: str) -> dict[str, int]:
    """Return how many sign-ups are in each state, as the rows say."""
    query = select(m.sign_ups.c.state, func.count()).where(m.sign_ups.c.group_id == group_id)
    with storage.database.reading() as connection:
        return {row[0]: row[1] for row in connection.execute(query.group_by(m.sign_ups.c.state))}


def expected() -> Counter[str]:
    """Return what so many clients get together."""
    return Counter({"placed": PLACES, "waiting": WAITING, "full": CLIENTS - PLACES - WAITING})


# -------------------------------------------------------------------------------------------------- many at once


def test_two_hundred_threads_fill_a_group_and_its_line_exactly(storage: Storage) -> None:
    group = published(storage, capacity=PLACES, waiting_capacity=WAITING)
    with ThreadPoolExecutor(CLIENTS) as clients:
        got = Counter(clients.map(lambda who: try_to_sign_up(storage, group.id, who), range(CLIENTS)))
    assert got == expected()
    assert counts(storage, group.id) == {"placed": PLACES, "waiting": WAITING}


def test_two_hundred_clients_of_separate_processes_do_too(storage: Storage, database_url: str) -> None:
    group = published(storage, capacity=PLACES, waiting_capacity=WAITING)
    pipes = []
    for first in range(0, CLIENTS, 50):
        ours, theirs = PROCESSES.Pipe()
        numbers = range(first, first + 50)
        process = PROCESSES.Process(target=sign_up_all, args=(database_url, KEY, group.id, numbers, theirs))
        process.start()
        pipes.append((process, ours))
    got = sum((pipe.recv() for _, pipe in pipes), Counter[str]())
    for process, _ in pipes:
        process.join()
    assert got == expected()
    assert counts(storage, group.id) == {"placed": PLACES, "waiting": WAITING}


def test_the_same_form_from_many_threads_at_once_is_one_sign_up(storage: Storage) -> None:
    group = published(storage)
    with ThreadPoolExecutor(20) as clients:
        receipts = list(clients.map(lambda _: sign_up(storage, group.id, request(), NOW), range(40)))
    assert len([one for one in receipts if one.code is not None]) == 1
    assert {one.state for one in receipts} == {State.PLACED}
    assert counts(storage, group.id) == {"placed": 1}


def test_pairs_among_singles_are_never_split_and_never_over(storage: Storage) -> None:
    group = published(storage, capacity=15, waiting_capacity=0)

    def client(who: int) -> int:
        try:
            return sign_up(storage, group.id, request(who, seats=1 + who % 2), NOW).seats
        except GroupIsFull:
            return 0

    with ThreadPoolExecutor(40) as clients:
        seats = list(clients.map(client, range(40)))
    with storage.database.reading() as connection:
        line = read_line(connection, group.id)
    assert sum(seats) == taken(line.sign_ups) <= 15
    assert sum(seats) >= 14


def test_coming_and_going_at_once_leaks_no_seat(storage: Storage) -> None:
    group = published(storage, capacity=3, waiting_capacity=None)

    def client(who: int) -> None:
        random = Random(who)  # noqa: S311 - which deed comes next is no secret
        receipt = sign_up(storage, group.id, request(who, seats=random.choice((1, 2))), NOW)
        if random.random() < 0.7:
            withdraw(storage, receipt.code, NOW)

    with ThreadPoolExecutor(16) as clients:
        list(clients.map(client, range(48)))
    with storage.database.reading() as connection:
        line = read_line(connection, group.id)
    assert taken(line.sign_ups) <= 3
    # Settled by the last deed already: nothing that is free waits for somebody.
    assert settle(line.terms, line.sign_ups, NOW) == line.sign_ups


def test_a_wrong_way_that_reads_and_writes_apart_is_seen_to_overbook(storage: Storage) -> None:
    # The control: if this one did not overbook, the tests above would prove nothing.
    group = published(storage, capacity=5, waiting_capacity=0)
    together = Barrier(8)

    def wrong(who: int) -> None:
        with storage.database.reading() as connection:
            line = read_line(connection, group.id)
        together.wait()
        new = SignUp(f"wrong{who}", State.PLACED, 1, who, None, f"wrong{who}")
        if taken(line.sign_ups) < line.terms.capacity:
            with storage.database.transaction() as connection:
                lock_group(connection, group.id)
                now_line = read_line(connection, group.id)
                step = Step(Decision((new,), new), Person("sv", None, None))
                write_locked(storage, connection, now_line, step, NOW)

    with ThreadPoolExecutor(8) as clients:
        list(clients.map(wrong, range(8)))
    assert counts(storage, group.id) == {"placed": 8}


# ----------------------------------------------------------------------------------------------------- kill -9


def _said(pipe: Pipe) -> list[tuple[str, str, str, str]]:
    said = []
    try:
        while True:
            said.append(pipe.recv())
    except EOFError:
        return said


def test_a_server_killed_at_any_moment_loses_doubles_and_leaks_nothing(storage: Storage, database_url: str) -> None:
    groups = [published(storage, capacity=12, waiting_capacity=8).id for _ in range(3)]
    random = Random(database_url)  # noqa: S311 - when to kill is no secret
    said: list[tuple[str, str, str, str]] = []
    for round_ in range(4):
        servers = []
        for number in range(2):
            ours, theirs = PROCESSES.Pipe(duplex=False)
            arguments = (database_url, KEY, groups, 10 * round_ + number, theirs)
            process = PROCESSES.Process(target=sign_up_until_killed, args=arguments)
            process.start()
            theirs.close()
            servers.append((process, ours))
        for process, ours in servers:
            said.append(ours.recv())
            for _ in range(random.randrange(2, 40)):
                said.append(ours.recv())
            assert process.pid is not None
            os.kill(process.pid, signal.SIGKILL)
        for process, ours in servers:
            said += _said(ours)
            process.join()

    has = {who: (group_id, code) for kind, group_id, who, code in said if kind == "has"}
    left = {who for kind, _, who, _ in said if kind == "left"}
    assert len(has) > 20
    for who, (group_id, code) in has.items():
        place = my_place(storage, code, NOW)
        assert place.group.id == group_id
        if who in left:
            assert place.sign_up.state is State.WITHDRAWN
        # A form resent after the crash, as a browser does, is one sign-up: none is doubled or told a code.
        assert sign_up(storage, group_id, request(who), NOW).code is None
    for group_id in groups:
        with storage.database.reading() as connection:
            line = read_line(connection, group_id)
            rows = connection.execute(select(m.sign_ups.c.form_key).where(m.sign_ups.c.group_id == group_id)).all()
        assert len(set(rows)) == len(rows)
        assert taken(line.sign_ups) <= 12
        assert settle(line.terms, line.sign_ups, NOW) == line.sign_ups, "a seat leaks"


# ----------------------------------------------------------------------------------------------- a step, in detail


def settled(line: Line, connection: Connection) -> Step:
    """Decide what time alone decides."""
    return Step(Decision(differences(line.sign_ups, settle(line.terms, line.sign_ups, NOW))))


def test_a_step_on_a_group_that_is_not_there_is_refused(storage: Storage) -> None:
    with pytest.raises(NoSuchGroup):
        take_step(storage, "nothing", settled, NOW)


def test_a_step_that_changes_nothing_writes_nothing(storage: Storage) -> None:
    group = published(storage)
    with storage.database.reading() as connection:
        before = read_line(connection, group.id).version
    take_step(storage, group.id, settled, NOW)
    with storage.database.reading() as connection:
        assert read_line(connection, group.id).version == before


def test_a_step_decided_on_an_older_line_is_decided_anew(storage: Storage) -> None:
    group = published(storage, capacity=1)
    seen: list[int] = []

    def decide(line: Line, connection: Connection) -> Step:
        seen.append(len(line.sign_ups))
        if len(seen) <= RACES:  # somebody else is faster, as often as there are races
            sign_up(storage, group.id, request(len(seen)), NOW)
        new = SignUp("slow", State.WAITING, 1, 99, None, "slow")
        return Step(Decision((new,), new))

    take_step(storage, group.id, decide, NOW)
    assert seen == [0, 1, 2, 3]
    assert counts(storage, group.id) == {"placed": 1, "waiting": RACES}


def test_a_locked_step_on_an_older_line_is_an_error_and_not_a_loss(storage: Storage) -> None:
    group = published(storage)
    with storage.database.reading() as connection:
        line = read_line(connection, group.id)
    sign_up(storage, group.id, request(), NOW)
    new = SignUp("slow", State.PLACED, 1, 99, None, "slow")
    step = Step(Decision((new,), new), Person("sv", None))

    def write() -> None:
        with storage.database.transaction() as connection:
            write_locked(storage, connection, line, step, NOW)

    with pytest.raises(RuntimeError):
        write()
