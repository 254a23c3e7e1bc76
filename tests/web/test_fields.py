"""Hidden fields carry answers from page to page."""

import html5lib
from markupsafe import Markup

from portal.web.fields import hidden_fields, joined


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
