"""The languages that people speak, by their names: many more than the portal's own."""

from collections.abc import Iterable

from babel import Locale
from markupsafe import Markup, escape

from portal.domain.folding import folded
from portal.domain.sentences import sentence
from portal.web.fields import joined
from portal.web.voices.voice import Voice

INTERPRETED = ("sgn", "ar", "fa-AF", "en", "es", "fi", "fr", "ku", "pl", "ps", "ru", "so", "ti", "tr", "uk")
"""The languages that one can ask an interpreter for; sgn is signing."""

_OWN_NAMES = {
    "sgn": sentence("teckenspråk"),
    "ps": sentence("pashto"),
    "sv": sentence("svenska"),
    "fa-AF": sentence("dari"),
    "ti": sentence("tigrinska"),
}
"""Where Babel knows no name, or in some language one that people do not use: Dari as Faarsi, Swedish as ስዊድንኛ."""


def name_of(tag: str, voice: Voice) -> Markup:
    """Return a language's name in the language of the page; for one that nobody knows, its code."""
    if tag in _OWN_NAMES:
        return voice.html(_OWN_NAMES[tag])
    return voice.mark(Locale.parse(voice.language.babel).languages.get(tag.replace("-", "_"), tag))


def menu_of(tags: Iterable[str], voice: Voice) -> dict[str, str]:
    """Return the languages of a menu with their names, in the order of the alphabet."""
    names = {tag: name_of(tag, voice).striptags() for tag in tags}
    return dict(sorted(names.items(), key=lambda pair: folded(pair[1])))


def names_of(tags: Iterable[str], voice: Voice) -> Markup:
    """Return the names of several languages."""
    return joined([escape(voice.comma).join(name_of(tag, voice) for tag in tags)])


HELD_IN = ("sv", "ar", "en", "fa-AF", "fi", "pl", "so", "ti", "tr", "uk")
"""The languages that a group can be held in: those of the portal, and the next most spoken."""
