"""The form of a group: what a leader typed, read into a draft, and which fields cannot be as they are."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from werkzeug.datastructures import MultiDict

from portal.domain.groups.planning import ACCESSIBILITY, Draft, Group, Session
from portal.domain.groups.terms import OfferPolicy
from portal.domain.instants import STOCKHOLM
from portal.domain.numbers import Words, day_in, is_day, number_in
from portal.domain.sentences import Sentence, sentence
from portal.domain.typed import line_of, plain
from portal.web.portal import catalogue

MOST_SESSIONS = 30
LONGEST_WORD = 200

_MOST = 10**6
_TIME = re.compile(r"(?:kl\.? ?)?([01]?[0-9]|2[0-3])(?:[:.]([0-5][0-9]))?(?::00)?", re.IGNORECASE)

WRONG: Mapping[str, Sentence] = {
    "template": sentence("Välj något i listan."),
    "first_on": sentence("Skriv en dag som inte har varit."),
    "first_time": sentence("Skriv en tid, till exempel 17:30."),
    "name": sentence("Skriv vad gruppen heter."),
    "sessions": sentence("Varje träff behöver dag, start och slut. Träffarna ska komma i ordning."),
    "capacity": sentence("Skriv hur många platser det finns, 1 till 200."),
    "fewest": sentence("Skriv ett tal som inte är större än antalet platser."),
    "waiting_capacity": sentence("Skriv ett tal, eller lämna tomt."),
    "languages": sentence("Välj ett eller två språk."),
    "place": sentence("Skriv var gruppen träffas."),
    "contact": sentence("Välj något i listan."),
    "accessibility": sentence("Välj något i listan."),
    "offer_hours": sentence("Skriv antal timmar, 1 till 336."),
}
"""What the page says of each field; a field's name is that of the draft."""


@dataclass
class Typed:
    """What was typed, as it was, and what cannot be read."""

    form: MultiDict[str, str]
    wrong: list[str] = field(default_factory=list)
    words: Words = field(default_factory=lambda: catalogue().questions.words)

    def word(self, name: str) -> str:
        """Return a line of text."""
        return " ".join(line_of(self.form.get(name, "")).split())[:LONGEST_WORD]

    def number(self, name: str, *, is_needed: bool = False) -> int | None:
        """Return a whole number; None for an empty field."""
        text = self.form.get(name, "").strip()
        number = number_in(text, self.words)
        if number is not None and number < _MOST:
            return number
        if text or is_needed:
            self.wrong.append(name)
        return None

    def day(self, name: str) -> date | None:
        """Return a day; None for an empty field."""
        text = self.form.get(name, "").strip()
        day = day_in(text, self.words)
        if day is not None and is_day(day):
            return date.fromisoformat(day)
        if text:
            self.wrong.append(name)
        return None

    def time(self, name: str) -> time | None:
        """Return a time of day; None for an empty field."""
        text = plain(self.form.get(name, ""))
        found = _TIME.fullmatch(text)
        if found is not None:
            return time(int(found[1]), int(found[2] or 0))
        if text:
            self.wrong.append(name)
        return None


def read_draft(typed: Typed, before: Group, contacts: Mapping[str, object]) -> Draft:
    """Return what was typed as a draft of the same insats; what cannot be read stands in `typed.wrong`."""
    contact = typed.word("contact")
    if contact not in contacts:
        typed.wrong.append("contact")
    languages = tuple(dict.fromkeys(code for code in typed.form.getlist("languages") if code))
    policy = OfferPolicy.AT_ONCE if typed.form.get("offer_policy") == OfferPolicy.AT_ONCE else OfferPolicy.OFFER
    return Draft(
        insats=before.insats,
        name=typed.word("name"),
        sessions=_read_sessions(typed, before),
        capacity=typed.number("capacity", is_needed=True) or 0,
        contact=contact,
        programme=before.programme,
        fewest=typed.number("fewest"),
        waiting_capacity=typed.number("waiting_capacity"),
        languages=languages,
        has_interpreter="has_interpreter" in typed.form,
        place=typed.word("place"),
        is_online="is_online" in typed.form,
        has_child_minding="has_child_minding" in typed.form,
        accessibility=tuple(key for key in ACCESSIBILITY if key in typed.form.getlist("accessibility")),
        offer_policy=policy,
        offer_hours=typed.number("offer_hours", is_needed=True) or 0,
        let_smaller_pass="let_smaller_pass" in typed.form,
        never_both_parents="never_both_parents" in typed.form,
        is_sample=before.is_sample,
    )


def _read_sessions(typed: Typed, before: Group) -> tuple[Session, ...]:
    """Return the meetings whose row has a day; an empty row is a meeting that is taken away, or none."""
    found: list[Session] = []
    known = {one.number: one for one in before.sessions}
    for row in range(1, MOST_SESSIONS + 1):
        day, starts, ends = typed.day(f"day-{row}"), typed.time(f"starts-{row}"), typed.time(f"ends-{row}")
        if day is None and starts is None and ends is None:
            continue
        if day is None or starts is None or ends is None:
            typed.wrong.append("sessions")
            continue
        begins, stops = (datetime.combine(day, moment, STOCKHOLM) for moment in (starts, ends))
        is_cancelled = row in known and known[row].is_cancelled
        place = typed.word(f"place-{row}") or None
        found.append(Session(len(found) + 1, begins, stops, place, is_cancelled))
    return tuple(found)
