"""Groups as residents see them: the list and its filter, one group, its calendar, a wish, word of a free place."""

from datetime import timedelta
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy import select

from portal.domain.catalogue.whole import Catalogue
from portal.store.groups import tables as m
from portal.store.groups.programmes import load_programmes
from tests import groups
from tests.conftest import Town
from tests.groups import key_for
from tests.pages import Page, Visitor
from tests.web.each_language import LANGUAGES

GROUPS = "/sv/lekeberg/groups"
TIGRINYA_IN_THE_EVENING = {"insats": "abc-3-12", "language": "ti", "time": "evening"}


def listed(page: Page) -> list[str]:
    """Return the ids of the groups that a page leads to, in order."""
    cards = [*page.all("article"), *page.one("main").iter("li")] if page.all("main") else page.all("article")
    links = [link.get("href", "") for card in cards for link in card.iter("a")]
    return [link.rpartition("/")[2] for link in links if "/groups/" in link and not link.endswith("/sign-up")]


def chosen(page: Page) -> dict[str, str]:
    """Return what the menus of the filter say."""
    menus = page.one("form", class_="filter").iter("select")
    return {
        menu.get("name", ""): option.get("value", "")
        for menu in menus
        for option in menu.iter("option")
        if option.get("selected") is not None
    }


# --------------------------------------------------------------------------------------------------- the list


def test_what_is_coming_is_listed_and_nothing_else(visitor: Visitor) -> None:
    assert set(listed(visitor.get(GROUPS))) == {"many", "full", "shut", "offers", "lapsed", "apart", "named"}
    assert listed(visitor.get("/sv/mellerud/groups")) == ["mellerud"]


def test_a_card_says_all_that_decides_whether_one_can_come(visitor: Visitor) -> None:
    page = visitor.get(f"{GROUPS}?insats=abc-3-12")
    (card,) = [
        card for card in page.all("article") if f"{GROUPS}/many" in [link.get("href") for link in card.iter("a")]
    ]
    said = " ".join("".join(card.itertext()).split())
    for expected in (
        "Exempel. Den här gruppen finns inte på riktigt.",
        "tisdag 12 januari 2027, 17:30–20:00",
        "tisdag 2 februari 2027, 17:30–20:00",
        "Exempelgatan 1, Exempelstad",
        "Det går att komma in utan trappor. Det finns hörslinga.",
        "svenska, tigrinska. Du kan få tolk.",
        "Det finns barnpassning.",
        "Socialförvaltningens öppenvård",
        "platser kvar.",
    ):
        assert expected in said
    assert len(card.findall(".//ol/li")) == 4


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"language": "ar"}, {"shut"}),
        ({"time": "day"}, {"apart"}),
        ({"where": "online"}, {"apart"}),
        ({"where": "place", "insats": "biff"}, set()),
        ({"insats": "kognitiva-stodteamet", "language": "sv", "time": "evening"}, {"named"}),
        ({"insats": "no-such", "language": "xx", "time": "night", "where": "moon"}, None),
    ],
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_filter_keeps_what_fits_and_shows_what_it_asks(
    visitor: Visitor, lang: str, asked: dict[str, str], found: set[str] | None
) -> None:
    path = f"/{lang}/lekeberg/groups"
    page = visitor.get(path, query_string=asked)
    everything = set(listed(visitor.get(path)))
    assert set(listed(page)) == (everything if found is None else found)
    assert {name: value for name, value in chosen(page).items() if value} == ({} if found is None else asked)


def test_her_own_language_comes_first_and_each_line_leads_into_its_form(visitor: Visitor) -> None:
    for lang, first, other in (("ar", {"shut"}, "السويدية"), ("ti", {"many"}, None), ("uk", set(), None)):
        page = visitor.get(f"/{lang}/lekeberg/groups")
        heads = [one for one in page.one("main").iter() if one.tag in ("h2", "article")]
        places = [number for number, one in enumerate(heads) if one.tag == "h2" and one.get("id") is None]
        own = heads[places[0] : places[1]] if first else []
        links = {link.get("href") for card in own for link in card.iter("a")}
        for group in first:
            assert f"/{lang}/lekeberg/groups/{group}" in links
        if other is not None:
            assert other not in "".join("".join(one.itertext()) for one in own)
    (card,) = [
        one for one in visitor.get(GROUPS).all("article") if f"{GROUPS}/many" in {x.get("href") for x in one.iter("a")}
    ]
    assert f"{GROUPS}/many/sign-up" in {link.get("href") for link in card.iter("a")}


def test_htmx_gets_the_list_alone(visitor: Visitor) -> None:
    visitor.headers["HX-Request"] = "true"
    page = visitor.get(f"{GROUPS}?insats=biff")
    assert listed(page) == ["apart"]
    assert "<h1" not in page.response.text


def test_on_the_page_of_an_insats_its_groups_come_without_what_stands_there(visitor: Visitor) -> None:
    visitor.headers |= {"HX-Request": "true", "HX-Target": "div#groups"}
    page = visitor.get(f"{GROUPS}?insats=cope-3-12")
    assert "Det finns ingen grupp som passar just nu." in page.text
    assert not page.all("a", href="tel:058548700")
    assert not page.all("h2")


