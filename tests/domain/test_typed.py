"""What somebody typed: long numbers are told from the rest, and nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.typed import is_blank, is_line, is_text, line_of, number_parts, plain, text_of


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Ring 070-174 06 77 eller 0585-487 00.", ["070-174 06 77", "0585-487 00"]),
        ("+46 (0)70 174 06 77", ["+46 (0)70 174 06 77"]),
        ("Född 2015-03-04", ["2015-03-04"]),
        ("٠٧٠-١٧٤ ٠٦ ٧٧", ["٠٧٠-١٧٤ ٠٦ ٧٧"]),
        ("5 8 12 år", []),
        ("123456", []),
        ("1234567", ["1234567"]),
        ("", []),
    ],
)
def test_a_number_of_many_digits_is_found(text: str, numbers: list[str]) -> None:
    assert [part for part, is_number in number_parts(text) if is_number] == numbers


@given(st.text(st.sampled_from("0123456789 -+()å.\nم"), max_size=40))
def test_the_parts_are_the_text(text: str) -> None:
    assert "".join(part for part, _ in number_parts(text)) == text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("سه\u200cیران", "سه\u200cیران"),
        ("\U0001f469\u200d\U0001f9bd Sara", "\U0001f469\u200d\U0001f9bd Sara"),
        ("\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f", None),
        ("hemligt\U000e0061\U000e0062", "hemligt"),
        ("a\r\nb\rc\u2028d\x85e", "a\nb\nc\nd\ne"),
        ("a\u00a0b\u2009c\u3000d\te", "a b c d e"),
        ("a\u202eb\u2066c\u200ed\u00ade\ufefff\u200bg", "abcdefg"),
        ("a\x00b\ud800c\ufffe", "abc"),
        ("A\u030ake", "Åke"),
        ("नमस्ते", "नमस्ते"),
        ("070\u2011174", "070\u2011174"),
    ],
)
def test_letters_stay_and_what_no_page_holds_goes(typed: str, kept: str | None) -> None:
    assert text_of(typed) == (typed if kept is None else kept)


@given(st.text(max_size=40))
def test_what_is_read_is_read_once(typed: str) -> None:
    kept = text_of(typed)
    assert text_of(kept) == kept
    assert is_text(kept)
    assert line_of(line_of(typed)) == line_of(typed)
    assert plain(plain(typed)) == plain(typed)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("070\u2011174\u00a006\u00a005", "070-174 06 05"),
        ("\u2010\u2012\u2013\u2014\u2015\u2212\uff0d\ufe63", "--------"),
        ("٠٧۷７\u096d", "07777"),
        ("O\u2019Brien \u02bcx", "O'Brien 'x"),
        ("3½", "3½"),
        ("x²", "x²"),
        ("1\ufe0f\u20e3 \u200c2", "1 2"),
        (" \n a  b ", "a b"),
    ],
)
def test_a_number_or_a_code_is_read_from_any_keyboard(typed: str, read: str) -> None:
    assert plain(typed) == read


def test_what_nobody_sees_is_blank() -> None:
    assert all(is_blank(one) for one in ("", " ", "\u200b", "\u200c\u200d", "\u3164", "\u2800", "\n\u00a0"))
    assert not is_blank("x")


def test_a_line_is_one_line_of_text() -> None:
    assert is_line("Å\u200cx")
    assert not any(is_line(one) for one in ("a\nb", "a\u2028b", "a\x00b"))
    assert is_text("a\n\tb")
    assert not is_text("a\u202eb")
