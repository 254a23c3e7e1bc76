"""Which language is meant by a code, and wanted by a browser."""

from collections.abc import Mapping

from portal.store.languages.menu import Language

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
