"""The portal in one language: texts with their gaps filled, templates whose fixed texts cost nothing to translate."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any

from babel.dates import format_date
from flask import Flask
from flask.templating import Environment
from jinja2 import nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from portal.domain.catalogue.kommuner import Kommun
from portal.domain.languages.wording import SCRIPTS
from portal.domain.people.phone_numbers import dialled
from portal.domain.sentences import Sentence, Value
from portal.store.languages.menu import Language
from portal.store.languages.texts import Texts
from portal.web.isolation import isolated_html, isolated_plain, marked_runs, marked_words, typed_html

_ENDS = (".", "።", "؟", "?")


class InBoth(Markup):
    """Markup for a text that stands in two languages, with what it is in Swedish, to fill a Swedish gap with."""

    swedish: Markup

    @classmethod
    def of(cls, first: Markup, swedish: Markup) -> "InBoth":
        """Return the first as it is, knowing the second."""
        found = cls(first)
        found.swedish = swedish
        return found


class Voice:
    """Says sentences in one language, with the words of the portal and of one kommun."""

    def __init__(self, language: Language, texts: tuple[Texts, ...]) -> None:
        """Take the texts to look in, the kommun's before the portal's."""
        self.language = language
        self._texts = texts
        self._unsafe = frozenset[str]().union(*(found.unsafe for found in texts))
        self._missing = frozenset[str]().union(*(found.missing for found in texts))
        self.comma = language.comma
        self._said: dict[Sentence, Markup] = {}
        self._fixed: dict[str, Markup] = {}

    # ------------------------------------------------------------------------------------------- plain words

    def gettext(self, text: str) -> str:
        """Return the translation of a text, or the text itself."""
        for texts in self._texts:
            found = texts.translations.gettext(text)
            if found != text:
                return found
        return text

    def _form(self, singular: str, plural: str, count: int) -> str:
        for texts in self._texts:
            found = texts.translations.ngettext(singular, plural, count)
            if found not in (singular, plural):
                return found
        return singular if count == 1 else plural

    def words(self, said: Sentence, **gaps: str) -> str:
        """Return a sentence as plain text, not isolated: for machines, search and further filling.

        Where its translation is old and about safety, the Swedish stands after it.
        """
        words = self._words(said, **gaps)
        return f"{words} – {SWEDISH.words(said, **gaps)}" if self._is_unsafe(said) else words

    def _words(self, said: Sentence, **gaps: str) -> str:
        filled = {name: self._value(value) for name, value in said.values} | gaps
        if said.plural is not None and said.count is not None:
            text = self._form(said.text, said.plural, said.count)
        else:
            text = self.gettext(said.text) if said.text else ""
        return text.format_map(filled) if filled else text

    def _value(self, value: Value) -> str:
        if isinstance(value, Sentence):
            return self._words(value)
        if isinstance(value, tuple):
            parts = [self._words(part) for part in value]
            whole = all(part.endswith(_ENDS) for part in parts)
            return (" " if whole else self.comma).join(parts)
        return str(value)

    # ------------------------------------------------------------------------------------------------- HTML

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
        marked = self._marked(self._words(said, **gaps), said)
        if self._is_unsafe(said):
            return beside(marked, escape(SWEDISH.words(said, **gaps)))
        if self.lacks(said.text):
            return _swedish(escape(SWEDISH.words(said, **gaps)))
        return self._pieced(said, gaps) if any(self.lacks(text) for text in _texts_in(said)) else marked

    def _pieced(self, said: Sentence, gaps: Mapping[str, str]) -> Markup:
        """Return a sentence with something in its gaps that is there in Swedish alone, and marked so."""
        opened = Sentence(said.text, (), said.plural, said.count)
        held = {name: f"{{{name}}}" for name in (*dict(said.values), *gaps)}
        filled = {name: self._piece(value) for name, value in (*said.values, *gaps.items())}
        return self._marked(self._words(opened, **held), opened).format(**filled)

    def _piece(self, value: Value) -> Markup:
        if isinstance(value, Sentence):
            return self.html_once(value)
        if isinstance(value, tuple):
            whole = all(self._words(part).endswith(_ENDS) for part in value)
            return escape(" " if whole else self.comma).join(self.html_once(part) for part in value)
        return self.mark(str(value))

    def _is_unsafe(self, said: Sentence) -> bool:
        """Return whether a sentence, or one in its gaps, is about safety and its translation old."""
        return bool(self._unsafe) and any(text in self._unsafe for text in _texts_in(said))

    def lacks(self, text: str) -> bool:
        """Return whether a text has no translation, here or in the words of the portal."""
        return text in self._missing and self.gettext(text) == text

    def _marked(self, text: str, said: Sentence) -> Markup:
        return self.mark(text, " ".join(_texts_in(said)) if "(" in text else "")

    def truthful(self, text: str, said: Markup, swedish: Callable[[], Markup]) -> Markup:
        """Return what is said of a Swedish text, marked as Swedish where nothing else is known.

        A text about safety whose translation is old has the Swedish beside it.
        """
        if text in self._unsafe:
            return beside(said, swedish())
        return _swedish(swedish()) if self.lacks(text) else said

    def plain(self, said: Sentence, **gaps: str) -> str:
        """Return a sentence for a title or an attribute."""
        return self.mark_plain(self.words(said, **gaps))

    def plain_fixed(self, text: str) -> str:
        """Return a fixed text of a template for a title or an attribute, its gaps still open."""
        return self.mark_plain(self.words(Sentence(text)))

    def mark(self, text: str, swedish: str = "") -> Markup:
        """Return text as HTML: left-to-right runs isolated in a right-to-left text, Swedish words marked as Swedish.

        Where both languages are written in Latin letters, those are the words in parentheses that `swedish` has too.
        """
        if self.language.is_written:
            return _lines(escape(text))
        if self.language.is_rtl:
            return isolated_html(text)
        return marked_words(text, swedish) if SCRIPTS[self.language.script].is_latin else marked_runs(text)

    def mark_plain(self, text: str) -> str:
        """Return text for a title or an attribute, isolated the same way and on one line."""
        return isolated_plain(text) if self.language.is_rtl else text.replace("\n", " ")

    def ngettext(self, singular: str, plural: str, count: int) -> Markup:
        """Return the translation that fits a number, which also fills the gap {n}."""
        return self.truthful(
            singular,
            self.mark(self._form(singular, plural, count).format(n=count)),
            lambda: escape((singular if count == 1 else plural).format(n=count)),
        )

    def day(self, value: Any) -> Markup:
        """Return a date in words, in Latin digits and the Gregorian calendar."""
        return self.mark(format_date(value, self.language.date, locale=self.language.babel))

    def fixed(self, text: str) -> Markup:
        """Return a fixed text of a template, its gaps still open."""
        found = self._fixed.get(text)
        if found is None:
            marked = self.mark(self.gettext(text), text)
            found = self._fixed[text] = self.truthful(text, marked, lambda: escape(text))
        return found

    def fill(self, text: str, gaps: Mapping[str, Any]) -> Markup:
        """Return a fixed text of a template with its gaps filled."""
        return self.fixed(text).format(**{name: self._gap(value) for name, value in gaps.items()})

    def _gap(self, value: Any) -> Markup:
        return value if isinstance(value, Markup) else self.mark(str(value))

    def in_each(self, make: "Callable[[Voice], Markup]") -> Markup:
        """Return what `make` says with this voice; a voice of two languages makes it in both."""
        return make(self)


class TwoVoices(Voice):
    """Says everything in a language with the Swedish beside it, so that two people read the same page."""

    def html_once(self, said: Sentence, **gaps: str) -> Markup:
        marked = self._marked(self._words(said, **gaps), said)
        return self._both(said.text, marked, escape(SWEDISH.words(said, **gaps)))

    def ngettext(self, singular: str, plural: str, count: int) -> Markup:
        marked = self.mark(self._form(singular, plural, count).format(n=count))
        return self._both(singular, marked, SWEDISH.ngettext(singular, plural, count))

    def _both(self, text: str, said: Markup, swedish: Markup) -> Markup:
        if self.lacks(text):
            return _swedish(swedish)
        return said if said == swedish else beside(said, swedish)

    def day(self, value: Any) -> Markup:
        return InBoth.of(super().day(value), SWEDISH.day(value))

    def fixed(self, text: str) -> Markup:
        return self._both(text, self.mark(self.gettext(text), text), escape(text))

    def fill(self, text: str, gaps: Mapping[str, Any]) -> Markup:
        first = self.mark(self.gettext(text), text).format(**{name: self._gap(value) for name, value in gaps.items()})
        swedish = escape(text).format(
            **{name: value.swedish if isinstance(value, InBoth) else value for name, value in gaps.items()}
        )
        return self._both(text, first, swedish)

    def in_each(self, make: Callable[[Voice], Markup]) -> Markup:
        return InBoth.of(make(self), make(SWEDISH))


SWEDISH = Voice(Language("sv", "Svenska", "svenska", "ltr", "sv", is_source=True, is_written=True), ())
"""Says every text as it is written."""


def beside(said: Markup, swedish: Markup) -> Markup:
    """Return a text with the Swedish beside it."""
    return Markup('{} <span class="beside" lang="sv" dir="ltr">{}</span>').format(said, swedish)


def _swedish(text: Markup) -> Markup:
    """Return a text marked as Swedish, on a page in another language."""
    return Markup('<span lang="sv" dir="ltr">{}</span>').format(text)


def _texts_in(said: Sentence) -> Iterator[str]:
    """Yield the Swedish text of a sentence and of those in its gaps."""
    yield said.text
    for _, value in said.values:
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Sentence):
                yield from _texts_in(part)


def _lines(text: Markup) -> Markup:
    """Return text whose line breaks are kept: easy Swedish has one thought a line."""
    return Markup(str(text).replace("\n", "<br>")) if "\n" in text else text  # noqa: S704 - text is Markup already


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
        if node.kwargs:
            node.node.name = "fill" if node.node.name == "_" else "fill_plain"
            return node
        if node.node.name == "plain":
            return nodes.Const(self._voice.plain_fixed(text.value))
        return nodes.MarkSafe(nodes.Const(str(self._voice.fixed(text.value))))


class LanguageEnvironment(Environment):
    """Flask's templates in one language."""

    def __init__(self, app: Flask, voice: Voice) -> None:
        super().__init__(app, autoescape=True, trim_blocks=True, lstrip_blocks=True, auto_reload=False)
        self._voice = voice
        self.filters["dialled"] = dialled
        self.globals.update(
            fill=self._fill,
            fill_plain=self._fill_plain,
            ngettext=voice.ngettext,
            language=voice.language,
            day=voice.day,
            mark=voice.mark,
            as_typed=typed_html,
        )

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        folded = _Folding(self._voice).visit(tree)
        assert isinstance(folded, nodes.Template)  # noqa: S101 - the transformer never replaces the root
        return folded

    def _fill(self, text: str, **gaps: Any) -> Markup:
        return self._voice.fill(text, gaps)

    def _fill_plain(self, text: str, **gaps: Any) -> str:
        voice = self._voice
        return voice.plain_fixed(text).format(**{name: voice.mark_plain(str(value)) for name, value in gaps.items()})


