"""The fields of an application as a page shows them: what each asks, why, and how it is answered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from portal.domain.applications.consent import CHILD, GUARDIAN, SELF, questions_of
from portal.domain.applications.forms import FOR_WHOM, HOURS, LONGEST, WAYS, ways_offered
from portal.domain.applications.problems import LONGEST_FACT
from portal.domain.sentences import Sentence, sentence
from portal.web.applications.forms import Filling
from portal.web.people.spoken import menu_of
from portal.web.voices.voice import Voice

YES_NO: Mapping[str, Sentence] = {"yes": sentence("Ja"), "no": sentence("Nej")}

_ASKED: Mapping[str, tuple[Sentence, Sentence | None]] = {
    "for_whom": (sentence("Vem ansöker du för?"), None),
    "is_protected": (
        sentence("Jag har skyddade personuppgifter"),
        sentence("Kryssa här så frågar vi aldrig var du bor."),
    ),
    "name": (sentence("Vad heter du?"), sentence("Då vet vi vem vi ska prata med.")),
    "number": (
        sentence("Ditt personnummer"),
        sentence("Du måste inte skriva det. Då blir det lättare för oss att hitta rätt."),
    ),
    "other_name": (sentence("Vad heter personen som ska få stöd?"), sentence("Då vet vi vem ansökan gäller.")),
    "other_number": (
        sentence("Personens personnummer"),
        sentence("Du måste inte skriva det. Då blir det lättare för oss att hitta rätt."),
    ),
    "age": (sentence("Hur gammal är personen som ska få stöd?"), sentence("Lagen är olika för olika åldrar.")),
    "ways": (sentence("Hur är det tryggt att nå dig?"), sentence("Välj bara det som är tryggt. Du kan välja flera.")),
    "phone": (sentence("Telefon"), None),
    "email": (sentence("E-post"), None),
    "address": (sentence("Adress"), sentence("Dit skickar vi brev.")),
    "hours": (sentence("När får vi ringa?"), sentence("Lämna tomt om det inte spelar någon roll.")),
    "reach_note": (
        sentence("Vad ska vi tänka på när vi kontaktar dig?"),
        sentence("Till exempel om någon annan kan höra eller läsa."),
    ),
    "language": (sentence("Vilket språk ska vi svara på?"), None),
    "interpreter": (sentence("Tolk"), sentence("Tolken kostar inget för dig.")),
    "wants": (
        sentence("Vad behöver du?"),
        sentence("Skriv med egna ord, på vilket språk du vill. Det räcker med några rader."),
    ),
}

_OWN_AGE = sentence("Hur gammal är du?")
_NO_INTERPRETER = sentence("Jag behöver ingen tolk")

_COMPLETE: Mapping[str, str] = {"name": "name", "phone": "tel", "email": "email", "address": "street-address"}
"""What a browser may fill in; a personnummer and another's name never."""

_LOOKS: Mapping[str, str] = {
    "for_whom": "radio",
    "is_protected": "tick",
    "ways": "checkbox",
    "hours": "checkbox",
    "phone": "tel",
    "email": "email",
    "address": "area",
    "reach_note": "area",
    "language": "menu",
    "interpreter": "menu",
    "wants": "area",
    "age": "number",
}
_FACT_LOOKS: Mapping[str, str] = {"choice": "radio", "yes_no": "radio", "number": "number", "text": "area"}

LONGEST_NUMBER = 40
"""Signs of a number or an age: "12 000 kronor", "seven years old"."""

LEFT_TO_RIGHT = ("number", "other_number", "phone", "email", "age")


@dataclass(frozen=True)
class Field:
    """One field: how it looks (radio, checkbox, tick, menu, area, or the type of an input), and what is in it."""

    name: str
    ask: Markup
    why: Markup | None
    look: str
    values: tuple[str, ...]
    options: Mapping[str, Markup]
    longest: int
    is_required: bool
    complete: str
    is_ltr: bool

    @property
    def value(self) -> str:
        """Return the one text that is in it."""
        return next(iter(self.values), "")

    @property
    def said(self) -> Markup:
        """Return what was answered, in words; empty where nothing was."""
        if self.options:
            return Markup("<br>").join(self.options[value] for value in self.values if value in self.options)
        return Markup("<br>").join(self.value.split("\n")) if self.value else Markup("")


def fields_shown(filling: Filling, names: Iterable[str], voice: Voice) -> tuple[Field, ...]:
    """Return those fields, with what has been typed in them."""
    return tuple(_field(filling, name, voice) for name in names)


def _field(filling: Filling, name: str, voice: Voice) -> Field:
    if name.startswith("facts."):
        return _fact(filling, name, voice)
    if name.startswith("consents."):
        return _consent(filling, name, voice)
    ask, why = _ASKED[name]
    if name == "age" and filling.form.for_whom == SELF:
        ask = _OWN_AGE
    is_child = filling.form.for_whom in (CHILD, GUARDIAN)
    is_required = (name == "age" and is_child) or name in (
        "for_whom",
        "name",
        "other_name",
        "ways",
        "language",
        "wants",
        "phone",
        "email",
        "address",
    )
    return Field(
        name,
        voice.html(ask),
        None if why is None else voice.html(why),
        _LOOKS.get(name, "text"),
        filling.values(name),
        _options(filling, name, voice),
        LONGEST.get(name, LONGEST_NUMBER),
        is_required,
        _COMPLETE.get(name, "off"),
        is_ltr=name in LEFT_TO_RIGHT,
    )


def _options(filling: Filling, name: str, voice: Voice) -> dict[str, Markup]:
    if name == "for_whom":
        return _said(FOR_WHOM, voice)
    if name == "ways":
        return _said({way: WAYS[way] for way in ways_offered(filling.form)}, voice)
    if name == "hours":
        return _said(HOURS, voice)
    if name == "is_protected":
        return {"yes": voice.html(YES_NO["yes"])}
    if name not in ("language", "interpreter"):
        return {}
    spoken = menu_of((tag for tag in filling.languages if name == "interpreter" or tag != "sgn"), voice)
    named = {tag: voice.mark(said) for tag, said in spoken.items()}
    return {"": voice.html(_NO_INTERPRETER), **named} if name == "interpreter" else named


def _said(options: Mapping[str, Sentence], voice: Voice) -> dict[str, Markup]:
    return {option: voice.html(says) for option, says in options.items()}


def _fact(filling: Filling, name: str, voice: Voice) -> Field:
    fact = next(fact for fact in filling.kind.facts if f"facts.{fact.id}" == name)
    options = {option.id: option.name for option in fact.options} if fact.kind == "choice" else {}
    if fact.kind == "yes_no":
        options = dict(YES_NO)
    return Field(
        name,
        voice.html(fact.ask),
        voice.html(fact.why),
        _FACT_LOOKS.get(fact.kind, fact.kind),
        filling.values(name),
        _said(options, voice),
        LONGEST_NUMBER if fact.kind == "number" else LONGEST_FACT,
        fact.is_required,
        "off",
        is_ltr=fact.kind in ("number", "date"),
    )


def _consent(filling: Filling, name: str, voice: Voice) -> Field:
    asked = questions_of(filling.kind.consent, filling.form.for_whom, filling.form.age)
    question = next(question for question in asked if f"consents.{question.id}" == name)
    return Field(
        name,
        voice.html(question.ask),
        voice.html(question.why),
        "radio",
        filling.values(name),
        _said(question.options, voice),
        LONGEST_FACT,
        is_required=False,
        complete="off",
        is_ltr=False,
    )
