"""Templates of programmes: how many meetings, how long, how often and for how many; each group can be changed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.domain.groups import Draft, Session


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
