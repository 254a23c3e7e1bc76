"""The jobs together: one run of a kind at a time, and a slow server of mail holds nothing but mails."""

from collections.abc import Iterator
from itertools import count

import pytest

from portal.actions.clockwork import LONGEST, Work, run_all
from portal.actions.people.mail import Sent, send_outbox
from portal.domain.catalogue.whole import Catalogue
from portal.domain.sentences import Sentence, in_swedish
from portal.store.job_turns import list_ends, turn_of
from portal.store.people.outbox import count_unsent
from portal.store.storage import Storage
from tests.actions.people.test_mail import placed, write
from tests.made_up_groups import NOW
from tests.post_office import PostOffice, opened

WRITTEN = "anna@example.se"


def voice(lang: str, said: Sentence) -> str:
    """Say a sentence in Swedish."""
    return in_swedish(said)


def run(work: Work, ticks: Iterator[float]) -> list[str]:
    """Run everything, by a clock of seconds that goes as it is told."""
    return list(run_all(work, NOW, lambda: next(ticks)))


def test_a_run_says_counts_and_leaves_a_kind_to_the_run_that_is_at_it(storage: Storage, catalogue: Catalogue) -> None:
    work = Work(storage, catalogue, voice)
    lines = run(work, count(0.0, 0.0))
    assert all(line.split(": ")[1].isdigit() for line in lines)
    with turn_of(storage, "mails", NOW):
        assert run(work, count(0.0, 0.0))[-1] == "mails_left_to_another_run: 1"
    assert run(work, count(0.0, 0.0))[-1].startswith("mails_put_off")


def test_mails_to_a_slow_server_end_with_the_time_of_the_run_and_come_last(
    storage: Storage, catalogue: Catalogue
) -> None:
    write(storage, *(placed(who, once=f"mail {who}") for who in range(5)))
    with opened(PostOffice()) as office:
        lines = run(Work(storage, catalogue, voice, office.post), count(0.0, LONGEST / 2))
        assert lines[-3:] == ["mails_sent: 2", "mails_refused: 0", "mails_put_off: 0"]
        assert count_unsent(storage) == 3
        assert send_outbox(storage, office.post, voice, NOW) == Sent(sent=3)


def test_a_kind_that_fails_is_told_without_its_words_and_keeps_no_other_from_being_done(
    storage: Storage, catalogue: Catalogue, caplog: pytest.LogCaptureFixture
) -> None:
    def dumb(lang: str, said: Sentence) -> str:
        raise LookupError(WRITTEN)

    write(storage, placed("anna"))
    with opened(PostOffice()) as office:
        lines = run(Work(storage, catalogue, dumb, office.post), count(0.0, 0.0))
    assert lines[-1] == "mails_failed: 1"
    assert "groups_failed: 1" not in lines
    assert "LookupError in the jobs of mails" in caplog.text
    assert WRITTEN not in caplog.text
    ends = {end.kind: end for end in list_ends(storage)}
    assert (ends["mails"].failures, ends["mails"].ended_at, ends["groups"].ended_at) == (1, None, NOW)