MOST_WISHES = 20
"""Languages of an Accept-Language header that are looked at; browsers send fewer."""


def codes(languages: Mapping[str, Language]) -> dict[str, Language]:
    """Return the language that each code leads to, in lower case: its tag and every other code it accepts."""
    return {code: language for language in languages.values() for code in (language.tag.lower(), *language.accept)}


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
    known = codes(languages)
    for _, _, tag in sorted(wishes):
        found = known.get(tag) or known.get(tag.split("-")[0])
        if found is not None:
            return found
    return next(iter(languages.values()))


class LanguageRoom:
    """One language at work: its voices and its templates, made when first used."""

    def __init__(self, app: Flask, language: Language, load: Callable[[str], Texts], portal: str) -> None:
        """Take how the texts of a domain are loaded, and the domain of the portal's own words."""
        self._app = app
        self._load = load
        self._portal = portal
        self.language = language
        self._voices: dict[tuple[str, bool], Voice] = {}
        self._loaded: dict[str, Texts] = {}

    def texts(self, kommun: Kommun | None) -> tuple[Texts, ...]:
        """Return the texts of a kommun and of the portal, or the portal's alone."""
        wanted = (self._portal,) if kommun is None else (kommun.id, self._portal)
        return tuple(self._texts_of(domain) for domain in wanted)

    def _texts_of(self, domain: str) -> Texts:
        if domain not in self._loaded:
            self._loaded[domain] = self._load(domain)
        return self._loaded[domain]

    def voice_of(self, kommun: Kommun | None, in_both: bool = False) -> Voice:
        """Return the voice that knows the words of that kommun, or the portal's own; `in_both` with Swedish beside."""
        key = (kommun.id if kommun is not None else "", in_both)
        if key not in self._voices:
            kind = TwoVoices if in_both else Voice
            self._voices[key] = kind(self.language, self.texts(kommun))
        return self._voices[key]

    @cached_property
    def templates(self) -> LanguageEnvironment:
        """Return the templates in this language."""
        return LanguageEnvironment(self._app, self.voice_of(None))

    @cached_property
    def templates_in_both(self) -> LanguageEnvironment:
        """Return the templates in this language with Swedish beside."""
        return LanguageEnvironment(self._app, self.voice_of(None, in_both=True))
