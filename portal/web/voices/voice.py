"""Says sentences in one language, with their gaps filled and everything marked that is in another one."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from babel.dates import format_date
from markupsafe import Markup, escape

from portal.domain.languages.wording import SCRIPTS
from portal.domain.sentences import Sentence, Value
from portal.store.languages.menu import Language
from portal.store.languages.texts import Texts
from portal.web.voices.isolation import isolated_html, isolated_plain, marked_runs, marked_words

_ENDS = (".", "።", "؟", "?")


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
            return marked_swedish(escape(SWEDISH.words(said, **gaps)))
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
        return marked_swedish(swedish()) if self.lacks(text) else said

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


SWEDISH = Voice(Language("sv", "Svenska", "svenska", "ltr", "sv", is_source=True, is_written=True), ())
"""Says every text as it is written."""


def beside(said: Markup, swedish: Markup) -> Markup:
    """Return a text with the Swedish beside it."""
    return Markup('{} <span class="beside" lang="sv" dir="ltr">{}</span>').format(said, swedish)


def marked_swedish(text: Markup) -> Markup:
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
