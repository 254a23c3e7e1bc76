"""A parent's whole way: from the result to a group, a place in line, an offer, a place, and out again."""

import pytest

from tests.conftest import Town
from tests.groups import PLACED
from tests.journeys.test_resident import MOTHER, result, said
from tests.pages import Page

GROUPS = "/sv/lekeberg/groups"
MY_PLACE = "/sv/lekeberg/my-place"


def follow(town: Town, page: Page, text: str) -> Page:
    """Follow the first link that says that."""
    address = next(link.get("href", "") for link in page.one("main").iter("a") if text in said(link))
    return town.visitor.get(address)


def fill(town: Town, page: Page, **typed: str) -> Page:
    """Send the form of a page with what was typed in it."""
    form = page.one("form", id="here")
    hidden = {one.get("name", ""): one.get("value", "") for one in form.iter("input") if one.get("type") == "hidden"}
    return town.visitor.post(form.get("action", ""), data={**hidden, **typed})


def press(town: Town, page: Page, button: str) -> Page:
    """Press a button that carries the code, by its words."""
    code = page.all("input", name="code")[0].get("value", "")
    found = next(one for one in page.all("button") if said(one) == button)
    return town.visitor.post(MY_PLACE, data={"code": code, "do": found.get("value", "")})


def test_from_the_result_to_a_place_and_out_again(town: Town) -> None:
    found = result(town.visitor, MOTHER)
    address = next(link.get("href", "") for link in found.all("a") if link.get("href", "").endswith("insats=abc-3-12"))
    listed = town.visitor.get(address)
    full = next(card for card in listed.all("article") if "1 väntar." in said(card))
    group = town.visitor.get(
        next(link.get("href", "") for link in full.iter("a") if "sign-up" not in link.get("href", ""))
    )

    form = follow(town, group, "Ställ dig i kö")
    receipt = fill(town, form, nickname="Ros", phone="070-174 06 06")
    assert receipt.heading() == "Du står i kö"
    assert "Du är nummer 2 i kön." in receipt.text

    mine = fill(town, receipt)
    assert "Du är nummer 2 i kön." in mine.text

    # Who has the place leaves, who is first in line says nothing for a day: then it is her turn.
    town.visitor.post(MY_PLACE, data={"code": PLACED.code, "do": "withdraw"})
    assert "Du är nummer 1 i kön." in press(town, mine, "Öppna min plats").text
    town.time.passes(hours=24)
    offered = press(town, mine, "Öppna min plats")
    assert "En plats är ledig för dig." in offered.text

    placed = press(town, offered, "Ja, jag vill ha platsen")
    assert "Du har en plats." in placed.text
    assert "tisdag 12 januari 2027, 17:30–20:00" in placed.text

    sure = press(town, placed, "Avboka")
    assert sure.heading() == "Vill du avboka?"
    left = press(town, sure, "Ja, avboka")
    assert "Du är avbokad." in left.text
    assert follow(town, left, "Anmäl dig igen").status == 200


def test_nothing_of_the_self_check_comes_along_to_the_form(town: Town) -> None:
    found = result(town.visitor, MOTHER)
    address = next(link.get("href", "") for link in found.all("a") if link.get("href", "").endswith("insats=abc-3-12"))
    assert address == f"{GROUPS}?insats=abc-3-12"
    form = follow(town, town.visitor.get(f"{GROUPS}/many"), "Anmäl dig").one("form", id="here")
    typed = [one.get("value") for one in form.iter("input") if one.get("type") in ("text", "email", "tel")]
    assert set(typed) == {""}


@pytest.mark.parametrize("lang", ["sv", "ar"])
def test_under_a_minute_there_are_three_pages_to_a_place(town: Town, lang: str) -> None:
    listed = town.visitor.get(f"/{lang}/lekeberg/groups?insats=abc-3-12")
    links = [link.get("href", "") for card in listed.all("article") for link in card.iter("a")]
    group = town.visitor.get(next(link for link in links if link.endswith("/many")))
    form = town.visitor.get(group.all("a", rel="nofollow")[0].get("href", ""))
    receipt = fill(town, form, nickname="Ros", email="ros@example.se")
    assert receipt.status == 201
    assert len(receipt.one("p", class_="code").findall(".//span")) == 7
