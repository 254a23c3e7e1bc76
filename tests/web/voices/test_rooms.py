"""A language at work: its texts, its voices."""

from flask import Flask

from portal.domain.catalogue.kommuner import Kommun
from portal.domain.sentences import sentence
from portal.store.languages.texts import Texts
from portal.web.voices.in_both import TwoVoices
from portal.web.voices.rooms import LanguageRoom
from tests.web.each_language import texts_in
from tests.web.voices.speaking import ENGLISH, translations


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
