"""Server processes that sign people up, for tests that count and kill them. They import little, to start fast."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from multiprocessing.connection import Connection
from random import Random

from portal.actions.groups.places import withdraw
from portal.actions.groups.signing_up import sign_up
from portal.domain.refusals import GroupIsFull, Refusal
from portal.store.storage import Storage, open_storage
from tests.domain.made_up import NOW, request

PROCESSES = get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.store.groups.clients"])


def try_to_sign_up(storage: Storage, group_id: str, who: object) -> str:
    """Return what somebody got."""
    try:
        return str(sign_up(storage, group_id, request(who), NOW).state)
    except GroupIsFull:
        return "full"


def sign_up_all(database_url: str, key: str, group_id: str, numbers: range, pipe: Connection) -> None:
    """Sign up for each number, in several threads; send how many got what."""
    storage = open_storage(database_url, [key])
    with ThreadPoolExecutor(10) as threads:
        pipe.send(Counter(threads.map(lambda who: try_to_sign_up(storage, group_id, who), numbers)))
    storage.close()


def sign_up_until_killed(database_url: str, key: str, group_ids: list[str], number: int, pipe: Connection) -> None:
    """Sign up without end, and say each time what is durable."""
    storage = open_storage(database_url, [key])
    random = Random(number)  # noqa: S311 - which group comes next is no secret
    for turn in range(100_000):
        group_id, who = random.choice(group_ids), f"{number}-{turn}"
        pipe.send(("asks", group_id, who, ""))
        try:
            receipt = sign_up(storage, group_id, request(who), NOW)
            pipe.send(("has", group_id, who, receipt.code))
            if random.random() < 0.3:
                withdraw(storage, receipt.code, NOW)
                pipe.send(("left", group_id, who, receipt.code))
        except Refusal:
            continue
