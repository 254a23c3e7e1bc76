"""Languages and translations: extraction is reproducible, a changed text loses its translation, gaps are kept."""

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from gettext import c2py
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from portal import create_app
from portal.domain import catalogue as c
from portal.domain.condition import Condition
from portal.domain.sentences import Sentence
from portal.store.catalogue import load_catalogue
from portal.store.translations import (
    PORTAL,
    TRANSLATIONS,
    BrokenLanguages,
    Language,
    compile_all,
    domains,
    extract,
    kommun_texts,
    load_languages,
    load_translations,
    merged,
    missing,
    po_path,
    update,
)
from tests.conftest import settings
from tests.store.made_up import ID, KOMMUN, KURS, write, write_kommun

SWEDISH = Language("sv", "Svenska", "svenska", "ltr", "sv", is_source=True)
FINNISH = Language("fi", "Suomi", "finska", "ltr", "fi", is_source=False)
ARABIC = Language("ar", "العربية", "arabiska", "rtl", "ar", is_source=False)


def made_up_catalogue(folder: Path, **kurs: object) -> c.Catalogue:
    """Return a catalogue of the made-up kommun alone, with changes to its course."""
    write_kommun(folder, kurs=kurs)
    return load_catalogue(folder)


def read(path: Path) -> Catalog:
    """Return a .po file."""
    with path.open("rb") as file:
        return read_po(file)


def translate(path: Path) -> None:
    """Fill every translation of a .po file in with the Swedish text in capitals."""
    found = read(path)
    for message in found:
        if isinstance(message.id, str):
            message.string = message.id.upper() if message.id else message.string
        else:
            message.string = tuple(message.id[-1].upper() for _ in range(found.num_plurals))
        message.flags.discard("fuzzy")
    with path.open("wb") as file:
        write_po(file, found)


# ------------------------------------------------------------------------------------------ extraction


def test_extraction_gives_the_files_of_the_repository(catalogue: c.Catalogue, tmp_path: Path) -> None:
    copy = tmp_path / "translations"
    shutil.copytree(TRANSLATIONS, copy, ignore=shutil.ignore_patterns("*.mo"))
    before = {path: path.read_text(encoding="utf-8") for path in copy.rglob("*.po*")}
    written = update(catalogue, load_languages().values(), copy)
    assert set(written) == set(before)
    stale = [str(path.relative_to(copy)) for path, text in before.items() if path.read_text(encoding="utf-8") != text]
    assert not stale, f"`portal translations update` has not been run: {stale}"


def test_a_second_update_changes_nothing(tmp_path: Path) -> None:
    update(made_up_catalogue(tmp_path / "data"), [FINNISH], tmp_path)
    translate(po_path(tmp_path, FINNISH, ID))
    later = made_up_catalogue(tmp_path / "data", summary="En kurs i grupp för alla föräldrar.")
    contents = []
    for _ in range(2):
        update(later, [FINNISH], tmp_path)
        contents.append({path: path.read_bytes() for path in tmp_path.rglob("*.po*")})
    assert contents[0] == contents[1]


def test_a_doubtful_translation_takes_nothing_else_over_from_the_text_it_was_for(tmp_path: Path) -> None:
    old, template = Catalog(locale="fi"), Catalog()
    old.add("Du som bor i {kommun}", "Sinä joka asut: {kommun}")
    template.add("Du som bor i Solbacka")
    with (tmp_path / "old.po").open("wb") as file:
        write_po(file, old)
    message = merged(template, tmp_path / "old.po", FINNISH).get("Du som bor i Solbacka")
    assert message is not None
    assert message.flags == {"fuzzy"}


def test_every_domain_has_a_template_and_a_file_for_each_language(tmp_path: Path) -> None:
    found = made_up_catalogue(tmp_path / "data")
    assert domains(found) == (PORTAL, ID)
    written = update(found, [SWEDISH, FINNISH], tmp_path)
    assert sorted(str(path.relative_to(tmp_path)) for path in written) == [
        "fi/LC_MESSAGES/messages.po",
        "fi/LC_MESSAGES/solbacka.po",
        "messages.pot",
        "solbacka.pot",
    ]


def sentences_in(value: object) -> Iterator[Sentence]:
    """Yield every sentence inside a value of the catalogue, conditions apart: they say sentences of the code."""
    if isinstance(value, Sentence):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from sentences_in(item)
    elif is_dataclass(value) and not isinstance(value, Condition):
        for field in fields(value):
            yield from sentences_in(getattr(value, field.name))


def test_every_sentence_of_a_kommun_is_one_to_translate(catalogue: c.Catalogue) -> None:
    portal = {message.id for message in extract(catalogue, PORTAL)}
    for kommun in catalogue.kommuner.values():
        own = {text.text for text, _ in kommun_texts(kommun)}
        for insats in kommun.insatser.values():
            said = {text.text for text in sentences_in(insats)}
            assert said <= (portal if insats.by_law else own), insats.id
        assert {text.text for contact in kommun.contacts.values() for text in sentences_in(contact)} <= own


