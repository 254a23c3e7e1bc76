"""What the forms about groups send, read once: nothing but the fields that a page has."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from werkzeug.datastructures import MultiDict

from portal.domain.groups.details import NEEDS, Details, Field, fields_allowed, problems_of
from portal.domain.groups.planning import TIMES_OF_DAY, Wanted
from portal.domain.groups.sign_ups import MOST_SEATS
from portal.domain.numbers import NO_WORDS, Words, ages_in
from portal.domain.people.emails import email_of
from portal.domain.people.phone_numbers import phone_of
from portal.domain.refusals import Problem
from portal.domain.sentences import sentence
from portal.domain.typed import line_of
from portal.store.form_keys import FormKey
from portal.web.form_keys import key_from
from portal.web.people.spoken import INTERPRETED

Sent = MultiDict[str, str]
"""The fields that a browser sent."""

WISHED = ("sv", *INTERPRETED)
"""The languages that one can wish for a group in."""

ONLINE, ON_THE_SPOT = PLACES = "online", "place"
FILTERS = ("insats", "language", "time", "where")
"""What the list of groups can be filtered by, in its address."""

LONGEST = 260
"""Characters of a field that are read; what is longer is a mistake in every field."""

_NO_AGE = -1
_KEPT_AS: Mapping[str, Callable[[str], str]] = {"email": email_of, "phone": phone_of}

WRONG_LANGUAGE = sentence("Välj ett språk i listan.")


def text(sent: Sent, name: str) -> str:
    """Return what was typed in a field, without the signs that no page may hold."""
    return line_of(sent.get(name, ""))[:LONGEST]


def seats_of(sent: Sent) -> int:
    """Return for how many seats one asks: one, or two."""
    return MOST_SEATS if sent.get("seats") == str(MOST_SEATS) else 1


def begun_with(address: Sent, interpreter: str) -> Sent:
    """Return what a form begins with: for how many, which alone a link may say, and an interpreter or none."""
    seats = [("seats", value) for value in address.getlist("seats")[:1]]
    return MultiDict([*seats, *([("interpreter", interpreter)] if interpreter else [])])


@dataclass(frozen=True)
class SignUpForm:
    """The form of a sign-up for a group under a documentation regime, with what was typed in it."""

    group_id: str
    sent: Sent
    regime: str
    words: Words = NO_WORDS

    @cached_property
    def key(self) -> FormKey:
        """Return the key that makes a form sent twice one sign-up; a new one where the form brings none of ours."""
        return key_from(self.sent.get("form_key", ""), f"sign-up {self.group_id}")

    def renewed(self) -> "SignUpForm":
        """Return the same form with a new key."""
        sent = self.sent.copy()
        sent.poplist("form_key")
        return replace(self, sent=sent)

    @cached_property
    def seats(self) -> int:
        """Return how many seats it asks for."""
        return seats_of(self.sent)

    @property
    def may_wait(self) -> bool:
        """Return whether the page said that there is only the waiting list."""
        return self.sent.get("may_wait") == "1"

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Return the fields it has: those that the regime allows, and the second name only where two come."""
        return tuple(
            field for field in fields_allowed(self.regime) if self.seats > 1 or not field.id.startswith("second_")
        )

    def has(self, name: str) -> bool:
        """Return whether the form has that field."""
        return any(field.id == name for field in self.fields)

    def typed(self, name: str) -> str:
        """Return what was typed in a field."""
        return text(self.sent, name)

    @property
    def needs(self) -> tuple[str, ...]:
        """Return what was ticked that she needs to take part."""
        return tuple(dict.fromkeys(one for one in self.sent.getlist("needs") if one in NEEDS))

    @cached_property
    def details(self) -> Details:
        """Return what the form holds about a person."""
        texts = ("name", "second_name", "nickname", "second_nickname", "email", "phone", "interpreter")
        return Details(
            **{name: _KEPT_AS.get(name, str)(self.typed(name)) for name in texts if self.has(name)},
            child_ages=_ages(self.typed("child_ages"), self.words) if self.has("child_ages") else (),
            child_minding=self.sent.get("child_minding") == "1",
            needs=self.needs,
        )

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """Return what is wrong, in the order of the form."""
        found = problems_of(self.details, self.regime, self.seats)
        if self.details.interpreter not in ("", *INTERPRETED) and not any(one.field == "interpreter" for one in found):
            return (*found, Problem("interpreter", WRONG_LANGUAGE))
        return found


def _ages(typed: str, words: Words) -> tuple[int, ...]:
    """Return the ages in a text such as "4 och 7"; one that nobody has where it cannot be told which they are."""
    found = ages_in(typed, words)
    return found if found is not None else ((_NO_AGE,) if typed else ())


def wanted_from(sent: Sent, insatser: Collection[str], languages: Collection[str]) -> Wanted:
    """Return what a filter or a wish asks for; an insats or a language that is none asks for nothing."""
    insats, language, time_of_day = sent.get("insats", ""), sent.get("language", ""), sent.get("time", "")
    return Wanted(
        insats=insats if insats in insatser else None,
        language=language if language in languages else None,
        time_of_day=time_of_day if time_of_day in TIMES_OF_DAY else None,
        is_online={ONLINE: True, ON_THE_SPOT: False}.get(sent.get("where", "")),
    )
