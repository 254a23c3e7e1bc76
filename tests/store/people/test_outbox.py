"""Mails that wait: sealed, each for one sender at a time, with waits that grow."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.domain.people.letters import Letter, Mail
from portal.store.people import tables as m
from portal.store.people.outbox import CLAIM, WAITS, claim_next, count_unsent, forget_old, mark_sent, post, put_off
from portal.store.storage import Storage
from tests.made_up_groups import NOW


def mail(who: int = 1, once: str | None = None) -> Mail:
    """Return a mail to somebody made up."""
    return Mail(Letter.MESSAGE, f"exempel{who}@example.se", "ti", "solbacka", {"words": "Hej"}, once)


def write(storage: Storage, *mails: Mail) -> int:
    """Write mails, and return how many were new."""
    with storage.database.transaction() as connection:
        return post(connection, storage.vault, mails, NOW)


def test_a_mail_is_claimed_whole_by_one_sender_at_a_time(storage: Storage) -> None:
    assert write(storage, mail()) == 1
    claimed = claim_next(storage, NOW)
    assert claimed is not None
    assert (claimed.mail, claimed.tries) == (mail(), 1)
    assert claim_next(storage, NOW) is None
    again = claim_next(storage, NOW + CLAIM)
    assert again is not None
    assert (again.id, again.tries) == (claimed.id, 2)


def test_many_senders_at_once_send_each_mail_once(storage: Storage) -> None:
    write(storage, *(mail(who) for who in range(20)))

    def sender(_: int) -> list[str]:
        found = []
        while (claimed := claim_next(storage, NOW)) is not None:
            found.append(claimed.mail.to)
            mark_sent(storage, claimed.id, NOW)
        return found

    with ThreadPoolExecutor(6) as senders:
        sent = sum(senders.map(sender, range(6)), [])
    assert sorted(sent) == sorted(mail(who).to for who in range(20))
    assert count_unsent(storage) == 0


def test_nobody_is_told_twice_what_is_told_once(storage: Storage) -> None:
    assert write(storage, mail(once="reminder"), mail(once="reminder")) == 1
    claimed = claim_next(storage, NOW)
    assert claimed is not None
    mark_sent(storage, claimed.id, NOW)
    assert write(storage, mail(once="reminder")) == 0
    assert write(storage, mail(), mail()) == 2


def test_a_sent_mail_keeps_nothing_of_what_it_said(storage: Storage) -> None:
    write(storage, mail())
    claimed = claim_next(storage, NOW)
    assert claimed is not None
    mark_sent(storage, claimed.id, NOW)
    with storage.database.reading() as connection:
        row = connection.execute(select(m.outbox)).one()
    assert (row.sealed, row.next_try_at, row.sent_at) == (None, None, NOW)


def test_waits_grow_from_try_to_try() -> None:
    assert list(WAITS) == sorted(WAITS)
    assert WAITS[0] == 1


@pytest.mark.parametrize(("tries", "minutes"), [(1, 1), (2, 5), (3, 15), (7, 1440), (30, 1440)])
def test_a_mail_that_failed_waits_exactly_so_long(storage: Storage, tries: int, minutes: int) -> None:
    write(storage, mail())
    claimed = claim_next(storage, NOW)
    assert claimed is not None
    put_off(storage, type(claimed)(claimed.id, claimed.mail, tries), NOW)
    wait = timedelta(minutes=minutes)
    assert claim_next(storage, NOW + wait - timedelta(seconds=1)) is None
    assert claim_next(storage, NOW + wait) is not None


def test_what_is_old_is_forgotten_sent_or_not(storage: Storage) -> None:
    write(storage, mail(1), mail(2))
    with storage.database.transaction() as connection:
        assert forget_old(connection, NOW) == 0
        assert forget_old(connection, NOW + timedelta(seconds=1)) == 2
