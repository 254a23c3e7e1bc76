"""What people write finds what a social worker would give them: 300 phrases in nine languages and four kommuner."""

from collections import Counter
from pathlib import Path
from typing import cast

import pytest
import yaml
from flask import Flask

from portal.web.insatser.finding import Found, found_for
from portal.web.portal import pages_of
from tests.apps import create_app
from tests.conftest import TUESDAY, settings
from tests.web.each_language import LANGUAGES

LEAST = 0.95
"""The share of the phrases of each language that find the right thing."""

FIRST = 3

Phrases = dict[str, dict[str, dict[str, str]]]


@pytest.fixture(scope="module")
def app() -> Flask:
    return create_app(settings(), clock=lambda: TUESDAY)


def phrases() -> Phrases:
    """Return kommun → language → phrase → what must be found."""
    text = Path(__file__).with_name("phrases.yaml").read_text(encoding="utf-8")
    return cast("Phrases", yaml.load(text, Loader=yaml.CBaseLoader))  # noqa: S506 - nothing but texts


def find(app: Flask, kommun: str, lang: str, phrase: str, topic: str = "") -> Found:
    """Return what a phrase finds on the page of that kommun in that language."""
    with app.test_request_context(f"/{lang}/{kommun}/insatser"):
        app.preprocess_request()
        return found_for(phrase, topic)


def is_right(found: Found, wanted: str) -> bool:
    """Return whether the first three have what is wanted, and the lines stand above the rest."""
    names = wanted.split()
    lines = [name.removeprefix("call/") for name in names if name.startswith("call/")]
    insatser = {name for name in names if not name.startswith("call/")}
    first = {hit.insats.id for hit in found.hits[:FIRST]}
    is_called = set(lines) <= {line.id for line in found.lines[:FIRST]} and (found.is_urgent or not lines)
    return is_called and (not insatser or not first.isdisjoint(insatser))


def test_what_is_wanted_is_there_to_be_found(app: Flask) -> None:
    catalogue = pages_of(app).portal.catalogue
    lines = {f"call/{line.id}" for line in catalogue.helplines}
    for kommun, by_language in phrases().items():
        known = {*catalogue.kommuner[kommun].insatser, *lines}
        for lang, said in by_language.items():
            for phrase, wanted in said.items():
                assert set(wanted.split()) <= known, f"{kommun} {lang} {phrase}"


