"""How a page leads to itself in another language."""

from collections.abc import Callable, Mapping
from urllib.parse import quote

from portal.store.languages.menu import Language


def menu_words(shown: Language, languages: Mapping[str, Language]) -> list[Language]:
    """Return a language of each script but the one shown, whose word for "language" a reader looks for on the menu."""
    found: dict[str, Language] = {}
    for language in languages.values():
        if not language.is_written:
            found.setdefault(language.script, language)
    return [language for script, language in found.items() if script != shown.script or shown.is_written]


def elsewhere(path: str, query: bytes, root: str) -> Callable[[str], str]:
    """Return what gives the address of a page in another language: the same page, with what its address asks for."""
    rest = quote(path.lstrip("/").partition("/")[2] if path != "/" else "")
    asked = f"?{quote(query, safe=_IN_QUERY)}" if query else ""
    return lambda tag: f"{root}/{tag}/{rest}{asked}"


_IN_QUERY = "=&%+/:,;-._~!*'()@"
