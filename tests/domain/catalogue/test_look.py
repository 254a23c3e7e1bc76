"""The colour of a kommun: how well it can be read, and what is made of it."""

import pytest

from portal.domain.catalogue.look import Look, contrast, mixed, problem_of_colour


def test_contrast_is_what_wcag_says() -> None:
    assert contrast("#000000", "#ffffff") == contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#0b5a52", "#0b5a52") == 1


def test_a_colour_is_mixed_by_its_parts() -> None:
    assert mixed("#ff8000", "#000000", 0.5) == "#804000"
    assert mixed("#ff8000", "#0000ff", 0) == "#ff8000"


@pytest.mark.parametrize("colour", ["#0b5a52", "#0a5087", "#000000"])
def test_a_colour_that_can_be_read_is_taken(colour: str) -> None:
    assert problem_of_colour(colour) is None


@pytest.mark.parametrize("colour", ["red", "#0B5A52", "#0b5a5", "#0b5a52; x: y", "0b5a52", "#0b5a52\n"])
def test_a_colour_is_written_in_one_way(colour: str) -> None:
    assert "must be written as" in (problem_of_colour(colour) or "")


def test_a_colour_that_is_too_light_for_the_paper_or_its_tint_is_told_with_its_contrast() -> None:
    assert problem_of_colour("#777777") == ("has a contrast of 4.1 with the paper and its tint; it must be 4.5 or more")
    assert contrast("#747474", "#ffffff") > 4.5
    assert problem_of_colour("#747474") is not None  # on its own tint


def test_what_is_made_of_a_colour_can_be_read_too() -> None:
    look = Look("#0a5087")
    assert (look.dark, look.tint) == ("#07385e", "#eef3f7")
    assert contrast(look.dark, look.tint) > contrast("#0a5087", look.tint) > 4.5
    assert Look().dark != Look().tint
