"""Jobs all day: several senders send each mail once, what fails is told, and a stop ends what was begun."""

from collections import Counter
from itertools import count
from pathlib import Path
from threading import Event, Thread

import pytest

from portal.actions.clockwork import Work
from portal.actions.duty import Duty
from portal.domain.catalogue.whole import Catalogue
from portal.domain.sentences import Sentence
from portal.store.crypto import Vault
from portal.store.job_turns import list_ends
from portal.store.people.outbox import count_unsent
from portal.store.storage import Storage
from tests.actions.people.test_mail import placed, write
from tests.actions.test_clockwork import WRITTEN, voice
from tests.made_up_groups import NOW
from tests.post_office import PostOffice, opened
from tests.store.test_patience import copied
from tests.store.test_turns import locked

LONG = 30.0
"""Seconds; nothing here waits so long unless it has gone wrong."""


class Watch:
    """Hears what is said, and stops the jobs at a word."""

    def __init__(self, work: Work, until: str) -> None:
        self.said = list[str]()
        self.until = until
        self.heard = Event()
        self.duty = Duty(lambda: work, lambda: NOW, count().__next__, self.hear, every=LONG, soon=0.001, later=0.001)

    def hear(self, line: str) -> None:
        """Hear a line."""
        self.said.append(line)
        if self.until in line:
            self.heard.set()

    def serve(self, senders: int) -> None:
        """Serve until the word is heard."""
        thread = Thread(target=self.duty.serve, args=(senders,))
        thread.start()
        assert self.heard.wait(LONG), self.said
        self.duty.stopped.set()
        thread.join(LONG)
        assert not thread.is_alive()


def test_several_senders_send_each_mail_once(storage: Storage, catalogue: Catalogue) -> None:
    write(storage, *(placed(str(who), once=f"mail {who}") for who in range(30)))
    with opened(PostOffice()) as office:
        watch = Watch(Work(storage, catalogue, voice, office.post), "mails_sent")
        while count_unsent(storage):
            watch.heard.clear()
            watch.duty.stopped.clear()
            watch.serve(3)
        sent = Counter(str(message["Message-ID"]) for message in office.received)
    assert (len(sent), set(sent.values())) == (30, {1})
    assert all(not line.endswith(": 0") for line in watch.said)
    assert next(end for end in list_ends(storage) if end.kind == "groups").ended_at == NOW


def test_a_sender_that_fails_is_told_and_goes_on(
    storage: Storage, catalogue: Catalogue, caplog: pytest.LogCaptureFixture
) -> None:
    def dumb(lang: str, said: Sentence) -> str:
        raise LookupError(WRITTEN)

    write(storage, placed("anna"))
    with opened(PostOffice()) as office:
        Watch(Work(storage, catalogue, dumb, office.post), "mails_failed").serve(1)
    assert WRITTEN not in caplog.text
    assert next(end for end in list_ends(storage) if end.kind == "mails").failures >= 1


def test_without_a_server_of_mail_the_rest_is_done(storage: Storage, catalogue: Catalogue) -> None:
    Watch(Work(storage, catalogue, voice), "days_counted").serve(1)


def test_a_database_that_is_down_is_told_and_ends_nothing(
    sqlite_file: Path, tmp_path: Path, catalogue: Catalogue, caplog: pytest.LogCaptureFixture
) -> None:
    database = copied(sqlite_file, tmp_path)
    storage = Storage(database, Vault(["a" * 43 + "="]))
    with opened(PostOffice()) as office:
        watch = Watch(Work(storage, catalogue, voice, office.post), "days_counted")
        watch.duty.stopped.set()
        with locked(str(database.url.database)):
            assert watch.duty._send() == watch.duty.later
            watch.duty._round()
        assert "in the jobs of mails" in caplog.text
    database.close()
