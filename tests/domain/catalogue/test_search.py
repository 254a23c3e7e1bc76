"""Finding an insats by a word, however a phone writes it."""

import pytest

from portal.domain.catalogue.search import finds, folded


@pytest.mark.parametrize(
    ("written", "sought"),
    [
        ("Våldsutsatt", "VALDSUTSATT"),
        ("Föräldrakurs", "foraldrakurs"),
        ("Föräldrakurs", "fo\u0308ra\u0308ldrakurs"),
        ("idé", "ide"),
        ("Alla barn i centrum – 3–12 år", "alla  barn i centrum - 3-12 ar"),
        ("Alzheimer’s", "alzheimer's"),
        ("Straße", "strasse"),
        ("ﬁnska", "finska"),
        ("Підтримка", "підтримка"),
    ],
)
def test_case_rings_dots_and_dashes_make_no_difference_in_latin_and_cyrillic(written: str, sought: str) -> None:
    assert folded(written) == folded(sought)


@pytest.mark.parametrize(
    ("written", "sought"),
    [
        ("أسرة", "اسره"),
        ("إدمان", "ادمان"),
        ("آباء", "اباء"),
        ("ٱلأسرة", "الاسرة"),
        ("مستشفى", "مستشفي"),
        ("الأُسْرَةُ", "الاسرة"),
        ("دعـــم", "دعم"),
        ("مسئول", "مسيول"),
    ],
)
def test_alef_ya_ta_marbuta_tashkeel_and_tatweel_make_no_difference_in_arabic(written: str, sought: str) -> None:
    assert folded(written) == folded(sought)


@pytest.mark.parametrize(
    ("written", "sought"),
    [("کودکان", "كودكان"), ("خانوادگی", "خانوادگي"), ("می\u200cشود", "میشود"), ("ادارۀ", "اداره")],
)
def test_arabic_letters_and_joiners_make_no_difference_in_dari(written: str, sought: str) -> None:
    assert folded(written) == folded(sought)


@pytest.mark.parametrize(
    ("written", "copied"),
    [("كتاب", "ﻛﺘﺎﺏ"), ("أسرة", "ﺃﺳﺮﺓ"), ("خانوادگی", "ﺧﺎﻧﻮﺍﺩﮔﯽ"), ("مستشفى", "ﻣﺴﺘﺸﻔﻰ")],
)
def test_the_joined_letters_of_a_pdf_are_the_letters_themselves(written: str, copied: str) -> None:
    assert folded(written) == folded(copied)


def test_tigrinya_stays_as_it_is() -> None:
    assert folded("ደገፍ  ስድራቤት") == "ደገፍ ስድራቤት"


@pytest.mark.parametrize(("one", "other"), [("sorg", "borg"), ("دعم", "رعم"), ("ደገፍ", "ደገፎ"), ("ABC", "ACB")])
def test_different_words_stay_different(one: str, other: str) -> None:
    assert folded(one) != folded(other)


TEXTS = (folded("Föräldrakurs ABC 3–12 år"), folded("Alla barn i centrum"))


@pytest.mark.parametrize("sought", ["abc", "Föräldra", "centrum ABC", "3-12", "  ALLA   år ", ""])
def test_every_word_sought_is_found_wherever_it_stands(sought: str) -> None:
    assert finds(sought, TEXTS)


@pytest.mark.parametrize("sought", ["abd", "abc tonår", "årAlla", "centrumabc"])
def test_a_word_that_stands_nowhere_is_not_found(sought: str) -> None:
    assert not finds(sought, TEXTS)


def test_nothing_is_found_where_there_are_no_texts() -> None:
    assert not finds("abc", ())
