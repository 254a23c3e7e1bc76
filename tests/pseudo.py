"""Two languages that nobody speaks: one whose texts are too long, one written from right to left.

What does not fit, what is cut and what is not translated at all shows in them before a translator has begun.
"""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

from portal.domain.knowledge import Knowledge
from portal.store.languages.extraction import domains, extract
from portal.store.languages.menu import TRANSLATIONS, Language, load_languages
from portal.store.languages.po import write
from portal.store.languages.texts import compile_all
from portal.store.languages.translations import merged, number_of_forms, po_path

LONG, MIRRORED = "en-XA", "ar-XB"
LINES = f"""
{LONG}: {{name: Šwéðíšħ, word: Šþråk, swedish: lång, dir: ltr, babel: en_GB, accept: [xa]}}
{MIRRORED}: {{name: سوهدع, word: سءرب, swedish: speglad, dir: rtl, babel: ar, script: Arab, comma: "،", accept: [xb]}}
"""

LONGER = 1.7
"""How long a text is in the long language, in lengths of the Swedish (languages.md, section 5)."""

_GAP = re.compile(r"(\{\w+\})")
_ACCENTS = str.maketrans("aeiouyåäöAEIOUYÅÄÖsncdzSNCDZ", "áéíóúýǻǟȫÁÉÍÓÚÝǺǞȪšñçđžŠÑÇĐŽ")
_FILLING = ("öch", "även", "dèssútöm", "nágöt", "ytterlígäre", "tîll")
_LETTERS = dict(zip("abcdefghijklmnopqrstuvwxyzåäöéü", "ابجدهوزحطيكلمنسعفصقرشتثخذضظغءؤئ", strict=True))


def lengthened(text: str) -> str:
    """Return a text with accents, its vowels doubled and words added, until it is long; its gaps and its end stay."""
    pieces = [piece if _GAP.fullmatch(piece) else _stretched(piece) for piece in _GAP.split(text)]
    stretched = "".join(pieces)
    body, end = (stretched[:-1], stretched[-1]) if stretched[-1:] in tuple(".?:!") else (stretched, "")
    number = 0
    while len(body) + len(end) < LONGER * len(text):
        body += f" {_FILLING[number % len(_FILLING)]}"
        number += 1
    return body + end


def _stretched(piece: str) -> str:
    return re.sub(r"([aouåäö])", r"\1\1", piece).translate(_ACCENTS)


def mirrored(text: str) -> str:
    """Return a text letter by letter in Arabic script, so that it runs from right to left; its gaps stay."""
    return "".join(
        piece if _GAP.fullmatch(piece) else "".join(_LETTERS.get(char.lower(), char) for char in piece)
        for piece in _GAP.split(text)
    )


HOW: dict[str, Callable[[str], str]] = {LONG: lengthened, MIRRORED: mirrored}


def add_language(folder: Path, knowledge: Knowledge, language: Language, how: Callable[[str], str]) -> None:
    """Fill every text of every domain in and compile them, as translators and `portal translations compile` do."""
    for domain in domains(knowledge.catalogue):
        path = po_path(folder, language, domain)
        found = merged(extract(knowledge, domain), path, language)
        for message in found:
            if message.id and isinstance(message.id, str):
                message.string = how(message.id)
            elif message.id:
                message.string = tuple(how(message.id[-1]) for _ in range(number_of_forms(language)))
        write(found, path)
    compile_all([language], folder)


def pseudo_translations(folder: Path, knowledge: Knowledge) -> Path:
    """Make a folder of translations with both languages beside those of the portal; return it."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(TRANSLATIONS / "glossary.csv", folder)
    spoken = (TRANSLATIONS / "languages.yaml").read_text(encoding="utf-8")
    (folder / "languages.yaml").write_text(spoken + LINES, encoding="utf-8")
    languages = load_languages(folder)
    for tag, how in HOW.items():
        add_language(folder, knowledge, languages[tag], how)
    return folder
