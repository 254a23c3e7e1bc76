"""How long contact details are kept, to the second."""

from datetime import timedelta

import pytest

from portal.domain.groups.keeping import CONTACT_DAYS, KEEPING, contact_ends_at, is_past_keeping
from portal.domain.sentences import in_swedish
from tests.domain.made_up import FIRST


def test_contact_details_go_thirty_days_after_the_last_meeting() -> None:
    assert CONTACT_DAYS == KEEPING["contact"].days == 30
    assert contact_ends_at(FIRST) == FIRST + timedelta(days=30)


def test_who_leaves_and_who_was_told_are_forgotten_at_once() -> None:
    # Both promise it in words.
    assert KEEPING["withdrawn"].days == KEEPING["alert"].days == 0


@pytest.mark.parametrize(("passed", "is_past"), [(timedelta(days=30), True), (timedelta(days=30, seconds=-1), False)])
def test_the_last_second_still_counts(passed: timedelta, is_past: bool) -> None:
    assert is_past_keeping(FIRST, FIRST + passed) is is_past


def test_a_kommun_can_keep_them_shorter() -> None:
    assert is_past_keeping(FIRST, FIRST + timedelta(days=7), days=7)


@pytest.mark.parametrize("kept", KEEPING)
def test_everything_that_is_kept_has_a_reason_and_a_paragraph(kept: str) -> None:
    keeping = KEEPING[kept]
    assert keeping.days >= 0
    assert keeping.paragraph
    assert all(len(part.split()) <= 15 for part in in_swedish(keeping.reason).split(". "))
