"""The fixed population: the same in every run, and of residents who are not refused nearly everything."""

from portal.domain.officials.population import population
from tests.domain.build import catalogue


def test_the_population_is_the_same_in_every_run() -> None:
    known = catalogue()
    assert list(population(known, 50)) == list(population(known, 50))
    assert list(population(known, 20)) == list(population(known, 50))[:20]


def test_each_resident_answers_every_question_with_what_it_takes() -> None:
    known = catalogue()
    residents = list(population(known, 300))
    assert len(residents) == 300
    for one in residents:
        assert list(one) == list(known.questions)
        answers, problems = known.questions.read_form(known.questions.write_form(one))
        assert problems == ()
        assert answers == one
        assert isinstance(one["topics"], frozenset)
        assert 1 <= len(one["topics"]) <= 3
        assert isinstance(one["children"], tuple)
        assert isinstance(one["babies"], tuple)
        assert [months // 12 for months in one["babies"]] == [age for age in one["children"] if age < 2]


def test_most_live_in_the_kommun_and_only_parents_ask_for_a_child() -> None:
    residents = list(population(catalogue(), 300))
    assert 0.6 < sum(one["residence"] == "registered" for one in residents) / 300 < 0.9
    assert {one["for"] for one in residents if not one["children"]} == {"me", "relative"}
    assert all(not one["children"] for one in residents if isinstance(one["age"], int) and one["age"] < 16)
