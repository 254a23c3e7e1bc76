"""A contact as a person meets it: the number, when somebody answers, and what to say on the phone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from urllib.parse import quote

import holidays
from babel.dates import format_date, get_day_names
from markupsafe import Markup, escape

from portal.domain.catalogue.contacts import Confirmation, Contact
from portal.domain.catalogue.insatser import Insats
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.catalogue.opening import Closure, Opening, opening_at
from portal.domain.people.phone_numbers import dialled
from portal.domain.sentences import Sentence, sentence
from portal.web.voices.voice import SWEDISH, Voice


@dataclass(frozen=True)
class Said:
    """Something to say in Swedish: what it means in the language of the page, and how it sounds in its letters."""

    in_swedish: str
    meaning: Markup | None
    sounds: str = ""


@dataclass(frozen=True)
class Card:
    """What the components about a contact show."""

    contact: Contact
    reached: Contact
    answering: Contact
    visited: Contact
    opening: Opening | None
    changes: Markup | None
    says: tuple[Said, ...]
    voice: Voice
    writes: "Asking"
    closure: Closure | None = None

    @property
    def weekly(self) -> tuple[Markup, ...]:
        """Return the opening hours of a week, a line for each run of days with the same hours."""
        return tuple(_weekly(self.answering, self.voice))

    @property
    def unit(self) -> Sentence:
        """Return the name of the unit."""
        return self.contact.unit

    @property
    def phone(self) -> str | None:
        """Return the number that leads there."""
        return self.reached.phone

    @property
    def email(self) -> str | None:
        """Return the address that leads there."""
        return self.contact.email or self.reached.email

    @property
    def mail_to(self) -> str | None:
        """Return the address of a letter that is written already, in Swedish and in the language of the page."""
        if self.email is None:
            return None
        subject = quote(_SUBJECT.text)
        return f"mailto:{quote(self.email, safe='@')}?subject={subject}&body={quote(self.writes.plain)}"

    @property
    def sms_to(self) -> str | None:
        """Return the address of a text message that is written already."""
        number = self.contact.sms or self.reached.sms
        return None if number is None else f"sms:{dialled(number)}?&body={quote(self.writes.plain)}"

    @property
    def through(self) -> str | None:
        """Return the contact whose number it is, where it is another's."""
        return None if self.reached is self.contact else self.reached.id

    @property
    def visit(self) -> str | None:
        """Return where it is visited."""
        return self.visited.visit

    @property
    def on_map(self) -> str | None:
        """Return what opens the phone's own map there; nobody else is asked before it is pressed."""
        return None if self.visit is None else f"geo:0,0?q={quote(self.visit)}"

    @property
    def map_on_web(self) -> str | None:
        """Return the address of a map of it, for who has none of her own."""
        return None if self.visit is None else f"https://www.openstreetmap.org/search?query={quote(self.visit)}"

    @property
    def anonymous(self) -> bool | None:
        """Return whether one may be anonymous there, if known."""
        return self.contact.anonymous

    @property
    def confirmed(self) -> Confirmation | None:
        """Return who confirmed the number, and when."""
        return self.reached.confirmed


_SAY = sentence("Hej! Kan du koppla mig till {unit}?")
_SAY_THEN = sentence("Kan du koppla mig till {unit}?")
_ASK = sentence("Hej! Jag vill veta mer om {insats}.")
_ASK_UNIT = sentence("Hej! Jag vill komma i kontakt med {unit}.")
_SPEAK = sentence("Jag talar {language}. Jag behöver tolk.")
_SUBJECT = sentence("En fråga")


@dataclass(frozen=True)
class Asking:
    """What somebody says or sends to a unit, in Swedish and as it is said in the language of the page."""

    in_swedish: str
    here: Markup
    plain: str


def asking_about(insats: Insats | None, contact: Contact, voice: Voice) -> Asking:
    """Return what to say or send about an insats, or to a unit; in another language it asks for an interpreter too."""
    language = voice.language
    about = insats.name if insats is not None else contact.unit
    asked, gap = (_ASK, "insats") if insats is not None else (_ASK_UNIT, "unit")
    swedish, said = [SWEDISH.words(asked, **{gap: about.text})], [(asked, {gap: voice.words(about)})]
    if not language.is_written:
        swedish.append(SWEDISH.words(_SPEAK, language=language.swedish))
        said.append((_SPEAK, {"language": language.name}))
    in_swedish = " ".join(swedish)
    here = Markup(" ").join(voice.html_once(one, **gaps) for one, gaps in said)
    plain = " ".join(voice.plain(one, **gaps) for one, gaps in said)
    if plain == in_swedish or any(voice.lacks(one.text) for one, _ in said):
        return Asking(in_swedish, here, in_swedish)
    return Asking(in_swedish, here, f"{in_swedish}\n\n{plain}")


