"""gettext's .po files: read with all that editors write in them, and written so that a change is a diff.

Babel's own reader takes the old Swedish text of a stale translation for a comment, and its writer breaks long comments.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, denormalize, normalize, read_po

_PREVIOUS = re.compile(r"\|\s*(msgctxt|msgid_plural|msgid)?\s*(\".*\")")
_OBSOLETE_PREVIOUS = "#~|"


class BrokenTranslations(Exception):
    """A .po file cannot be read; says which line is wrong."""


def read(path: Path, locale: str | None = None) -> Catalog:
    """Return the catalog in a .po file; raise BrokenTranslations rather than lose a text."""
    # Some editors begin a file with a byte order mark, and keep the old text of what they have taken away.
    lines = path.read_text(encoding="utf-8-sig").split("\n")
    try:
        found = read_po(
            ["" if line.startswith(_OBSOLETE_PREVIOUS) else line for line in lines], locale=locale, abort_invalid=True
        )
    except PoFileError as error:
        place = "/".join(path.parts[-3:])
        raise BrokenTranslations(f"{place}: line {error.lineno + 1} cannot be read: {error.line}") from None
    for message in found:
        _take_previous(message)
    return found


def _take_previous(message: Message) -> None:
    """Take the Swedish text that a stale translation was made of from among the comments."""
    kept: list[str] = []
    previous: dict[str, list[str]] = {"msgid": [], "msgid_plural": [], "msgctxt": []}
    key = "msgid"
    for comment in message.user_comments:
        found = _PREVIOUS.fullmatch(comment)
        if found is None:
            kept.append(comment)
        else:
            key = found[1] or key
            previous[key].append(found[2])
    message.user_comments = kept
    message.previous_id = [
        denormalize("\n".join(lines)) for name, lines in previous.items() if lines and name != "msgctxt"
    ]


def write(catalog: Catalog, path: Path) -> None:
    """Write a catalog as a .po file, in the order of its template and on unbroken lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in _lines(catalog)), encoding="utf-8", newline="\n")


def _lines(catalog: Catalog) -> Iterator[str]:
    for message in catalog:
        if not message.id:
            yield catalog.header_comment
        yield from (f"# {comment}".rstrip() for comment in message.user_comments if message.id)
        yield from (f"#. {comment}" for comment in message.auto_comments)
        if message.flags:
            yield f"#, {', '.join(sorted(message.flags))}"
        for key, text in zip(("msgid", "msgid_plural"), message.previous_id, strict=False):
            yield f"#| {key} {normalize(text, prefix='#| ', width=0)}"
        yield from _texts(message, catalog.num_plurals)
        yield ""


def _texts(message: Message, number_of_forms: int) -> Iterator[str]:
    forms = [message.string or ""] if isinstance(message.string, str | None) else list(message.string)
    if isinstance(message.id, str):
        yield f"msgid {normalize(message.id, width=0)}"
        yield f"msgstr {normalize(forms[0], width=0)}"
        return
    yield f"msgid {normalize(message.id[0], width=0)}"
    yield f"msgid_plural {normalize(message.id[1], width=0)}"
    for number in range(number_of_forms):
        yield f"msgstr[{number}] {normalize(forms[number] if number < len(forms) else '', width=0)}"
