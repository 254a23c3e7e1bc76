"""A made-up kommun in a few languages, and a translator who fills every text in."""

from collections.abc import Callable
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from portal.domain.knowledge import Knowledge
from portal.store.languages.menu import Language
from portal.store.languages.po import read, write
from portal.store.languages.translations import number_of_forms, po_path
from portal.store.loading import load_knowledge
from tests.store.made_up import write_kommun

SWEDISH = Language("sv", "Svenska", "svenska", "ltr", "sv", is_source=True, is_written=True)
SIMPLE = Language("sv-simple", "Lätt svenska", "lätt svenska", "ltr", "sv", is_written=True)
FINNISH = Language("fi", "Suomi", "finska", "ltr", "fi")
UKRAINIAN = Language("uk", "Українська", "ukrainska", "ltr", "uk", script="Cyrl")
ARABIC = Language("ar", "العربية", "arabiska", "rtl", "ar", script="Arab", comma="، ")

Translator = Callable[[str], str]


def made_up_knowledge(folder: Path, **kurs: object) -> Knowledge:
    """Return what is known of the made-up kommun alone, with changes to its course."""
    write_kommun(folder, kurs=kurs)
    return load_knowledge(folder)


def in_capitals(text: str) -> str:
    """Translate a text: the same in capitals, its gaps as they are."""
    pieces = text.split("{")
    return "{".join([pieces[0].upper(), *(f"{gap}{mark}{rest.upper()}" for gap, mark, rest in _halves(pieces[1:]))])


def _halves(pieces: list[str]) -> list[tuple[str, str, str]]:
    return [piece.partition("}") for piece in pieces]


def translate(folder: Path, language: Language, domain: str, how: Translator = in_capitals) -> Path:
    """Fill every translation of a file in; return where it stands."""
    path = po_path(folder, language, domain)
    found = read(path, language.babel)
    for message in found:
        if not message.id:
            continue
        if isinstance(message.id, str):
            message.string = how(message.id)
        else:
            message.string = tuple(how(message.id[-1]) for _ in range(number_of_forms(language)))
        message.flags.discard("fuzzy")
        message.previous_id = []
    write(found, path)
    return path


def message_of(found: Catalog, text: str) -> Message:
    """Return the message of a Swedish text, which must be there."""
    message = found.get(text)
    assert message is not None, text
    return message
