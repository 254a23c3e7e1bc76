"""The portal in one language: gaps are filled, fixed texts are translated while a template is compiled."""

from datetime import date

import pytest
from flask import Flask
from markupsafe import Markup

from portal.domain.catalogue.kommuner import Kommun
from portal.domain.sentences import counted, sentence
from portal.store.languages.menu import Language, load_languages
from portal.store.languages.texts import Texts
from portal.web.i18n import InBoth, LanguageEnvironment, LanguageRoom, TwoVoices, Voice, codes, negotiated
from tests.web.each_language import texts_in

SWEDISH = Language("sv", "Svenska", "svenska", "ltr", "sv", is_source=True, is_written=True)
SIMPLE = Language("sv-simple", "Lätt svenska", "lätt svenska", "ltr", "sv", is_written=True)
ENGLISH = Language("en", "English", "engelska", "ltr", "en_GB")
ARABIC = Language("ar", "العربية", "arabiska", "rtl", "ar", script="Arab", comma="، ")
DARI = Language("fa-AF", "دری", "dari", "rtl", "fa_AF", accept=("prs", "fa"), script="Arab-fa", comma="، ")
TIGRINYA = Language("ti", "ትግርኛ", "tigrinska", "ltr", "ti_ER", script="Ethi", comma="፡ ")

TEXTS = {
    ENGLISH: {
        "Nästa": "Next",
        "Hitta stöd i {kommun}": "Find support in {kommun}",
        "Du valde: {topics}.": "You chose: {topics}.",
        "Pengar": "Money",
        "Våld": "Violence",
        "{rules}": "{rules}",
        "Skolan & mer": "School & more",
        ("{n} stöd", "{n} stöd"): ("{n} service", "{n} services"),
    },
    ARABIC: {
        "Nästa": "التالي",
        "Ring 112 nu": "اتصل الآن: 0100-12 34 56",
        "Hitta stöd i {kommun}": "الدعم في {kommun}",
        "Du valde: {topics}.": "اخترت: {topics}.",
        "Pengar": "المال",
        "Bostad": "السكن",
        "Det är bra.": "هذا جيد.",
        ("{n} stöd", "{n} stöd"): ("صفر {n}", "واحد {n}", "اثنان {n}", "قليل {n}", "كثير {n}", "آخر {n}"),
    },
}


def translations(language: Language) -> tuple[Texts, ...]:
    """Return the compiled translations into a language."""
    return (texts_in(language, TEXTS[language]),)


@pytest.fixture(scope="module", params=[ENGLISH, ARABIC], ids=["en", "ar"])
def voice(request: pytest.FixtureRequest) -> Voice:
    """Return a voice in each of the two directions."""
    return Voice(request.param, translations(request.param))


def english() -> Voice:
    """Return the English voice."""
    return Voice(ENGLISH, translations(ENGLISH))


def arabic() -> Voice:
    """Return the Arabic voice."""
    return Voice(ARABIC, translations(ARABIC))


# ---------------------------------------------------------------------------------------------- sentences


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


# ----------------------------------------------------------------------------------------------- templates


def compiled(app: Flask, voice: Voice, source: str) -> str:
    """Return the Python that a template becomes."""
    return str(LanguageEnvironment(app, voice).compile(source, raw=True))


def rendered(app: Flask, voice: Voice, source: str, **values: object) -> str:
    """Return what a template says."""
    return LanguageEnvironment(app, voice).from_string(source).render(**values)


def test_a_fixed_text_is_translated_while_the_template_is_compiled(app: Flask) -> None:
    source = compiled(app, english(), '<b>{{ _("Nästa") }}</b><i title="{{ plain("Nästa") }}">')
    assert "<b>Next</b>" in source
    assert "Nästa" not in source


def test_a_fixed_text_is_isolated_in_html_and_in_attributes(app: Flask) -> None:
    said = rendered(app, arabic(), '<b title="{{ plain("Ring 112 nu") }}">{{ _("Ring 112 nu") }}</b>')
    assert 'title="اتصل الآن: \u20680100-12 34 56\u2069"' in said
    assert '>اتصل الآن: <bdi dir="ltr">0100-12 34 56</bdi><' in said


