"""What is missing or wrong in a form before it can be sent, and what even a draft may not be."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields

from portal.domain.applications.consent import CHILD, GUARDIAN, SELF, questions_of
from portal.domain.applications.forms import FOR_WHOM, HOURS, LONGEST, Form, fields_asked, ways_offered
from portal.domain.applications.kinds import ApplicationKind, Fact
from portal.domain.applications.personal_numbers import read_number
from portal.domain.numbers import is_day, is_of_our_years
from portal.domain.people.reach import problems_of_reach
from portal.domain.refusals import Problem
from portal.domain.sentences import Sentence, sentence
from portal.domain.typed import is_blank, is_line, is_text

LONGEST_FACT = 2_000


OLDEST = 120


_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


_ID = re.compile(r"[a-z0-9_-]{1,64}")


_SEVERAL_LINES = ("address", "reach_note", "wants")


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
    if len(value) > longest:
        yield Problem(name, sentence("Det är för långt. Skriv något kortare."))
    elif not is_text(value):
        yield Problem(name, sentence("Skriv med vanliga tecken."))
    elif not is_line(value) and name not in _SEVERAL_LINES and not name.startswith("facts."):
        yield Problem(name, sentence("Skriv på en rad."))


def _problems_of_persons(form: Form, kind: ApplicationKind) -> Iterator[Problem]:
    if form.for_whom not in FOR_WHOM:
        yield Problem("for_whom", sentence("Välj vem du ansöker för."))
    if is_blank(form.name):
        yield Problem("name", sentence("Skriv vad du heter."))
    is_for_other = form.for_whom in FOR_WHOM and form.for_whom != SELF
    if is_for_other and is_blank(form.other_name):
        yield Problem("other_name", sentence("Skriv vad personen heter."))
    for name in ("number", "other_number"):
        if getattr(form, name) and read_number(getattr(form, name)) is None:
            yield Problem(name, _WRONG_NUMBER)
    is_needed = kind.consent != "none" and form.for_whom in (CHILD, GUARDIAN)
    if (form.age is None and is_needed) or (form.age is not None and not 0 <= form.age <= OLDEST):
        yield Problem("age", _WRONG_AGE)


_WRONG_NUMBER = sentence(
    "Numret stämmer inte. Skriv det så här: {example}. Du kan lämna rutan tom.", example="850101-2382"
)
_WRONG_AGE = sentence("Skriv åldern i hela år, {low} till {high}.", low=0, high=OLDEST)


def _problems_of_reach(form: Form) -> Iterator[Problem]:
    ways = set(form.ways)
    if not ways:
        yield Problem("ways", sentence("Välj hur vi får nå dig."))
    elif not ways <= set(ways_offered(form)):
        yield Problem("ways", sentence("Välj något i listan."))
    elif "code" in ways and len(ways) > 1:
        yield Problem("ways", sentence("Välj bara det sista, om vi inte ska kontakta dig."))
    wrong = {found.field: found for found in problems_of_reach(form.email, form.phone)}
    if "email" in ways and not form.email:
        yield Problem("email", sentence("Skriv din e-post."))
    elif form.email and "email" in wrong:
        yield wrong["email"]
    if ways & {"call", "message"} and not form.phone:
        yield Problem("phone", sentence("Skriv ditt telefonnummer."))
    elif form.phone and "phone" in wrong:
        yield wrong["phone"]
    if "letter" in ways and not form.is_protected and is_blank(form.address):
        yield Problem("address", sentence("Skriv din adress."))
    if not set(form.hours) <= set(HOURS):
        yield Problem("hours", sentence("Välj något i listan."))


def _problems_of_wants(form: Form) -> Iterator[Problem]:
    if not _LANGUAGE.fullmatch(form.language):
        yield Problem("language", sentence("Välj ett språk i listan."))
    if form.interpreter and not _LANGUAGE.fullmatch(form.interpreter):
        yield Problem("interpreter", sentence("Välj ett språk i listan."))
    if is_blank(form.wants):
        yield Problem("wants", sentence("Skriv vad du behöver."))


def _problems_of_facts(form: Form, kind: ApplicationKind) -> Iterator[Problem]:
    for fact in kind.facts:
        answer = form.facts.get(fact.id, "").strip()
        if not answer:
            if fact.is_required:
                yield Problem(f"facts.{fact.id}", sentence("Svara på den här frågan."))
        elif not _is_answer(fact, answer):
            yield Problem(f"facts.{fact.id}", _wrong_fact(fact, answer))


_WRONG_FACT: Mapping[str, Sentence] = {
    "choice": sentence("Välj något i listan."),
    "yes_no": sentence("Välj ja eller nej."),
}


def _wrong_fact(fact: Fact, answer: str) -> Sentence:
    """Return what is wrong with an answer: the true limit, what there is no such day of, or how it is written."""
    if fact.kind == "number":
        if _WHOLE.fullmatch(answer):
            return sentence("Skriv ett tal från {low} till {high}.", low=fact.low, high=fact.high)
        return sentence("Skriv ett helt tal med siffror, till exempel {example}.", example=_example(fact))
    if fact.kind != "date":
        return _WRONG_FACT[fact.kind]
    if not is_of_our_years(answer):
        return sentence("Skriv året som det räknas i Sverige, så här: {example}.", example=_A_DAY)
    if _DAY.fullmatch(answer):
        return sentence("Den dagen finns inte. Skriv dagen så här: {example}.", example=_A_DAY)
    return sentence("Skriv dagen så här: {example}.", example=_A_DAY)


_A_DAY = "2026-11-24"


def _example(fact: Fact) -> int:
    return min(max(fact.low, 4000 if fact.high >= 4000 else 3), fact.high)


_WHOLE = re.compile(r"[0-9]{1,9}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _is_answer(fact: Fact, answer: str) -> bool:
    if fact.kind == "choice":
        return answer in {option.id for option in fact.options}
    if fact.kind == "yes_no":
        return answer in ("yes", "no")
    if fact.kind == "number":
        return _WHOLE.fullmatch(answer) is not None and fact.low <= int(answer) <= fact.high
    return fact.kind != "date" or (is_day(answer) and is_of_our_years(answer))


def _problems_of_consents(form: Form, kind: ApplicationKind) -> Iterator[Problem]:
    options = {question.id: question.options for question in questions_of(kind.consent, form.for_whom, form.age)}
    for name, answer in form.consents.items():
        if answer and answer not in options.get(name, {answer: None}):
            yield Problem(f"consents.{name}", sentence("Välj något i listan."))
