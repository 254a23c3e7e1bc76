"""Translations beside the Swedish texts: a changed text makes its translation stale, and nothing else is touched."""

import re
import shutil
from datetime import date
from gettext import c2py
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.catalog import Catalog, Message

from portal.domain.catalogue.whole import Catalogue
from portal.domain.knowledge import Knowledge
from portal.domain.languages.reviews import MISSING, REVIEWED, STALE, TRANSLATED, WRITTEN
from portal.domain.languages.wording import Wording, term
from portal.domain.sentences import counted
from portal.store.languages.extraction import PORTAL, SAFETY, extract
from portal.store.languages.menu import TRANSLATIONS, Language, load_languages
from portal.store.languages.po import read, write
from portal.store.languages.texts import compile_all, load_texts
from portal.store.languages.translations import (
    merged,
    missing,
    note_review,
    number_of_forms,
    po_path,
    review_of,
    said_differently,
    state_of,
    truth_of,
    update,
    wrong,
)
from portal.web.voices.voice import Voice
from tests.store.languages.translating import (
    ARABIC,
    FINNISH,
    SIMPLE,
    SWEDISH,
    UKRAINIAN,
    in_capitals,
    made_up_knowledge,
    message_of,
    translate,
)
from tests.store.made_up import ID, KURS

DAY = date(2026, 11, 25)


def files(folder: Path) -> dict[str, bytes]:
    """Return every template and translation in a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.po*")}


def test_the_files_of_the_repository_are_up_to_date(knowledge: Knowledge, tmp_path: Path) -> None:
    copy = tmp_path / "translations"
    shutil.copytree(TRANSLATIONS, copy, ignore=shutil.ignore_patterns("*.mo", "*.json"))
    before = files(copy)
    written = update(knowledge, load_languages().values(), copy)
    assert {str(path.relative_to(copy)) for path in written} == set(before)
    stale = [name for name, content in files(copy).items() if before[name] != content]
    assert not stale, f"`portal translations update` has not been run: {stale}"


def test_every_domain_has_a_template_and_a_file_for_each_language(tmp_path: Path) -> None:
    written = update(made_up_knowledge(tmp_path / "data"), [SWEDISH, FINNISH], tmp_path)
    assert sorted(str(path.relative_to(tmp_path)) for path in written) == [
        "fi/LC_MESSAGES/messages.po",
        "fi/LC_MESSAGES/solbacka.po",
        "messages.pot",
        "solbacka.pot",
    ]


# ------------------------------------------------------------------------------------------- a text that changes


def updated(folder: Path, language: Language = FINNISH, **kurs: object) -> Catalog:
    """Bring a language up to the course with those changes; return the file of its kommun."""
    path = po_path(folder, language, ID)
    write(merged(extract(made_up_knowledge(folder / "data", **kurs), ID), path, language), path)
    return read(path, language.babel)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder where every text of the course is translated into Finnish."""
    updated(tmp_path)
    translate(tmp_path, FINNISH, ID)
    return tmp_path


def stale(found: Catalog) -> dict[str, tuple[object, list[str]]]:
    """Return each stale text with its translation and the Swedish it was made of."""
    return {
        str(message.id): (message.string, list(message.previous_id))
        for message in found
        if message.id and message.fuzzy
    }


CHANGED = "En kurs i grupp för alla föräldrar."


def test_a_changed_text_makes_its_translation_stale_and_no_other(folder: Path) -> None:
    found = updated(folder, summary=CHANGED)
    assert stale(found) == {CHANGED: (KURS["summary"].upper(), [KURS["summary"]])}
    text = po_path(folder, FINNISH, ID).read_text(encoding="utf-8")
    assert f'#, fuzzy\n#| msgid "{KURS["summary"]}"\nmsgid "{CHANGED}"\n' in text
    later = made_up_knowledge(folder / "data", summary=CHANGED)
    assert missing(later, FINNISH, ID, folder) == [CHANGED]


