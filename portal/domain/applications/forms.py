"""What an applicant writes: which fields the form asks for, and how it is kept as texts.

Nobody has to give a personnummer. Who has a protected identity is never asked where she lives.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace

from portal.domain.applications.consent import ATTORNEY, CHILD, GUARDIAN, SELF, TRUSTEE, questions_of
from portal.domain.applications.kinds import ApplicationKind
from portal.domain.applications.personal_numbers import read_number
from portal.domain.people.emails import LONGEST_EMAIL
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
