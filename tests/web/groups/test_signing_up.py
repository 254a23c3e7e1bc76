"""Signing up: the form that holds a place, what it may ask, its mistakes, and the receipt that no address tells of."""

import logging
from datetime import datetime, timedelta
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from portal.domain.groups.details import fields_allowed
from portal.domain.groups.sign_ups import State
from portal.domain.instants import STOCKHOLM
from portal.domain.references import read_code
from portal.store.groups.lines import read_line
from tests.conftest import Town
from tests.groups import NOW, key_for
from tests.pages import Page, Visitor
from tests.web.each_language import LANGUAGES

FORM = "/sv/lekeberg/groups/{}/sign-up"
MANY = FORM.format("many")
NAME, EMAIL, PHONE = "Ros", "ros@example.se", "070-174 06 05"
FILLED = {"nickname": NAME, "email": EMAIL, "phone": PHONE}


def fields(page: Page) -> dict[str, str]:
    """Return the fields of the form that somebody would send as it stands, hidden ones too."""
    form = page.one("form", id="here")
    return {
        field.get("name", ""): field.get("value", "")
        for field in form.iter("input")
        if field.get("type") not in ("checkbox", "radio")
    }


def asked(page: Page) -> list[str]:
    """Return the names of the fields that a person meets, each once."""
    form = page.one("form", id="here")
    found = [field for tag in ("input", "select") for field in form.iter(tag) if field.get("type") != "hidden"]
    return list(dict.fromkeys(field.get("name", "") for field in found))


def code_on(page: Page) -> str:
    """Return the code of a receipt as it stands there."""
    return "".join("".join(page.one("p", class_="code").itertext()).split())


def states(town: Town, group: str = "many") -> list[State]:
    """Return the states of the sign-ups of a group, in their order."""
    with town.storage.database.reading() as connection:
        return [one.state for one in read_line(connection, group).sign_ups]


def send(visitor: Visitor, form: dict[str, Any], group: str = "many", lang: str = "sv") -> Page:
    """Send a form."""
    return visitor.post(f"/{lang}/lekeberg/groups/{group}/sign-up", data=MultiDict(form))


# --------------------------------------------------------------------------------------------------- the form


def test_the_form_holds_a_place_for_a_quarter_and_says_so(town: Town) -> None:
    page = town.visitor.get(MANY)
    assert "Vi håller en plats åt dig till 10:15" in page.text
    assert states(town) == [State.HELD]
    assert "199 platser kvar." in town.visitor.get("/sv/lekeberg/groups/many").text
    town.time.passes(minutes=15)
    assert "200 platser kvar." in town.visitor.get("/sv/lekeberg/groups/many").text


@pytest.mark.parametrize(("hour", "fold"), [((2, 50), 0), ((2, 10), 1)])
def test_a_place_is_held_for_a_quarter_also_when_the_clocks_change(
    town: Town, hour: tuple[int, int], fold: int
) -> None:
    town.time.at = datetime(2026, 10, 25, *hour, tzinfo=STOCKHOLM, fold=fold)
    town.visitor.get(MANY)
    with town.storage.database.reading() as connection:
        until = read_line(connection, "many").sign_ups[0].until_at
    assert until is not None
    assert until.timestamp() - town.time.at.timestamp() == 15 * 60
    for minutes, left in ((14, "199"), (15, "200")):
        town.time.at = datetime.fromtimestamp(until.timestamp() - 60 * (15 - minutes), STOCKHOLM)
        assert f"{left} platser kvar." in town.visitor.get("/sv/lekeberg/groups/many").text


def test_two_hold_two(town: Town) -> None:
    page = town.visitor.get(f"{MANY}?seats=2")
    assert "Vi håller två platser åt dig till 10:15" in page.text
    assert "198 platser kvar." in town.visitor.get("/sv/lekeberg/groups/many").text


@pytest.mark.parametrize("header", ["Sec-Purpose", "Purpose"])
def test_nothing_is_held_for_a_browser_that_fetches_ahead(town: Town, header: str) -> None:
    town.visitor.headers[header] = "prefetch;prerender"
    assert town.visitor.get(MANY).status == 200
    town.visitor.headers.clear()
    town.visitor.client.head(MANY)
    assert states(town) == []


