"""Pieces of forms and lists that more than one page writes."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import request
from markupsafe import Markup, escape
from werkzeug.exceptions import HTTPException

from portal.domain.typed import text_of

_LONG = 30
"""Signs, from which on a text is one that somebody would not like to write twice."""


@dataclass(frozen=True, slots=True)
class SentForm:
    """A form that could not be taken: where it was going, what it holds, and the long texts that were written in it."""

    address: str
    fields: Markup
    texts: tuple[str, ...]


def sent_form(but: str = "") -> SentForm | None:
    """Return the form that this request brought, to be sent once more; None without one, or where it holds a secret.

    but: the name of a field that must be a new one the next time.
    """
    try:
        pairs = [(name, printable_lines(value)) for name, value in request.form.items(multi=True) if name != but]
    except HTTPException:
        return None  # nobody had read the form yet, and it is larger than any form is
    if not pairs or any("password" in name for name, _ in pairs):
        return None
    texts = tuple(value for name, value in pairs if len(value) > _LONG and " " in value)
    return SentForm(request.full_path.removesuffix("?"), hidden_fields(pairs), texts)


def hidden_fields(pairs: Iterable[tuple[str, str]]) -> Markup:
    """Return hidden fields that carry those names and values."""
    fields = [f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">' for name, value in pairs]
    return Markup("".join(fields))  # noqa: S704 - both gaps are escaped


def joined(parts: Iterable[Markup]) -> Markup:
    """Return ready pieces of HTML as one; Markup.join would ask each of them again."""
    return Markup("".join(parts))  # noqa: S704 - every part is Markup already


def printable_lines(text: str) -> str:
    """Return the same of a text that may have several lines."""
    return text_of(text)


def printable(text: str) -> str:
    """Return what somebody typed without the signs that no page may hold (NUL and other controls, half letters)."""
    return text_of(text).replace("\n", "")
