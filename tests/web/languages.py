"""The languages that pages are tried in: all that the portal speaks."""

from portal.store.languages import load_languages

LANGUAGES = tuple(load_languages())
DIRECTIONS = {tag: language.direction for tag, language in load_languages().items()}
