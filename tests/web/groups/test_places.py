"""My place: what a code opens and does, that a wrong one is slowed and told nothing, and the calendar that follows."""

from datetime import timedelta
from itertools import islice, product
from typing import Any

import pytest
from icalendar import Calendar
from werkzeug.datastructures import MultiDict

from portal.actions.groups.places import my_place
from portal.domain.groups.sign_ups import State
from portal.domain.people.brakes import CODES, CODES_ALIKE
from portal.domain.references import ALPHABET, read_code
from tests import groups
from tests.conftest import Town
from tests.groups import CANCELLED, LAPSED, LEFT, OFFERED, PLACED, SHUT_IN, STRANGER, WAITING, Signed
from tests.pages import Page, Visitor
from tests.web.each_language import LANGUAGES

MY_PLACE = "/sv/lekeberg/my-place"


def do(visitor: Visitor, one: Signed, deed: str = "", lang: str = "sv", **more: Any) -> Page:
    """Press a button of my place."""
    form = MultiDict({"code": one.code, "do": deed, **more})
    return visitor.post(f"/{lang}/lekeberg/my-place", data=form)


def status_line(page: Page) -> str:
    """Return what the page says first about the place."""
    return " ".join("".join(page.one("p", class_="route").itertext()).split())


def deeds(page: Page) -> set[str]:
    """Return what can be done on a page."""
    return {button.get("value", "") for button in page.all("button", name="do")}


def state_of(town: Town, one: Signed) -> State:
    """Return the state of a place."""
    return my_place(town.storage, one.code, town.time()).sign_up.state


# --------------------------------------------------------------------------------------------------- what it shows

SHOWN = {
    PLACED: ("Du har en plats.", {"contact", "interpreter", "leave"}),
    SHUT_IN: ("Du har en plats.", {"contact", "interpreter", "leave"}),
    WAITING: ("Du är nummer 1 i kön.", {"contact", "interpreter", "leave"}),
    OFFERED: (
        "En plats är ledig för dig. Svara före onsdag 25 november 2026 09:00.",
        {"accept", "no_thanks", "contact", "interpreter"},
    ),
    LEFT: ("Du är avbokad.", set()),
    LAPSED: ("Tiden för att svara har gått ut. Platsen gick till nästa i kön.", set()),
    CANCELLED: ("Gruppen är inställd.", set()),
}


@pytest.mark.parametrize("one", SHOWN, ids=lambda one: one.key.partition("-0")[0])
def test_a_place_says_how_it_stands_and_what_can_be_done(town: Town, one: Signed) -> None:
    says, can = SHOWN[one]
    page = do(town.visitor, one)
    assert (page.status, page.heading()) == (200, "Min plats")
    assert status_line(page).replace(" .", ".") == says
    assert deeds(page) == can
    assert bool(page.all("ol", class_="meetings")) == bool(can), "the days of a place that is gone are nobody's"
    assert bool(page.all("a", href="/sv/lekeberg/groups?insats=abc-3-12")) == (can == set())
    assert page.all("a", href="tel:058548700")


@pytest.mark.parametrize("typed", [str.lower, lambda code: code.replace("-", " "), lambda code: f" {code} "])
def test_a_code_is_read_however_it_is_written(town: Town, typed: Any) -> None:
    page = town.visitor.post(MY_PLACE, data={"code": typed(PLACED.code)})
    assert status_line(page) == "Du har en plats."


@pytest.mark.parametrize("lang", LANGUAGES)
def test_another_language_keeps_the_place_open(town: Town, lang: str) -> None:
    page = do(town.visitor, PLACED, lang=lang, stay="1")
    assert page.one("html").get("lang") == lang
    assert page.one("form", id="here").find("input").get("value") == PLACED.code  # type: ignore[union-attr]


def test_at_the_door_of_another_kommun_a_code_is_led_home_in_the_body(town: Town) -> None:
    response = town.visitor.client.post("/ar/mellerud/my-place", data={"code": PLACED.code})
    assert (response.status_code, response.location) == (307, "/ar/lekeberg/my-place")


# --------------------------------------------------------------------------------------------------- deeds


def test_leaving_is_asked_about_first(town: Town) -> None:
    page = do(town.visitor, PLACED, "leave")
    assert page.heading() == "Vill du avboka?"
    assert deeds(page) == {"withdraw"}
    assert state_of(town, PLACED) is State.PLACED
    page = do(town.visitor, PLACED, "withdraw")
    assert status_line(page) == "Du är avbokad."
    assert state_of(town, WAITING) is State.OFFERED


