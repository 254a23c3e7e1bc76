"""Texts are compared however a phone writes them."""

import pytest

from portal.domain.folding import folded


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