def test_where_nothing_fits_one_can_wish_and_call(visitor: Visitor) -> None:
    page = visitor.get(f"{GROUPS}?insats=cope-3-12&language=ti&time=evening")
    assert listed(page) == []
    form = page.all("form", method="post")[0]
    wished = [option.get("value") for option in form.iter("option") if option.get("selected") is not None]
    assert wished == ["cope-3-12", "ti", "evening"]
    assert page.all("a", href="tel:058548700", class_="call")


# --------------------------------------------------------------------------------------------------- wishes


def wishes_in(town: Town) -> int:
    """Return how many wishes are counted."""
    with town.storage.database.reading() as connection:
        return len(connection.execute(select(m.wishes)).all())


def test_a_wish_is_counted_once_however_often_its_form_is_sent(town: Town) -> None:
    form = {**TIGRINYA_IN_THE_EVENING, "form_key": key_for("wish lekeberg")}
    for _ in range(2):
        assert town.visitor.post(GROUPS, data=form).heading() == "Tack för din önskan"
    assert wishes_in(town) == 1


@pytest.mark.parametrize("lacking", TIGRINYA_IN_THE_EVENING)
def test_a_wish_that_lacks_something_is_not_counted(town: Town, lacking: str) -> None:
    page = town.visitor.post(GROUPS, data={**TIGRINYA_IN_THE_EVENING, lacking: "nothing"})
    assert (page.status, wishes_in(town)) == (422, 0)
    assert page.all("a", href=GROUPS)


def test_who_leaves_an_email_with_her_wish_is_told_and_who_does_not_is_told_so(town: Town) -> None:
    form = {**TIGRINYA_IN_THE_EVENING, "form_key": key_for("wish lekeberg")}
    assert "så vi kan inte säga till dig" in town.visitor.post(GROUPS, data=form).text
    wrong = town.visitor.post(GROUPS, data={**form, "email": "ros@"})
    assert (wrong.status, wrong.one("input", id="wish-email").get("value")) == (422, "ros@")
    assert wrong.one("input", id="wish-email").get("aria-invalid") == "true"
    chosen = [one.get("value") for one in wrong.one("select", id="wish-language") if one.get("selected") is not None]
    assert chosen == ["ti"], "nothing chosen is lost"
    right = town.visitor.post(GROUPS, data={**form, "email": "ros@example.se"})
    assert "Vi skriver till dig när det finns en sådan grupp." in right.text
    with town.storage.database.reading() as connection:
        (row,) = connection.execute(select(m.wish_alerts)).all()
    assert (row.insats, row.language, row.lang) == ("abc-3-12", "ti", "sv")
    assert "ros@" not in f"{row.email} {row.sealed}"


# --------------------------------------------------------------------------------------------------- one group


def test_a_group_says_for_whom_it_is_and_what_is_written_down(visitor: Visitor) -> None:
    page = visitor.get(f"{GROUPS}/many")
    assert "För den som har barn mellan 3 och 12 år." in page.text
    assert "Personalen behöver inte skriva ner något personligt om dig." in page.text
    assert len(page.one("ol", class_="meetings").findall("li")) == 4
    assert "".join(page.one("title").itertext()).startswith("Föräldrakurs ABC 3–12 år, 12 januari 2027")


STATES = {
    "many": ("platser kvar.", ["sign-up", "sign-up?seats=2"]),
    "full": ("Gruppen är full. Du kan ställa dig i kö. 1 väntar.", ["sign-up"]),
    "shut": ("Gruppen är full. Kölistan är också full.", []),
    "gone": ("Gruppen är inställd.", []),
    "begun": ("Gruppen har börjat.", []),
}


@pytest.mark.parametrize("group", STATES)
def test_a_group_says_how_one_gets_in_or_what_else_there_is(visitor: Visitor, group: str) -> None:
    says, ways = STATES[group]
    page = visitor.get(f"{GROUPS}/{group}")
    assert says in page.text
    assert [link.get("href") for link in page.all("a") if "sign-up" in link.get("href", "")] == [
        f"{GROUPS}/{group}/{way}" for way in ways
    ]
    assert bool(listed(page)) == (group != "many")
    assert group not in listed(page)
    assert bool(page.all("input", id="alert-email")) == (group in ("full", "shut"))
    assert page.all("a", href=f"{GROUPS}?insats=abc-3-12")


def test_a_group_that_no_parents_share_says_so(visitor: Visitor) -> None:
    for path in ("apart", "apart/sign-up"):
        text = visitor.get(f"{GROUPS}/{path}").text
        assert "Två föräldrar till samma barn går i olika grupper. Personalen ser till det." in text
    assert "olika grupper" not in visitor.get(f"{GROUPS}/many").text