def test_the_old_translation_of_one_language_never_lands_in_the_next(tmp_path: Path) -> None:
    update(made_up_knowledge(tmp_path / "data"), [FINNISH, UKRAINIAN], tmp_path)
    translate(tmp_path, FINNISH, ID, lambda text: f"FI {text}")
    translate(tmp_path, UKRAINIAN, ID, lambda text: f"UK {text}")
    update(made_up_knowledge(tmp_path / "data", summary=CHANGED), [FINNISH, UKRAINIAN], tmp_path)
    for language, mark in ((FINNISH, "FI"), (UKRAINIAN, "UK")):
        message = message_of(read(po_path(tmp_path, language, ID), language.babel), CHANGED)
        assert (message.string, message.fuzzy) == (f"{mark} {KURS['summary']}", True)


def test_a_changed_text_is_missing_before_the_update_too(folder: Path) -> None:
    assert missing(made_up_knowledge(folder / "data"), FINNISH, ID, folder) == []
    assert missing(made_up_knowledge(folder / "data", summary=CHANGED), FINNISH, ID, folder) == [CHANGED]


def test_a_second_update_changes_nothing(folder: Path) -> None:
    updated(folder, summary=CHANGED)
    first = files(folder)
    updated(folder, summary=CHANGED)
    assert files(folder) == first


def test_a_text_takes_nothing_over_from_another_place_or_from_one_that_is_not_alike(folder: Path) -> None:
    # The audience and the summary change places with near twins: each place keeps to itself.
    other = "Helt andra ord om något nytt."
    found = updated(folder, summary=other, how={**KURS["how"], "note": KURS["summary"].replace("En", "Två")})
    assert stale(found) == {}
    assert not message_of(found, other).string
    assert not message_of(found, KURS["summary"].replace("En", "Två")).string


def test_of_several_old_texts_in_one_place_the_most_alike_is_taken(folder: Path) -> None:
    found = updated(folder, happens=["Ni pratar om vardagen hemma.", "Ni ses två kvällar i veckan."])
    assert stale(found) == {
        "Ni pratar om vardagen hemma.": ("NI PRATAR OM VARDAGEN.", ["Ni pratar om vardagen."]),
        "Ni ses två kvällar i veckan.": ("NI SES EN KVÄLL I VECKAN.", ["Ni ses en kväll i veckan."]),
    }


def test_a_text_that_still_stands_somewhere_gives_its_translation_to_nobody(folder: Path) -> None:
    found = updated(folder, guidance=["Du kan komma ensam.", "Du kan komma ensam hit."])
    assert stale(found) == {}


def test_a_stale_text_that_changes_again_still_says_what_was_translated(folder: Path) -> None:
    updated(folder, summary=CHANGED)
    again = "En kurs i grupp för alla föräldrar här."
    assert stale(updated(folder, summary=again)) == {again: (KURS["summary"].upper(), [KURS["summary"]])}


def test_a_text_that_changes_back_has_its_translation_again(folder: Path) -> None:
    before = files(folder)
    updated(folder, summary=CHANGED)
    updated(folder)
    assert files(folder) == before


def test_a_stale_text_that_somebody_has_mended_is_current(folder: Path) -> None:
    path = po_path(folder, FINNISH, ID)
    found = updated(folder, summary=CHANGED)
    message = message_of(found, CHANGED)
    message.string = "Kurssi kaikille vanhemmille."
    message.flags.discard("fuzzy")
    write(found, path)
    assert stale(updated(folder, summary=CHANGED)) == {}
    assert message_of(read(path, "fi"), CHANGED).previous_id == []


def test_a_doubtful_translation_takes_nothing_else_over_from_the_text_it_was_for(tmp_path: Path) -> None:
    old, template = Catalog(locale="fi"), Catalog()
    old.add("Du som bor i {kommun}", "Sinä joka asut: {kommun}", auto_comments=["kurs"], user_comments=["a note"])
    template.add("Du som bor i Solbacka", auto_comments=["kurs"])
    write(old, tmp_path / "old.po")
    message = message_of(merged(template, tmp_path / "old.po", FINNISH), "Du som bor i Solbacka")
    assert (message.flags, message.user_comments, message.auto_comments) == ({"fuzzy"}, [], ["kurs"])