def test_the_form_of_an_insats_where_no_name_is_kept_has_none(visitor: Visitor) -> None:
    page = visitor.get(MANY)
    known = {field.id for field in fields_allowed("advice")}
    assert set(asked(page)) <= known
    assert "name" not in asked(page)
    assert asked(page) == ["nickname", "email", "phone", "child_minding", "needs", "interpreter"]


def test_where_all_is_documented_a_name_is_asked_for(visitor: Visitor) -> None:
    page = visitor.get(FORM.format("named"))
    assert {"name", "child_ages"} <= set(asked(page))
    assert "nickname" not in asked(page)


@pytest.mark.parametrize("group", ["many", "named", "apart", "full"])
def test_no_form_asks_for_more_than_six_things(visitor: Visitor, group: str) -> None:
    for seats in ("", "?seats=2"):
        page = visitor.get(FORM.format(group) + seats)
        # What somebody needs to take part is one question, a tap away.
        plain = [name for name in asked(page) if name not in ("child_minding", "needs", "interpreter")]
        assert len(plain) + 1 <= 6
        assert len(page.one("form", id="here").findall(".//details")) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_full_group_offers_the_line_and_holds_nothing(town: Town, lang: str) -> None:
    before = states(town, "full")
    page = town.visitor.get(f"/{lang}/lekeberg/groups/full/sign-up")
    assert fields(page)["may_wait"] == "1"
    assert states(town, "full") == before


# --------------------------------------------------------------------------------------------------- the receipt


def test_a_receipt_tells_the_code_and_what_happens_now(town: Town) -> None:
    page = send(town.visitor, {**fields(town.visitor.get(MANY)), **FILLED})
    assert (page.status, page.heading()) == (201, "Du har en plats")
    assert read_code(code_on(page)) == code_on(page)
    assert "Första träffen är tisdag 12 januari 2027, 17:30–20:00" in page.text
    assert states(town) == [State.PLACED]


def test_a_receipt_names_the_course_its_days_and_where_the_code_went(town: Town) -> None:
    mailed = send(town.visitor, {"form_key": key_for("many"), **FILLED})
    (feed,) = mailed.all("a", download="calendar.ics")
    assert town.visitor.get(feed.get("href") or "").response.data.startswith(b"BEGIN:VCALENDAR")
    assert "Föräldrakurs ABC 3–12 år" in mailed.text
    assert len(mailed.one("ol", class_="meetings").findall("li")) == 4
    assert "Vi skickar den också till din e-post." in mailed.text
    called = send(town.visitor, {"form_key": key_for("called"), "nickname": NAME, "phone": "070-174 06 06"})
    assert "Vi skickar den inte till dig. Koden står bara här." in called.text
    assert mailed.one("button", data_copy=code_on(mailed)) is not None


@pytest.mark.parametrize(
    ("group", "lang", "chosen"),
    [
        ("many", "sv", None),
        ("many", "sv-simple", None),
        ("many", "ti", None),
        ("many", "ar", "ar"),
        ("apart", "ti", "ti"),
    ],
)
def test_a_form_begins_with_an_interpreter_where_the_group_does_not_speak_her_language(
    town: Town, group: str, lang: str, chosen: str | None
) -> None:
    path = FORM.format(group).replace("/sv/", f"/{lang}/")
    page = town.visitor.get(path)
    selected = [one.get("value") for one in page.one("select", id="interpreter") if one.get("selected") is not None]
    assert selected == ([] if chosen is None else [chosen])
    (fold,) = [one for one in page.all("details", class_="more") if one.find(".//select") is not None]
    assert (fold.get("open") is not None) == (chosen is not None), "what is chosen for her is seen"
    again = send(town.visitor, {**fields(page), "interpreter": "", "stay": "1"}, group, lang)
    assert not [one for one in again.one("select", id="interpreter") if one.get("selected") is not None]


def test_neither_title_nor_heading_says_what_the_group_is_about(town: Town) -> None:
    page = send(town.visitor, {**fields(town.visitor.get(MANY)), **FILLED})
    for said in (page.heading(), "".join(page.one("title").itertext())):
        assert "ABC" not in said


