"""The languages of the portal: one line each in a file, read strictly."""

import re
from pathlib import Path

import pytest

from portal import create_app
from portal.domain.languages.wording import SCRIPTS
from portal.store.languages.menu import BrokenLanguages, load_languages
from tests.conftest import settings
from tests.store.made_up import write


def test_the_languages_stand_in_menu_order_with_one_source() -> None:
    languages = load_languages()
    assert next(iter(languages)) == "sv"
    assert [language.tag for language in languages.values() if language.is_source] == ["sv"]
    assert (languages["ar"].name, languages["ar"].is_rtl, languages["en"].is_rtl) == ("العربية", True, False)


def test_the_portal_speaks_the_languages_that_were_promised() -> None:
    assert list(load_languages()) == ["sv", "sv-simple", "en", "ar", "fa-AF", "ti", "so", "uk", "fi"]
    assert [tag for tag, language in load_languages().items() if language.is_written] == ["sv", "sv-simple"]


def test_every_language_says_its_name_and_how_it_is_written() -> None:
    for tag, language in load_languages().items():
        assert language.tag == tag
        assert language.name
        assert language.swedish == language.swedish.lower()
        assert language.word, f"{tag} does not say what it calls a language"
        assert language.script in SCRIPTS
        assert language.comma.endswith(" ")
        assert language.is_rtl == language.script.startswith("Arab")


WHOLE = {"name": "Suomi", "swedish": "finska", "dir": "ltr", "babel": "fi"}
SOURCE = {"name": "Svenska", "swedish": "svenska", "dir": "ltr", "babel": "sv", "source": True}


def test_what_a_line_leaves_out_has_a_plain_meaning(tmp_path: Path) -> None:
    write(tmp_path / "languages.yaml", {"sv": SOURCE, "fi": WHOLE})
    swedish, finnish = load_languages(tmp_path).values()
    assert (finnish.accept, finnish.comma, finnish.script, finnish.word) == ((), ", ", "Latn", "")
    assert finnish.date == "d MMMM yyyy"
    assert (finnish.is_source, finnish.is_written, finnish.is_rtl) == (False, False, False)
    assert (swedish.is_source, swedish.is_written) == (True, True)


def test_a_line_says_all_that_the_portal_knows_of_a_language(tmp_path: Path) -> None:
    dari = {"name": "دری", "swedish": "dari", "dir": "rtl", "babel": "fa_AF", "script": "Arab-fa", "comma": "،"}
    more = {"accept": ["prs", "FA"], "word": "زبان", "written": True, "date": "yyyy-MM-dd"}
    write(tmp_path / "languages.yaml", {"sv": SOURCE, "fa-AF": {**dari, **more}})
    found = load_languages(tmp_path)["fa-AF"]
    assert (found.accept, found.comma, found.script, found.word) == (("prs", "fa"), "، ", "Arab-fa", "زبان")
    assert found.date == "yyyy-MM-dd"
    assert (found.is_rtl, found.is_written, found.babel) == (True, True, "fa_AF")


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
    "an unknown script": ({"sv": SOURCE, "fi": {**WHOLE, "script": "Runr"}}, "fi.script: has no 'Runr'"),
    "a code in words": ({"sv": SOURCE, "fi": {**WHOLE, "accept": "fin"}}, "fi.accept"),
    "a comma that is a number": ({"sv": SOURCE, "fi": {**WHOLE, "comma": 3}}, "fi.comma: must be a text"),
    "written in words": ({"sv": SOURCE, "fi": {**WHOLE, "written": "yes"}}, "fi.written: must be true or false"),
    "a source in words": ({"sv": {**SOURCE, "source": "yes"}}, "sv.source: must be true or false"),
    "no language": ("{}", "languages.yaml"),
    "no source": ({"fi": WHOLE}, "source"),
    "two sources": ({"sv": SOURCE, "fi": {**WHOLE, "source": True}}, "source"),
    "a code of two languages": (
        {"sv": SOURCE, "fi": {**WHOLE, "accept": ["fin"]}, "et": {**WHOLE, "babel": "et", "accept": ["FIN"]}},
        "fin leads to more than one language: fi, et",
    ),
    "a code that is another's tag": (
        {"sv": SOURCE, "fi": {**WHOLE, "accept": ["sv"]}},
        "sv leads to more than one language: sv, fi",
    ),
}


@pytest.mark.parametrize(("content", "says"), BROKEN.values(), ids=BROKEN)
def test_broken_languages_stop_the_start(tmp_path: Path, content: object, says: str) -> None:
    write(tmp_path / "languages.yaml", content)
    with pytest.raises(BrokenLanguages, match=re.escape(says)):
        create_app(settings(translations=tmp_path))


def test_a_missing_file_of_languages_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(BrokenLanguages, match=r"languages\.yaml: the file is missing"):
        create_app(settings(translations=tmp_path))
