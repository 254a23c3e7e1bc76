"""What runs by the clock: once is as twice, and two at once is as one."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import update

from portal.actions.groups import leading
from portal.actions.groups.jobs import Done, run_jobs
from portal.actions.groups.places import my_place
from portal.actions.groups.signing_up import Receipt, alert_me, hold, sign_up
from portal.actions.people.mail import send_outbox
from portal.domain.groups.deciding import HOLD
from portal.domain.groups.details import Details
from portal.domain.groups.sign_ups import State
from portal.domain.people.letters import Letter
from portal.domain.sentences import Sentence, in_swedish
from portal.store.groups import tables as m
from portal.store.storage import Storage
from tests.made_up_groups import FIRST, LEADER, NOW, published, request
from tests.post_office import PostOffice, opened
from tests.written import letters, mails

DAY = timedelta(days=1)


def voice(lang: str, said: Sentence) -> str:
    """Say a sentence in Swedish."""
    return in_swedish(said)


def jobs(storage: Storage, at: timedelta = timedelta(0)) -> Done:
    """Run the jobs without a mail server."""
    return run_jobs(storage, NOW + at)


def full(storage: Storage) -> list[Receipt]:
    """Return the receipts of one who has the only seat, and of two who wait."""
    group = published(storage, capacity=1)
    return [sign_up(storage, group.id, request(who), NOW) for who in (1, 2, 3)]


def test_holds_and_offers_end_and_the_line_moves_up(storage: Storage) -> None:
    group = published(storage, capacity=1)
    hold(storage, group.id, "a form", 1, NOW)
    receipts = [sign_up(storage, group.id, request(who), NOW) for who in (1, 2)]
    assert jobs(storage) == Done()
    assert jobs(storage, HOLD) == Done(holds_ended=1, promoted=1)
    assert jobs(storage, HOLD + DAY) == Done(offers_ended=1, promoted=1)
    assert jobs(storage, HOLD + DAY) == Done()
    assert [my_place(storage, one.code, NOW).sign_up.state for one in receipts] == [State.LAPSED, State.OFFERED]


def test_who_asked_is_told_when_the_last_offer_ends(storage: Storage) -> None:
    group = published(storage, capacity=1)
    hold(storage, group.id, "a form", 1, NOW)
    alert_me(storage, group.id, "nyfiken@example.se", "sv", NOW)
    assert jobs(storage, HOLD) == Done(holds_ended=1, alerted=1)
    assert letters(storage) == [Letter.FREE]


def test_an_alert_is_sent_also_when_a_seat_became_free_by_the_clock_alone(storage: Storage) -> None:
    group = published(storage, capacity=1, waiting_capacity=0)
    sign_up(storage, group.id, request(), NOW)
    alert_me(storage, group.id, "nyfiken@example.se", "sv", NOW)
    with storage.database.transaction() as connection:
        connection.execute(update(m.groups).values(capacity=2))
    assert jobs(storage) == Done(alerted=1)
    assert jobs(storage) == Done()


def test_a_reminder_is_written_the_day_before_and_once(storage: Storage) -> None:
    placed, *_ = full(storage)
    by_phone = published(storage)
    sign_up(storage, by_phone.id, request(9, details=Details(nickname="E", phone="070-174 06 05")), NOW)
    before = FIRST - DAY - NOW
    assert jobs(storage, before - timedelta(minutes=1)).reminded == 0
    assert jobs(storage, before).reminded == 1
    assert jobs(storage, before + timedelta(hours=1)).reminded == 0
    reminder = mails(storage)[-1]
    assert (reminder.letter, reminder.to) == (Letter.REMINDER, "exempel1@example.se")
    assert my_place(storage, reminder.gaps["code"], NOW).sign_up == my_place(storage, placed.code, NOW).sign_up


def test_a_meeting_that_moved_is_reminded_of_anew(storage: Storage) -> None:
    group = published(storage)
    sign_up(storage, group.id, request(), NOW)
    at = FIRST - DAY - NOW
    assert jobs(storage, at).reminded == 1
    first, *rest = group.sessions
    later = leading.replace(first, starts_at=first.starts_at + timedelta(hours=1))
    leading.edit_group(storage, LEADER, group.id, leading.replace(group, sessions=(later, *rest)), NOW)
    assert jobs(storage, at + timedelta(hours=2)).reminded == 1


def test_thirty_days_after_the_last_meeting_nothing_points_at_a_person(storage: Storage) -> None:
    group = published(storage)
    sign_up(storage, group.id, request(), NOW)
    alert_me(storage, published(storage, capacity=1).id, "nyfiken@example.se", "sv", NOW)
    over = group.ends_at + timedelta(days=30)
    done = run_jobs(storage, over)
    assert (done.persons_forgotten, done.mails_forgotten) == (1, 2)
    assert run_jobs(storage, over) == Done()


def test_an_alert_for_a_group_that_has_begun_is_forgotten(storage: Storage) -> None:
    group = published(storage, capacity=1)
    sign_up(storage, group.id, request(), NOW)
    alert_me(storage, group.id, "nyfiken@example.se", "sv", NOW)
    assert run_jobs(storage, FIRST).alerts_forgotten == 1


def test_many_runs_at_once_are_as_one(storage: Storage) -> None:
    group = published(storage, capacity=10)
    for who in range(5):
        hold(storage, group.id, f"form {who}", 1, NOW)
    for who in range(10):
        sign_up(storage, group.id, request(who), NOW)
    sign_up(storage, published(storage).id, request("b"), NOW)
    with opened(PostOffice()) as office, ThreadPoolExecutor(6) as runs:
        at = NOW + HOLD
        done = list(runs.map(lambda _: run_jobs(storage, at), range(6)))
        sent = list(runs.map(lambda _: send_outbox(storage, office.post, voice, at).sent, range(6)))
    assert sum(one.holds_ended for one in done) == 5
    assert sum(one.promoted for one in done) == 5
    assert sum(sent) == len(office.received) == 16
    assert letters(storage) == []


def test_a_run_tells_counts_and_nothing_else(storage: Storage) -> None:
    full(storage)
    assert all(line.split(": ")[1].isdigit() for line in run_jobs(storage, NOW).lines)
