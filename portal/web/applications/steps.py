"""The few short steps of the form: which there are for a kind, and which fields each has."""

from collections.abc import Mapping

from portal.domain.applications.forms import Form, fields_asked
from portal.domain.applications.kinds import ApplicationKind
from portal.domain.sentences import Sentence, sentence

WHO, PERSON, CONSENT, REACH, CONTACT, WANTS, FILES, CHECK = (
    "who",
    "person",
    "consent",
    "reach",
    "contact",
    "wants",
    "files",
    "check",
)

TITLES: Mapping[str, Sentence] = {
    WHO: sentence("Vem ansöker du för?"),
    PERSON: sentence("Om dig som ansöker"),
    CONSENT: sentence("Vem vet om ansökan?"),
    REACH: sentence("Hur är det tryggt att nå dig?"),
    CONTACT: sentence("Så når vi dig"),
    WANTS: sentence("Vad behöver du?"),
    FILES: sentence("Vill du skicka med papper?"),
    CHECK: sentence("Läs igenom innan du skickar"),
}

_FIELDS: Mapping[str, tuple[str, ...]] = {
    WHO: ("for_whom", "is_protected"),
    PERSON: ("name", "number", "other_name", "other_number", "age"),
    REACH: ("ways",),
    CONTACT: ("phone", "email", "address", "hours", "reach_note", "language", "interpreter"),
    WANTS: ("wants",),
}
_GROUPS: Mapping[str, str] = {CONSENT: "consents.", WANTS: "facts."}

_ONLY_WHEN_REACHED = ("hours", "reach_note")


def steps_of(kind: ApplicationKind, form: Form) -> tuple[str, ...]:
    """Return the steps, in order; the last shows everything before it is sent."""
    left_out = set()
    if not fields_of(CONSENT, kind, form):
        left_out.add(CONSENT)
    if not kind.takes_files:
        left_out.add(FILES)
    return tuple(step for step in TITLES if step not in left_out)


def fields_of(step: str, kind: ApplicationKind, form: Form) -> tuple[str, ...]:
    """Return the fields that a step asks for, in order."""
    own, group = _FIELDS.get(step, ()), _GROUPS.get(step, " ")
    is_left_alone = "code" in form.ways
    return tuple(
        name
        for name in fields_asked(kind, form)
        if (name in own or name.startswith(group)) and not (is_left_alone and name in _ONLY_WHEN_REACHED)
    )
