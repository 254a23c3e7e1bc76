"""Server processes that take applications, for tests that kill them and fill their disk. They read no file of data."""

import resource
from datetime import datetime, timedelta
from multiprocessing import get_context
from multiprocessing.connection import Connection

from portal.actions.applications.drafts import begin_application, save_draft, send, send_at_once
from portal.domain.refusals import ApplicationIsSent
from portal.store.database import DatabaseIsDown
from portal.store.storage import Storage, open_storage
from tests.domain.applications.made_up import form, kind, rules
from tests.domain.made_up import NOW

PROCESSES = get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.actions.applications.senders"])

KIND = kind(consent="none")
RULES = rules(KIND)


def at(who: str) -> datetime:
    """Return when somebody sends: ten minutes after the one before, so that they are no flood."""
    return NOW + timedelta(minutes=10 * int(who.rpartition("-")[2]))


def send_one(storage: Storage, who: str) -> tuple[str, str]:
    """Send somebody's application, half of them by way of a draft; return its reference and its code."""
    one = form(name=f"Exempel {who}", wants="Hjälp. " * 400)
    if who.endswith(("0", "2", "4", "6", "8")):
        try:
            code = begin_application(storage, "lillby", KIND, who, "sv", at(who)).code
            save_draft(storage, code, one, at(who))
        except ApplicationIsSent:  # a form that is sent again
            return receipt_again(storage, who)
        receipt = send(storage, RULES, code, at(who))
    else:
        receipt = send_at_once(storage, RULES, "lillby", KIND, who, one, "sv", at(who))
    return receipt.reference, receipt.code


def receipt_again(storage: Storage, who: str) -> tuple[str, str]:
    """Return the reference and the code of what a form has become."""
    receipt = send_at_once(storage, RULES, "lillby", KIND, who, form(), "sv", at(who))
    return receipt.reference, receipt.code


def send_until_killed(database_url: str, key: str, number: int, pipe: Connection) -> None:
    """Send without end, and say each time what is durable."""
    storage = open_storage(database_url, [key])
    for turn in range(100_000):
        who = f"{number}-{turn}"
        pipe.send((who, *send_one(storage, who)))


def send_until_full(database_url: str, key: str, size: int, pipe: Connection) -> None:
    """Send until no file can grow past a size; say what was sent, then None, then what the refusal was."""
    storage = open_storage(database_url, [key])
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    for turn in range(100_000):
        who = f"full-{turn}"
        try:
            pipe.send((who, *send_one(storage, who)))
        except DatabaseIsDown as down:
            pipe.send((who, "", str(down)))
            return
