"""Mails said in the languages there are; in a right-to-left text a code keeps its own direction."""

import shutil
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from portal.actions.languages.voices import load_voice
from portal.domain.sentences import counted, sentence
from portal.store.languages.menu import TRANSLATIONS, load_languages
from portal.store.languages.texts import compile_all

CODE = sentence("Din kod är {code}.", code="47X-KX4")


def spoken(folder: Path) -> Path:
    """Return a folder in which Arabic knows two texts."""
    shutil.copy(TRANSLATIONS / "languages.yaml", folder)
    target = folder / "ar" / "LC_MESSAGES"
    target.mkdir(parents=True)
    catalog = Catalog(locale="ar")
    catalog.add("Din kod är {code}.", "رمزك هو {code}.")
    catalog.add(("{n} plats", "{n} platser"), tuple(f"{{n}} مكان {form}" for form in range(catalog.num_plurals)))
    with (target / "messages.po").open("wb") as file:
        write_po(file, catalog)
    compile_all(load_languages(folder).values(), folder)
    return folder


def test_a_sentence_is_said_in_the_language_asked_for(tmp_path: Path) -> None:
    voice = load_voice(spoken(tmp_path))
    assert voice("ar", CODE) == "رمزك هو \u206847X-KX4\u2069."
    assert voice("sv", CODE) == "Din kod är 47X-KX4."
    assert voice("sv", sentence("Hej!")) == "Hej!"


def test_a_language_that_is_not_there_is_said_in_swedish(tmp_path: Path) -> None:
    assert load_voice(spoken(tmp_path))("tlh", CODE) == "Din kod är 47X-KX4."


def test_the_form_follows_the_number(tmp_path: Path) -> None:
    voice = load_voice(spoken(tmp_path))
    assert voice("sv", counted("{n} plats", "{n} platser", 1)) == "1 plats"
    assert voice("sv", counted("{n} plats", "{n} platser", 2)) == "2 platser"
    assert voice("ar", counted("{n} plats", "{n} platser", 2)) == "\u20682\u2069 مكان 2"
