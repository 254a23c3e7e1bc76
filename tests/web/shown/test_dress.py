"""The look of a kommun as it is sent: its addresses change with what is in them, and nothing is sent for nothing."""

from portal.domain.catalogue.look import Look
from portal.web.shown.dress import Addresses, Dress

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"/>'


def test_a_kommun_without_a_look_has_no_addresses() -> None:
    assert Dress("solbacka", Look()).addresses("") == Addresses(None, None)


def test_the_stylesheet_says_the_colour_and_what_is_made_of_it() -> None:
    style = Dress("solbacka", Look("#0a5087")).style
    assert "--main: #0a5087; --main-dark: #07385e; --tint: #eef3f7;" in style


def test_an_address_changes_with_what_it_leads_to() -> None:
    blue, green = (Dress("solbacka", Look(colour, LOGO)).addresses("/portal") for colour in ("#0a5087", "#0b5a52"))
    assert blue.style != green.style
    assert blue.logo == green.logo
    assert str(blue.style).startswith("/portal/static/kommuner/solbacka.css?v=")
    assert str(blue.logo).startswith("/portal/static/kommuner/solbacka.svg?v=")
