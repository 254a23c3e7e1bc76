"""Whose yes the law asks for when support is for a child, or asked for by another: what is asked, what staff are told.

An answer never stops an application: who writes is heard, and the kommun weighs it (SoL 3 kap. 2–4 §§, 21 kap. 1 §).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.domain.sentences import Sentence, sentence

SELF, CHILD, GUARDIAN, TRUSTEE, ATTORNEY = "self", "child", "guardian", "trustee", "attorney"

OWN_VOICE = 15
"""Years from which a child speaks for itself (SoL 3 kap. 4 §)."""

MAY_AGREE = 12
GROWN_UP = 18

SOL, LSS, REPRESENTS = "21 kap. 1 §", "8 § LSS", "15 § förvaltningslagen"

_YES_NO = {"yes": sentence("Ja"), "no": sentence("Nej")}


@dataclass(frozen=True, slots=True)
class ConsentQuestion:
    """One question about whose yes there is: its options by id, why it is asked, and the paragraph."""

    id: str
    ask: Sentence
    why: Sentence
    options: Mapping[str, Sentence]
    paragraph: str


@dataclass(frozen=True, slots=True)
class Note:
    """What the law says about this application; for staff."""

    says: Sentence
    paragraph: str


def is_about_child(for_whom: str, age: int | None) -> bool:
    """Return whether it is for a child, as far as is known."""
    if for_whom in (CHILD, GUARDIAN):
        return age is None or age < GROWN_UP
    return age is not None and age < GROWN_UP


def questions_of(consent: str, for_whom: str, age: int | None) -> tuple[ConsentQuestion, ...]:
    """Return what is asked, by the law of a kind (none, sol, lss), whom it is for and how old that person is."""
    found = []
    is_own = for_whom == SELF
    is_child = consent != "none" and is_about_child(for_whom, age)
    if is_child and is_own and age is not None and age < OWN_VOICE:
        found.append(_GUARDIAN_KNOWS)
    if is_child and not is_own and (age is None or age >= MAY_AGREE):
        found.append(_CHILD_AGREES)
    if is_child and for_whom in (CHILD, GUARDIAN):
        found.append(_OTHER_GUARDIAN)
    if for_whom in (TRUSTEE, ATTORNEY) or (for_whom == CHILD and not is_about_child(for_whom, age)):
        found.append(_PERSON_AGREES)
    if for_whom in (GUARDIAN, TRUSTEE, ATTORNEY):
        found.append(_AUTHORITY)
    return tuple(found)


def notes_of(consent: str, for_whom: str, age: int | None, answers: Mapping[str, str]) -> tuple[Note, ...]:
    """Return what staff have to know about consent before anything is decided."""
    found = []
    if consent != "none" and is_about_child(for_whom, age):
        found.append(_lss_note(age) if consent == "lss" else _sol_note(age))
    elif consent == "lss" and for_whom != SELF:
        found.append(_LSS_OWN_REQUEST)
    found += [note for (question, answer), note in _BY_ANSWER.items() if answers.get(question) == answer]
    return tuple(found)


def _sol_note(age: int | None) -> Note:
    if age is None:
        return Note(sentence("Barnets ålder är inte känd. Fråga om den först."), SOL)
    if age < MAY_AGREE:
        return Note(sentence("Barnet är under 12 år. Vårdnadshavarens samtycke behövs."), SOL)
    if age < OWN_VOICE:
        return Note(
            sentence("Barnet är 12–14 år. Barnets eget ja kan räcka, om stödet är lämpligt."),
            SOL,
        )
    return Note(sentence("Den unga har fyllt 15 år. Den ungas eget ja räcker, om stödet är lämpligt."), SOL)


def _lss_note(age: int | None) -> Note:
    if age is None:
        return Note(sentence("Barnets ålder är inte känd. Fråga om den först."), LSS)
    if age < OWN_VOICE:
        return Note(sentence("Barnet är under 15 år. Vårdnadshavaren behöver begära stödet."), LSS)
    return _LSS_OWN_REQUEST


_LSS_OWN_REQUEST = Note(
    sentence("Personen behöver begära stödet själv, om den kan ta ställning."),
    LSS,
)

_GUARDIAN_KNOWS = ConsentQuestion(
    "guardian_knows",
    sentence("Vet din vårdnadshavare att du ansöker?"),
    sentence("Då vet vi om vi kan ringa hem. Du får ansöka ändå."),
    _YES_NO | {"not_safe": sentence("Nej, och jag vill inte att ni berättar")},
    SOL,
)
_CHILD_AGREES = ConsentQuestion(
    "child_agrees",
    sentence("Vill barnet självt ha stödet?"),
    sentence("Från 12 år betyder barnets eget ja mycket."),
    _YES_NO | {"not_asked": sentence("Vi har inte pratat om det")},
    SOL,
)
_OTHER_GUARDIAN = ConsentQuestion(
    "other_guardian",
    sentence("Vad tycker den andra vårdnadshavaren?"),
    sentence("Är ni två vårdnadshavare? Då behöver oftast båda säga ja."),
    {
        "agrees": sentence("Säger ja"),
        "against": sentence("Säger nej"),
        "not_asked": sentence("Vet inte om det"),
        "not_safe": sentence("Det är inte tryggt att fråga"),
        "none": sentence("Det finns ingen annan vårdnadshavare"),
    },
    SOL,
)
_PERSON_AGREES = ConsentQuestion(
    "person_agrees",
    sentence("Vill personen själv ha stödet?"),
    sentence("Stöd är frivilligt. Personens egen vilja är viktigast."),
    _YES_NO | {"cannot_say": sentence("Personen kan inte säga det själv")},
    REPRESENTS,
)
_AUTHORITY = ConsentQuestion(
    "authority",
    sentence("Har du ett papper på att du får ansöka?"),
    sentence("Till exempel en fullmakt eller ett beslut. Du kan skicka det senare."),
    _YES_NO,
    REPRESENTS,
)

_BY_ANSWER: Mapping[tuple[str, str], Note] = {
    ("guardian_knows", "not_safe"): Note(
        sentence("Prata med barnet först. Kontakta inte vårdnadshavaren innan dess."), "3 kap. 2 §"
    ),
    ("guardian_knows", "no"): Note(sentence("Vårdnadshavaren vet inte om ansökan. Prata med barnet först."), SOL),
    ("child_agrees", "no"): Note(sentence("Barnet vill inte ha stödet, enligt den som skriver."), "3 kap. 2 §"),
    ("child_agrees", "not_asked"): Note(
        sentence("Ingen har frågat barnet. Barnet ska få säga sin mening."), "3 kap. 2 §"
    ),
    ("other_guardian", "not_safe"): Note(
        sentence("Kontakta inte den andra vårdnadshavaren. Prata med den som skriver först."), SOL
    ),
    ("other_guardian", "against"): Note(sentence("Den andra vårdnadshavaren säger nej, enligt den som skriver."), SOL),
    ("other_guardian", "not_asked"): Note(sentence("Den andra vårdnadshavaren vet inte om ansökan."), SOL),
    ("person_agrees", "no"): Note(sentence("Personen vill inte ha stödet, enligt den som skriver."), REPRESENTS),
    ("person_agrees", "cannot_say"): Note(
        sentence("Personen kan inte själv säga vad den vill, enligt den som skriver."), REPRESENTS
    ),
    ("authority", "no"): Note(sentence("Fråga efter fullmakt eller beslut om uppdraget."), REPRESENTS),
}
"""What an answer tells staff."""
