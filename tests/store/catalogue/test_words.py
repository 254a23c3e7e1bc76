"""What people call things, from data/words.yaml: whole in every language, and read strictly."""

from pathlib import Path

import pytest
import yaml

from portal.domain.catalogue.whole import Catalogue
from portal.domain.catalogue.words import NEED
from portal.store.catalogue.words import meanings
from portal.store.languages.menu import load_languages
from portal.store.loading import BrokenCatalogue, load_catalogue
from tests.store.catalogue.test_shared import copy_of_shared_data
from tests.store.made_up import GONE, changed


def test_every_topic_and_every_option_has_words_in_every_language(catalogue: Catalogue) -> None:
    words = catalogue.words
    assert set(words.tongues) == set(load_languages())
    wanted = [one for one in meanings(catalogue.topics, catalogue.questions) if not one.startswith(NEED)]
    own = {tag for tag in words.tongues if tag != "sv-simple"}  # which has the words of Swedish
    missing = {one: own - set(words.said.get(one, {})) for one in wanted}
    assert {one: tags for one, tags in missing.items() if tags} == {}
    assert set(words.said[f"{NEED}child_at_risk"]) == own


def test_a_language_can_have_the_words_of_another(catalogue: Catalogue) -> None:
    tongues = catalogue.words.tongues
    assert tongues["sv-simple"] is tongues["sv"]
    assert tongues["sv"].joins
    assert "och" in tongues["sv"].stop
    assert list(tongues["sv"].endings) == sorted(tongues["sv"].endings, key=lambda one: (-len(one), one))


BROKEN: dict[str, tuple[dict[str, object], str]] = {
    "an unknown topic": ({"words.dance": {"sv": "dans"}}, "words.dance: is no topic"),
    "an unknown language": ({"words.money.xx": "pengar"}, "words.money.xx: is not a key"),
    "a comma too many": ({"words.money.sv": "pengar, , lån"}, "words.money.sv: has a comma with no word"),
    "only signs": ({"words.money.sv": "!"}, "words.money.sv: has a comma with no word"),
    "a phrase twice": ({"words.money.sv": "lån, pengar, lån"}, "words.money.sv: has 'lån' twice"),
    "an alternative too many": (
        {"words.money.sv": "lån/ pengar"},
        "words.money.sv: has 'lån/ pengar': on both sides of / stands one word",
    ),
    "two words on one side": (
        {"words.money.sv": "lån/sms-lån"},
        "words.money.sv: has 'lån/sms-lån': on both sides of / stands one word",
    ),
    "a number": ({"words.money.sv": 5}, "words.money.sv: must be a text"),
    "words that are a list": ({"words": ["pengar"]}, "words: must be a mapping"),
    "no words": ({"words": GONE}, "words: is missing"),
    "no languages": ({"languages": GONE}, "languages"),
    "the words of a language that is not there": (
        {"languages.sv-simple.as": "xx"},
        "languages.sv-simple.as: has no 'xx'",
    ),
    "the words of one that has none": ({"languages.en": {"as": "sv-simple"}}, "languages.en.as: has no 'sv-simple'"),
    "an unknown key of a language": ({"languages.sv.colour": "blue"}, "languages.sv.colour: is not a key"),
    "joins in words": ({"languages.sv.joins": "no"}, "languages.sv.joins: must be true or false"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_file_is_refused_with_its_place(tmp_path: Path, what: str) -> None:
    changes, says = BROKEN[what]
    path = copy_of_shared_data(tmp_path) / "words.yaml"
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    path.write_text(yaml.safe_dump(changed(found, changes), allow_unicode=True), encoding="utf-8")
    with pytest.raises(BrokenCatalogue, match=rf"words\.yaml: ({says})"):
        load_catalogue(tmp_path, shared_in=tmp_path)


def test_an_unknown_option_or_need_is_refused(tmp_path: Path) -> None:
    path = copy_of_shared_data(tmp_path) / "words.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("  money.debts:", "  money.gold:").replace("need.child_at_", "need.dog_at_"), "utf-8")
    with pytest.raises(BrokenCatalogue) as refused:
        load_catalogue(tmp_path, shared_in=tmp_path)
    places = [finding.place for finding in refused.value.findings]
    assert places == ["words.need.dog_at_risk", "words.money.gold"]