def test_the_code_stands_in_no_address_and_no_header_and_no_log(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        page = send(town.visitor, {**fields(town.visitor.get(MANY)), **FILLED})
        code = code_on(page)
        opened = town.visitor.post("/sv/lekeberg/my-place", data={"code": code})
    assert "Location" not in page.response.headers
    for said in (str(page.response.headers), str(opened.response.headers), caplog.text):
        for secret in (code, code.replace("-", ""), NAME, EMAIL, PHONE):
            assert secret not in said
    addresses = [one.get("href") or one.get("action") or "" for one in page.all("a") + page.all("form")]
    assert not [address for address in addresses if code in address]


def test_who_waits_is_told_her_place_in_line(town: Town) -> None:
    page = send(town.visitor, {**fields(town.visitor.get(FORM.format("full"))), **FILLED}, "full")
    assert (page.status, page.heading()) == (201, "Du står i kö")
    assert "Du är nummer 2 i kön." in page.text


def test_a_group_that_filled_up_while_the_form_was_open_asks_before_one_waits(town: Town) -> None:
    form = {**FILLED, "form_key": key_for("sign-up full")}
    page = send(town.visitor, form, "full")
    assert (page.status, page.heading()) == (409, "Ställ dig i kö")
    assert fields(page) == {**fields(page), **FILLED, "may_wait": "1", "form_key": form["form_key"]}
    assert "Gruppen är full. Du kan ställa dig i kö." in page.text
    assert send(town.visitor, fields(page), "full").heading() == "Du står i kö"


@pytest.mark.parametrize(("group", "says"), [("shut", "full"), ("begun", "börjat"), ("gone", "inställd")])
def test_a_group_that_nobody_can_come_into_says_so_and_leads_on(town: Town, group: str, says: str) -> None:
    for page in (town.visitor.get(FORM.format(group)), send(town.visitor, FILLED, group)):
        assert page.status == 409
        assert says in page.heading()
        assert "many" in page.response.text
        assert page.all("a", href="tel:058548700")


# --------------------------------------------------------------------------------------------------- mistakes

MISTAKES = {
    "nickname": {**FILLED, "nickname": ""},
    "email": {"nickname": NAME},
    "phone": {"nickname": NAME, "phone": "070"},
    "interpreter": {**FILLED, "interpreter": "klingon"},
    "second_nickname": {**FILLED, "seats": "2", "second_nickname": "x" * 80},
}


@pytest.mark.parametrize("field", MISTAKES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_mistake_names_its_field_and_keeps_the_rest(town: Town, lang: str, field: str) -> None:
    form = {**MISTAKES[field], "form_key": key_for("sign-up many")}
    page = send(town.visitor, form, lang=lang)
    assert page.status == 422
    (wrong,) = [one for tag in ("input", "select") for one in page.all(tag) if one.get("aria-invalid") == "true"]
    assert wrong.get("id") == field
    (link,) = page.one("div", id="problems").iter("a")
    assert link.get("href") == f"#{field}"
    (label,) = [one for one in page.all("label") if one.get("for") == field]
    assert "".join(link.itertext()).startswith("".join(label.itertext()))
    for name, value in form.items():
        if name != "interpreter":
            assert fields(page)[name] == value
    assert states(town) == []


def test_a_mistake_keeps_the_place_and_says_until_when(town: Town) -> None:
    form = fields(town.visitor.get(MANY))
    town.time.passes(minutes=5)
    page = send(town.visitor, form)
    assert "Vi håller en plats åt dig till 10:15" in page.text
    town.time.passes(minutes=11)
    assert "Vi håller" not in send(town.visitor, form).text


@pytest.mark.parametrize("until", ["", "soon", "2026-11-24T10:05:00", "2030-01-01T00:00:00+00:00"])
def test_an_end_that_is_made_up_is_not_told(town: Town, until: str) -> None:
    assert "Vi håller" not in send(town.visitor, {"until": until}).text


def test_a_personnummer_is_refused(town: Town) -> None:
    page = send(town.visitor, {**FILLED, "nickname": "19121212-1212"})
    assert (page.status, "Skriv inte ditt personnummer." in page.text) == (422, True)


def test_a_field_that_the_regime_forbids_is_not_read(town: Town) -> None:
    form = {**FILLED, "name": "Någon", "child_ages": "4", "form_key": key_for("sign-up many")}
    assert send(town.visitor, form).status == 201


@pytest.mark.parametrize("key", ["", "short", "x" * 48, "<script>", "a" * 31 + "!", "of another group"])
def test_a_form_without_a_key_of_its_own_gets_one(town: Town, key: str) -> None:
    key = key_for("sign-up full") if key == "of another group" else key
    page = send(town.visitor, {"form_key": key})
    assert len(fields(page)["form_key"]) == 48
    assert fields(page)["form_key"] != key


def test_no_link_chooses_the_key_of_a_form_or_fills_it(town: Town) -> None:
    page = town.visitor.get(f"{MANY}?form_key={key_for('sign-up many')}&nickname={NAME}&may_wait=1&seats=2")
    assert fields(page)["form_key"] != key_for("sign-up many")
    assert (fields(page)["nickname"], fields(page)["seats"]) == ("", "2")
    assert "may_wait" not in fields(page)


def test_who_knows_the_key_of_a_form_never_sees_its_code_nor_what_was_written(town: Town) -> None:
    form = {**FILLED, "form_key": key_for("sign-up many")}
    code = code_on(send(town.visitor, form))
    for sent in (form, {**FILLED, "nickname": "Någon annan", "form_key": form["form_key"]}):
        page = send(town.visitor, sent)
        assert (page.status, page.heading()) == (200, "Du har redan skickat")
        assert "Du har en plats." in page.text
        for secret in (code, code.replace("-", ""), NAME, EMAIL, PHONE):
            assert secret not in page.response.text
    assert states(town) == [State.PLACED]


def test_a_form_that_is_sent_again_tells_what_has_happened_since(town: Town) -> None:
    form = {**FILLED, "form_key": key_for("sign-up many")}
    code = code_on(send(town.visitor, form))
    town.visitor.post("/sv/lekeberg/my-place", data={"code": code, "do": "withdraw"})
    assert "Du är avbokad." in send(town.visitor, form).text
    assert states(town) == []


def test_a_form_that_was_open_for_days_is_shown_again_with_everything_in_it(town: Town) -> None:
    old = key_for("sign-up many", NOW - timedelta(days=2))
    page = send(town.visitor, {**FILLED, "form_key": old})
    assert (page.status, states(town)) == (409, [])
    assert fields(page) == {**fields(page), **FILLED}
    assert fields(page)["form_key"] != old
    assert send(town.visitor, fields(page)).status == 201


def test_ages_are_read_as_they_are_written(town: Town) -> None:
    form = {"name": NAME, "phone": PHONE, "child_ages": "4, 7 och 12"}
    assert send(town.visitor, form, "named").status == 201
    page = send(town.visitor, {**form, "child_ages": "1,5"}, "named")
    assert (page.status, fields(page)["child_ages"]) == (422, "1,5")


# --------------------------------------------------------------------------------------------------- staying, leaving


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_another_language_keeps_what_was_typed_and_the_place(town: Town, lang: str) -> None:
    form = {**fields(town.visitor.get(MANY)), **FILLED, "needs": "large_print", "stay": "1"}
    page = send(town.visitor, form, lang=lang)
    assert page.one("html").get("lang") == lang
    assert fields(page) == {**fields(page), **FILLED, "form_key": form["form_key"]}
    (ticked,) = [field for field in page.all("input", name="needs") if field.get("checked") is not None]
    assert ticked.get("value") == "large_print"
    assert states(town) == [State.HELD]


def test_who_leaves_the_form_lets_the_place_go(town: Town) -> None:
    page = send(town.visitor, {**fields(town.visitor.get(MANY)), "leave": "1"})
    assert (page.status, page.response.location) == (303, "/sv/lekeberg/groups/many")
    assert states(town) == []


def test_nothing_that_is_typed_becomes_html(town: Town) -> None:
    page = send(town.visitor, {"nickname": '"><img src=x>', "email": "<b>", "phone": "'\x00"})
    assert "<img src=x>" not in page.response.text
    assert fields(page)["nickname"] == '"><img src=x>'
