"""All that runs by the clock: one run at a time for each kind of job, and none that waits for a slow server's mail."""

import logging
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from portal.actions.applications.attachments import clean_files
from portal.actions.applications.exporting import Push, Pushed, push_exports
from portal.actions.applications.jobs import run_application_jobs
from portal.actions.applications.printing import draw_papers
from portal.actions.catalogue.changes import Webhooks, note_changes
from portal.actions.catalogue.webhooks import Bell, Told, tell_changes
from portal.actions.counting.counters import tally
from portal.actions.groups.jobs import run_jobs
from portal.actions.people.letters import Voice
from portal.actions.people.mail import Post, Sent, send_outbox
from portal.domain.applications.rules import ApplicationRules
from portal.domain.catalogue.kommuner import Kommun
from portal.store.database import DatabaseIsDown
from portal.store.job_turns import remember_end, turn_of
from portal.store.storage import Storage

LOG = logging.getLogger("portal.errors")

FAILED = "_failed"
"""How the line of a kind of job that failed is called."""

Lines = tuple[str, ...]
"""A count each: nothing in them points at a person."""

LONGEST = 50.0
"""Seconds that pushes, and that mails, may take in a run; the next one goes on."""


@dataclass(frozen=True, slots=True)
class Work:
    """What the jobs need: without a mail server mails wait, without a case system nothing is pushed.

    kommuner: what each publishes; webhooks: who is told when that changes, by the bell.
    """

    storage: Storage
    rules: ApplicationRules
    voice: Voice
    post: Post | None = None
    push: Push | None = None
    kommuner: Mapping[str, Kommun] = field(default_factory=dict)
    webhooks: Webhooks = field(default_factory=dict)
    bell: Bell | None = None


def run_all(work: Work, now: datetime, ticks: Callable[[], float]) -> Iterator[str]:
    """Do what is due, what waits for other servers last; give a line for each count.

    A kind of job that another run is at is left to it, and one that fails keeps no other from being done. `ticks`
    counts seconds from anywhere.
    """
    jobs: dict[str, Callable[[], Lines]] = {
        "groups": lambda: run_jobs(work.storage, now).lines,
        "applications": lambda: run_application_jobs(work.storage, work.rules, now).lines,
        "counts": lambda: (f"days_counted: {tally(work.storage, now)}",),
        "cleaning": lambda: (f"files_cleaned: {clean_files(work.storage, now)}",),
        "drawing": lambda: (f"papers_drawn: {draw_papers(work.storage, work.rules, now)}",),
        "changes": lambda: (f"changes_seen: {_noted(work, now)}",),
        "webhooks": lambda: _told(work, now, _budget(ticks)).lines,
        "pushes": lambda: _pushed(work, now, _budget(ticks)).lines,
        "mails": lambda: _sent(work, now, _budget(ticks)).lines,
    }
    for kind, do in jobs.items():
        with turn_of(work.storage, kind, now) as is_mine:
            lines = _seen_to(work.storage, kind, now, do) if is_mine else (f"{kind}_left_to_another_run: 1",)
        yield from lines


def tell_failure(storage: Storage, kind: str, now: datetime, error: Exception) -> str:
    """Tell the log, and every host, that a kind of job failed; return its line."""
    # The message of an exception may hold what somebody wrote; its place in the code does not.
    frames = "".join(traceback.format_tb(error.__traceback__))
    LOG.error("%s in the jobs of %s\n%s", type(error).__name__, kind, frames)
    remember_end(storage, kind, now, failed=True)
    return f"{kind}{FAILED}: 1"


def _seen_to(storage: Storage, kind: str, now: datetime, do: Callable[[], Lines]) -> Lines:
    try:
        lines = do()
    except DatabaseIsDown:
        raise
    except Exception as error:
        return (tell_failure(storage, kind, now, error),)
    remember_end(storage, kind, now, failed=False)
    return lines


def _budget(ticks: Callable[[], float]) -> Callable[[], bool]:
    ends = ticks() + LONGEST
    return lambda: ticks() < ends


def _noted(work: Work, now: datetime) -> int:
    return note_changes(work.storage, work.kommuner.values(), work.webhooks, now)


def _told(work: Work, now: datetime, may_go_on: Callable[[], bool]) -> Told:
    return Told() if work.bell is None else tell_changes(work.storage, work.bell, now, may_go_on)


def _pushed(work: Work, now: datetime, may_go_on: Callable[[], bool]) -> Pushed:
    if work.push is None:
        return Pushed()
    return push_exports(work.storage, work.rules, work.push, now, may_go_on)


def _sent(work: Work, now: datetime, may_go_on: Callable[[], bool]) -> Sent:
    if work.post is None:
        return Sent()
    return send_outbox(work.storage, work.post, work.voice, now, may_go_on)
