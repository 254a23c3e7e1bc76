"""The portal in one language: gaps are filled, fixed texts are translated while a template is compiled."""

from datetime import date
from gettext import GNUTranslations
from io import BytesIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from flask import Flask
from markupsafe import Markup

from portal.domain.sentences import counted, sentence
from portal.store.languages import Language
from portal.web.i18n import LanguageEnvironment, LanguageRoom, Voice, negotiated

SWEDISH = Language("sv", "Svenska", "svenska", "ltr", "sv", is_source=True)
ENGLISH = Language("en", "English", "engelska", "ltr", "en_GB", is_source=False)
ARABIC = Language("ar", "العربية", "arabiska", "rtl", "ar", is_source=False)
DARI = Language("fa-AF", "دری", "dari", "rtl", "fa_AF", is_source=False)

TEXTS = {
    ENGLISH: {
        "Nästa": "Next",
        "Hitta stöd i {kommun}": "Find support in {kommun}",
        "Du valde: {topics}.": "You chose: {topics}.",
        "Pengar": "Money",
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


def translations(language: Language) -> GNUTranslations:
    """Return the compiled translations into a language."""
    found = Catalog(locale=language.babel, fuzzy=False)
    for text, translated in TEXTS[language].items():
        found.add(text, translated)
    compiled = BytesIO()
    write_mo(compiled, found)
    compiled.seek(0)
    return GNUTranslations(compiled)


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


def test_a_kommun_has_words_of_its_own_and_falls_back_on_the_portal_s(app: Flask, lekeberg: object) -> None:
    own = Catalog(locale="en_GB", fuzzy=False)
    own.add("Bostad", "A home")
    compiled_own = BytesIO()
    write_mo(compiled_own, own)
    compiled_own.seek(0)
    room = LanguageRoom(app, ENGLISH, translations(ENGLISH), {"lekeberg": GNUTranslations(compiled_own)})
    of_lekeberg = room.voice_of(lekeberg)
    assert of_lekeberg.words(sentence("Bostad")) == "A home"
    assert of_lekeberg.words(sentence("Nästa")) == "Next"
    assert room.voice_of(None).words(sentence("Bostad")) == "Bostad"


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
