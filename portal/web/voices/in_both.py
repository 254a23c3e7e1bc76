"""A voice that says everything in a language with the Swedish beside it."""

from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup, escape

from portal.domain.sentences import Sentence
from portal.web.voices.voice import SWEDISH, Voice, beside, marked_swedish


class InBoth(Markup):
    """Markup for a text that stands in two languages, with what it is in Swedish, to fill a Swedish gap with."""

    swedish: Markup

    @classmethod
    def of(cls, first: Markup, swedish: Markup) -> "InBoth":
        """Return the first as it is, knowing the second."""
        found = cls(first)
        found.swedish = swedish
        return found


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
            return marked_swedish(swedish)
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
