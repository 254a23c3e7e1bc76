"""One language at work: its voices and its templates."""

from collections.abc import Callable
from functools import cached_property

from flask import Flask

from portal.domain.catalogue.kommuner import Kommun
from portal.store.languages.menu import Language
from portal.store.languages.texts import Texts
from portal.web.voices.in_both import TwoVoices
from portal.web.voices.templates import LanguageEnvironment
from portal.web.voices.voice import Voice


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
