"""What an applicant writes: which fields the form asks for, and what is missing before it can be sent.

Nobody has to give a personnummer. Who has a protected identity is never asked where she lives.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date

from portal.domain.applications.consent import ATTORNEY, CHILD, GUARDIAN, SELF, TRUSTEE, questions_of
from portal.domain.applications.kinds import ApplicationKind, Fact
from portal.domain.applications.personal_numbers import read_number
from portal.domain.catalogue.answers import Problem
from portal.domain.people.details import LONGEST_EMAIL, problems_of_reach
from portal.domain.sentences import Sentence, sentence

FOR_WHOM: Mapping[str, Sentence] = {
    SELF: sentence("Mig själv"),
    CHILD: sentence("Mitt barn"),
    GUARDIAN: sentence("Ett barn som jag är vårdnadshavare eller förmyndare för"),
    TRUSTEE: sentence("En person som jag är god man eller förvaltare för"),
    ATTORNEY: sentence("En person som jag har fullmakt från"),
}
"""Whom it is for."""

WAYS: Mapping[str, Sentence] = {
    "call": sentence("Ring mig"),
    "message": sentence("Ring, och lämna ett meddelande om jag inte svarar"),
    "email": sentence("Skicka e-post som bara säger att det finns något att läsa"),
    "letter": sentence("Skicka brev hem till mig"),
    "code": sentence("Kontakta mig inte. Jag kommer tillbaka hit med min kod"),
}
"""How it is safe to reach her."""

HOURS: Mapping[str, Sentence] = {
    "morning": sentence("På morgonen"),
    "midday": sentence("Mitt på dagen"),
    "afternoon": sentence("På eftermiddagen"),
    "evening": sentence("På kvällen"),
}

PROTECTED_FIRST: tuple[Sentence, ...] = (
    sentence("Har du skyddade personuppgifter? Ring oss, eller ansök på papper."),
    sentence("Då behöver du inte skriva något här."),
    sentence("Vill du ändå skriva här frågar vi aldrig var du bor."),
)
"""What somebody with a protected identity reads before anything else."""

LONGEST: Mapping[str, int] = {
    "for_whom": 20,
    "name": 100,
    "number": 20,
    "other_name": 100,
    "other_number": 20,
    "phone": 30,
    "email": LONGEST_EMAIL,
    "address": 300,
    "reach_note": 500,
    "language": 20,
    "interpreter": 20,
    "insats": 64,
    "wants": 10_000,
}
"""Characters."""

LONGEST_FACT = 2_000
OLDEST = 120
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_ID = re.compile(r"[a-z0-9_-]{1,64}")
_SEVERAL_LINES = ("address", "reach_note", "wants")


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """Everything an applicant has written so far; an empty value is no answer."""

    for_whom: str = ""
    is_protected: bool = False
    name: str = ""
    number: str = ""
    other_name: str = ""
    other_number: str = ""
    age: int | None = None
    ways: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    address: str = ""
    hours: tuple[str, ...] = ()
    reach_note: str = ""
    language: str = ""
    interpreter: str = ""
    insats: str = ""
    wants: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    consents: Mapping[str, str] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names that it can be found by."""
        return tuple(name for name in (self.name, self.other_name) if name.strip())

    @property
    def numbers(self) -> tuple[str, ...]:
        """Return the numbers that it can be found by, as ten digits."""
        read = (read_number(number) for number in (self.number, self.other_number))
        return tuple(number for number in read if number is not None)

    @property
    def safe_email(self) -> str | None:
        """Return the e-mail that may be written to, if she has said that one may."""
        return self.email if "email" in self.ways and self.email else None


def fields_asked(kind: ApplicationKind, form: Form) -> tuple[str, ...]:
    """Return the fields of the form, in order, as it looks after what is answered."""
    consents = questions_of(kind.consent, form.for_whom, form.age)
    asked = {
        "for_whom": True,
        "is_protected": True,
        "name": True,
        "number": True,
        "other_name": form.for_whom != SELF,
        "other_number": form.for_whom != SELF,
        "age": kind.consent != "none" and form.for_whom in (SELF, CHILD, GUARDIAN),
        **{f"consents.{question.id}": True for question in consents},
        "ways": True,
        "phone": bool({"call", "message"} & set(form.ways)),
        "email": "email" in form.ways,
        "address": "letter" in form.ways and not form.is_protected,
        "hours": bool({"call", "message"} & set(form.ways)),
        "reach_note": True,
        "language": True,
        "interpreter": True,
        "insats": True,
        "wants": True,
        **{f"facts.{fact.id}": True for fact in kind.facts},
    }
    return tuple(name for name, is_asked in asked.items() if is_asked)


