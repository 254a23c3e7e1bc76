"""Finding insatser by what somebody writes in her own words."""

from dataclasses import replace

import pytest

from portal.domain.catalogue.fits import ANY
from portal.domain.catalogue.insatser import Insats
from portal.domain.catalogue.meanings import Meant
from portal.domain.catalogue.queries import words_of
from portal.domain.catalogue.search import MOST_HITS, NAME, SEARCH_WORDS, TEXT, Hit, Index, fits_of, search
from portal.domain.catalogue.words import Tongue
from tests.domain.build import insats, part

SWEDISH = Tongue("sv", stop=frozenset({"att"}))
HITS = Meant("violence.victim", 2.0, (0, 1))
VIOLENCE = Meant("violence", 1.0, (0,))


def found(typed: str, said: list[Meant], *insatser: Insats, index: Index | None = None) -> list[Hit]:
    among = {one.id: one for one in insatser}
    return search(words_of(typed), said, among, [] if index is None else [index])


def ids(hits: list[Hit]) -> list[str]:
    return [hit.insats for hit in hits]


def test_what_is_made_for_the_option_comes_before_what_is_for_the_whole_topic() -> None:
    made = insats("made", fits={"violence": {"victim": 3}})
    whole = insats("whole", fits={"violence": {ANY: 3}})
    other = insats("other", fits={"money": {ANY: 3}})
    hits = found("slår mig", [HITS], other, whole, made)
    assert ids(hits) == ["made", "whole"]
    assert (hits[0].words, hits[0].meaning) == ("slår mig", "violence.victim")


def test_who_names_the_topic_gets_what_is_for_all_of_it_first() -> None:
    whole = insats("whole", fits={"violence": {ANY: 2}})
    option = insats("option", fits={"violence": {"victim": 3}})
    other_option = insats("other-option", fits={"violence": {"perpetrator": 3}})
    assert ids(found("våld", [VIOLENCE], other_option, option, whole)) == ["whole", "other-option", "option"]
    assert ids(found("slår mig", [HITS], other_option)) == []


def test_more_of_what_was_meant_counts_more() -> None:
    both = insats("both", fits={"violence": {"victim": 2}, "money": {ANY: 3}})
    one = insats("one", fits={"violence": {"victim": 2}})
    money = Meant("money", 1.5, (2,))
    assert ids(found("slår mig pengar", [HITS, money], one, both)) == ["both", "one"]
    assert ids(found("slår mig pengar", [money, HITS], one, both))[0] == "both"


def test_what_is_near_at_hand_comes_first() -> None:
    fits = {"violence": {"victim": 3}}
    talk, home = insats("talk", fits=fits, weight="support"), insats("home", fits=fits, weight="home")
    place = insats("place", fits=fits, weight="placement", route="assessed")
    law = replace(insats("law", fits=fits), by_law="5 kap. 1 §")
    court, invited = insats("court", fits=fits, started_by="court"), insats("invited", fits=fits, access="invited")
    hits = ids(found("slår mig", [HITS], court, invited, place, home, law, talk))
    assert hits[:4] == ["talk", "law", "home", "place"]
    assert set(hits[4:]) == {"court", "invited"}


def test_hits_are_few_and_none_is_weak() -> None:
    many = [insats(f"one-{number}", fits={"violence": {"victim": 3}}) for number in range(20)]
    weak = insats("weak", fits={"violence": {ANY: 1}})
    assert len(found("slår mig", [HITS], *many, weak)) == MOST_HITS
    assert ids(found("slår mig", [HITS], many[0], weak)) == ["one-0"]
    assert found("dansa", [], *many) == []


TEXTS = {
    "cope": {NAME: ["Föräldrakurs COPE"], SEARCH_WORDS: ["bråk"], TEXT: ["En kurs att prata om konflikter."]},
    "abc": {NAME: ["Föräldrakurs ABC"], TEXT: ["En kurs."]},
    "rad": {NAME: ["Råd"], TEXT: ["Om bråk."]},
}


@pytest.mark.parametrize(
    ("typed", "first", "words", "where"),
    [
        ("cope", ["cope"], "cope", NAME),
        ("Föräldrakurs", ["cope", "abc"], "Föräldrakurs", NAME),
        ("bråk", ["cope"], "bråk", SEARCH_WORDS),
        ("konflikter", ["cope"], "konflikter", TEXT),
        ("att", [], "", ""),
    ],
)
def test_a_word_finds_what_has_it_and_says_where(typed: str, first: list[str], words: str, where: str) -> None:
    index = Index(TEXTS, SWEDISH)
    hits = found(typed, [], *(insats(one) for one in TEXTS), index=index)
    assert ids(hits)[: len(first)] == first
    assert bool(hits) == bool(first)
    assert all((hit.words, hit.meaning, hit.where) == (words, None, where) for hit in hits[: len(first)])


def test_what_is_not_among_those_looked_in_is_not_found() -> None:
    assert ids(found("föräldrakurs", [], insats("abc"), index=Index(TEXTS, SWEDISH))) == ["abc"]


def test_a_word_that_another_language_knows_is_no_misspelled_one() -> None:
    index = Index(TEXTS, SWEDISH)
    among = {"cope": insats("cope")}
    assert search(words_of("föräldrakurz"), [], among, [index])
    assert not search(words_of("föräldrakurz"), [], among, [index], {"foraldrakurz"})


def test_of_several_words_the_one_that_says_most_is_told() -> None:
    (hit, *_) = found("cope konflikter", [], *(insats(one) for one in TEXTS), index=Index(TEXTS, SWEDISH))
    assert (hit.insats, hit.words, hit.where) == ("cope", "cope", NAME)


def test_the_best_of_several_known_words_counts() -> None:
    index = Index({"one": {NAME: ["Familjehem"], TEXT: ["familjekurs"]}}, SWEDISH)
    assert index.found("familj", is_sure=False)["one"][1] == NAME


def test_an_index_of_nothing_finds_nothing() -> None:
    assert Index({}, SWEDISH).found("cope", is_sure=False) == {}


def test_a_meaning_is_said_before_the_words_unless_the_words_say_more() -> None:
    index = Index({"one": {NAME: ["Våld"]}, "two": {NAME: ["Annat"]}}, SWEDISH)
    weak, strong = ({"violence": {ANY: weight}} for weight in (1, 3))
    (hit,) = found("våld", [VIOLENCE], insats("one", fits=strong), index=index)
    assert hit.meaning == "violence"
    option = Meant("violence.victim", 1.0, (0,))
    (hit,) = found("våld", [option], insats("one", fits=weak), index=index)
    assert (hit.meaning, hit.where) == (None, NAME)


def test_the_parts_of_an_insats_find_it_too() -> None:
    whole = insats("one", fits={"money": {ANY: 1}}, parts=(part("a", fits={"violence": {"victim": 3}}), part("b")))
    assert fits_of(whole).topics == {"money", "violence"}
    assert ids(found("slår mig", [HITS], whole)) == ["one"]