def texts_of(said: Sentence) -> Iterator[str]:
    """Yield the text of a sentence and of every sentence in its gaps."""
    yield said.text
    for _, value in said.values:
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Sentence):
                yield from texts_of(part)


def test_every_sentence_that_a_condition_says_is_one_to_translate(catalogue: c.Catalogue) -> None:
    known = {message.id if isinstance(message.id, str) else message.id[0] for message in extract(catalogue, PORTAL)}
    said = {
        text
        for kommun in catalogue.kommuner.values()
        for insats in kommun.insatser.values()
        for rule in (*insats.rules, *(rule for part in insats.parts for rule in part.conditions))
        for text in texts_of(rule.rule)
    }
    assert said - known - {"{rules}"} == set()


def test_a_template_says_where_a_text_stands(tmp_path: Path) -> None:
    template = extract(made_up_catalogue(tmp_path), ID)
    message = template.get(KURS["summary"])
    assert message is not None
    assert message.auto_comments == ["kurs: summary"]
    unit = template.get(KOMMUN["contacts"]["kursen"]["unit"])
    assert unit is not None
    assert unit.auto_comments == ["contact kursen: the name of the unit"]


# ------------------------------------------------------------------------------- a text and its translation


def test_a_changed_text_loses_its_translation_and_no_other_does(tmp_path: Path) -> None:
    found = made_up_catalogue(tmp_path / "data")
    update(found, [FINNISH], tmp_path)
    path = po_path(tmp_path, FINNISH, ID)
    assert KURS["summary"] in missing(found, FINNISH, ID, tmp_path)
    translate(path)
    assert missing(found, FINNISH, ID, tmp_path) == []
    compile_all(tmp_path)
    assert load_translations(FINNISH, ID, tmp_path).gettext(KURS["summary"]) == KURS["summary"].upper()

    text = "En kurs i grupp för alla föräldrar."
    later = made_up_catalogue(tmp_path / "data", summary=text)
    assert missing(later, FINNISH, ID, tmp_path) == [text]
    update(later, [FINNISH], tmp_path)
    (doubtful,) = [message for message in read(path) if message.id and message.fuzzy]
    assert (doubtful.id, doubtful.string) == (text, KURS["summary"].upper())
    assert missing(later, FINNISH, ID, tmp_path) == [text]
    os.utime(path, ns=(2**61, 2**61))
    compile_all(tmp_path)
    compiled = load_translations(FINNISH, ID, tmp_path)
    assert compiled.gettext(text) == text
    assert compiled.gettext(KURS["audience"]) == KURS["audience"].upper()


def test_a_text_that_is_gone_leaves_nothing_behind(tmp_path: Path) -> None:
    update(made_up_catalogue(tmp_path / "data", guidance=["Ta med en matsäck och oömma kläder."]), [FINNISH], tmp_path)
    path = po_path(tmp_path, FINNISH, ID)
    translate(path)
    update(made_up_catalogue(tmp_path / "data", guidance=[]), [FINNISH], tmp_path)
    assert "matsäck" not in path.read_text(encoding="utf-8").lower()


def test_a_plural_without_all_its_forms_is_missing(tmp_path: Path) -> None:
    found = made_up_catalogue(tmp_path / "data")
    update(found, [ARABIC], tmp_path)
    path = po_path(tmp_path, ARABIC, PORTAL)
    translate(path)
    assert missing(found, ARABIC, PORTAL, tmp_path) == []
    half = read(path)
    message = half.get("{n} träff.")
    assert message is not None
    assert len(message.string) == 6
    message.string = (*message.string[:5], "")
    with path.open("wb") as file:
        write_po(file, half)
    assert missing(found, ARABIC, PORTAL, tmp_path) == ["{n} träff."]


def test_the_source_language_lacks_nothing_and_has_no_files(tmp_path: Path) -> None:
    found = made_up_catalogue(tmp_path)
    assert missing(found, SWEDISH, ID, tmp_path) == []
    assert load_translations(SWEDISH, ID, tmp_path).gettext("Kurs") == "Kurs"


def test_without_a_compiled_file_texts_stay_as_they_are(tmp_path: Path) -> None:
    assert load_translations(FINNISH, ID, tmp_path).gettext("Kurs") == "Kurs"


def test_only_what_has_changed_is_compiled(tmp_path: Path) -> None:
    update(made_up_catalogue(tmp_path / "data"), [FINNISH, ARABIC], tmp_path)
    assert len(compile_all(tmp_path)) == 4
    assert compile_all(tmp_path) == []
    path = po_path(tmp_path, ARABIC, ID)
    os.utime(path, ns=(2**61, 2**61))
    assert compile_all(tmp_path) == [path.with_suffix(".mo")]