def only_asked(form: Form, kind: ApplicationKind) -> Form:
    """Return the form without what is left in fields that it does not ask for, after what is answered elsewhere."""
    asked = fields_asked(kind, form)
    return form_of({name: text for name, text in to_texts(form).items() if name in asked})


def safe_draft(form: Form) -> Form:
    """Return what may be kept of a form that is not finished: of who is protected never where she lives."""
    return replace(form, address="") if form.is_protected else form


def ways_offered(form: Form) -> tuple[str, ...]:
    """Return the ways to be reached that the form offers: a letter needs an address."""
    return tuple(way for way in WAYS if way != "letter" or not form.is_protected)


def problems_of_draft(form: Form) -> tuple[Problem, ...]:
    """Return what even a draft may not be: too long, or no text."""
    return tuple(_problems_of_texts(form))


def problems_of(form: Form, kind: ApplicationKind) -> tuple[Problem, ...]:
    """Return what is missing or wrong before it can be sent, in the order of the form."""
    found = [
        *_problems_of_texts(form),
        *_problems_of_persons(form, kind),
        *_problems_of_reach(form),
        *_problems_of_wants(form),
        *_problems_of_facts(form, kind),
        *_problems_of_consents(form, kind),
    ]
    asked = fields_asked(kind, form)
    known = {problem.field for problem in found}
    found += [
        Problem(name, sentence("Det här ska inte stå här."))
        for name in _filled(form)
        if name not in asked and name not in known
    ]
    order = {name: place for place, name in enumerate(asked)}
    first_of_each = {problem.field: problem for problem in reversed(found)}
    return tuple(sorted(first_of_each.values(), key=lambda problem: order.get(problem.field, len(order))))


def _filled(form: Form) -> Iterator[str]:
    for one in fields(Form):
        value = getattr(form, one.name)
        if isinstance(value, Mapping):
            yield from (f"{one.name}.{name}" for name, answer in value.items() if answer)
        elif value not in ("", (), None, False):
            yield one.name


def _problems_of_texts(form: Form) -> Iterator[Problem]:
    for name, longest in LONGEST.items():
        yield from _problem_of_text(name, getattr(form, name), longest)
    for group in ("facts", "consents"):
        for name, value in getattr(form, group).items():
            if not _ID.fullmatch(name):
                yield Problem(group, sentence("Det här ska inte stå här."))
                continue
            yield from _problem_of_text(f"{group}.{name}", value, LONGEST_FACT)


def _problem_of_text(name: str, value: str, longest: int) -> Iterator[Problem]:
    lines = value.replace("\t", " ").splitlines() or [""]
    if len(value) > longest:
        yield Problem(name, sentence("Det är för långt. Skriv något kortare."))
    elif not all(line.isprintable() for line in lines):
        yield Problem(name, sentence("Skriv med vanliga tecken."))
    elif len(lines) > 1 and name not in _SEVERAL_LINES and not name.startswith("facts."):
        yield Problem(name, sentence("Skriv på en rad."))


def _problems_of_persons(form: Form, kind: ApplicationKind) -> Iterator[Problem]:
    if form.for_whom not in FOR_WHOM:
        yield Problem("for_whom", sentence("Välj vem du ansöker för."))
    if not form.name.strip():
        yield Problem("name", sentence("Skriv vad du heter."))
    is_for_other = form.for_whom in FOR_WHOM and form.for_whom != SELF
    if is_for_other and not form.other_name.strip():
        yield Problem("other_name", sentence("Skriv vad personen heter."))
    for name in ("number", "other_number"):
        if getattr(form, name) and read_number(getattr(form, name)) is None:
            yield Problem(name, sentence("Numret stämmer inte. Du kan lämna rutan tom."))
    is_needed = kind.consent != "none" and form.for_whom in (CHILD, GUARDIAN)
    if (form.age is None and is_needed) or (form.age is not None and not 0 <= form.age <= OLDEST):
        yield Problem("age", sentence("Skriv åldern i hela år."))