def test_what_fills_a_gap_is_isolated_too(app: Flask) -> None:
    said = rendered(app, arabic(), '{{ _("Hitta stöd i {kommun}", kommun=name) }}', name="Lekeberg")
    assert said == 'الدعم في <bdi dir="ltr" lang="sv">Lekeberg</bdi>'
    assert rendered(app, arabic(), '{{ plain("Hitta stöd i {kommun}", kommun=name) }}', name="Lekeberg") == (
        "الدعم في \u2068Lekeberg\u2069"
    )


def test_what_fills_a_gap_is_escaped_once(app: Flask, voice: Voice) -> None:
    for mark in ("_", "plain"):
        said = rendered(app, voice, f'{{{{ {mark}("Hitta stöd i {{kommun}}", kommun=name) }}}}', name="<b>&</b>")
        assert "<b>" not in said.replace('<bdi dir="ltr" lang="sv">b</bdi>', "")
        assert "&amp;" in said
        assert "&amp;amp;" not in said


def test_ready_html_in_a_gap_stays_as_it_is(app: Flask, voice: Voice) -> None:
    clock = Markup('<bdi dir="ltr">16:00</bdi>')
    assert clock in rendered(app, voice, '{{ _("Hitta stöd i {kommun}", kommun=clock) }}', clock=clock)


def test_a_fixed_text_is_escaped_in_html_and_in_attributes(app: Flask) -> None:
    said = rendered(app, english(), '<b title="{{ plain("Skolan & mer") }}">{{ _("Skolan & mer") }}</b>')
    assert said == '<b title="School &amp; more">School &amp; more</b>'


def test_a_template_knows_its_language(app: Flask, voice: Voice) -> None:
    assert rendered(app, voice, "{{ language.tag }} {{ language.direction }}") in ("en ltr", "ar rtl")


def test_a_text_that_is_not_fixed_cannot_be_translated_and_fails_loudly(app: Flask) -> None:
    with pytest.raises(Exception, match="'_' is undefined"):
        rendered(app, english(), "{{ _(name) }}", name="Nästa")


# -------------------------------------------------------------------------------------- rooms and languages


def test_a_kommun_has_words_of_its_own_and_falls_back_on_the_portal_s(app: Flask, lekeberg: Kommun) -> None:
    known = {"lekeberg": texts_in(ENGLISH, {"Bostad": "A home"}), "portal": translations(ENGLISH)[0]}
    room = LanguageRoom(app, ENGLISH, known.__getitem__, "portal")
    of_lekeberg = room.voice_of(lekeberg)
    assert of_lekeberg.words(sentence("Bostad")) == "A home"
    assert of_lekeberg.words(sentence("Nästa")) == "Next"
    assert room.voice_of(None).words(sentence("Bostad")) == "Bostad"


def test_a_room_loads_each_domain_once_and_keeps_its_voices(app: Flask, lekeberg: Kommun) -> None:
    asked: list[str] = []

    def load(domain: str) -> Texts:
        asked.append(domain)
        return Texts()

    room = LanguageRoom(app, ENGLISH, load, "portal")
    assert room.voice_of(lekeberg) is room.voice_of(lekeberg)
    assert isinstance(room.voice_of(lekeberg, in_both=True), TwoVoices)
    assert not isinstance(room.voice_of(None), TwoVoices)
    assert room.templates is room.templates
    assert room.templates_in_both is not room.templates
    assert sorted(asked) == ["lekeberg", "portal"]


# --------------------------------------------------------------------------------- which language somebody wants

LANGUAGES = {language.tag: language for language in (SWEDISH, ENGLISH, ARABIC, DARI)}


@pytest.mark.parametrize(
    ("accept", "tag"),
    [
        ("", "sv"),
        ("en", "en"),
        ("EN-gb", "en"),
        ("ar-SY,ar;q=0.9,en;q=0.8", "ar"),
        ("en;q=0.5,ar;q=0.9", "ar"),
        ("en;q=0.5, ar;q=0.9", "ar"),
        ("en; q=0.5, ar; q=0.9", "ar"),
        ("de,fr;q=0.9,en;q=0.1", "en"),
        ("ar;q=0,en", "en"),
        ("ar;q=0", "sv"),
        ("fa-AF", "fa-AF"),
        ("fa-AF,en;q=0.5", "fa-AF"),
        ("prs", "fa-AF"),
        ("fa;q=0.9,en;q=0.8", "fa-AF"),
        ("*", "sv"),
        ("de", "sv"),
        ("en;q=högst", "sv"),
        ("en;q=nan", "sv"),
        (";q=1,,;", "sv"),
        ("x" * 9000, "sv"),
        (",".join(["de"] * 5000) + ",en", "sv"),
    ],
)
def test_the_browser_s_languages_are_honoured_in_order(accept: str, tag: str) -> None:
    assert negotiated(accept, LANGUAGES).tag == tag


