"""What was added, changed and removed of what a kommun publishes."""

import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from portal.domain.catalogue.changes import (
    ADDED,
    CHANGED,
    CONTACT,
    INSATS,
    REMOVED,
    Change,
    Known,
    changes_since,
    compared,
    digest_of,
    published,
)
from portal.domain.sentences import Sentence
from tests.domain.build import insats, kommun
from tests.domain.made_up import NOW

ABC, CENTRE = (INSATS, "abc"), (CONTACT, "kontaktcenter")
LATER = NOW + timedelta(hours=1)


def test_what_says_the_same_has_the_same_digest() -> None:
    one = insats("abc")
    assert digest_of(one) == digest_of(replace(one, updated_at=NOW))
    assert digest_of(one) != digest_of(replace(one, summary=Sentence("Något annat.")))
    assert digest_of({"b": {2, 1}, "a": (date(2026, 1, 2), None, 1.5)}) == digest_of(
        {"a": [date(2026, 1, 2), None, 1.5], "b": frozenset({1, 2})}
    )


def test_a_digest_is_the_same_in_another_process() -> None:
    said = "from tests.domain.build import *; from portal.domain.catalogue.changes import *; print(published({kommun}))"
    said = said.format(kommun="kommun(insats('abc', topics=('work', 'parenting')))")
    run = [sys.executable, "-c", said]
    root = Path(__file__).resolve().parents[3]
    other = subprocess.run(run, capture_output=True, text=True, check=True, cwd=root, env={"PYTHONHASHSEED": "7"})  # noqa: S603 - our own command
    assert other.stdout.strip() == str(published(kommun(insats("abc", topics=("work", "parenting")))))


def test_insatser_and_contacts_are_published() -> None:
    found = published(kommun(insats("abc")))
    assert {ABC, CENTRE} <= set(found)


@pytest.mark.parametrize(
    ("known", "now_published", "anew"),
    [
        ({}, {ABC: "1"}, {ABC: Known("1", LATER, LATER)}),
        ({ABC: Known("1", NOW, NOW)}, {ABC: "1"}, {}),
        ({ABC: Known("1", NOW, NOW)}, {ABC: "2"}, {ABC: Known("2", NOW, LATER)}),
        ({ABC: Known("1", NOW, NOW)}, {}, {ABC: Known("1", NOW, LATER, is_gone=True)}),
        ({ABC: Known("1", NOW, NOW, is_gone=True)}, {}, {}),
        ({ABC: Known("1", NOW, NOW, is_gone=True)}, {ABC: "1"}, {ABC: Known("1", LATER, LATER)}),
    ],
)
def test_only_what_is_otherwise_is_remembered_anew(
    known: dict[tuple[str, str], Known], now_published: dict[tuple[str, str], str], anew: dict[tuple[str, str], Known]
) -> None:
    assert compared(known, now_published, LATER) == anew


def test_what_happened_since_a_moment_is_told_in_its_order() -> None:
    known = {
        (INSATS, "new"): Known("1", LATER, LATER),
        (INSATS, "other"): Known("1", NOW, LATER),
        (INSATS, "gone"): Known("1", NOW, LATER, is_gone=True),
        (CONTACT, "old"): Known("1", NOW, NOW),
    }
    assert changes_since(known, LATER) == [
        Change(INSATS, "gone", REMOVED, LATER),
        Change(INSATS, "new", ADDED, LATER),
        Change(INSATS, "other", CHANGED, LATER),
    ]
    assert [(one.id, one.what) for one in changes_since(known, NOW)] == [
        ("old", ADDED),
        ("gone", REMOVED),
        ("new", ADDED),
        ("other", CHANGED),
    ]
    assert [one.id for one in changes_since(known, None)] == ["old", "new", "other"]
    assert {one.what for one in changes_since(known, None)} == {ADDED}
    assert changes_since(known, LATER + timedelta(seconds=1)) == []