def plurals(folder: Path, before: object, after: object, forms: object, language: Language = FINNISH) -> Message:
    """Return what becomes of a translation when its text changes in one place."""
    old, template = Catalog(locale=language.babel), Catalog()
    old.mime_headers = [("Plural-Forms", f"nplurals={number_of_forms(language)}; plural=0;")]
    old.add(before, forms, auto_comments=["portal/x.py"])  # type: ignore[arg-type]
    template.add(after, auto_comments=["portal/x.py"])  # type: ignore[arg-type]
    write(old, folder / "old.po")
    (message,) = [found for found in merged(template, folder / "old.po", language) if found.id]
    return message


def test_a_plural_that_changes_behind_its_singular_makes_the_translation_stale(tmp_path: Path) -> None:
    message = plurals(
        tmp_path, ("{n} träff", "{n} träffar"), ("{n} träff", "{n} besök"), ("{n} tapaaminen", "{n} tapaamista")
    )
    assert (message.fuzzy, message.previous_id) == (True, ["{n} träff", "{n} träffar"])
    assert message.string == ("{n} tapaaminen", "{n} tapaamista")


def test_a_plural_that_becomes_one_text_is_stale_and_not_its_first_form_as_if_current(tmp_path: Path) -> None:
    # The first form of Arabic is the one for none.
    forms = tuple(f"{name} {{n}}" for name in ("zero", "one", "two", "few", "many", "other"))
    message = plurals(tmp_path, ("{n} träff", "{n} träffar"), "{n} träff", forms, ARABIC)
    assert (message.fuzzy, message.previous_id) == (True, ["{n} träff", "{n} träffar"])


def test_one_text_that_becomes_a_plural_lacks_its_forms(tmp_path: Path) -> None:
    message = plurals(tmp_path, "{n} träff", ("{n} träff", "{n} träffar"), "{n} tapaaminen")
    assert state_of(message, FINNISH) == MISSING


def test_a_text_that_is_gone_leaves_nothing_behind(tmp_path: Path) -> None:
    updated(tmp_path, guidance=["Ta med en matsäck och oömma kläder."])
    path = translate(tmp_path, FINNISH, ID)
    updated(tmp_path, guidance=[])
    assert "matsäck" not in path.read_text(encoding="utf-8").lower()


def test_a_text_that_comes_to_be_about_safety_says_so_in_every_language(folder: Path) -> None:
    found = updated(folder, topics=["violence"], conditions=[{"child_age": {"from": 3, "to": 12}}])
    message = message_of(found, KURS["summary"])
    assert SAFETY in message.auto_comments
    assert message.string == KURS["summary"].upper()


def test_a_plural_without_all_its_forms_is_missing(tmp_path: Path) -> None:
    found = made_up_knowledge(tmp_path / "data")
    update(found, [ARABIC], tmp_path)
    path = translate(tmp_path, ARABIC, PORTAL)
    assert missing(found, ARABIC, PORTAL, tmp_path) == []
    half = read(path, "ar")
    message = message_of(half, "{n} träff.")
    assert len(message.string) == 6
    message.string = (*message.string[:5], "")
    write(half, path)
    assert missing(found, ARABIC, PORTAL, tmp_path) == ["{n} träff."]


def test_a_file_that_an_editor_has_given_fewer_forms_lacks_those_plurals(tmp_path: Path) -> None:
    # Many tools know three forms of Ukrainian; CLDR has four.
    found = made_up_knowledge(tmp_path / "data")
    update(found, [UKRAINIAN], tmp_path)
    path = translate(tmp_path, UKRAINIAN, PORTAL)
    text = path.read_text(encoding="utf-8")
    text = re.sub(r'"Plural-Forms: nplurals=4;', '"Plural-Forms: nplurals=3;', text)
    path.write_text(re.sub(r"msgstr\[3\] .*\n", "", text), encoding="utf-8")
    assert "{n} träff." in missing(found, UKRAINIAN, PORTAL, tmp_path)
    update(found, [UKRAINIAN], tmp_path)
    again = read(path, "uk")
    assert again.num_plurals == 4
    assert state_of(message_of(again, "{n} träff."), UKRAINIAN) == MISSING


def test_the_source_language_lacks_nothing_and_nothing_of_it_is_wrong(tmp_path: Path) -> None:
    found = made_up_knowledge(tmp_path)
    assert missing(found, SWEDISH, ID, tmp_path) == []
    assert list(wrong(SWEDISH, ID, folder=tmp_path)) == []


# ------------------------------------------------------------------------------------------- what is true of a text


