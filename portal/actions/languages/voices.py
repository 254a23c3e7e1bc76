"""Saying a mail's sentences in the resident's language, for commands; pages have voices of their own."""

from collections.abc import Mapping
from gettext import NullTranslations
from pathlib import Path

from portal.actions.people.letters import Voice
from portal.domain.sentences import Sentence
from portal.store.languages.extraction import PORTAL
from portal.store.languages.menu import TRANSLATIONS, Language, load_languages
from portal.store.languages.texts import load_texts

FIRST_STRONG, POP = "\u2068", "\u2069"
"""Around what stands in a gap of a right-to-left text: a code or a time keeps its own direction."""


def load_voice(folder: Path = TRANSLATIONS) -> Voice:
    """Return the voice of every language in a folder; one that is not there is said in the source language."""
    languages = load_languages(folder)
    known = {tag: load_texts(language, PORTAL, folder).translations for tag, language in languages.items()}
    return lambda tag, said: _said(languages.get(tag), known, tag, said)


def _said(language: Language | None, known: Mapping[str, NullTranslations], tag: str, said: Sentence) -> str:
    translations = known.get(tag) or NullTranslations()
    if said.plural is not None and said.count is not None:
        text = translations.ngettext(said.text, said.plural, said.count)
    else:
        text = translations.gettext(said.text)
    is_rtl = language is not None and language.is_rtl
    values = {name: f"{FIRST_STRONG}{value}{POP}" if is_rtl else str(value) for name, value in said.values}
    return text.format_map(values) if values else text