@pytest.mark.parametrize("path", ["no-such", "draft", "mellerud", "%00", "x" * 300])
def test_a_group_that_is_not_there_leads_on(visitor: Visitor, path: str) -> None:
    for page in (visitor.get(f"{GROUPS}/{path}"), visitor.get(f"{GROUPS}/{path}/sign-up")):
        assert page.status == 404
        assert page.all("a", href=GROUPS)
        assert page.all("a", href="tel:058548700")


def test_a_calendar_holds_every_meeting_and_never_what_it_is_about(visitor: Visitor) -> None:
    page = visitor.get(f"{GROUPS}/many/calendar.ics")
    assert page.response.mimetype == "text/calendar"
    events = Calendar.from_ical(page.response.data).walk("VEVENT")
    assert [event.start for event in events] == [one.starts_at for one in groups.MANY.sessions]
    assert {str(event["SUMMARY"]) for event in events} == {"Möte"}
    assert "ABC" not in page.response.text


def test_a_calendar_of_all_groups_tells_what_they_are_and_where_they_are_found(town: Town) -> None:
    def meetings(query: str = "") -> list[Any]:
        answer = town.visitor.client.get(f"{GROUPS}/calendar.ics{query}")
        assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
        return list(Calendar.from_ical(answer.data).walk("VEVENT"))

    every = meetings()
    assert len({str(event["UID"]) for event in every}) == len(every) > len(groups.MANY.sessions)
    assert all(str(event["SUMMARY"]) for event in every)
    for address in {str(event["URL"]) for event in every}:
        assert town.visitor.get(address).status == 200
    insats = groups.MANY.insats
    assert 0 < len(meetings(f"?insats={insats}")) <= len(every)
    # Who has it already gets nothing again, though a second has passed.
    tag = town.visitor.client.get(f"{GROUPS}/calendar.ics").headers["ETag"]
    town.time.passes(seconds=90)
    again = town.visitor.client.get(f"{GROUPS}/calendar.ics", headers={"If-None-Match": tag})
    assert again.status_code == 304


@pytest.mark.parametrize("query", ["insats=gold", "language=xx", "time=noon", "where=moon", "colour=red"])
def test_a_calendar_of_what_nobody_can_ask_for_is_told(visitor: Visitor, query: str) -> None:
    answer = visitor.client.get(f"{GROUPS}/calendar.ics?{query}")
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    assert answer.get_json()["errors"][0]["field"] == query.partition("=")[0]


# --------------------------------------------------------------------------------------------------- a free place


def test_word_of_a_free_place_is_promised_once_and_sealed(town: Town) -> None:
    page = town.visitor.post(f"{GROUPS}/full", data={"email": "ros@example.se"})
    assert page.heading() == "Vi säger till dig"
    with town.storage.database.reading() as connection:
        (row,) = connection.execute(select(m.alerts)).all()
    assert "ros@example.se" not in str(row)


@pytest.mark.parametrize("typed", ["", "ros", "ros@", "a" * 300 + "@example.se"])
def test_an_address_that_cannot_be_one_is_told_beside_its_field_and_kept(town: Town, typed: str) -> None:
    page = town.visitor.post(f"{GROUPS}/full", data={"email": typed})
    assert page.status == 422
    field = page.one("input", id="alert-email")
    assert (field.get("value"), field.get("aria-invalid")) == (typed[:260], "true")
    assert "".join(page.one("p", id="alert-error").itertext())


def test_a_group_that_has_begun_promises_nothing(town: Town) -> None:
    page = town.visitor.post(f"{GROUPS}/begun", data={"email": "ros@example.se"})
    assert (page.status, page.heading()) == (409, "Gruppen har börjat. Det går inte att anmäla sig längre.")
    assert listed(page)


# --------------------------------------------------------------------------------------------------- ways there


def test_an_insats_that_is_given_to_groups_leads_to_them_without_asking_a_database(
    visitor: Visitor, catalogue: Catalogue
) -> None:
    for kommun in catalogue.kommuner.values():
        for insats in [one for one in kommun.insatser.values() if one.in_groups][:3]:
            page = visitor.get(f"/sv/{kommun.id}/insatser/{insats.id}")
            assert page.all("a", href=f"/sv/{kommun.id}/groups?insats={insats.id}")
    assert not visitor.get("/sv/lekeberg/insatser/hemtjanst").all("section", aria_labelledby="groups-title")


def test_every_insats_of_a_programme_leads_to_groups(catalogue: Catalogue) -> None:
    wanted = {insats for programme in load_programmes().values() for insats in programme.insatser}
    for kommun in catalogue.kommuner.values():
        assert {one.id for one in kommun.insatser.values() if not one.in_groups} & wanted == set(), kommun.id


def test_the_day_a_group_begins_counts_as_begun(town: Town) -> None:
    town.time.at = groups.MANY.begins_at - timedelta(seconds=1)
    assert "many" in listed(town.visitor.get(GROUPS))
    town.time.passes(seconds=1)
    assert "many" not in listed(town.visitor.get(GROUPS))
    assert "Gruppen har börjat." in town.visitor.get(f"{GROUPS}/many").text
