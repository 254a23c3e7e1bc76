"""Hidden fields carry answers from page to page."""

import html5lib
import pytest
from markupsafe import Markup

from portal.web.fields import hidden_fields, joined, printable


def test_each_pair_is_a_hidden_field_in_order() -> None:
    assert hidden_fields([("age", "17"), ("topics", "money"), ("topics", "work")]) == (
        '<input type="hidden" name="age" value="17">'
        '<input type="hidden" name="topics" value="money">'
        '<input type="hidden" name="topics" value="work">'
    )


def test_no_pair_is_no_field() -> None:
    assert hidden_fields([]) == ""


def test_names_and_values_cannot_leave_their_attribute() -> None:
    hostile = "\"'><script>&amp;"
    tree = html5lib.parseFragment(hidden_fields([(hostile, hostile)]), namespaceHTMLElements=False)
    (field,) = list(tree)
    assert (field.tag, field.get("name"), field.get("value")) == ("input", hostile, hostile)


def test_ready_pieces_are_put_together_as_they_are() -> None:
    assert joined([Markup("<b>"), Markup("&amp;"), Markup("</b>")]) == Markup("<b>&amp;</b>")


@pytest.mark.parametrize("sign", ["\x00", "\x0b", "\x1b", "\x7f", "\x85", "\ufffe", "\ud800", "\u2028", "\u202e"])
def test_what_is_typed_is_shown_without_the_signs_that_no_page_may_hold(sign: str) -> None:
    assert printable(f"3{sign} år") == "3 år"


def test_what_is_typed_is_otherwise_shown_as_it_is() -> None:
    assert printable("åäö ጽሑፍ دری <b>&amp;</b>") == "åäö ጽሑፍ دری <b>&amp;</b>"
