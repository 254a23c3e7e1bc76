"""A group that parents can sign up for: its meetings, its places and what it is like."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from secrets import token_hex

from portal.domain.groups.terms import GroupState, OfferPolicy, Terms
from portal.domain.sentences import Sentence, sentence

EVENING_FROM = 17
"""The hour of the day, on the clock of the kommun, from which a meeting is one in the evening."""

DAY, EVENING = "day", "evening"

TIMES_OF_DAY: Mapping[str, Sentence] = {DAY: sentence("Dagtid"), EVENING: sentence("Kvällstid")}

ACCESSIBILITY: Mapping[str, Sentence] = {
    "step_free": sentence("Det går att komma in utan trappor."),
    "accessible_toilet": sentence("Det finns en toalett för rullstol."),
    "hearing_loop": sentence("Det finns hörslinga."),
    "quiet_room": sentence("Det finns ett lugnt rum att vila i."),
    "parking": sentence("Det finns parkering för rörelsehindrade."),
}
"""What a place can say of itself: a closed list, so that it is translated."""

BOTH_PARENTS = sentence("Två föräldrar till samma barn går i olika grupper.")
"""What a group says whose method never has both parents in one room. The portal links no parents: staff see to it."""

YEARS = (2000, 2199)
"""The first and the last year of a meeting: what is kept until after it must have a day too."""

MOST_PLACES = 200
LONGEST_OFFER = 14 * 24
"""Hours."""


def new_session_id() -> str:
    """Return a name for a meeting that no other has, and that tells nothing of it."""
    return token_hex(16)


@dataclass(frozen=True, slots=True)
class Session:
    """One meeting; `sequence` grows with each change, for calendars. Without a place it is at the group's.

    number: which it is in the row, the first is 1; id: what it is for ever, whatever is moved or taken away beside it.
    """

    number: int
    starts_at: datetime
    ends_at: datetime
    place: str | None = None
    is_cancelled: bool = False
    sequence: int = 0
    id: str = field(default_factory=new_session_id)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What a leader decides of a group.

    contact: the unit of the catalogue that leads it; programme: the template it began as; languages: those spoken in
    the group, at most two; has_interpreter: one can be asked for; fewest: with fewer it may be cancelled;
    waiting_capacity: seats, None is without end; never_both_parents: staff see to it that a child's parents are apart.
    """

    insats: str
    name: str
    sessions: tuple[Session, ...]
    capacity: int
    contact: str
    programme: str | None = None
    fewest: int | None = None
    waiting_capacity: int | None = None
    languages: tuple[str, ...] = ("sv",)
    has_interpreter: bool = False
    place: str = ""
    is_online: bool = False
    has_child_minding: bool = False
    accessibility: tuple[str, ...] = ()
    offer_policy: OfferPolicy = OfferPolicy.OFFER
    offer_hours: int = 24
    let_smaller_pass: bool = False
    never_both_parents: bool = False
    is_sample: bool = False

    @property
    def begins_at(self) -> datetime:
        """Return when the first meeting that is held begins."""
        return min(one.starts_at for one in self.held_sessions)

    @property
    def ends_at(self) -> datetime:
        """Return when the last meeting that is held ends."""
        return max(one.ends_at for one in self.held_sessions)

    @property
    def held_sessions(self) -> tuple[Session, ...]:
        """Return the meetings that are not cancelled; all of them where every one is."""
        return tuple(one for one in self.sessions if not one.is_cancelled) or self.sessions

    def find_session(self, session_id: str) -> Session | None:
        """Return the meeting of that id, cancelled or not; None where there is none."""
        return next((one for one in self.sessions if one.id == session_id), None)

    @property
    def time_of_day(self) -> str:
        """Return whether it meets by day or in the evening, as its first meeting does."""
        return EVENING if self.begins_at.hour >= EVENING_FROM else DAY

    def place_of(self, session: Session) -> str:
        """Return where a meeting is."""
        return session.place or self.place


@dataclass(frozen=True, kw_only=True)
class Group(Draft):
    """A group as it is remembered."""

    id: str
    kommun: str
    state: GroupState

    @property
    def terms(self) -> Terms:
        """Return what of it decides who gets in."""
        return Terms(
            self.state,
            self.capacity,
            self.begins_at,
            self.waiting_capacity,
            self.offer_policy,
            self.offer_hours,
            self.let_smaller_pass,
        )


@dataclass(frozen=True, slots=True)
class Seen:
    """A group as the list shows it: seats left for a newcomer, seats waited for, and whether one can still wait."""

    group: Group
    left: int
    waiting: int
    can_wait: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a resident looks for; None is anything."""

    insats: str | None = None
    language: str | None = None
    time_of_day: str | None = None
    is_online: bool | None = None

    def fits(self, group: Draft) -> bool:
        """Return whether a group is what she looks for."""
        return (
            self.insats in (None, group.insats)
            and (self.language is None or self.language in group.languages)
            and self.time_of_day in (None, group.time_of_day)
            and self.is_online in (None, group.is_online)
        )


def wrong_fields(draft: Draft) -> tuple[str, ...]:
    """Return the fields of a draft that cannot be as they are, in the order of the form."""
    numbers = [one.number for one in draft.sessions]
    starts = [one.starts_at for one in draft.sessions]
    checks = {
        "name": bool(draft.name.strip()),
        "sessions": bool(numbers)
        and numbers == list(range(1, len(numbers) + 1))
        and starts == sorted(set(starts))
        and all(YEARS[0] <= one.year <= YEARS[1] for one in starts)
        and all(timedelta(0) < one.ends_at - one.starts_at <= timedelta(hours=12) for one in draft.sessions),
        "capacity": 1 <= draft.capacity <= MOST_PLACES,
        "fewest": draft.fewest is None or 1 <= draft.fewest <= draft.capacity,
        "waiting_capacity": draft.waiting_capacity is None or 0 <= draft.waiting_capacity <= MOST_PLACES,
        "languages": 1 <= len(set(draft.languages)) <= 2,
        "place": draft.is_online or bool(draft.place.strip()),
        "accessibility": set(draft.accessibility) <= set(ACCESSIBILITY),
        "offer_hours": 1 <= draft.offer_hours <= LONGEST_OFFER,
    }
    return tuple(name for name, is_right in checks.items() if not is_right)