def truth(folder: Path, language: Language = FINNISH) -> dict[str, int]:
    """Return how many texts of the course are in each state that some are in."""
    counts = truth_of(read(po_path(folder, language, ID), language.babel), language).counts
    return {state: number for state, number in counts if number}


def test_every_text_is_counted_once(folder: Path) -> None:
    (all_of_them,) = truth(folder).values()
    assert truth(folder) == {TRANSLATED: all_of_them}
    updated(folder, summary=CHANGED, audience="Något helt annat, 4711!")
    assert truth(folder) == {TRANSLATED: all_of_them - 2, STALE: 1, MISSING: 1}
    note_review(po_path(folder, FINNISH, ID), FINNISH, "Anna", DAY)
    assert truth(folder) == {REVIEWED: all_of_them - 2, STALE: 1, MISSING: 1}


def test_a_text_may_say_of_itself_that_it_was_written(folder: Path) -> None:
    path = po_path(folder, FINNISH, ID)
    found = read(path, "fi")
    message_of(found, KURS["summary"]).user_comments.append(WRITTEN)
    write(found, path)
    assert truth(folder)[WRITTEN] == 1
    assert truth_of(updated(folder), FINNISH).count(WRITTEN) == 1


def test_easy_swedish_is_written(tmp_path: Path) -> None:
    updated(tmp_path, SIMPLE)
    translate(tmp_path, SIMPLE, ID)
    assert list(truth(tmp_path, SIMPLE)) == [WRITTEN]


def reviewed(folder: Path) -> list[str]:
    """Return the Swedish texts that are reviewed as they stand."""
    found = read(po_path(folder, FINNISH, ID), "fi")
    return [str(message.id) for message in found if message.id and state_of(message, FINNISH) == REVIEWED]


def test_a_review_stands_beside_its_text_and_survives_an_update(folder: Path) -> None:
    path = po_path(folder, FINNISH, ID)
    assert note_review(path, FINNISH, "Anna på språkstödet", DAY, ["PÅ VÅREN", "ensam"]) == 2
    assert sorted(reviewed(folder)) == ["Du kan komma ensam.", "Kursen hålls på våren."]
    before = path.read_bytes()
    updated(folder)
    assert path.read_bytes() == before
    review = review_of(message_of(read(path, "fi"), "Du kan komma ensam."))
    assert review is not None
    assert (review.by, review.on) == ("Anna på språkstödet", DAY)


def test_a_new_review_takes_the_place_of_an_old_one_and_leaves_other_comments(folder: Path) -> None:
    path = po_path(folder, FINNISH, ID)
    found = read(path, "fi")
    message_of(found, KURS["summary"]).user_comments.append("Kurssi, ei koulutus.")
    write(found, path)
    for who in ("Anna", "Bo"):
        note_review(path, FINNISH, who, DAY)
    notes = message_of(read(path, "fi"), KURS["summary"]).user_comments
    assert notes[0] == "Kurssi, ei koulutus."
    assert [note.rpartition(": ")[2] for note in notes[1:]] == ["Bo"]


def test_a_review_is_lost_when_the_translation_changes(folder: Path) -> None:
    path = po_path(folder, FINNISH, ID)
    note_review(path, FINNISH, "Anna", DAY)
    found = read(path, "fi")
    message_of(found, KURS["summary"]).string = "Toinen teksti."
    write(found, path)
    assert KURS["summary"] not in reviewed(folder)
    assert KURS["audience"] in reviewed(folder)


def test_a_review_is_lost_when_the_swedish_changes(folder: Path) -> None:
    path = po_path(folder, FINNISH, ID)
    note_review(path, FINNISH, "Anna", DAY)
    found = updated(folder, summary=CHANGED)
    message = message_of(found, CHANGED)
    assert (message.user_comments, state_of(message, FINNISH)) == ([], STALE)
    # Whoever calls it current without reading it has still not reviewed it.
    message.flags.discard("fuzzy")
    write(found, path)
    assert CHANGED not in reviewed(folder)


def test_what_is_stale_or_missing_cannot_be_noted_as_reviewed(folder: Path) -> None:
    updated(folder, summary=CHANGED, audience="Något helt annat, 4711!")
    note_review(po_path(folder, FINNISH, ID), FINNISH, "Anna", DAY)
    assert {CHANGED, "Något helt annat, 4711!"} & set(reviewed(folder)) == set()


