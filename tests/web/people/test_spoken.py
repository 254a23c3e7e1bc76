"""The names of languages that people speak."""

import pytest
from flask import Flask

from portal.web.people.spoken import INTERPRETED, menu_of, name_of, names_of
from portal.web.portal import Pages


def test_every_language_has_a_name_of_its_own_in_the_order_of_the_alphabet(app: Flask) -> None:
    pages: Pages = app.extensions["pages"]
    for room in pages.rooms.values():
        menu = menu_of(INTERPRETED, room.voice_of(None))
        assert set(menu) == set(INTERPRETED)
        assert len(set(menu.values())) == len(menu)


def test_a_language_nobody_knows_is_called_by_its_code(app: Flask) -> None:
    voice = app.extensions["pages"].rooms["sv"].voice_of(None)
    assert name_of("xx", voice) == "xx"
    assert names_of(("sgn", "fi"), voice) == "teckenspråk, finska"


@pytest.mark.parametrize(
    ("lang", "tag", "name"),
    [("so", "fa-AF", "Dari"), ("ti", "sv", "ቋንቋ ሽወደን"), ("ar", "fa-AF", "الدرية"), ("sv", "ti", "tigrinska")],
)
def test_a_language_is_called_as_the_texts_call_it(app: Flask, lang: str, tag: str, name: str) -> None:
    voice = app.extensions["pages"].rooms[lang].voice_of(None)
    assert name_of(tag, voice).striptags() == name
