"""How times, languages and numbers of people look in the staff room."""

from datetime import date, datetime
from functools import cache

import holidays
from babel.dates import format_date
from markupsafe import Markup

from portal.actions.groups.leading import Listed
from portal.domain.groups.planning import Session
from portal.domain.groups.sign_ups import ACTIVE, State
from portal.domain.sentences import Sentence, sentence
from portal.web.people.spoken import name_of
from portal.web.portal import current_voice

STATES: dict[str, Sentence] = {
    State.HELD: sentence("Fyller i formuläret"),
    State.PLACED: sentence("Har plats"),
    State.WAITING: sentence("Står i kö"),
    State.OFFERED: sentence("Har fått ett erbjudande"),
    State.LAPSED: sentence("Svarade inte i tid"),
    State.WITHDRAWN: sentence("Avbokad"),
    State.CANCELLED: sentence("Gruppen är inställd"),
}

GROUP_STATES: dict[str, Sentence] = {
    "draft": sentence("Utkast"),
    "published": sentence("Syns för alla"),
    "cancelled": sentence("Inställd"),
}


def day_of(instant: datetime) -> Markup:
    """Return a day with its weekday."""
    voice = current_voice()
    return voice.mark(format_date(instant, "EEEE d MMMM yyyy", locale=voice.language.babel))


@cache
def _red_days(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays(
        "SE", years=year, include_sundays=False, categories=(holidays.PUBLIC, holidays.DE_FACTO)
    )


def is_red(day: date) -> bool:
    """Return whether a day is a public holiday in Sweden, or an eve that is kept as one."""
    return day in _red_days(day.year)


def hours_of(session: Session) -> Markup:
    """Return from when to when a meeting lasts."""
    return Markup('<bdi dir="ltr">{}–{}</bdi>').format(f"{session.starts_at:%H:%M}", f"{session.ends_at:%H:%M}")


def moment(instant: datetime) -> Markup:
    """Return a day and a time of day."""
    voice = current_voice()
    day = voice.mark(format_date(instant, "d MMMM yyyy", locale=voice.language.babel))
    return Markup('{} <bdi dir="ltr">{}</bdi>').format(day, f"{instant:%H:%M}")


def language_name(code: str) -> Markup:
    """Return what a language is called in the language of the page; a code that nobody knows stays as it is."""
    voice = current_voice()
    for tag in (code, code.partition("-")[0]):
        name = name_of(tag, voice)
        if name.striptags() != tag:
            return name
    return voice.mark(code)


def told_of(listed: tuple[Listed, ...]) -> tuple[int, int]:
    """Return how many active sign-ups are told by mail, and how many have only a phone."""
    active = [one.details for one in listed if one.sign_up.state in ACTIVE and one.details is not None]
    mailed = sum(bool(details.email) for details in active)
    return mailed, len(active) - mailed