def _problems_of_reach(form: Form) -> Iterator[Problem]:
    ways = set(form.ways)
    if not ways:
        yield Problem("ways", sentence("Välj hur vi får nå dig."))
    elif not ways <= set(ways_offered(form)):
        yield Problem("ways", sentence("Välj något i listan."))
    elif "code" in ways and len(ways) > 1:
        yield Problem("ways", sentence("Välj bara det sista, om vi inte ska kontakta dig."))
    wrong = {found.field: Problem(found.field, found.says) for found in problems_of_reach(form.email, form.phone)}
    if "email" in ways and not form.email:
        yield Problem("email", sentence("Skriv din e-post."))
    elif form.email and "email" in wrong:
        yield wrong["email"]
    if ways & {"call", "message"} and not form.phone:
        yield Problem("phone", sentence("Skriv ditt telefonnummer."))
    elif form.phone and "phone" in wrong:
        yield wrong["phone"]
    if "letter" in ways and not form.is_protected and not form.address.strip():
        yield Problem("address", sentence("Skriv din adress."))
    if not set(form.hours) <= set(HOURS):
        yield Problem("hours", sentence("Välj något i listan."))


def _problems_of_wants(form: Form) -> Iterator[Problem]:
    if not _LANGUAGE.fullmatch(form.language):
        yield Problem("language", sentence("Välj ett språk i listan."))
    if form.interpreter and not _LANGUAGE.fullmatch(form.interpreter):
        yield Problem("interpreter", sentence("Välj ett språk i listan."))
    if not form.wants.strip():
        yield Problem("wants", sentence("Skriv vad du behöver."))


def _problems_of_facts(form: Form, kind: ApplicationKind) -> Iterator[Problem]:
    for fact in kind.facts:
        answer = form.facts.get(fact.id, "").strip()
        if not answer:
            if fact.is_required:
                yield Problem(f"facts.{fact.id}", sentence("Svara på den här frågan."))
        elif not _is_answer(fact, answer):
            yield Problem(f"facts.{fact.id}", _WRONG_FACT[fact.kind])


_WRONG_FACT: Mapping[str, Sentence] = {
    "choice": sentence("Välj något i listan."),
    "yes_no": sentence("Välj ja eller nej."),
    "number": sentence("Skriv ett helt tal med siffror."),
    "date": sentence("Skriv dagen så här: 2026-11-24."),
}


def _is_answer(fact: Fact, answer: str) -> bool:
    if fact.kind == "choice":
        return answer in {option.id for option in fact.options}
    if fact.kind == "yes_no":
        return answer in ("yes", "no")
    if fact.kind == "number":
        return re.fullmatch(r"[0-9]{1,9}", answer) is not None and fact.low <= int(answer) <= fact.high
    return fact.kind != "date" or _is_day(answer)


def _is_day(answer: str) -> bool:
    try:
        return date.fromisoformat(answer).isoformat() == answer
    except ValueError:
        return False


def _problems_of_consents(form: Form, kind: ApplicationKind) -> Iterator[Problem]:
    options = {question.id: question.options for question in questions_of(kind.consent, form.for_whom, form.age)}
    for name, answer in form.consents.items():
        if answer and answer not in options.get(name, {answer: None}):
            yield Problem(f"consents.{name}", sentence("Välj något i listan."))


# ------------------------------------------------------------------------------------------------- as texts


def to_texts(form: Form) -> dict[str, str]:
    """Return what is answered, each as a text of its own; what is not answered is left out."""
    found: dict[str, str] = {}
    for one in fields(Form):
        value = getattr(form, one.name)
        if isinstance(value, Mapping):
            found |= {f"{one.name}.{name}": answer for name, answer in value.items() if answer}
        elif isinstance(value, tuple):
            found |= {one.name: " ".join(value)} if value else {}
        elif isinstance(value, bool):
            found |= {one.name: "yes"} if value else {}
        elif value not in ("", None):
            found[one.name] = str(value)
    return found


def form_of(texts: Mapping[str, str]) -> Form:
    """Return the form that texts stand for; names that are none of its fields are left out."""
    given = {name: text for name, text in texts.items() if name in LONGEST}
    return Form(
        is_protected=texts.get("is_protected") == "yes",
        age=int(texts["age"]) if "age" in texts else None,
        ways=tuple(texts.get("ways", "").split()),
        hours=tuple(texts.get("hours", "").split()),
        facts=_group(texts, "facts."),
        consents=_group(texts, "consents."),
        **given,
    )


def _group(texts: Mapping[str, str], prefix: str) -> dict[str, str]:
    return {name.removeprefix(prefix): text for name, text in texts.items() if name.startswith(prefix)}
