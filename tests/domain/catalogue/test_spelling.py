"""Known words for a word that was typed."""

import pytest

from portal.domain.catalogue.spelling import BEGUN, BENT, JOINED, MISSPELLED, SAME, Vocabulary, distance, faults_in
from portal.domain.catalogue.words import Tongue

SWEDISH = Tongue("sv", endings=("ar", "er", "en", "a"), joins=True)
ENGLISH = Tongue("en", endings=("s",))
TIGRINYA = Tongue("ti")
SV = ("alkohol", "beroende", "skilsmassa", "rakning", "barn", "spel", "dotter", "dott", "problem")
EN = ("parent", "rent", "violence")
KNOWN = Vocabulary(
    [(word, SWEDISH) for word in SV] + [(word, ENGLISH) for word in EN] + [("ገንዘብ", TIGRINYA), ("ዓመጽ", TIGRINYA)]
)


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("alkohol", {"alkohol": SAME}),
        ("rakningar", {"rakning": BENT}),
        ("parents", {"parent": BENT}),
        ("alko", {"alkohol": BEGUN}),
        ("alkoholproblem", {"alkohol": JOINED, "problem": JOINED}),
        ("spelberoende", {"spel": JOINED, "beroende": JOINED}),
        ("grovalkohol", {"alkohol": JOINED}),
        ("alkhol", {"alkohol": MISSPELLED}),
        ("alkoohol", {"alkohol": MISSPELLED}),
        ("aklohol", {"alkohol": MISSPELLED}),
        ("skillsmasssa", {"skilsmassa": MISSPELLED}),
        ("violense", {"violence": MISSPELLED}),
        ("ገንዛብ", {"ገንዘብ": MISSPELLED}),
        ("alk", {}),
        ("bran", {}),
        ("hyra", {}),
        ("ዓመሽ", {}),
        ("current", {}),
        ("rentap", {}),
        ("parnetq", {}),
        ("xyzzyxyzzy", {}),
        ("", {}),
    ],
)
def test_a_typed_word_means_known_ones(typed: str, means: dict[str, float]) -> None:
    assert dict(KNOWN.meant(typed)) == means


def test_a_word_that_is_known_is_hardly_another_bent_one() -> None:
    found = KNOWN.meant("dotter")
    assert found["dotter"] == SAME
    assert found["dott"] < 0.6


def test_a_word_that_is_known_elsewhere_is_no_misspelled_one() -> None:
    assert KNOWN.meant("alkhol", is_sure=True) == {}
    assert KNOWN.meant("rakningar", is_sure=True) == {"rakning": BENT}


def test_only_the_nearest_spelled_is_meant() -> None:
    near = Vocabulary([("familjehem", SWEDISH), ("familjehus", SWEDISH)])
    assert dict(near.meant("familjehom")) == {"familjehem": MISSPELLED}


def test_a_short_known_word_is_not_what_a_longer_typed_one_means() -> None:
    assert dict(Vocabulary([("hyra", SWEDISH)]).meant("hyrza")) == {}


def test_what_is_known_is_contained() -> None:
    assert "alkohol" in KNOWN
    assert "alkhol" not in KNOWN


@pytest.mark.parametrize(
    ("one", "two", "most", "faults"),
    [
        ("abc", "abc", 0, 0),
        ("abc", "abd", 0, None),
        ("abc", "abd", 1, 1),
        ("abc", "abcd", 1, 1),
        ("abc", "acb", 1, 1),
        ("abcd", "badc", 1, None),
        ("abcd", "badc", 2, 2),
        ("abcd", "dcba", 1, None),
        ("abcdef", "uvwxyz", 2, None),
        ("abxcd", "abyzcd", 2, 2),
        ("xabcdy", "zabcdw", 2, 2),
        ("xabcdyq", "zabcdwp", 2, None),
        ("abcx", "yabcz", 2, 2),
    ],
)
def test_faults_between_two_words(one: str, two: str, most: int, faults: int | None) -> None:
    assert distance(one, two, most) == faults
    assert distance(two, one, most) == faults


@pytest.mark.parametrize(
    ("word", "most"), [("hyra", 0), ("hyran", 1), ("alkohol", 1), ("beroende", 2), ("ገንዘብ", 1), ("", 0)]
)
def test_a_short_word_has_no_slip_forgiven(word: str, most: int) -> None:
    assert faults_in(word) == most