def test_phrases_find_what_a_social_worker_would_give(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    right, asked, missed = Counter[str](), Counter[str](), []
    for kommun, by_language in phrases().items():
        for lang, said in by_language.items():
            for phrase, wanted in said.items():
                asked[lang] += 1
                if is_right(find(app, kommun, lang, phrase), wanted):
                    right[lang] += 1
                else:
                    missed.append(f"{kommun} {lang}: {phrase} → {wanted}")
    with capsys.disabled():
        print(f"\n{asked.total()} phrases, found:", ", ".join(f"{lang} {right[lang]}/{asked[lang]}" for lang in asked))
    assert set(asked) == set(LANGUAGES)
    assert asked.total() >= 300
    assert min(asked.values()) >= 20
    assert all(right[lang] >= LEAST * asked[lang] for lang in asked), missed


DANGER = {
    "sv": ("vill inte leva", "min man slår mig", "min pappa slår mig"),
    "sv-simple": ("vill dö", "han slår mig", "mamma slår mig"),
    "en": ("I want to die", "he hits me", "my dad hits me"),
    "ar": ("أريد أن أموت", "زوجي يضربني", "أبي يضربني"),
    "fa-AF": ("می خواهم بمیرم", "شوهرم مرا می زند", "پدرم مرا می زند"),
    "ti": ("ክመውት እደሊ", "ሰብኣየይ ይሃርመኒ", "ኣቦይ ይሃርመኒ"),
    "so": ("inaan dhinto", "ninkaygu wuu i garaacaa", "aabahay wuu i garaacaa"),
    "uk": ("хочу померти", "чоловік мене б'є", "батько мене б'є"),
    "fi": ("haluan kuolla", "mieheni lyö minua", "isä lyö minua"),
}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_danger_is_heard_in_every_language_on_every_page(app: Flask, lang: str) -> None:
    for kommun in ("alingsas", "lekeberg", "linkoping", "mellerud"):
        for phrase, line in zip(DANGER[lang], ("mind", "kvinnofridslinjen", "bris"), strict=True):
            for page in ("sv", lang, "ti"):
                found = find(app, kommun, page, phrase)
                assert found.is_urgent
                assert found.lines[0].id == "sos", (page, phrase)
                assert line in {one.id for one in found.lines[:FIRST]}, (page, phrase)


@pytest.mark.parametrize(
    "typed",
    [
        *("våld\u200b", "föräldra\u00adkurs", "\u202bعنف\u202c", "\u2067عنف\u2069", "\ufeffvåld", "våld\u200e,"),
        *("(våld)", '"våld"', "«våld»", "våld.", "våld!", "våld\u00a0", "va\u030ald", "VÅLD", "vald"),
    ],
)
def test_marks_that_nobody_sees_or_says_change_nothing(app: Flask, typed: str) -> None:
    plain = "föräldrakurs" if "kurs" in typed else "عنف" if "عنف" in typed else "våld"
    wanted = find(app, "lekeberg", "sv", plain)
    found = find(app, "lekeberg", "sv", typed)
    assert [hit.insats.id for hit in found.hits] == [hit.insats.id for hit in wanted.hits]
    assert found.lines == wanted.lines


@pytest.mark.parametrize("dash", "-‐‑‒–—―−")
def test_every_dash_is_the_same(app: Flask, dash: str) -> None:
    found = find(app, "lekeberg", "sv", f"ABC 3{dash}12")
    assert found.hits[0].insats.id == "abc-3-12"


@pytest.mark.parametrize(("lang", "word", "is_not_in"), [("en", "rent", "parent"), ("ar", "مال", "معاملة")])
def test_a_word_within_another_is_no_hit(app: Flask, lang: str, word: str, is_not_in: str) -> None:
    found = [hit.insats.id for hit in find(app, "linkoping", lang, word).hits]
    assert len(found) <= 5
    assert "ekonomiskt-bistand" in found
    assert "ekonomiskt-bistand" not in [hit.insats.id for hit in find(app, "linkoping", lang, is_not_in).hits]


def test_a_search_has_few_hits_and_stays_within_its_topic(app: Flask) -> None:
    for phrase in ("barn", "stöd", "hjälp", "samtal", "familj", "föräldrar barn unga vuxna samtal grupp"):
        assert len(find(app, "lekeberg", "sv", phrase).hits) <= 8
    found = find(app, "lekeberg", "sv", "föräldrakurs", "new_in_sweden")
    assert [hit.insats.id for hit in found.hits][:1] == ["fos"]
    assert all("new_in_sweden" in hit.insats.topics for hit in found.hits)


def test_a_line_is_found_by_its_name_or_number_and_stands_above_the_rest(app: Flask) -> None:
    for typed, line in (
        ("Bris", "bris"),
        ("kvinofridslinjen", "kvinnofridslinjen"),
        ("1177", "vard"),
        ("116 111", "bris"),
    ):
        found = find(app, "lekeberg", "ar", typed)
        assert found.lines[0].id == line
        assert found.is_urgent


def dangers() -> dict[str, dict[str, list[str]]]:
    """Return language → "danger" or "calm" → phrases."""
    text = Path(__file__).with_name("dangers.yaml").read_text(encoding="utf-8")
    return cast("dict[str, dict[str, list[str]]]", yaml.load(text, Loader=yaml.CBaseLoader))  # noqa: S506 - texts


@pytest.mark.parametrize("lang", LANGUAGES)
def test_danger_is_heard_however_it_is_said(app: Flask, lang: str) -> None:
    unheard = [phrase for phrase in dangers()[lang]["danger"] if not find(app, "lekeberg", lang, phrase).is_urgent]
    assert unheard == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_ordinary_trouble_seldom_sounds_like_danger(app: Flask, lang: str) -> None:
    calm = dangers()[lang]["calm"]
    alarms = [phrase for phrase in calm if find(app, "lekeberg", lang, phrase).is_urgent]
    assert len(alarms) <= len(calm) / 4, alarms  # a false alarm costs two lines to read
