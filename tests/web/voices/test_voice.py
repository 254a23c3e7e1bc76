"""A voice: sentences in a language, gaps filled, and everything marked that is in another one."""

from datetime import date

import pytest
from flask import Flask
from markupsafe import Markup

from portal.domain.sentences import counted, sentence
from portal.store.languages.menu import load_languages
from portal.web.voices.voice import Voice
from tests.web.each_language import texts_in
from tests.web.voices.speaking import (
    ARABIC,
    CHOSE,
    DARI,
    ENGLISH,
    SIMPLE,
    TIGRINYA,
    arabic,
    english,
    knowing,
    rendered,
    translations,
)


def test_a_sentence_is_said_in_the_language() -> None:
    assert english().words(sentence("Nästa")) == "Next"
    assert arabic().words(sentence("Nästa")) == "التالي"


def test_a_text_without_translation_stays_swedish() -> None:
    assert english().words(sentence("Inte översatt")) == "Inte översatt"


def test_an_empty_text_is_empty_and_not_the_head_of_the_file() -> None:
    assert english().words(sentence("")) == ""


def test_sentences_in_gaps_are_translated_and_listed_in_the_way_of_the_language() -> None:
    chosen = sentence("Du valde: {topics}.", topics=(sentence("Pengar"), sentence("Bostad")))
    assert english().words(chosen) == "You chose: Money, Bostad."
    assert arabic().words(chosen) == "اخترت: المال، السكن."


def test_whole_sentences_in_a_gap_are_not_listed_with_commas() -> None:
    both = sentence("{rules}", rules=(sentence("Det är bra."), sentence("Det är bra.")))
    assert arabic().words(both) == "هذا جيد. هذا جيد."


@pytest.mark.parametrize(
    ("count", "said"), [(0, "صفر 0"), (1, "واحد 1"), (2, "اثنان 2"), (3, "قليل 3"), (10, "قليل 10")]
)
def test_a_number_chooses_among_the_forms_of_arabic(count: int, said: str) -> None:
    assert arabic().words(counted("{n} stöd", "{n} stöd", count)) == said
    assert arabic().ngettext("{n} stöd", "{n} stöd", count) == said


def test_a_gap_may_be_filled_by_the_one_who_says_it() -> None:
    assert english().words(sentence("Hitta stöd i {kommun}"), kommun="Lekeberg") == "Find support in Lekeberg"


def test_html_is_escaped() -> None:
    assert english().html(sentence("Skolan & mer")) == Markup("School &amp; more")
    hostile = sentence("Svaret ”{answer}” finns inte.", answer="<script>")
    assert "<script>" not in english().html_once(hostile)


def test_html_in_arabic_isolates_what_runs_from_left_to_right() -> None:
    assert arabic().html(sentence("Ring 112 nu")) == Markup('اتصل الآن: <bdi dir="ltr">0100-12 34 56</bdi>')
    assert arabic().plain(sentence("Ring 112 nu")) == "اتصل الآن: \u20680100-12 34 56\u2069"
    assert english().plain(sentence("Nästa")) == "Next"


def test_a_date_has_latin_digits_and_the_gregorian_calendar() -> None:
    assert english().day(date(2026, 11, 24)) == "24 November 2026"
    assert Voice(load_languages()["fi"], ()).day(date(2026, 11, 24)) == "24. marraskuuta 2026"
    assert "24" in arabic().day(date(2026, 11, 24))
    assert "2026" in Voice(DARI, translations(ENGLISH)).day(date(2026, 11, 24))


def test_a_missing_text_is_swedish_and_marked_so(app: Flask) -> None:
    voice = knowing(missing=frozenset({"Nästa"}))
    swedish = '<span lang="sv" dir="ltr">Nästa</span>'
    assert voice.html(sentence("Nästa")) == swedish
    assert rendered(app, voice, '{{ _("Nästa") }}') == swedish
    assert voice.plain(sentence("Nästa")) == voice.words(sentence("Nästa")) == "Nästa"


def test_a_missing_text_is_marked_with_its_gaps_filled(app: Flask) -> None:
    voice = knowing(missing=frozenset({"Hitta stöd i {kommun}", "{n} stöd"}))
    said = rendered(app, voice, '{{ _("Hitta stöd i {kommun}", kommun=name) }}', name="<Å>")
    assert said == '<span lang="sv" dir="ltr">Hitta stöd i &lt;Å&gt;</span>'
    assert voice.html(sentence("Hitta stöd i {kommun}", kommun="Å")) == (
        '<span lang="sv" dir="ltr">Hitta stöd i Å</span>'
    )
    assert voice.ngettext("{n} stöd", "{n} stöd", 3) == '<span lang="sv" dir="ltr">3 stöd</span>'


def test_a_missing_word_inside_a_sentence_is_marked_there() -> None:
    voice = knowing(missing=frozenset({"Våld"}))
    assert voice.html(CHOSE) == 'You chose: Money, <span lang="sv" dir="ltr">Våld</span>.'
    assert voice.html(sentence("Du valde: {topics}.", topics=sentence("Våld"))) == (
        'You chose: <span lang="sv" dir="ltr">Våld</span>.'
    )
    counting = counted("{n} stöd", "{n} stöd", 2, what=sentence("Våld"))
    assert voice.html(counting) == "2 services"


