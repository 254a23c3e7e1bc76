"""Templates of programmes: how many meetings, how long, how often and for how many; each group can be changed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.domain.catalogue.insatser import Insats
from portal.domain.groups.planning import Draft, Session

UNSAID_MINUTES = 120
"""How long a meeting is in a template where the catalogue does not say."""


@dataclass(frozen=True, slots=True)
class Programme:
    """One programme: meetings of so many minutes, so many days apart, for the fewest to the most who take part.

    insatser: the ids that kommuner give the insats it is a group of.
    """

    id: str
    name: str
    meetings: int
    minutes: int
    days_between: int
    fewest: int
    most: int
    never_both_parents: bool = False
    insatser: tuple[str, ...] = ()


def sessions_from(programme: Programme, first_at: datetime) -> tuple[Session, ...]:
    """Return the meetings from the first one on, at the same time by the clock also when the clocks change."""
    starts = [first_at + timedelta(days=programme.days_between * number) for number in range(programme.meetings)]
    length = timedelta(minutes=programme.minutes)
    return tuple(Session(number, start, start + length) for number, start in enumerate(starts, start=1))


def draft_from(programme: Programme, insats: str, contact: str, first_at: datetime, place: str) -> Draft:
    """Return a group as the programme has it, for a leader to change."""
    return Draft(
        insats=insats,
        name=programme.name,
        sessions=sessions_from(programme, first_at),
        capacity=programme.most,
        contact=contact,
        programme=programme.id,
        fewest=programme.fewest,
        place=place,
        never_both_parents=programme.never_both_parents,
    )


def template_of(insats: Insats) -> Programme | None:
    """Return a template made of what the catalogue says of an insats; None where it says nothing of a group."""
    how = insats.how
    if insats.route == "assessed" or how.group is None or how.meetings is None:
        return None
    return Programme(
        insats.id,
        insats.name.text,
        meetings=how.meetings.high,
        minutes=how.minutes.high if how.minutes is not None else UNSAID_MINUTES,
        days_between=14 if how.every == "two_weeks" else 7,
        fewest=how.group.low or 1,
        most=how.group.high,
        insatser=(insats.id,),
    )
