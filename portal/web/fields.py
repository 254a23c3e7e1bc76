"""Pieces of forms and lists that more than one page writes."""

from collections.abc import Iterable

from markupsafe import Markup, escape


def hidden_fields(pairs: Iterable[tuple[str, str]]) -> Markup:
    """Return hidden fields that carry those names and values."""
    fields = [f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">' for name, value in pairs]
    return Markup("".join(fields))  # noqa: S704 - both gaps are escaped


def joined(parts: Iterable[Markup]) -> Markup:
    """Return ready pieces of HTML as one; Markup.join would ask each of them again."""
    return Markup("".join(parts))  # noqa: S704 - every part is Markup already


def printable(text: str) -> str:
    """Return what somebody typed without the signs that no page may hold (NUL and other controls, half letters)."""
    return "".join(char for char in text if char.isprintable())
