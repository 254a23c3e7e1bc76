"""Which language a browser gets, and which a code leads to."""

import pytest

from portal.store.languages.menu import load_languages
from portal.web.voices.negotiating import codes, negotiated
from tests.web.voices.speaking import ARABIC, DARI, ENGLISH, SWEDISH

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
