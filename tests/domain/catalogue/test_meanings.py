"""What a query is about."""

import pytest

from portal.domain.catalogue.meanings import Lexicon, as_answers, clear, dangers, needs_in
from portal.domain.catalogue.queries import words_of
from portal.domain.catalogue.words import NO_WORDS, Tongue, Words

SWEDISH = Tongue("sv", stop=frozenset({"mig", "jag"}), endings=("ar", "r", "n", "a"))
WORDS = Words(
    {"sv": SWEDISH},
    {
        "violence": {"sv": ("våld", "slår")},
        "violence.victim": {"sv": ("slår mig", "sparkar/slog mig/henne", "våld"), "en": ("hits me",)},
        "violence.perpetrator": {"sv": ("jag slår",)},
        "parenting.acting_out": {"sv": ("barn slår mig", "barnet slår")},
        "wellbeing.no_wish_to_live": {"sv": ("vill dö",)},
        "money": {"sv": ("pengar", "skulder")},
        "housing": {"sv": ("hyra",)},
        "need.child_at_risk": {"sv": ("pappa slår mig",)},
        "company": {"sv": ("ny ny",)},
    },
)
LEXICON = Lexicon(WORDS)


def about(text: str) -> list[str]:
    return [one.meaning for one in clear(LEXICON.meant(words_of(text)))]


@pytest.mark.parametrize(
    ("text", "meanings"),
    [
        ("mitt barn slår mig", ["parenting.acting_out"]),
        ("han slår mig", ["violence.victim", "violence"]),
        ("mig slår han", ["violence.victim", "violence"]),
        ("han sparkar henne", ["violence.victim"]),
        ("slog han mig", ["violence.victim"]),
        ("sparkar och slog", []),
        ("henne", []),
        ("he hits me", ["violence.victim"]),
        ("pengar och skulder", ["money"]),
        ("pengar hyra", ["money", "housing"]),
        ("pengar pengar", ["money"]),
        ("ny", ["company"]),
        ("dansa", []),
        ("jag vill sova", []),
        ("", []),
    ],
)
def test_a_query_is_about_what_it_has_all_the_words_of_the_clearest_first(text: str, meanings: list[str]) -> None:
    assert about(text)[: len(meanings)] == meanings
    assert bool(about(text)) == bool(meanings)


def test_further_words_of_the_same_make_it_clearer() -> None:
    one, two = (LEXICON.meant(words_of(text))[0] for text in ("pengar", "pengar skulder"))
    assert two.share > one.share
    assert two.places == (0,)


def test_danger_is_heard_however_the_query_goes_on() -> None:
    said = LEXICON.meant(words_of("barnet slår pengar skulder hyra vill dö"))
    assert {"violence", "wellbeing.no_wish_to_live"} <= {one.meaning for one in dangers(said)}
    assert [one.meaning for one in dangers(LEXICON.meant(words_of("pengar")))] == []


def test_danger_that_is_hardly_there_is_none() -> None:
    assert dangers([one for one in LEXICON.meant(words_of("slår mig")) if one.share < 0.5]) == []


def test_a_query_comes_to_answers_and_needs() -> None:
    said = LEXICON.meant(words_of("min pappa slår mig pengar"))
    assert as_answers(said) == {
        "topics": frozenset({"violence", "money"}),
        "violence": frozenset({"victim"}),
    }
    assert needs_in(said) == {"child_at_risk"}
    need = next(one for one in said if one.meaning == "need.child_at_risk")
    assert (need.topic, need.option) == ("", "")


def test_nothing_said_comes_to_nothing() -> None:
    assert as_answers([]) == {}
    assert needs_in([]) == frozenset()
    assert Lexicon(NO_WORDS).meant(words_of("våld")) == []


def test_a_word_is_known_as_it_is_spelled() -> None:
    assert "vald" in LEXICON
    assert "valld" not in LEXICON