# ------------------------------------------------------------------------------------- what is translated

SHIPPED = sorted(TRANSLATIONS.glob("*/LC_MESSAGES/*.po"))


def forms_of(message: Message) -> list[tuple[str, str]]:
    """Return each form of a translation beside the Swedish form it stands for."""
    if isinstance(message.id, str):
        return [(message.id, str(message.string))]
    return [(message.id[-1], form) for form in message.string]


def gaps(text: str) -> set[str]:
    """Return the gaps of a text, and every brace that is none."""
    return set(re.findall(r"\{\w+\}|[{}]", text))


@pytest.mark.parametrize("path", SHIPPED, ids=[f"{path.parts[-3]}-{path.stem}" for path in SHIPPED])
def test_every_translation_keeps_its_gaps(path: Path) -> None:
    # A gap that nobody fills would be an error on the page; one that is lost would hide an age or a name.
    wrong = [
        (source, form)
        for message in read(path)
        if message.id and not message.fuzzy
        for source, form in forms_of(message)
        if form
        and gaps(form) - ({"{n}"} if message.pluralizable else set())
        != gaps(source) - ({"{n}"} if message.pluralizable else set())
    ]
    assert not wrong


CATEGORIES = ("zero", "one", "two", "few", "many", "other")
"""The plural categories in the order in which their forms stand in a file."""


@pytest.mark.parametrize("path", SHIPPED, ids=[f"{path.parts[-3]}-{path.stem}" for path in SHIPPED])
def test_each_number_finds_the_form_written_for_it(path: Path) -> None:
    found = read(path)
    category = Locale.parse(load_languages()[path.parts[-3]].babel).plural_form
    used = [name for name in CATEGORIES if name in {category(number) for number in range(200)}]
    assert found.num_plurals == len(used)
    chosen = c2py(found.plural_expr)
    assert [number for number in range(200) if used[chosen(number)] != category(number)] == []


# ---------------------------------------------------------------------------------------------- languages


def test_the_languages_stand_in_menu_order_with_one_source() -> None:
    languages = load_languages()
    assert next(iter(languages)) == "sv"
    assert [language.tag for language in languages.values() if language.is_source] == ["sv"]
    assert (languages["ar"].name, languages["ar"].is_rtl, languages["en"].is_rtl) == ("العربية", True, False)


WHOLE = {"name": "Suomi", "swedish": "finska", "dir": "ltr", "babel": "fi"}
SOURCE = {"name": "Svenska", "swedish": "svenska", "dir": "ltr", "babel": "sv", "source": True}

BROKEN: dict[str, tuple[object, str]] = {
    "broken YAML": ("sv: {", "cannot be read"),
    "a list": (["sv"], "must be a mapping"),
    "a language that is a text": ({"sv": SOURCE, "fi": "Suomi"}, "fi: must be a mapping"),
    "a language twice": ("fi: {name: Suomi}\nfi: {name: Suomi}\n", "'fi' stands twice"),
    "no name": ({"sv": SOURCE, "fi": {**WHOLE, "name": None}}, "fi.name: is missing"),
    "a name that is a number": ({"sv": SOURCE, "fi": {**WHOLE, "name": 3}}, "fi.name: must be a text"),
    "an unknown direction": ({"sv": SOURCE, "fi": {**WHOLE, "dir": "up"}}, "fi.dir: has no 'up'"),
    "no locale": ({"sv": SOURCE, "fi": {**WHOLE, "babel": None}}, "fi.babel: is missing"),
    "a locale that nobody knows": ({"sv": SOURCE, "fi": {**WHOLE, "babel": "xx"}}, "fi.babel"),
    "an unknown key": ({"sv": SOURCE, "fi": {**WHOLE, "flag": "🇫🇮"}}, "fi.flag: is not a key"),
    "a source in words": ({"sv": {**SOURCE, "source": "yes"}}, "sv.source: must be true or false"),
    "no language": ("{}", "languages.yaml"),
    "no source": ({"fi": WHOLE}, "source"),
    "two sources": ({"sv": SOURCE, "fi": {**WHOLE, "source": True}}, "source"),
}


@pytest.mark.parametrize(("content", "says"), BROKEN.values(), ids=BROKEN)
def test_broken_languages_stop_the_start(tmp_path: Path, content: object, says: str) -> None:
    write(tmp_path / "languages.yaml", content)
    with pytest.raises(BrokenLanguages, match=re.escape(says)):
        create_app(settings(translations=tmp_path))


def test_a_missing_file_of_languages_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(BrokenLanguages, match=r"languages\.yaml: the file is missing"):
        create_app(settings(translations=tmp_path))
