"""What the rules say: gaps, the choice between two forms, sentences within sentences."""

import pytest

from portal.domain.sentences import Sentence, counted, fixed, forms, in_swedish, sentence


def test_the_gaps_of_a_sentence_are_filled_by_name() -> None:
    assert in_swedish(sentence("Mellan {low} och {high} år.", low=3, high=12)) == "Mellan 3 och 12 år."


def test_the_order_in_which_gaps_are_given_does_not_matter() -> None:
    one, other = sentence("{a} {b}", a=1, b=2), sentence("{a} {b}", b=2, a=1)
    assert one == other
    assert hash(one) == hash(other)


@pytest.mark.parametrize(("count", "said"), [(0, "0 månader"), (1, "1 månad"), (2, "2 månader"), (21, "21 månader")])
def test_only_one_takes_the_singular(count: int, said: str) -> None:
    assert in_swedish(counted("{n} månad", "{n} månader", count)) == said


def test_a_counted_sentence_has_other_gaps_too() -> None:
    assert in_swedish(counted("{n} plats i {group}", "{n} platser i {group}", 3, group="ABC")) == "3 platser i ABC"


def test_a_sentence_can_stand_within_a_sentence() -> None:
    assert in_swedish(sentence("Nej: {rule}", rule=counted("{n} år", "{n} år", 18))) == "Nej: 18 år"


def test_several_sentences_in_one_gap_are_listed() -> None:
    assert in_swedish(sentence("Du valde: {what}.", what=(sentence("skola"), sentence("pengar")))) == (
        "Du valde: skola, pengar."
    )


def test_braces_in_a_value_are_no_gaps() -> None:
    assert in_swedish(sentence("Svaret ”{answer}” finns inte.", answer="{n}")) == "Svaret ”{n}” finns inte."


@pytest.mark.parametrize(
    "other",
    [sentence("{n} år", n=2), Sentence("{n} barn", (("n", 1),)), counted("{n} år", "{n} åren", 1)],
)
def test_sentences_differ_by_text_value_and_form(other: Sentence) -> None:
    assert sentence("{n} år", n=1) != other
    assert len({sentence("{n} år", n=1), other}) == 2


def test_marking_a_text_for_translation_leaves_it_as_it_is() -> None:
    assert fixed("Du har barn.") == "Du har barn."
    assert forms("{n} månad", "{n} månader") == ("{n} månad", "{n} månader")
