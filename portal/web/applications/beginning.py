"""The form as it begins: in which language, with what an issuer says of her, and with what a browser sent."""

from portal.domain.applications.kinds import ApplicationKind
from portal.web.applications.eid import identity_in
from portal.web.applications.forms import KEY, Filling, Sent
from portal.web.people.spoken import INTERPRETED
from portal.web.portal import catalogue, current_kommun, current_language, pages


def filling_of(kind: ApplicationKind, sent: Sent) -> Filling:
    """Return the form of a kind with what a browser sent."""
    kommun = current_kommun()
    return Filling(kommun.id, kind, sent, spoken(), kommun.insatser, catalogue().questions.words)


def spoken() -> tuple[str, ...]:
    """Return the languages that an answer may be in or an interpreter speak: the portal's own, and many more."""
    own = [tag for tag, language in pages().portal.languages.items() if language.is_source or not language.is_written]
    return tuple(dict.fromkeys([*own, *INTERPRETED]))


def new_filling(kind: ApplicationKind, sent: Sent) -> Filling:
    """Return a form that has just begun: the language of the page is the likely one to answer in, and to interpret."""
    # A form that begins gets a key of its own, whatever came along: nobody chooses it for her.
    filling, language = filling_of(kind, sent).with_fields(**{KEY: ""}), current_language()
    filling = _identified(filling)
    if filling.form.language:
        return filling
    source = next(tag for tag, one in pages().portal.languages.items() if one.is_source)
    if language.is_written:
        return filling.with_fields(language=source)
    return filling.with_fields(language=language.tag, interpreter=language.tag)


def _identified(filling: Filling) -> Filling:
    """Return a form that begins with the key that its identity was made for, and with what the issuer says of her."""
    found = identity_in(filling.identity, current_kommun().id, filling.kind.id)
    if found is None:
        return filling
    said = {"name": found.shown.name, "number": found.shown.number}
    return filling.with_fields(**{KEY: found.form_key, **{name: text for name, text in said.items() if text}})
