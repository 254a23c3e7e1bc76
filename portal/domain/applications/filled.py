"""A form that somebody has filled in, as staff read it: each answer under its label, in the order of the form."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.domain.applications.consent import questions_of
from portal.domain.applications.forms import FOR_WHOM, HOURS, WAYS, Form, fields_asked, to_texts
from portal.domain.applications.kinds import ApplicationKind
from portal.domain.sentences import Sentence, sentence

LABELS: Mapping[str, Sentence] = {
    "for_whom": sentence("Vem ansökan är för"),
    "is_protected": sentence("Skyddade personuppgifter"),
    "name": sentence("Namn"),
    "number": sentence("Personnummer eller samordningsnummer"),
    "other_name": sentence("Namn på den som ansökan är för"),
    "other_number": sentence("Nummer på den som ansökan är för"),
    "age": sentence("Ålder på den som ansökan är för"),
    "ways": sentence("Så får vi nå personen"),
    "phone": sentence("Telefon"),
    "email": sentence("E-post"),
    "address": sentence("Adress"),
    "hours": sentence("När vi får ringa"),
    "reach_note": sentence("Att tänka på när vi hör av oss"),
    "language": sentence("Språk"),
    "interpreter": sentence("Tolk"),
    "insats": sentence("Stöd"),
    "wants": sentence("Vad personen behöver"),
}

YES_NO: Mapping[str, Sentence] = {"yes": sentence("Ja"), "no": sentence("Nej")}
LANGUAGES = ("language", "interpreter")
"""Fields that hold the code of a language."""


@dataclass(frozen=True, slots=True)
class Row:
    """One answer: a sentence where it was chosen, a text where it was typed."""

    field: str
    label: Sentence
    answers: tuple[Sentence | str, ...]


def rows_of(form: Form, kind: ApplicationKind | None) -> tuple[Row, ...]:
    """Return what is answered, in the order of the form; without its kind, what the form itself knows."""
    texts = to_texts(form)
    asked = tuple(LABELS) if kind is None else fields_asked(kind, form)
    order = [*(name for name in asked if name in texts), *(name for name in texts if name not in asked)]
    labels, chosen = _labels(form, kind), _chosen(form, kind)
    return tuple(Row(name, labels.get(name, Sentence(name)), _said(name, texts[name], chosen)) for name in order)


def _labels(form: Form, kind: ApplicationKind | None) -> dict[str, Sentence]:
    found = dict(LABELS)
    if kind is not None:
        found |= {f"facts.{fact.id}": fact.ask for fact in kind.facts}
        found |= {f"consents.{one.id}": one.ask for one in questions_of(kind.consent, form.for_whom, form.age)}
    return found


def _chosen(form: Form, kind: ApplicationKind | None) -> dict[str, Mapping[str, Sentence]]:
    found: dict[str, Mapping[str, Sentence]] = {
        "for_whom": FOR_WHOM,
        "is_protected": YES_NO,
        "ways": WAYS,
        "hours": HOURS,
    }
    if kind is not None:
        for fact in kind.facts:
            found[f"facts.{fact.id}"] = {option.id: option.name for option in fact.options}
            if fact.kind == "yes_no":
                found[f"facts.{fact.id}"] = YES_NO
        for one in questions_of(kind.consent, form.for_whom, form.age):
            found[f"consents.{one.id}"] = one.options
    return found


def _said(name: str, text: str, chosen: Mapping[str, Mapping[str, Sentence]]) -> tuple[Sentence | str, ...]:
    options = chosen.get(name, {})
    if name in ("ways", "hours"):
        return tuple(options.get(part, part) for part in text.split())
    return (options.get(text, text),)