WISHES = {
    # What browsers of those languages send, and other codes for the same.
    "sv": "sv",
    "sv-SE": "sv",
    "sv-FI": "sv",
    "swe": "sv",
    "sv-simple": "sv-simple",
    "sv-SIMPLE": "sv-simple",
    "sv-LL": "sv-simple",
    "en": "en",
    "en-GB": "en",
    "en-US,en;q=0.5": "en",
    "eng": "en",
    "ar": "ar",
    "ar-SY": "ar",
    "ar-IQ,ar;q=0.9,en;q=0.8": "ar",
    "ara": "ar",
    "prs": "fa-AF",
    "prs-AF": "fa-AF",
    "fa": "fa-AF",
    "fa-IR": "fa-AF",
    "fa-AF": "fa-AF",
    "per": "fa-AF",
    "fas-IR": "fa-AF",
    "ti": "ti",
    "tir": "ti",
    "ti-ER": "ti",
    "ti-ET": "ti",
    "so": "so",
    "som": "so",
    "so-SO": "so",
    "so-DJ,en;q=0.3": "so",
    "uk": "uk",
    "ukr": "uk",
    "uk-UA,uk;q=0.9,ru;q=0.8,en;q=0.7": "uk",
    "fi": "fi",
    "fin": "fi",
    "fi-FI,fi;q=0.9,sv-FI;q=0.8": "fi",
    # Nobody speaks it here: the next wish, or the first of the menu.
    "de": "sv",
    "de-DE,de;q=0.9": "sv",
    "ru,uk;q=0.1": "uk",
    "ckb,ar;q=0.4": "ar",
    "pl;q=1,en;q=0.001": "en",
    # Equal wishes in their order, zero is a no, and a later one may be stronger.
    "so,ti": "so",
    "ti,so": "ti",
    "fi;q=0,sv-simple;q=0.2": "sv-simple",
    "en;q=0.7,uk;q=0.8": "uk",
    # What no browser sends.
    "": "sv",
    "*": "sv",
    "-": "sv",
    "en-": "en",
    "-en": "sv",
    "en_GB": "sv",
    "fi q=0.1": "sv",
    ";;;": "sv",
    ",,,fi": "fi",
    "fi;q=": "fi",
    "fi;q=2": "fi",
    "fi;q=-1": "sv",
    "fi;q=0.0": "sv",
    "fi;q=1e400": "fi",
    "fi;q=inf,en": "fi",
    "fi;level=1": "fi",
    "fi\x00": "sv",
    "ﬁ": "sv",
}


@pytest.mark.parametrize(("accept", "tag"), WISHES.items())
def test_every_code_of_a_language_leads_to_it(accept: str, tag: str) -> None:
    assert negotiated(accept, load_languages()).tag == tag


def test_every_code_leads_to_one_language() -> None:
    leads = codes(load_languages())
    assert {language.tag for language in leads.values()} == set(load_languages())
    assert all(code == code.lower() for code in leads)
    assert leads["fa-af"].tag == leads["prs"].tag == "fa-AF"


# ------------------------------------------------------------------------------------- the truth about each text

CHOSE = sentence("Du valde: {topics}.", topics=(sentence("Pengar"), sentence("Våld")))


def knowing(language: Language = ENGLISH, **known: frozenset[str]) -> Voice:
    """Return a voice whose texts are the usual ones, but some missing or unsafe."""
    missing = known.get("missing", frozenset())
    said = {text: translated for text, translated in TEXTS[language].items() if not {text, text[0]} & missing}
    return Voice(language, (texts_in(language, said, **known),))


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


# ------------------------------------------------------------------------------------------- two languages at once


def in_both(language: Language, **known: frozenset[str]) -> TwoVoices:
    """Return the voice of a language with Swedish beside."""
    return TwoVoices(language, (texts_in(language, TEXTS[language], **known),))


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


# ------------------------------------------------------------------------------------------------ each script


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
