"""What people call things, and how the words of a language are bent."""

import pytest

from portal.domain.catalogue.words import Tongue, alternatives

SWEDISH = Tongue("sv", endings=("arna", "ar", "en", "a"))
ARABIC = Tongue("ar", beginnings=("وال", "ال"), endings=("ها",))


@pytest.mark.parametrize(
    ("tongue", "word", "stem"),
    [
        (SWEDISH, "skolan", "skolan"),
        (SWEDISH, "rakningarna", "rakning"),
        (SWEDISH, "rakningar", "rakning"),
        (SWEDISH, "bara", "bar"),
        (SWEDISH, "ara", "ara"),
        (ARABIC, "والعنف", "عنف"),
        (ARABIC, "العنف", "عنف"),
        (ARABIC, "طفلها", "طفل"),
        (ARABIC, "الا", "الا"),
    ],
)
def test_a_stem_is_what_is_left_without_what_bends_it(tongue: Tongue, word: str, stem: str) -> None:
    assert tongue.stem(word) == stem


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("slår mig", (("slar",), ("mig",))),
        ("slår/slog mig/henne", (("slar", "slog"), ("mig", "henne"))),
        ("sms-lån", (("sms",), ("lan",))),
        ("!", ()),
    ],
)
def test_a_word_of_a_phrase_can_have_others_in_its_place(phrase: str, said: tuple[tuple[str, ...], ...]) -> None:
    assert alternatives(phrase) == said