def test_leaving_the_line_says_that(town: Town) -> None:
    assert do(town.visitor, WAITING, "leave").heading() == "Vill du lämna kön?"
    assert status_line(do(town.visitor, WAITING, "withdraw")) == "Du är avbokad."


def test_an_offer_is_accepted(town: Town) -> None:
    for _ in range(2):
        assert status_line(do(town.visitor, OFFERED, "accept")) == "Du har en plats."


def test_an_offer_is_declined_after_one_question(town: Town) -> None:
    assert deeds(do(town.visitor, OFFERED, "no_thanks")) == {"decline"}
    assert state_of(town, OFFERED) is State.OFFERED
    assert status_line(do(town.visitor, OFFERED, "decline")) == "Du är avbokad."
    assert state_of(town, OFFERED) is State.WITHDRAWN


def test_an_offer_that_has_ended_says_so_and_leads_on(town: Town) -> None:
    town.time.passes(hours=24)
    page = do(town.visitor, OFFERED, "accept")
    assert page.status == 409
    assert "Tiden för att svara har gått ut." in status_line(page)
    assert page.all("a", href="/sv/lekeberg/groups/offers")


def test_who_has_no_offer_cannot_accept_one(town: Town) -> None:
    page = do(town.visitor, WAITING, "accept")
    assert page.status == 409
    assert "Du har inget erbjudande att svara på just nu." in page.text
    assert status_line(page) == "Du är nummer 1 i kön."
    assert status_line(do(town.visitor, LEFT, "accept")) == "Du är avbokad."


def test_how_one_is_reached_can_be_changed(town: Town) -> None:
    page = do(town.visitor, PLACED, "contact", email="ny@example.se", phone="")
    assert "Ändringen är sparad." in page.text
    assert page.one("input", id="email").get("value") == "ny@example.se"
    assert page.one("input", id="phone").get("value") == ""


@pytest.mark.parametrize(("email", "phone", "field"), [("", "", "email"), ("ny", "", "email"), ("", "07", "phone")])
def test_a_way_to_be_reached_that_is_none_is_told_beside_its_field(
    town: Town, email: str, phone: str, field: str
) -> None:
    page = do(town.visitor, PLACED, "contact", email=email, phone=phone)
    assert page.status == 422
    wrong = [one for one in page.all("input") if one.get("aria-invalid") == "true"]
    assert [one.get("id") for one in wrong] == [field]
    assert (page.one("input", id="email").get("value"), page.one("input", id="phone").get("value")) == (email, phone)


def test_an_interpreter_can_be_asked_for_and_not(town: Town) -> None:
    for language, kept in (("ti", "ti"), ("", None)):
        page = do(town.visitor, SHUT_IN, "interpreter", interpreter=language)
        assert "Ändringen är sparad." in page.text
        details = my_place(town.storage, SHUT_IN.code, town.time()).details
        assert details is not None
        assert (details.interpreter or None) == kept
    page = do(town.visitor, SHUT_IN, "interpreter", interpreter="klingon")
    assert (page.status, page.one("select", id="interpreter").get("aria-invalid")) == (422, "true")


def test_nothing_is_changed_of_a_place_that_has_ended(town: Town) -> None:
    page = do(town.visitor, LEFT, "contact", email="ny@example.se")
    assert (page.status, status_line(page)) == (409, "Du är avbokad.")
    page = do(town.visitor, LEFT, "interpreter", interpreter="ti")
    assert page.status == 409


def test_a_button_that_is_none_shows_the_place(town: Town) -> None:
    assert status_line(do(town.visitor, PLACED, "explode")) == "Du har en plats."


# --------------------------------------------------------------------------------------------------- a wrong code

WRONG = ["", " ", "KX4", "KX4-7TM-9PR-2HD", "0" * 12, "ÅÄÖ", "\x00", "<b>", "x" * 400]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_wrong_code_gets_the_same_answer(town: Town, lang: str) -> None:
    told = set()
    for code in (*WRONG, STRANGER.code):
        page = town.visitor.post(f"/{lang}/lekeberg/my-place", data={"code": code})
        assert page.status == 422
        field = page.one("input", id="code")
        assert field.get("aria-invalid") == "true"
        told.add(page.response.text.replace(f'value="{field.get("value")}"', ""))
        assert page.all("a", href="tel:058548700")
    assert len({text.replace("&lt;b&gt;", "") for text in told}) <= 2


