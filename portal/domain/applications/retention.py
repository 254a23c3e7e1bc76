"""How long applications are kept, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from portal.domain.applications.personal_numbers import is_in_sample
from portal.domain.applications.time_limits import months_after
from portal.domain.sentences import Sentence


@dataclass(frozen=True, slots=True)
class KeepingRule:
    """How long applications of a kind are kept once they have ended; None is without end.

    exported_days: after the case system has the newest version; days, years or until_child_is: without that.
    is_sampled: what may belong to the sample for research is never taken away by the rule (16 kap. 4 §).
    """

    id: str
    says: Sentence
    paragraph: str
    days: int | None = None
    years: int | None = None
    until_child_is: int | None = None
    exported_days: int | None = None
    is_sampled: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """What decides how long one application is kept.

    exported_at: when the case system had its newest version; child_age: in years, when it was sent; may_be_sampled: it
    belongs to the sample for research, or nobody knows that it does not.
    """

    sent_on: date
    ended_on: date
    exported_on: date | None = None
    child_age: int | None = None
    may_be_sampled: bool = True


EXPORTED = "exported"


def may_be_sampled(*, keeps_all: bool, stated: bool | None, numbers: Iterable[str]) -> bool:
    """Return whether an application may be in the sample: who was born on which day decides, where it is known.

    keeps_all: a kommun that keeps everything, as all in Östergötland; stated: what staff have said; numbers: the ten
    digits that stand in it. Not knowing is kept.
    """
    if keeps_all:
        return True
    if stated is not None:
        return stated
    known = tuple(numbers)
    return not known or any(is_in_sample(number) for number in known)


def deleted_on(rule: KeepingRule, kept: Kept) -> tuple[date, str] | None:
    """Return from which day an ended application goes, and why: "exported" or the rule's id; None is never."""
    found = []
    if rule.exported_days is not None and kept.exported_on is not None:
        found.append((max(kept.ended_on, kept.exported_on) + timedelta(days=rule.exported_days), EXPORTED))
    by_rule = _by_rule(rule, kept)
    if by_rule is not None and not (rule.is_sampled and kept.may_be_sampled):
        found.append((by_rule, rule.id))
    return min(found, default=None)


def _by_rule(rule: KeepingRule, kept: Kept) -> date | None:
    if rule.days is not None:
        return kept.ended_on + timedelta(days=rule.days)
    if rule.years is not None:
        return months_after(kept.ended_on, 12 * rule.years)
    if rule.until_child_is is None or kept.child_age is None:
        return None
    # Somebody of that age has her birthday within a year: the last day that it can be.
    years = max(rule.until_child_is - kept.child_age, 0)
    return max(months_after(kept.sent_on, 12 * years), kept.ended_on)
