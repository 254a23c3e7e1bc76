"""The form of a group: what a leader typed, read into a draft, and which fields cannot be as they are."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time

from werkzeug.datastructures import MultiDict

from portal.domain.groups.meetings import Row, read_row, read_time, second_at_once
from portal.domain.groups.planning import ACCESSIBILITY, Draft, Group, Session
from portal.domain.groups.terms import OfferPolicy
from portal.domain.numbers import Words, date_in, number_in
from portal.domain.sentences import Sentence, sentence
from portal.domain.typed import line_of, plain
from portal.web.portal import catalogue

MOST_SESSIONS = 30
LONGEST_WORD = 200

_MOST = 10**6

WRONG: Mapping[str, Sentence] = {
    "template": sentence("Välj något i listan."),
    "first_on": sentence("Skriv en dag som inte har varit."),
    "first_time": sentence("Skriv en tid, till exempel 17:30."),
    "name": sentence("Skriv vad gruppen heter."),
    "sessions": sentence("Skriv minst en träff."),
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
    """What was typed, as it was, and what cannot be read: fields, and rows of meetings with what is wrong."""

    form: MultiDict[str, str]
    wrong: list[str] = field(default_factory=list)
    words: Words = field(default_factory=lambda: catalogue().questions.words)
    meetings: dict[str, Sentence] = field(default_factory=dict)

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
        found = date_in(self.form.get(name, ""), self.words)
        self._note(name, found)
        return found

    def time(self, name: str) -> time | None:
        """Return a time of day; None for an empty field."""
        found = read_time(plain(self.form.get(name, "")))
        self._note(name, found)
        return found

    def _note(self, name: str, found: object) -> None:
        if found is None and self.form.get(name, "").strip():
            self.wrong.append(name)


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
    """Return the meetings whose row is not empty, by when they are; an empty row is one that is taken away, or none.

    A row names the meeting it was made from, which it stays; any other row is a new one.
    """
    rows: dict[int, Session] = {}
    used: set[str] = set()
    for number in range(1, MOST_SESSIONS + 1):
        row = Row(number, *(plain(typed.form.get(f"{part}-{number}", "")) for part in ("day", "starts", "ends")))
        if not f"{row.day}{row.starts}{row.ends}".strip():
            continue
        read = read_row(row, typed.words)
        if isinstance(read, Sentence):
            typed.meetings[f"meeting-{number}"] = read
            continue
        known = before.find_session(typed.form.get(f"id-{number}", ""))
        one = Session(number, *read, typed.word(f"place-{number}") or None)
        if known is not None and known.id not in used:
            one = replace(one, id=known.id, is_cancelled=known.is_cancelled)
        used.add(one.id)
        rows[number] = one
    at_once = second_at_once((number, one.starts_at) for number, one in rows.items())
    typed.meetings.update({f"meeting-{number}": says for number, says in at_once.items()})
    in_order = sorted(rows.values(), key=lambda one: one.starts_at)
    return tuple(replace(one, number=number) for number, one in enumerate(in_order, start=1))
