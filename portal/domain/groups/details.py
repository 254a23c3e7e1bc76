"""What a sign-up may hold about a person: only what the regime of the insats allows (SoL 14 kap. 3–5 §)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields

from portal.domain.catalogue.insatser import REGIMES
from portal.domain.people.reach import problems_of_interpreter, problems_of_reach
from portal.domain.refusals import Problem
from portal.domain.sentences import Sentence, sentence
from portal.domain.typed import is_blank, is_line, plain

IDENTITY_EXEMPT = ("advice", "no_identity", "partly")
"""Regimes where who somebody is need not, or may not, be written down: the form has a nickname and no name."""


NEEDS: Mapping[str, Sentence] = {
    "step_free": sentence("Jag behöver komma in utan trappor."),
    "hearing_loop": sentence("Jag behöver hörslinga."),
    "large_print": sentence("Jag behöver stor text."),
}
"""What a person can say that she needs to take part: the room's part, never why."""


LONGEST_NAME = 60


MOST_CHILDREN = 12


OLDEST_CHILD = 20


_PERSONNUMMER = re.compile(r"(?<!\d)(?:\d{2})?\d{2}[01]\d[0-8]\d ?[-+]? ?\d{4}(?!\d)")


@dataclass(frozen=True, slots=True)
class Details:
    """How to reach a person and what she needs to take part; the second name is that of who comes with her."""

    name: str = ""
    second_name: str = ""
    nickname: str = ""
    second_nickname: str = ""
    email: str = ""
    phone: str = ""
    child_ages: tuple[int, ...] = ()
    interpreter: str = ""
    child_minding: bool = False
    needs: tuple[str, ...] = ()

    @property
    def called(self) -> str:
        """Return what the group calls her."""
        return self.name or self.nickname


@dataclass(frozen=True, slots=True)
class Request:
    """One form: its random key, the seats, who comes, in which language, under which regime, whether she may wait."""

    form_key: str
    details: Details
    lang: str
    regime: str
    seats: int = 1
    may_wait: bool = True


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form."""

    id: str
    is_required: bool = False


def fields_allowed(regime: str) -> tuple[Field, ...]:
    """Return the fields of the form under a documentation regime; raise ValueError for a regime that is none."""
    if regime not in REGIMES:
        raise ValueError(regime)
    reach = (Field("email"), Field("phone"))
    rest = (Field("interpreter"), Field("child_minding"), Field("needs"))
    if regime in IDENTITY_EXEMPT:
        return (Field("nickname", is_required=True), Field("second_nickname"), *reach, *rest)
    return (Field("name", is_required=True), Field("second_name"), *reach, Field("child_ages"), *rest)


def problems_of(details: Details, regime: str, seats: int = 1) -> tuple[Problem, ...]:
    """Return what is wrong with details under a regime, in the order of the form."""
    allowed = {field.id: field for field in fields_allowed(regime)}
    found = [
        Problem(field.name, sentence("Det här ska inte stå här."))
        for field in fields(Details)
        if field.name not in allowed and getattr(details, field.name)
    ]
    found += _problems_of_names(details, allowed, seats)
    return (*found, *problems_of_reach(details.email, details.phone), *_problems_of_needs(details))


def _problems_of_names(details: Details, allowed: Mapping[str, Field], seats: int) -> list[Problem]:
    found = []
    for field in ("name", "second_name", "nickname", "second_nickname"):
        value = str(getattr(details, field))
        if field in allowed and allowed[field].is_required and is_blank(value):
            found.append(Problem(field, sentence("Skriv något som vi kan kalla dig.")))
        elif len(value) > LONGEST_NAME:
            found.append(Problem(field, sentence("Det är för långt. Skriv något kortare.")))
        elif _PERSONNUMMER.search(plain(value)):
            found.append(Problem(field, sentence("Skriv inte ditt personnummer.")))
        elif not is_line(value):
            found.append(Problem(field, sentence("Skriv med vanliga tecken.")))
        elif value and field.startswith("second_") and seats == 1:
            found.append(Problem(field, sentence("Välj två platser om ni är två.")))
    return found


_WRONG_AGES = sentence(
    "Skriv barnens ålder i hela år, {low} till {high}. Skriv så här: {example}.",
    low=0,
    high=OLDEST_CHILD,
    example="4 7",
)


def _problems_of_needs(details: Details) -> list[Problem]:
    found = []
    if len(details.child_ages) > MOST_CHILDREN or any(not 0 <= age <= OLDEST_CHILD for age in details.child_ages):
        found.append(Problem("child_ages", _WRONG_AGES))
    found += problems_of_interpreter(details.interpreter)
    if not set(details.needs) <= set(NEEDS):
        found.append(Problem("needs", sentence("Välj något i listan.")))
    return found
