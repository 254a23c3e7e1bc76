"""Languages with a few texts, and templates said in them."""

from flask import Flask

from portal.domain.sentences import sentence
from portal.store.languages.menu import Language
from portal.store.languages.texts import Texts
from portal.web.voices.in_both import TwoVoices
from portal.web.voices.templates import LanguageEnvironment
from portal.web.voices.voice import Voice
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


def english() -> Voice:
    """Return the English voice."""
    return Voice(ENGLISH, translations(ENGLISH))


def arabic() -> Voice:
    """Return the Arabic voice."""
    return Voice(ARABIC, translations(ARABIC))


def compiled(app: Flask, voice: Voice, source: str) -> str:
    """Return the Python that a template becomes."""
    return str(LanguageEnvironment(app, voice).compile(source, raw=True))


def rendered(app: Flask, voice: Voice, source: str, **values: object) -> str:
    """Return what a template says."""
    return LanguageEnvironment(app, voice).from_string(source).render(**values)


CHOSE = sentence("Du valde: {topics}.", topics=(sentence("Pengar"), sentence("Våld")))


def knowing(language: Language = ENGLISH, **known: frozenset[str]) -> Voice:
    """Return a voice whose texts are the usual ones, but some missing or unsafe."""
    missing = known.get("missing", frozenset())
    said = {text: translated for text, translated in TEXTS[language].items() if not {text, text[0]} & missing}
    return Voice(language, (texts_in(language, said, **known),))


def in_both(language: Language, **known: frozenset[str]) -> TwoVoices:
    """Return the voice of a language with Swedish beside."""
    return TwoVoices(language, (texts_in(language, TEXTS[language], **known),))
