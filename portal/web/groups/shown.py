"""A group as a page shows it: its meetings, words for its languages, and who leads it."""

from dataclasses import dataclass
from datetime import datetime

from babel.dates import format_date
from markupsafe import Markup, escape

from portal.domain.catalogue.contacts import Contact
from portal.domain.catalogue.insatser import Insats
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.groups.planning import ACCESSIBILITY, Group, Seen
from portal.domain.groups.terms import GroupState
from portal.domain.instants import in_sweden
from portal.domain.sentences import sentence
from portal.web.people.spoken import names_of
from portal.web.portal import current_kommun, current_language, current_voice, now, pages
from portal.web.voices.voice import Voice

_SAMPLE = sentence("Exempel.")


@dataclass(frozen=True)
class Meeting:
    """One meeting in words."""

    number: int
    when: Markup
    place: str
    is_cancelled: bool


@dataclass(frozen=True)
class Shown:
    """A group with everything its pages say of it."""

    seen: Seen
    insats: Insats | None
    contact: Contact
    meetings: tuple[Meeting, ...]
    voice: Voice
    at: datetime
    spoken: str

    @property
    def is_spoken_here(self) -> bool:
        """Return whether the language of the page is spoken in it."""
        return self.spoken in self.group.languages

    @property
    def group(self) -> Group:
        """Return the group itself."""
        return self.seen.group

    @property
    def id(self) -> str:
        """Return its id, which its address holds."""
        return self.group.id

    @property
    def name(self) -> Markup:
        """Return what it is called: as the catalogue calls its insats, or as its leader does."""
        if self.insats is None:
            return Markup('<span lang="sv">{}</span>').format(self.voice.mark(self.group.name))
        return self.voice.html(self.insats.name)

    @property
    def plain_name(self) -> str:
        """Return the same for a title."""
        return self.voice.mark_plain(self.group.name) if self.insats is None else self.voice.plain(self.insats.name)

    @property
    def title(self) -> str:
        """Return what its page is called: a group of the same insats begins another day."""
        day = format_date(self.group.begins_at, "d MMMM yyyy", locale=self.voice.language.babel)
        return f"{self.plain_name}{self.voice.comma}{self.voice.mark_plain(day)}"

    @property
    def own_name(self) -> str:
        """Return the leader's own name of it where that says something more."""
        is_said = self.insats is None or self.group.name.casefold() in self.insats.name.text.casefold()
        return "" if is_said else self.group.name

    @property
    def first(self) -> Meeting:
        """Return the first meeting that is held."""
        return next((one for one in self.meetings if not one.is_cancelled), self.meetings[0])

    @property
    def languages(self) -> Markup:
        """Return the names of the languages that are spoken in it."""
        return names_of(self.group.languages, self.voice)

    @property
    def accessibility(self) -> Markup:
        """Return what its place says of itself."""
        known = [ACCESSIBILITY[one] for one in self.group.accessibility if one in ACCESSIBILITY]
        return Markup(" ").join(self.voice.html(said) for said in known)

    @property
    def is_cancelled(self) -> bool:
        """Return whether it will not be held."""
        return self.group.state is GroupState.CANCELLED

    @property
    def has_begun(self) -> bool:
        """Return whether nobody can sign up any more because it has begun."""
        return self.at >= self.group.begins_at

    @property
    def is_open(self) -> bool:
        """Return whether one can take a place or wait for one."""
        return not self.is_cancelled and not self.has_begun and (self.seen.left > 0 or self.seen.can_wait)


def shown(seen: Seen) -> Shown:
    """Return a group as the pages of this language and kommun show it."""
    kommun, voice = current_kommun(), current_voice()
    group = seen.group
    meetings = tuple(
        Meeting(
            one.number,
            day_of(one.starts_at, voice) + escape(voice.comma) + hours_of(one.starts_at, one.ends_at),
            group.place_of(one),
            one.is_cancelled,
        )
        for one in group.sessions
    )
    return Shown(
        seen, kommun.insatser.get(group.insats), contact_of(group, kommun), meetings, voice, now(), spoken_here()
    )


def spoken_here() -> str:
    """Return the tag of the language that whoever reads this page speaks: its own, or the one it is written in."""
    language = current_language()
    if not language.is_written:
        return language.tag
    return next(tag for tag, one in pages().portal.languages.items() if one.is_source)


def name_of(group: Shown) -> str:
    """Return what a group is called where plain words stand: a made-up one says that it is."""
    name = group.group.name if group.insats is None else group.voice.words(group.insats.name)
    return f"{group.voice.words(_SAMPLE)} {name}" if group.group.is_sample else name


def contact_of(group: Group, kommun: Kommun) -> Contact:
    """Return the unit that leads a group, or the kommun's contact centre where the catalogue has lost it."""
    return kommun.contacts.get(group.contact, kommun.contacts[kommun.contact_centre])


def day_of(at: datetime, voice: Voice) -> Markup:
    """Return a day in words with its weekday."""
    weekday = format_date(at, "EEEE", locale=voice.language.babel)
    return Markup("{} {}").format(voice.mark(weekday), voice.day(at))


def clock_of(at: datetime) -> Markup:
    """Return the time of an instant, in its own order in every language."""
    return Markup('<bdi dir="ltr" class="time">{}</bdi>').format(f"{at:%H:%M}")


def hours_of(starts_at: datetime, ends_at: datetime) -> Markup:
    """Return from when to when, in its own order in every language."""
    return Markup('<bdi dir="ltr" class="time">{}</bdi>').format(f"{starts_at:%H:%M}–{ends_at:%H:%M}")


def when(at: datetime, voice: Voice) -> Markup:
    """Return an instant in words: the time alone when it is today."""
    at = in_sweden(at)
    if at.date() == now().date():
        return clock_of(at)
    return Markup("{} {}").format(day_of(at, voice), clock_of(at))
