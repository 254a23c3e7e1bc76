"""How a page leads to itself in another language."""

from portal.store.languages.menu import load_languages
from portal.web.shown.switching import elsewhere, menu_words


def test_the_same_page_in_another_language_asks_for_the_same() -> None:
    assert (
        elsewhere("/sv/lekeberg/insatser", b"q=a%20b&x=<", "/stod")("ar") == "/stod/ar/lekeberg/insatser?q=a%20b&x=%3C"
    )
    assert elsewhere("/", b"", "")("ti") == "/ti/"


def test_the_menu_shows_its_word_in_each_script_but_the_one_of_the_page() -> None:
    languages = load_languages()
    scripts = {one.script for one in languages.values()}
    for shown in languages.values():
        words = menu_words(shown, languages)
        assert len({one.script for one in words}) == len(words)
        assert {one.script for one in words} >= scripts - {shown.script}