def test_a_review_is_of_all_forms_of_a_plural(tmp_path: Path) -> None:
    update(made_up_knowledge(tmp_path / "data"), [ARABIC], tmp_path)
    path = translate(tmp_path, ARABIC, PORTAL)
    assert note_review(path, ARABIC, "Anna", DAY, ["{n} träffar."]) >= 1
    found = read(path, "ar")
    message = message_of(found, "{n} träff.")
    assert state_of(message, ARABIC) == REVIEWED
    message.string = (*message.string[:4], "muu {n}", message.string[5])
    assert state_of(message, ARABIC) == TRANSLATED


# ------------------------------------------------------------------------------------------- what is wrong


def said_wrong(folder: Path, text: str, translation: str, *, is_stale: bool = False) -> list[tuple[str, str]]:
    """Return what is wrong once a text of the course is translated like that."""
    path = po_path(folder, FINNISH, ID)
    found = read(path, "fi")
    message = message_of(found, text)
    message.string = translation
    if is_stale:
        message.flags.add("fuzzy")
    write(found, path)
    return list(wrong(FINNISH, ID, [term("parents", ["föräldrar"], ["vanhem"])], folder))


def test_a_translation_that_breaks_a_rule_is_told_with_its_text(folder: Path) -> None:
    assert said_wrong(folder, KURS["guidance"][0], "Voit tulla yksin") == [
        (KURS["summary"], "does not say parents: vanhem"),
        (KURS["guidance"][0], "does not end with ."),
    ]
    assert said_wrong(folder, KURS["summary"], "Kurssi vanhemmille.") == [(KURS["guidance"][0], "does not end with .")]


def test_what_is_stale_or_missing_is_not_called_wrong_too(folder: Path) -> None:
    said_wrong(folder, KURS["summary"], "Kurssi vanhemmille.")
    assert said_wrong(folder, KURS["guidance"][0], "Voit tulla yksin", is_stale=True) == []
    assert said_wrong(folder, KURS["guidance"][0], "") == []


def test_where_there_is_no_file_nothing_is_wrong(tmp_path: Path) -> None:
    assert list(wrong(FINNISH, ID, folder=tmp_path)) == []


def test_a_wording_that_went_wrong_once_is_told(folder: Path) -> None:
    said_wrong(folder, KURS["summary"], "Kurssi vanhemmille.")
    bad = [Wording(re.compile("Kurssi"), "ryhmä")]
    told = list(wrong(FINNISH, ID, folder=folder, wordings=bad))
    assert (KURS["summary"], "says “Kurssi”: ryhmä") in told


def test_a_text_of_two_domains_is_to_be_translated_alike(folder: Path) -> None:
    text = KURS["summary"]
    assert list(said_differently(FINNISH, [ID, "other"], folder)) == []
    found = read(po_path(folder, FINNISH, ID), "fi")
    message_of(found, text).string = "Kurssi (kurs)"
    write(found, po_path(folder, FINNISH, "other"))
    said_wrong(folder, text, "kurssi")
    assert list(said_differently(FINNISH, [ID, "other"], folder)) == []
    said_wrong(folder, text, "ryhmä")
    assert list(said_differently(FINNISH, [ID, "other"], folder)) == [(ID, "other", text)]
    assert list(said_differently(SWEDISH, [ID, "other"], folder)) == []


# ------------------------------------------------------------------------------------- what is translated

SHIPPED = sorted(TRANSLATIONS.glob("*/LC_MESSAGES/*.po"))
BY_FILE = pytest.mark.parametrize("path", SHIPPED, ids=[f"{path.parts[-3]}-{path.stem}" for path in SHIPPED])


def forms_beside(message: Message) -> list[tuple[str, str]]:
    """Return each form of a translation beside the Swedish form it stands for."""
    if isinstance(message.id, str):
        return [(message.id, str(message.string))]
    return [(message.id[-1], form) for form in message.string]


def gaps(text: str) -> set[str]:
    """Return the gaps of a text, and every brace that is none."""
    return set(re.findall(r"\{\w+\}|[{}]", text))


