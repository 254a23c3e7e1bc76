"""How long things are kept, and why."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.applications.retention import KeepingRule, Kept, deleted_on, may_be_sampled
from portal.domain.applications.time_limits import months_after
from portal.domain.sentences import sentence

# ------------------------------------------------------------------------------------------------- applications

FIVE = KeepingRule("five", sentence("Fem år."), "16 kap. 1 §", years=5, exported_days=30, is_sampled=True)


CHILD = KeepingRule("child", sentence("Till 30."), "16 kap. 2 a §", until_child_is=30)


YEAR = KeepingRule("year", sentence("Ett år."), "artikel 5", days=365)


NEVER = KeepingRule("never", sentence("Alltid."), "16 kap. 4 §")


SENT, ENDED = date(2026, 1, 10), date(2026, 3, 1)


def kept(**changes: Any) -> Kept:
    """Return an application that has ended, outside every sample."""
    return Kept(**{"sent_on": SENT, "ended_on": ENDED, "may_be_sampled": False, **changes})


@pytest.mark.parametrize(
    ("rule", "one", "wanted"),
    [
        (FIVE, kept(), (date(2031, 3, 1), "five")),
        (FIVE, kept(exported_on=date(2026, 2, 1)), (date(2026, 3, 31), "exported")),
        (FIVE, kept(exported_on=date(2026, 4, 1)), (date(2026, 5, 1), "exported")),
        (FIVE, kept(may_be_sampled=True), None),
        (FIVE, kept(may_be_sampled=True, exported_on=ENDED), (date(2026, 3, 31), "exported")),
        (FIVE, Kept(SENT, ENDED), None),  # nobody knows that it is in no sample
        (YEAR, kept(), (date(2027, 3, 1), "year")),
        (YEAR, kept(exported_on=ENDED), (date(2027, 3, 1), "year")),
        (CHILD, kept(), None),
        (CHILD, kept(child_age=7), (date(2049, 1, 10), "child")),
        (CHILD, kept(child_age=40), (ENDED, "child")),
        (NEVER, kept(), None),
    ],
)
def test_an_application_goes_by_its_rule_and_never_before(
    rule: KeepingRule, one: Kept, wanted: tuple[date, str] | None
) -> None:
    assert deleted_on(rule, one) == wanted


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.integers(0, 17), st.integers(0, 365))
def test_no_child_s_papers_go_before_the_child_is_thirty(sent_on: date, age: int, since_birthday: int) -> None:
    born = months_after(sent_on - timedelta(days=min(since_birthday, 364)), -12 * age)
    found = deleted_on(CHILD, Kept(sent_on, sent_on, child_age=age))
    assert found is not None
    assert found[0] >= months_after(born, 12 * 30)


@pytest.mark.parametrize(
    ("keeps_all", "stated", "numbers", "wanted"),
    [
        (True, False, (), True),
        (False, True, (), True),
        (False, False, (), False),
        (False, None, (), True),
        (False, None, ("8501012384",), False),
        (False, None, ("8501052384",), True),
        (False, None, ("8501012384", "8501252384"), True),
    ],
)
def test_who_may_be_in_the_sample_is_kept(
    keeps_all: bool, stated: bool | None, numbers: tuple[str, ...], wanted: bool
) -> None:
    assert may_be_sampled(keeps_all=keeps_all, stated=stated, numbers=numbers) is wanted