def test_what_was_typed_stays(town: Town) -> None:
    page = town.visitor.post(MY_PLACE, data={"code": "kx4 7tm"})
    assert page.one("input", id="code").get("value") == "kx4 7tm"


def test_codes_that_begin_alike_are_slowed_and_others_are_not(town: Town) -> None:
    for _ in range(CODES_ALIKE.most):
        assert do(town.visitor, STRANGER).status == 422
    page = do(town.visitor, STRANGER)
    assert (page.status, page.heading()) == (429, "Vänta en stund")
    assert page.response.headers["Retry-After"] == "600"
    assert do(town.visitor, PLACED).status == 200
    town.time.passes(minutes=10)
    assert do(town.visitor, STRANGER).status == 422


def test_however_many_are_wrong_a_right_code_opens_at_once(town: Town) -> None:
    strangers = [Signed("no-such-group", f"stranger {number}") for number in range(CODES.most * 2)]
    answers = [do(town.visitor, one).status for one in strangers]
    assert set(answers) == {422, 429}
    assert answers[CODES.most :] == [429] * CODES.most
    assert do(town.visitor, PLACED).status == 200
    # Those that begin as hers do, too.
    town.time.passes(minutes=1)
    alike = replace_last(PLACED.code)
    told = [town.visitor.post(MY_PLACE, data={"code": code}).status for code in alike]
    assert told[-1] == 429
    assert do(town.visitor, PLACED).status == 200


def replace_last(code: str) -> list[str]:
    """Return codes that begin as a code does."""
    drawn = (f"{code[:7]}-{one}{two}{three}-{four}{end}" for one, two, three, four, end in product(ALPHABET, repeat=5))
    found = (read for typed in drawn if (read := read_code(f"{typed}2")) is not None and read != code)
    return list(islice(found, CODES_ALIKE.most + 1))


def test_a_slip_of_the_pen_is_never_slowed(town: Town) -> None:
    for _ in range(CODES_ALIKE.most * 3):
        assert town.visitor.post(MY_PLACE, data={"code": "KX4-7TM-9PR-2HD"}).status == 422


# --------------------------------------------------------------------------------------------------- calendar


def feed_on(page: Page) -> str:
    """Return the address of the calendar on a page."""
    (link,) = [link.get("href", "") for link in page.all("a") if "calendar.ics" in link.get("href", "")]
    return link


def test_a_feed_follows_the_place_and_can_do_nothing_else(town: Town) -> None:
    address = feed_on(do(town.visitor, PLACED))
    secret = address.partition("feed=")[2]
    assert PLACED.code.replace("-", "") not in address.replace("-", "")
    events = Calendar.from_ical(town.visitor.get(address).response.data).walk("VEVENT")
    assert [event.start for event in events] == [one.starts_at for one in groups.GROUPS["full"].sessions]
    assert {str(event["SUMMARY"]) for event in events} == {"Möte"}
    assert town.visitor.post(MY_PLACE, data={"code": secret}).status == 422
    do(town.visitor, PLACED, "withdraw")
    events = Calendar.from_ical(town.visitor.get(address).response.data).walk("VEVENT")
    assert {str(event["STATUS"]) for event in events} == {"CANCELLED"}


def test_the_address_of_a_feed_is_not_kept_by_anybody(town: Town) -> None:
    answer = town.visitor.get(feed_on(do(town.visitor, PLACED))).response
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.mimetype == "text/calendar"


@pytest.mark.parametrize("secret", ["", ".", "x.y", PLACED.code, "å.é"])
def test_a_feed_that_is_none_opens_nothing(town: Town, secret: str) -> None:
    assert town.visitor.get("/sv/lekeberg/my-place/calendar.ics", query_string={"feed": secret}).status == 404


def test_only_who_has_a_place_is_given_a_calendar(town: Town) -> None:
    assert not [link for link in do(town.visitor, WAITING).all("a") if "calendar.ics" in link.get("href", "")]


def test_an_offer_until_today_says_the_time_alone(town: Town) -> None:
    town.time.at += timedelta(hours=20)
    assert "Svara före 09:00" in status_line(do(town.visitor, OFFERED))
