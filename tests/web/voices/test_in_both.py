"""Two people read the same page: a language with the Swedish beside it."""

from datetime import date

from flask import Flask

from portal.domain.sentences import sentence
from portal.web.voices.in_both import InBoth, TwoVoices
from portal.web.voices.voice import Voice
from tests.web.each_language import texts_in
from tests.web.voices.speaking import ARABIC, ENGLISH, english, in_both, rendered


def test_both_languages_are_said_and_the_second_is_marked(app: Flask) -> None:
    voice = in_both(ENGLISH)
    assert voice.html(sentence("Nästa")) == 'Next <span class="beside" lang="sv" dir="ltr">Nästa</span>'
    assert rendered(app, voice, '{{ _("Nästa") }}') == voice.html(sentence("Nästa"))
    assert voice.ngettext("{n} stöd", "{n} stöd", 2) == (
        '2 services <span class="beside" lang="sv" dir="ltr">2 stöd</span>'
    )


def test_what_is_the_same_in_both_is_said_once() -> None:
    voice = TwoVoices(ENGLISH, (texts_in(ENGLISH, {"ABC": "ABC"}),))
    assert voice.html(sentence("ABC")) == "ABC"


def test_what_there_is_in_swedish_alone_is_said_once_and_marked(app: Flask) -> None:
    voice = TwoVoices(ENGLISH, (texts_in(ENGLISH, {}, missing=frozenset({"Nästa", "{n} stöd", "Bo i {kommun}"})),))
    swedish = '<span lang="sv" dir="ltr">Nästa</span>'
    assert voice.html(sentence("Nästa")) == rendered(app, voice, '{{ _("Nästa") }}') == swedish
    assert voice.ngettext("{n} stöd", "{n} stöd", 2) == '<span lang="sv" dir="ltr">2 stöd</span>'
    assert rendered(app, voice, '{{ _("Bo i {kommun}", kommun="Å") }}') == '<span lang="sv" dir="ltr">Bo i Å</span>'


def test_a_gap_is_filled_in_each_language_with_its_own_words(app: Flask) -> None:
    voice = in_both(ARABIC)
    day = voice.day(date(2026, 11, 24))
    assert isinstance(day, InBoth)
    assert (day.swedish, "2026" in day) == ("24 november 2026", True)
    said = rendered(app, voice, '{{ _("Hitta stöd i {kommun}", kommun=day) }}', day=day)
    first, _, second = said.partition('<span class="beside" lang="sv" dir="ltr">')
    assert "november" not in first
    assert second == "Hitta stöd i 24 november 2026</span>"


def test_what_is_made_is_made_with_both_voices() -> None:
    made = in_both(ENGLISH).in_each(lambda voice: voice.html(sentence("Nästa")) if isinstance(voice, Voice) else voice)
    assert isinstance(made, InBoth)
    assert made.swedish == "Nästa"
    assert english().in_each(lambda voice: voice.html(sentence("Nästa"))) == "Next"
