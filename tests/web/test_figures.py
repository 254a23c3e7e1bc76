"""Figures for an operator: of every process, in whole hundreds, and of nobody."""

import os
import re

from flask import Flask

from portal.web.figures import AT_LEAST, LIMITS, Figures, gauge


def value(figures: Figures, name: str) -> int:
    """Return what is shown under a name with its labels."""
    return next(int(line.rsplit(" ", 1)[1]) for line in figures.lines() if line.startswith(f"{name} "))


def test_answers_are_shown_in_whole_hundreds_and_our_own_errors_exactly() -> None:
    figures = Figures()
    for _ in range(AT_LEAST - 1):
        figures.count("200 OK", 0.001)
    figures.count("503 SERVICE UNAVAILABLE", 20.0)
    assert value(figures, 'portal_requests_total{status="2xx"}') == 0
    assert value(figures, 'portal_requests_total{status="5xx"}') == 1
    assert value(figures, "portal_request_seconds_count") == AT_LEAST
    figures.count("200 OK", 0.3)
    assert value(figures, 'portal_requests_total{status="2xx"}') == AT_LEAST
    assert value(figures, f'portal_request_seconds_bucket{{le="{LIMITS[0]}"}}') == 0
    assert value(figures, 'portal_request_seconds_bucket{le="0.5"}') == AT_LEAST
    figures.count("nonsense", 0.3)
    assert value(figures, "portal_request_seconds_count") == AT_LEAST


def test_what_forked_processes_count_is_one_figure() -> None:
    figures = Figures()
    child = os.fork()
    if child == 0:
        for _ in range(AT_LEAST):
            figures.count("404 NOT FOUND", 0.01)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    assert value(figures, 'portal_requests_total{status="4xx"}') == AT_LEAST


def test_a_gauge_has_its_labels() -> None:
    assert list(gauge("one", "Says.", [("", 1), ('part="keys"', 0.5)]))[2:] == ["one 1", 'one{part="keys"} 0.5']


def test_the_page_of_figures_is_what_prometheus_reads_and_names_no_address(app: Flask) -> None:
    client = app.test_client()
    for _ in range(AT_LEAST):
        client.get("/healthz")
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer.content_type == "text/plain; version=0.0.4; charset=utf-8"
    text = answer.get_data(as_text=True)
    told = re.compile(r'[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [0-9.e+-]+')
    assert all(line.startswith("# ") or told.fullmatch(line) for line in text.splitlines())
    shown = re.search(r'portal_requests_total\{status="2xx"\} (\d+)', text)
    assert shown is not None
    assert int(shown[1]) >= AT_LEAST
    assert int(shown[1]) % AT_LEAST == 0
    assert 'portal_ready{part="database"} 1' in text
    assert "portal_kommuner " in text
    assert "portal_mails_waiting 0" in text
    assert "lekeberg" not in text
    assert "self-check" not in text
