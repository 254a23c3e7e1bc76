"""The portal in one language: texts with their gaps filled, templates whose fixed texts cost nothing to translate."""

from collections.abc import Mapping
from functools import cached_property
from gettext import NullTranslations
from typing import Any

from babel.dates import format_date
from flask import Flask
from flask.templating import Environment
from jinja2 import nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from portal.domain.catalogue import Kommun
from portal.domain.sentences import Sentence, Value
from portal.store.translations import Language
from portal.web.isolation import isolated_html, isolated_plain

_COMMA = {"ar": "، ", "fa-AF": "، ", "ti": "፡ "}


class Voice:
    """Says sentences in one language, with the words of the portal and of one kommun."""

    def __init__(self, language: Language, translations: NullTranslations) -> None:
        self.language = language
        self._translations = translations
        self.comma = _COMMA.get(language.tag, ", ")
        self._said: dict[Sentence, Markup] = {}

    def words(self, said: Sentence, **gaps: str) -> str:
        """Return a sentence as plain text, not isolated: for machines, search and further filling."""
        filled = {name: self._value(value) for name, value in said.values} | gaps
        if said.plural is not None and said.count is not None:
            text = self._translations.ngettext(said.text, said.plural, said.count)
        else:
            text = self._translations.gettext(said.text) if said.text else ""
        return text.format_map(filled) if filled else text

    def _value(self, value: Value) -> str:
        if isinstance(value, Sentence):
            return self.words(value)
        if isinstance(value, tuple):
            parts = [self.words(part) for part in value]
            whole = all(part.endswith((".", "።", "؟", "?")) for part in parts)
            return (" " if whole else self.comma).join(parts)
        return str(value)

    def html(self, said: Sentence) -> Markup:
        """Return a sentence of the catalogue as HTML. It is kept: it may hold nothing that a person typed."""
        found = self._said.get(said)
        if found is None:
            found = self._said[said] = self.html_once(said)
        return found

    def html_of_option(self, said: Sentence, gaps: Mapping[str, str]) -> Markup:
        """Return an option's name as HTML, with the kommun's own names in its gaps."""
        return self.html_once(said, **gaps) if "{" in said.text else self.html(said)

    def html_once(self, said: Sentence, **gaps: str) -> Markup:
        """Return a sentence as HTML, and keep nothing of it."""
        return self.mark(self.words(said, **gaps))

    def plain(self, said: Sentence, **gaps: str) -> str:
        """Return a sentence for a title or an attribute."""
        return self.mark_plain(self.words(said, **gaps))

    def mark(self, text: str) -> Markup:
        """Return text as HTML, with left-to-right runs isolated where the language is right-to-left."""
        return isolated_html(text) if self.language.is_rtl else escape(text)

    def mark_plain(self, text: str) -> str:
        """Return text for a title or an attribute, isolated the same way."""
        return isolated_plain(text) if self.language.is_rtl else text

    def gettext(self, text: str) -> str:
        """Return the translation of a fixed text."""
        return self._translations.gettext(text)

    def ngettext(self, singular: str, plural: str, count: int) -> Markup:
        """Return the translation that fits a number, which also fills the gap {n}."""
        return self.mark(self._translations.ngettext(singular, plural, count).format(n=count))

    def day(self, value: Any) -> Markup:
        """Return a date in words, in Latin digits and the Gregorian calendar."""
        return self.mark(format_date(value, "d MMMM yyyy", locale=self.language.babel))


class _Folding(NodeTransformer):
    """Puts the translation of a fixed text into the template while it is compiled."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - the name that the visitor looks for
        self.generic_visit(node)
        if not isinstance(node.node, nodes.Name) or node.node.name not in ("_", "plain") or not node.args:
            return node
        text = node.args[0]
        if not isinstance(text, nodes.Const):
            return node
        translated = self._voice.gettext(text.value)
        if node.node.name == "plain":
            folded: str = self._voice.mark_plain(translated)
        else:
            folded = self._voice.mark(translated)
        constant = nodes.MarkSafe(nodes.Const(str(folded))) if isinstance(folded, Markup) else nodes.Const(folded)
        if not node.kwargs:
            return constant
        node.node.name = "fill"
        node.args[0] = constant
        return node


class LanguageEnvironment(Environment):
    """Flask's templates in one language."""

    def __init__(self, app: Flask, voice: Voice) -> None:
        super().__init__(app, autoescape=True, trim_blocks=True, lstrip_blocks=True, auto_reload=False)
        self._voice = voice
        self.globals.update(
            fill=self._fill, ngettext=voice.ngettext, language=voice.language, day=voice.day, mark=voice.mark
        )

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        folded = _Folding(self._voice).visit(tree)
        assert isinstance(folded, nodes.Template)  # noqa: S101 - the transformer never replaces the root
        return folded

    def _fill(self, text: str, **gaps: Any) -> str:
        if isinstance(text, Markup):
            return text.format(
                **{
                    name: self._voice.mark(str(value)) if not isinstance(value, Markup) else value
                    for name, value in gaps.items()
                }
            )
        return text.format(**{name: self._voice.mark_plain(str(value)) for name, value in gaps.items()})


# Codes that people and browsers use for a language that has another tag here.
_CODES = {
    "fa-AF": ("prs", "fa", "fa-af"),
    "ti": ("tir",),
    "so": ("som",),
    "ar": ("ara",),
    "sv": ("swe",),
    "en": ("eng",),
}
ALIASES = {code: tag for tag, codes in _CODES.items() for code in codes}

MOST_WISHES = 20
"""Languages of an Accept-Language header that are looked at; browsers send fewer."""


def negotiated(accept: str, languages: Mapping[str, Language]) -> Language:
    """Return the language that an Accept-Language header asks for, or the first of the menu."""
    wishes: list[tuple[float, int, str]] = []
    for place, part in enumerate(accept.split(",")[:MOST_WISHES]):
        tag, _, parameter = part.partition(";")
        _, _, quality = parameter.strip().partition("q=")
        try:
            weight = float(quality) if quality else 1.0
        except ValueError:
            continue
        if weight > 0:
            wishes.append((-weight, place, tag.strip().lower()))
    by_tag = {tag.lower(): language for tag, language in languages.items()}
    for _, _, tag in sorted(wishes):
        for known in (tag, tag.split("-")[0]):
            found = by_tag.get(known) or languages.get(ALIASES.get(known, ""))
            if found is not None:
                return found
    return next(iter(languages.values()))


class LanguageRoom:
    """One language at work: its voices and its templates, made when first used."""

    def __init__(
        self, app: Flask, language: Language, portal: NullTranslations, kommuner: Mapping[str, NullTranslations]
    ) -> None:
        self._app = app
        self.language = language
        for translations in kommuner.values():
            translations.add_fallback(portal)
        self.voice = Voice(language, portal)
        self._voices = {kommun: Voice(language, translations) for kommun, translations in kommuner.items()}

    def voice_of(self, kommun: Kommun | None) -> Voice:
        """Return the voice that knows the words of that kommun, or the portal's own."""
        return self.voice if kommun is None else self._voices[kommun.id]

    @cached_property
    def templates(self) -> LanguageEnvironment:
        """Return the templates in this language."""
        return LanguageEnvironment(self._app, self.voice)