def test_what_somebody_typed_is_escaped_beside_a_missing_word() -> None:
    voice = knowing(missing=frozenset({"Våld"}))
    said = sentence("Du valde: {topics}.", topics=sentence("Våld"), typed="<b>{x}</b>")
    assert voice.html_once(said) == 'You chose: <span lang="sv" dir="ltr">Våld</span>.'
    both = sentence("{rules}", rules=(sentence("Våld"), sentence("Pengar")))
    assert voice.html_once(both) == '<span lang="sv" dir="ltr">Våld</span>, Money'
    typed = Voice(ENGLISH, (texts_in(ENGLISH, {"{a} {b}": "{b} {a}"}, missing=frozenset({"Våld"})),))
    assert typed.html_once(sentence("{a} {b}", a="<i>", b=sentence("Våld"))) == (
        '<span lang="sv" dir="ltr">Våld</span> &lt;i&gt;'
    )


def test_a_text_that_the_kommun_lacks_may_be_among_the_portal_s() -> None:
    own = texts_in(ENGLISH, {}, missing=frozenset({"Pengar"}))
    voice = Voice(ENGLISH, (own, *translations(ENGLISH)))
    assert voice.html(sentence("Pengar")) == "Money"


def test_an_old_text_about_safety_has_the_swedish_beside(app: Flask) -> None:
    voice = knowing(ARABIC, unsafe=frozenset({"Nästa", "Hitta stöd i {kommun}"}))
    beside = '<span class="beside" lang="sv" dir="ltr">Nästa</span>'
    assert voice.html(sentence("Nästa")) == f"التالي {beside}"
    assert rendered(app, voice, '{{ _("Nästa") }}') == f"التالي {beside}"
    said = rendered(app, voice, '{{ _("Hitta stöd i {kommun}", kommun=name) }}', name="Lekeberg")
    assert said.endswith(
        '<span class="beside" lang="sv" dir="ltr">Hitta stöd i <bdi dir="ltr" lang="sv">Lekeberg</bdi></span>'
    )


def test_an_old_word_about_safety_inside_a_sentence_brings_the_whole_swedish_sentence() -> None:
    voice = knowing(unsafe=frozenset({"Våld"}))
    swedish = '<span class="beside" lang="sv" dir="ltr">Du valde: Pengar, Våld.</span>'
    assert voice.html(CHOSE) == f"You chose: Money, Violence. {swedish}"
    assert voice.html(sentence("Pengar")) == "Money"


def test_an_old_text_about_safety_has_the_swedish_after_it_where_markup_is_impossible(app: Flask) -> None:
    voice = knowing(ARABIC, unsafe=frozenset({"Nästa", "Hitta stöd i {kommun}"}))
    assert voice.words(sentence("Nästa")) == "التالي – Nästa"
    assert voice.plain(sentence("Nästa")) == "التالي – \u2068Nästa\u2069"
    assert rendered(app, voice, '<i title="{{ plain("Nästa") }}">') == '<i title="التالي – \u2068Nästa\u2069">'
    said = rendered(app, voice, '{{ plain("Hitta stöd i {kommun}", kommun=name) }}', name="Lekeberg")
    assert said.count("Lekeberg") == 2


def test_an_old_plural_about_safety_has_the_swedish_beside() -> None:
    voice = knowing(unsafe=frozenset({"{n} stöd"}))
    assert voice.ngettext("{n} stöd", "{n} stöd", 1) == (
        '1 service <span class="beside" lang="sv" dir="ltr">1 stöd</span>'
    )


def test_swedish_words_in_parentheses_are_marked_in_latin_letters() -> None:
    voice = Voice(ENGLISH, (texts_in(ENGLISH, {"Tala med kuratorn": "Talk to the counsellor (kuratorn) (free)"}),))
    assert (
        voice.html(sentence("Tala med kuratorn")) == 'Talk to the counsellor (<span lang="sv">kuratorn</span>) (free)'
    )


def test_swedish_words_are_marked_in_other_letters() -> None:
    voice = Voice(TIGRINYA, (texts_in(TIGRINYA, {"Kursen ABC": "ኮርስ ABC ንወለዲ"}),))
    assert voice.html(sentence("Kursen ABC")) == 'ኮርስ <span lang="sv">ABC</span> ንወለዲ'


def test_easy_swedish_keeps_its_lines_and_needs_no_marks() -> None:
    lines = {"Du får hjälp. Det är gratis.": "Du får hjälp.\nDet kostar <inget>."}
    voice = Voice(SIMPLE, (texts_in(SIMPLE, lines),))
    said = sentence("Du får hjälp. Det är gratis.")
    assert voice.html(said) == "Du får hjälp.<br>Det kostar &lt;inget&gt;."
    assert voice.plain(said) == "Du får hjälp. Det kostar <inget>."


def test_a_list_has_the_comma_of_its_language() -> None:
    chosen = {"Pengar": "ገንዘብ", "Våld": "ዓመጽ", "Du valde: {topics}.": "መረጽኩም፦ {topics}።"}
    assert Voice(TIGRINYA, (texts_in(TIGRINYA, chosen),)).words(CHOSE) == "መረጽኩም፦ ገንዘብ፡ ዓመጽ።"
