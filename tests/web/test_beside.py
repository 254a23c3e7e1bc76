"""Work beside the requests: done once for all who ask meanwhile, and again for who asks during it."""

import logging
from threading import Event, Thread

import pytest

from portal.store.database import DatabaseIsDown
from portal.web.beside import Beside


def test_who_asks_while_it_is_done_has_it_done_again_once() -> None:
    begun, go_on, done = Event(), Event(), list[int]()

    def work() -> None:
        begun.set()
        assert go_on.wait(10)
        done.append(1)

    beside = Beside(work)
    assert not beside.ask(0)
    assert begun.wait(10)
    waiting = [Thread(target=beside.ask, args=(10,)) for _ in range(5)]
    for one in waiting:
        one.start()
    assert not beside.ask(0)
    go_on.set()
    assert beside.ask(10)
    for one in waiting:
        one.join()
    assert 2 <= len(done) <= 3


def test_what_goes_wrong_is_logged_without_its_message_and_the_next_is_done(caplog: pytest.LogCaptureFixture) -> None:
    errors: list[Exception] = [ValueError("hemligt"), DatabaseIsDown("the database is away")]

    def work() -> None:
        if errors:
            raise errors.pop()

    beside = Beside(work)
    with caplog.at_level(logging.ERROR):
        assert all(beside.ask(10) for _ in range(3))
    assert "the database is away" in caplog.text
    assert "ValueError" in caplog.text
    assert "hemligt" not in caplog.text
