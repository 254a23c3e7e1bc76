"""The languages that pages are tried in, all that the portal speaks, and translations made up for one test."""

from collections.abc import Mapping
from gettext import GNUTranslations
from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from portal.store.languages.menu import Language, load_languages
from portal.store.languages.texts import Texts

LANGUAGES = tuple(load_languages())
DIRECTIONS = {tag: language.direction for tag, language in load_languages().items()}


def texts_in(language: Language, said: Mapping[object, object], **known: frozenset[str]) -> Texts:
    """Return texts with those translations, as the portal reads them."""
    found = Catalog(locale=language.babel, fuzzy=False)
    for text, translated in said.items():
        found.add(text, translated)  # type: ignore[arg-type]
    compiled = BytesIO()
    write_mo(compiled, found)
    compiled.seek(0)
    return Texts(GNUTranslations(compiled), **known)
