"""What somebody types into a search field, as words."""

import pytest

from portal.domain.catalogue.queries import Word, compared_as, words_of


def compared(text: str) -> list[str]:
    return [word.compared for word in words_of(text)]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Min man slår mig!", ["min", "man", "slar", "mig"]),
        ("3–12 år", ["3", "12", "ar"]),
        ("don't", ["dont"]),
        ("здоров'я", ["здоровя"]),
        ("föräldra\u00adkurs", ["foraldrakurs"]),
        ("\u202bعُنف\u202c", ["عنف"]),
        ("ገንዘብ፡ስራሕ።", ["ገንዘብ", "ስራሕ"]),
        ("ሥራሕ", ["ስራሕ"]),
        ("ፀሓይ", ["ጸሓይ"]),
        (" \x00 … – 🙂 ", []),
        ("", []),
    ],
)
def test_a_text_is_read_as_the_words_that_are_said(typed: str, words: list[str]) -> None:
    assert compared(typed) == words


def test_a_word_is_kept_as_it_was_written() -> None:
    assert words_of("(Våld,") == (Word("Våld", "vald"),)


def test_a_word_of_marks_alone_is_none() -> None:
    assert words_of("\u0301 ـ") == ()
    assert compared_as("ـ") == ""
