"""How the jobs go, for whoever runs the portal: a kind of job is no person, and minutes tell of nobody."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from portal.store.job_turns import JobEnd
from portal.web.figures import gauge, head

MINUTE = timedelta(minutes=1)


def job_figures(ends: Iterable[JobEnd], now: datetime) -> Iterator[str]:
    """Yield how the jobs go, on all hosts: failures of each kind, and whole minutes since one ended well."""
    found = [(f'kind="{end.kind}"', end) for end in ends]
    yield from head("portal_job_failures_total", "counter", "Runs of a kind of job that failed, on all hosts.")
    yield from (f"portal_job_failures_total{{{kind}}} {end.failures}" for kind, end in found)
    minutes = ((kind, float((now - end.ended_at) // MINUTE)) for kind, end in found if end.ended_at is not None)
    yield from gauge("portal_job_minutes_since_success", "Whole minutes since it last ended well.", minutes)
