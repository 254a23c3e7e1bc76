"""What is known of a text's truth: who has read it, and what is true of many texts together."""

from datetime import date

import pytest

from portal.domain.languages.reviews import (
    MISSING,
    REVIEWED,
    STALE,
    STATES,
    TRANSLATED,
    WRITTEN,
    Review,
    Truth,
    mark_of,
    review_in,
)

DAY = date(2026, 11, 25)
REVIEW = Review("Tolk: kommunens språkstöd", DAY, "0123456789ab")


def test_a_review_is_written_as_a_comment_and_read_again() -> None:
    assert REVIEW.note == "reviewed 2026-11-25 0123456789ab: Tolk: kommunens språkstöd"
    assert review_in(REVIEW.note) == REVIEW
    assert review_in(f"  {REVIEW.note}  ") == REVIEW


@pytest.mark.parametrize(
    "note",
    [
        "",
        "Fråga Anna om det här ordet.",
        "reviewed",
        "reviewed 2026-11-25: utan märke",
        "reviewed 2026-11-25 0123456789ab:",
        "reviewed 2026-11-25 0123456789ab: ",
        "reviewed 2026-11-25 0123456789AB: stora bokstäver",
        "reviewed 2026-11-25 0123456789abc: ett tecken för mycket",
        "reviewed 2026-02-30 0123456789ab: en dag som inte finns",
        "not reviewed 2026-11-25 0123456789ab: något före",
        "reviewed 2026-11-25 0123456789ab: två\nrader",
    ],
)
def test_a_comment_that_tells_of_no_review_is_none(note: str) -> None:
    assert review_in(note) is None


def test_the_mark_tells_every_other_text_from_this_one() -> None:
    known = {
        mark_of(texts)
        for texts in (("Nästa", "Next"), ("Nästa", "Next "), ("NästaNext",), ("Nästa", "N", "ext"), ("Next", "Nästa"))
    }
    assert len(known) == 5
    assert mark_of(["Nästa", "Next"]) == mark_of(("Nästa", "Next"))
    assert all(len(mark) == 12 for mark in known)


def truth(*reviewed_by: str, on: date | None = None, **counts: int) -> Truth:
    """Return what is true of so many texts in each state."""
    return Truth(tuple((state, counts.get(state, 0)) for state in STATES), reviewed_by, on)


def test_texts_are_counted_by_their_state() -> None:
    found = truth(**{WRITTEN: 1, TRANSLATED: 2, REVIEWED: 3, STALE: 4, MISSING: 5})
    assert [found.count(state) for state in STATES] == [1, 2, 3, 4, 5]
    assert Truth().count(STALE) == 0


@pytest.mark.parametrize(
    ("found", "is_reviewed"),
    [
        (Truth(), False),
        (truth(), False),
        (truth(**{REVIEWED: 2}), True),
        (truth(**{TRANSLATED: 2}), False),
        *((truth(**{REVIEWED: 2, other: 1}), False) for other in (WRITTEN, TRANSLATED, STALE, MISSING)),
    ],
)
def test_a_domain_is_reviewed_when_every_text_of_it_is(found: Truth, is_reviewed: bool) -> None:
    assert found.is_reviewed is is_reviewed


def test_two_domains_together_are_what_both_are() -> None:
    one = truth("Anna", "Bo", on=date(2026, 11, 1), **{REVIEWED: 2, STALE: 1})
    other = truth("Bo", "Cilla", on=DAY, **{REVIEWED: 3, MISSING: 1})
    both = truth("Anna", "Bo", "Cilla", on=DAY, **{REVIEWED: 5, STALE: 1, MISSING: 1})
    assert one + other == both
    assert (other + one).reviewed_on == DAY
    assert Truth() + Truth() == truth()
    assert (Truth() + one).reviewed_on == date(2026, 11, 1)
    assert (truth(**{REVIEWED: 1}) + truth(**{REVIEWED: 1})).is_reviewed
    assert not (truth(**{REVIEWED: 1}) + truth(**{TRANSLATED: 1})).is_reviewed