def in_need_of_interpreter(voice: Voice) -> Said | None:
    """Return what to say first to whoever answers in Swedish; None where the page is in Swedish itself."""
    language = voice.language
    if language.is_written:
        return None
    in_swedish = SWEDISH.words(_SPEAK, language=language.swedish)
    return Said(in_swedish, voice.html_once(_SPEAK, language=language.name), language.aloud)


def said_to(contact: Contact, voice: Voice) -> tuple[Said, ...]:
    """Return what to say to whoever answers: in which language, and where to be put through."""
    first = in_need_of_interpreter(voice)
    found = [] if first is None else [first]
    if contact.ask_for is not None:
        asks = _SAY if first is None else _SAY_THEN
        meaning = None if first is None else voice.mark(voice.words(asks, unit=voice.words(contact.ask_for)))
        found.append(Said(asks.text.format(unit=contact.ask_for.text), meaning))
    return tuple(found)


def card_of(contact: Contact, kommun: Kommun, voice: Voice, now: datetime, writes: Asking | None = None) -> Card:
    """Return the card of a contact at an instant (local time), with what a letter to it says."""
    reached = kommun.reached_by(contact)
    answering, closures = kommun.answering(contact), kommun.closures_of(contact)
    opening = opening_at(now, answering.hours, answering.short_day, _is_holiday, closures)
    closed = [one for one in closures if one.is_on(now.date())]
    return Card(
        contact,
        reached,
        answering,
        kommun.visited_at(contact),
        opening,
        changes=None if opening is None or opening.changes_at is None else _when(opening, now, voice),
        says=said_to(contact, voice),
        voice=voice,
        writes=writes or asking_about(None, contact, voice),
        closure=max(closed, key=lambda one: one.last_on, default=None),
    )


_LIST = sentence("Telefonnummer")


@dataclass(frozen=True)
class ToSend:
    """A list for one's own phone: only what support there is and which number leads to it, never an answer."""

    text: str
    subject: str

    @property
    def sms_to(self) -> str:
        """Return the address of a text message to nobody yet."""
        return f"sms:?&body={quote(self.text)}"

    @property
    def mail_to(self) -> str:
        """Return the address of a letter to nobody yet; its subject tells nobody what it is about."""
        return f"mailto:?subject={quote(self.subject)}&body={quote(self.text)}"


def list_to_send(insatser: Iterable[Insats], cards: Mapping[str, Card], voice: Voice) -> ToSend:
    """Return the list of insatser with the number of each that has one, each number once."""
    lines: dict[str, list[str]] = {}
    for insats in insatser:
        card = cards.get(insats.contact)
        reached = "" if card is None else ", ".join(filter(None, (card.phone, card.email)))
        lines.setdefault(reached, []).append(voice.plain(insats.name))
    blocks = ["\n".join([*names, *([reached] if reached else [])]) for reached, names in lines.items()]
    return ToSend("\n\n".join(blocks), voice.plain(_LIST))


@cache
def _swedish_holidays(year: int) -> holidays.HolidayBase:
    # Sundays are no holidays here: they would make every Saturday a "day before a holiday".
    return holidays.country_holidays("SE", years=year, include_sundays=False)


def _is_holiday(day: date) -> bool:
    return day in _swedish_holidays(day.year)


def _when(opening: Opening, now: datetime, voice: Voice) -> Markup:
    moment = opening.changes_at
    if moment is None:
        return Markup("")
    clock = Markup('<bdi dir="ltr">{}</bdi>').format(_clock(moment.time()))
    if moment.date() == now.date():
        return clock

    def said(one: Voice) -> Markup:
        weekday = format_date(moment, "EEEE", locale=one.language.babel)
        return Markup("{} {}").format(one.mark(weekday), clock)

    return voice.in_each(said)


def _clock(moment: time) -> str:
    return f"{moment.hour:02}:{moment.minute:02}"


def _weekly(contact: Contact, voice: Voice) -> Iterable[Markup]:
    names = get_day_names("wide", locale=voice.language.babel)
    days: dict[int, list[str]] = {}
    for span in sorted(contact.hours, key=lambda found: (found.weekday, found.opens)):
        days.setdefault(span.weekday, []).append(f"{_clock(span.opens)}–{_clock(span.closes)}")
    for first, last, spans in _runs(days):
        named = names[first] if first == last else f"{names[first]} – {names[last]}"
        times = escape(voice.comma).join(Markup('<bdi dir="ltr">{}</bdi>').format(span) for span in spans)
        yield Markup("{}: {}").format(voice.mark(named), times)


def _runs(days: dict[int, list[str]]) -> list[tuple[int, int, list[str]]]:
    """Put neighbouring days with the same hours together."""
    runs: list[tuple[int, int, list[str]]] = []
    for day, spans in days.items():
        if runs and runs[-1][1] == day - 1 and runs[-1][2] == spans:
            runs[-1] = (runs[-1][0], day, spans)
        else:
            runs.append((day, day, spans))
    return runs
