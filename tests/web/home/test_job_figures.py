"""How the jobs go: counted by kind, and in whole minutes."""

from datetime import timedelta

from flask import Flask

from portal.store.job_turns import JobEnd, remember_end
from portal.web.home.job_figures import job_figures
from portal.web.storage import storage_of
from tests.conftest import TUESDAY
from tests.made_up_groups import NOW


def test_a_failure_is_counted_and_the_last_good_end_told_in_minutes() -> None:
    ends = [JobEnd("groups", NOW - timedelta(seconds=200), 0), JobEnd("mails", None, 3)]
    lines = [line for line in job_figures(ends, NOW) if not line.startswith("#")]
    assert lines == [
        'portal_job_failures_total{kind="groups"} 0',
        'portal_job_failures_total{kind="mails"} 3',
        'portal_job_minutes_since_success{kind="groups"} 3',
    ]


def test_the_page_of_figures_tells_what_failed_on_any_host_and_which_release_this_is(app: Flask) -> None:
    remember_end(storage_of(app), "mails", TUESDAY, failed=True)
    text = app.test_client().get("/metrics").text
    assert 'portal_job_failures_total{kind="mails"} 1' in text
    assert 'portal_build_info{release="' in text
    assert app.test_client().get("/readyz").get_json()["release"]