@BY_FILE
def test_every_translation_keeps_its_gaps(path: Path) -> None:
    # A gap that nobody fills would be an error on the page; one that is lost would hide an age or a name.
    wrong_gaps = [
        (source, form)
        for message in read(path)
        if message.id
        for source, form in forms_beside(message)
        if form
        and gaps(form) - ({"{n}"} if message.pluralizable else set())
        != gaps(source) - ({"{n}"} if message.pluralizable else set())
    ]
    assert not wrong_gaps


CATEGORIES = ("zero", "one", "two", "few", "many", "other")
"""The plural categories in the order in which their forms stand in a file."""


@BY_FILE
def test_each_number_finds_the_form_written_for_it(path: Path) -> None:
    found = read(path)
    category = Locale.parse(load_languages()[path.parts[-3]].babel).plural_form
    used = [name for name in CATEGORIES if name in {category(number) for number in range(200)} | {"other"}]
    assert found.num_plurals == len(used)
    chosen = c2py(found.plural_expr)
    assert [number for number in range(200) if used[chosen(number)] != category(number)] == []


# CLDR's categories of the numbers that languages.md names, written out by hand.
NUMBERS = (0, 1, 2, 3, 5, 11, 21, 22, 25, 100, 101, 111)
_ONE_OTHER = "other one other other other other other other other other other other"
_NONE_IS_ONE = "one one other other other other other other other other other other"
WANTED = {
    "sv-simple": _ONE_OTHER,
    "en": _ONE_OTHER,
    "ar": "zero one two few few many many many many other other many",
    "fa-AF": _NONE_IS_ONE,
    "ti": _NONE_IS_ONE,
    "so": _ONE_OTHER,
    "uk": "many one few few many many one few many many one many",
    "fi": _ONE_OTHER,
}


@pytest.fixture(scope="module")
def counting(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder where each form of each counted text is the name of its category and the number."""
    folder = tmp_path_factory.mktemp("counting")
    languages = [language for language in load_languages().values() if not language.is_source]
    shutil.copy(TRANSLATIONS / "messages.pot", folder)
    for language in languages:
        tags = {*Locale.parse(language.babel).plural_form.tags, "other"}
        names = [name for name in CATEGORIES if name in tags]
        found = merged(read(folder / "messages.pot"), Path("none.po"), language)
        for message in found:
            if message.pluralizable:
                message.string = tuple(f"{name} {{n}}" for name in names)
        write(found, po_path(folder, language, PORTAL))
    compile_all(languages, folder)
    return folder


@pytest.mark.parametrize("tag", WANTED)
def test_every_counted_text_takes_the_form_of_its_number_in_every_language(counting: Path, tag: str) -> None:
    language = load_languages()[tag]
    voice = Voice(language, (load_texts(language, PORTAL, counting),))
    texts = [message.id for message in read(counting / "messages.pot") if message.pluralizable]
    assert len(texts) > 10
    for singular, plural in texts:
        for number, category in zip(NUMBERS, WANTED[tag].split(), strict=True):
            assert voice.words(counted(singular, plural, number)) == f"{category} {number}", (singular, number)
            assert voice.ngettext(singular, plural, number).striptags() == f"{category} {number}", (singular, number)


def test_every_translated_language_has_its_numbers_here() -> None:
    assert set(WANTED) == {tag for tag, language in load_languages().items() if not language.is_source}


def test_every_counted_text_of_the_repository_is_filled_for_every_number() -> None:
    wrong_number = []
    for language in load_languages().values():
        if language.is_source:
            continue
        compile_all([language])
        voice = Voice(language, (load_texts(language, PORTAL),))
        for message in read(po_path(TRANSLATIONS, language, PORTAL), language.babel):
            for number in NUMBERS if message.pluralizable else ():
                said = voice.ngettext(*message.id, number).striptags()
                is_spelled = number in (0, 1, 2)  # these may be said in a word
                if "{" in said or not (is_spelled or str(number) in said):
                    wrong_number.append((language.tag, number, said))
    assert not wrong_number


def test_a_made_up_translator_translates(folder: Path) -> None:
    assert message_of(read(po_path(folder, FINNISH, ID), "fi"), KURS["summary"]).string == in_capitals(KURS["summary"])
