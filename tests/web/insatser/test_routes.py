"""Browsing: every insats of a kommun, one insats, and a list that somebody chose."""

import re
from xml.etree import ElementTree

import pytest
from flask import Flask

from portal.domain.catalogue.kommuner import Kommun
from portal.domain.catalogue.whole import Catalogue
from portal.web.shown.qr import qr_code
from tests.apps import create_app
from tests.conftest import TUESDAY, settings
from tests.pages import Page, Visitor
from tests.web.each_language import LANGUAGES

INSATSER = "/sv/lekeberg/insatser"


def listed(page: Page) -> set[str]:
    """Return the ids of the insatser that a page lists."""
    return {
        (link.get("href") or "").rsplit("/", 1)[1]
        for item in page.all("ul", class_="list")
        for link in item.iter("a")
        if "/insatser/" in (link.get("href") or "")
    }


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_insats_is_listed(visitor: Visitor, catalogue: Catalogue, lang: str) -> None:
    for kommun in catalogue.kommuner.values():
        page = visitor.get(f"/{lang}/{kommun.id}/insatser")
        assert listed(page) == set(kommun.insatser)
        assert str(len(kommun.insatser)) in page.text


def test_a_word_finds_what_has_it_in_its_name_its_texts_or_its_search_words(visitor: Visitor) -> None:
    page = visitor.post(INSATSER, data={"q": "alla barn i centrum"})
    assert {"abc-3-12", "abc-tonar"} <= listed(page)
    assert page.one("input", id="q").get("value") == "alla barn i centrum"
    assert page.all("a", href=INSATSER)


@pytest.mark.parametrize("word", ["skuldradgivning", "SKULDRÅDGIVNING", " skuld   rådgivning "])
def test_a_word_is_found_however_it_is_written(visitor: Visitor, word: str) -> None:
    assert "budget-och-skuldradgivning" in listed(visitor.post(INSATSER, data={"q": word}))


def test_a_word_of_the_page_s_language_and_its_swedish_name_both_find(visitor: Visitor, lekeberg: Kommun) -> None:
    for word in (lekeberg.get_insats("abc-3-12").name.text, "Alla barn i centrum"):
        assert "abc-3-12" in listed(visitor.post("/ar/lekeberg/insatser", data={"q": word}))
    arabic = visitor.get("/ar/lekeberg/insatser/abc-3-12").heading()
    assert "abc-3-12" in listed(visitor.post("/ar/lekeberg/insatser", data={"q": arabic}))


def test_a_topic_lists_what_is_about_it(visitor: Visitor, lekeberg: Kommun) -> None:
    page = visitor.post(INSATSER, data={"topic": "violence"})
    assert listed(page) == {insats.id for insats in lekeberg.insatser.values() if "violence" in insats.topics}
    (chosen,) = [option for option in page.all("option") if option.get("selected") is not None]
    assert chosen.get("value") == "violence"


def test_an_unknown_topic_lists_everything(visitor: Visitor, lekeberg: Kommun) -> None:
    assert listed(visitor.post(INSATSER, data={"topic": "dance"})) == set(lekeberg.insatser)


@pytest.mark.parametrize("word", ["zzzz", "\x00", "%", "{kommun}", "<b>", "'\"", "\u202e", "🙂"])
def test_a_search_that_finds_nothing_is_no_dead_end(visitor: Visitor, lekeberg: Kommun, word: str) -> None:
    page = visitor.post(INSATSER, data={"q": word})
    assert page.status == 200
    assert listed(page) == set()
    assert page.all("a", href="/sv/lekeberg/apply")
    assert page.all("a", href="/sv/lekeberg/self-check")
    assert page.all("div", class_="contact")
    (one, *_) = topics = page.all("button", name="topic")
    assert len(topics) == 16
    assert listed(visitor.post(INSATSER, data={"topic": one.get("value") or ""}))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_hit_says_why_it_was_found_and_the_best_is_first(visitor: Visitor, lang: str) -> None:
    page = visitor.post(f"/{lang}/lekeberg/insatser", data={"q": "betala HYRAN"})
    (hits,) = page.all("ul", class_="hits")
    first = next(hits.iter("li"))
    assert next(first.iter("a")).get("href") == f"/{lang}/lekeberg/insatser/ekonomiskt-bistand"
    assert "betala HYRAN" in " ".join("".join(first.find("small").itertext()).split())  # type: ignore[union-attr]


def test_why_says_where_a_word_stands(visitor: Visitor) -> None:
    for word, why in (
        ("seniorkraft", "”seniorkraft” står i namnet."),
        ("Rädda Barnen", "Passar ”Rädda”."),
        ("utbildade ledare diskuterar centrum", "Passar ”centrum”."),
        ("trotsig", "Passar ”trotsig”: Vardagen: gränser, bråk, att prata med varandra"),
    ):
        assert why in visitor.post(INSATSER, data={"q": word}).text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_whom_to_call_stands_above_the_rest_where_it_is_about_life(visitor: Visitor, lang: str) -> None:
    page = visitor.post(f"/{lang}/lekeberg/insatser", data={"q": "självmord"})
    text = page.response.text.split('id="found"')[1]
    assert text.index('href="tel:112"') < text.index('href="tel:90101"') < text.index("data-told")


def test_a_line_that_can_wait_stands_below_the_rest(visitor: Visitor) -> None:
    text = visitor.post(INSATSER, data={"q": "knark"}).response.text.split('id="found"')[1]
    assert text.index("data-told") < text.index('href="tel:020919191"')


def test_an_address_made_on_purpose_finds_the_same(visitor: Visitor) -> None:
    by_address = visitor.get(f"{INSATSER}?q=skuld")
    assert listed(by_address) == listed(visitor.post(INSATSER, data={"q": "skuld"}))
    visitor.headers["HX-Request"] = "true"
    assert listed(visitor.post(INSATSER, data={"q": "skuld"})) == listed(by_address)


@pytest.mark.parametrize("path", ["/sv/", INSATSER])
def test_a_screen_reader_is_told_how_many_and_not_the_list(visitor: Visitor, path: str) -> None:
    page = visitor.get(path, query_string={"q": "zzz"})
    (status,) = [found for found in page.all("p", id="told") if found.get("role") == "status"]
    assert not list(status.iter("a"))
    assert [found for found in page.all("span") if found.get("data-told") is not None]
    assert "aria-live" not in page.response.text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_too_long_a_word_is_named_and_what_was_written_stays(visitor: Visitor, lang: str) -> None:
    page = visitor.post(f"/{lang}/lekeberg/insatser", data={"q": "x" * 81, "topic": "money"})
    assert page.status == 422
    assert "80" in "".join(page.one("p", id="q-error").itertext())
    field = page.one("input", id="q")
    assert (field.get("value"), field.get("aria-invalid")) == ("x" * 81, "true")
    assert [option.get("value") for option in page.all("option") if option.get("selected") is not None] == ["money"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_htmx_gets_the_list_alone(visitor: Visitor, lang: str) -> None:
    whole = listed(visitor.post(f"/{lang}/lekeberg/insatser", data={"topic": "money"}))
    visitor.headers["HX-Request"] = "true"
    part = visitor.post(f"/{lang}/lekeberg/insatser", data={"topic": "money"})
    assert listed(part) == whole
    assert "<h1" not in part.response.text
    assert "<html" not in part.response.text


def test_a_search_is_not_in_the_address(visitor: Visitor) -> None:
    form = visitor.get(INSATSER).one("form", class_="search")
    assert (form.get("method"), form.get("action")) == ("post", INSATSER)


# --------------------------------------------------------------------------------------------------- one insats


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_insats_has_a_page(visitor: Visitor, catalogue: Catalogue, lang: str) -> None:
    for kommun in catalogue.kommuner.values():
        for number, insats_id in enumerate(kommun.insatser):
            path = f"/{lang}/{kommun.id}/insatser/{insats_id}"
            # Parsing is the slow half: every page is fetched, every twelfth is inspected.
            response = visitor.client.get(path) if number % 12 else visitor.get(path).response
            assert response.status_code == 200, path
            assert "{" not in response.text.split("<main")[1], path


def test_a_page_says_what_the_file_says(visitor: Visitor, lekeberg: Kommun) -> None:
    insats = lekeberg.get_insats("abc-3-12")
    page = visitor.get(f"{INSATSER}/abc-3-12")
    assert page.heading() == insats.name.text
    for said in (insats.summary, insats.audience, *insats.happens):
        assert said.text in page.text
    assert "4 träffar." in page.text
    assert "2,5 timmar varje gång." in page.text
    assert "SON 25-99" in page.text
    assert "2 maj 2025" in page.text
    assert page.all("a", href="tel:058548700")


def test_a_page_lists_the_parts_with_their_own_rules_and_amounts(visitor: Visitor) -> None:
    page = visitor.get("/sv/alingsas/insatser/familjebehandling")
    parts = {
        "".join(part.find("h3").itertext()): " ".join(part.itertext()) for part in page.all("section", class_="part")
    }
    assert "8 till 10 träffar." in parts["Circle of Security (COS)"]
    assert "Högst 12 träffar." in parts["Funktionell familjeterapi (FFT)"]
    assert "mellan 3 och 12 år" in parts["Tryggare barn"]
    assert len(parts) == 9


ROUTES = {
    "direct": "Du kan kontakta dem direkt. Du behöver ingen utredning.",
    "assessed": "Du behöver ansöka. Kommunen utreder om du behöver stödet.",
    "court": "En domstol bestämmer om det här. Du kan inte ansöka själv.",
    "authority": "Kommunen eller en annan myndighet bestämmer om det här.",
}


@pytest.mark.parametrize("way", ROUTES)
def test_a_page_says_how_one_gets_it(visitor: Visitor, catalogue: Catalogue, way: str) -> None:
    kommun, insats = next(
        (kommun, insats)
        for kommun in catalogue.kommuner.values()
        for insats in kommun.insatser.values()
        if (insats.started_by or insats.route) == way and (insats.started_by or insats.access == "self")
    )
    page = visitor.get(f"/sv/{kommun.id}/insatser/{insats.id}")
    assert "".join(page.one("p", class_="route").itertext()).strip() == ROUTES[way]
    assert bool(insats.application) == bool(
        page.all("a", href=f"/sv/{kommun.id}/apply/{insats.application}?insats={insats.id}")
    )


def test_where_violence_can_show_the_lines_stand_above_the_rest(visitor: Visitor, lekeberg: Kommun) -> None:
    found = next(insats for insats in lekeberg.insatser.values() if "violence" in insats.topics)
    text = visitor.get(f"{INSATSER}/{found.id}").response.text
    assert text.index('href="tel:116016"') < text.index('class="lead"')


# ------------------------------------------------------------------------------- two languages, paper and the desk


def in_swedish(page: Page) -> set[str]:
    """Return what stands in Swedish beside the words of the page."""
    return {"".join(found.itertext()) for found in page.one("main").findall(".//span[@class='beside']")}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_insats_is_shown_with_swedish_beside(visitor: Visitor, lekeberg: Kommun, lang: str) -> None:
    insats = lekeberg.get_insats("abc-3-12")
    page = visitor.get(f"/{lang}/lekeberg/insatser/abc-3-12?beside=sv")
    if lang == "sv":
        assert in_swedish(page) == set()
        return
    if lang != "sv-simple":  # which may say some of them the same way
        assert {insats.summary.text, insats.audience.text, "Vem det är för"} <= in_swedish(page)
    assert page.all("a", href=f"/{lang}/lekeberg/insatser/abc-3-12")
    alone = visitor.get(f"/{lang}/lekeberg/insatser/abc-3-12")
    assert alone.heading() == page.heading()
    assert alone.all("a", href=f"/{lang}/lekeberg/insatser/abc-3-12?beside=sv")
    # Header and footer are said once.
    assert not page.one("footer").findall(".//span[@class='beside']")


def test_swedish_alone_offers_no_second_language(visitor: Visitor) -> None:
    assert not visitor.get(f"{INSATSER}/abc-3-12").all("a", href=f"{INSATSER}/abc-3-12?beside=sv")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_leaflet_holds_what_one_needs_in_the_hand(visitor: Visitor, lekeberg: Kommun, lang: str) -> None:
    insats = lekeberg.get_insats("abc-3-12")
    page = visitor.get(f"/{lang}/lekeberg/insatser/abc-3-12/leaflet")
    sheet = page.one("article", class_="leaflet")
    said = " ".join("".join(sheet.itertext()).split())
    for text in (insats.name.text, insats.summary.text, insats.audience.text, lekeberg.full_name):
        assert text in said
    assert sheet.findall(".//a[@href='tel:058548700']")
    code = qr_code(f"https://localhost/{lang}/lekeberg/insatser/abc-3-12")
    assert re.findall(r' d="([^"]+)"', code)[0] in page.response.text
    assert page.all("button", class_="script")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_card_for_the_desk_says_it_in_swedish_and_what_it_means(
    visitor: Visitor, lekeberg: Kommun, lang: str
) -> None:
    page = visitor.get(f"/{lang}/lekeberg/insatser/abc-3-12/card")
    large = page.one("p", class_="large")
    said = "".join(large.itertext())
    assert (large.get("lang"), large.get("dir")) == ("sv", "ltr")
    assert said.startswith(f"Hej! Jag vill veta mer om {lekeberg.get_insats('abc-3-12').name.text}.")
    assert ("tolk" in said) == (lang not in ("sv", "sv-simple"))
    assert bool(page.all("p", class_="meaning")) == (lang != "sv")


def test_a_page_leads_to_the_desk_and_to_paper(visitor: Visitor) -> None:
    page = visitor.get("/ti/lekeberg/insatser/abc-3-12")
    for end in ("card", "leaflet"):
        (link,) = page.all("a", href=f"/ti/lekeberg/insatser/abc-3-12/{end}")
        assert visitor.get(link.get("href") or "").all("a", href="/ti/lekeberg/insatser/abc-3-12")


@pytest.mark.parametrize("end", ["card", "leaflet"])
def test_an_insats_that_is_not_there_has_neither(visitor: Visitor, end: str) -> None:
    assert visitor.get(f"/sv/lekeberg/insatser/nothing/{end}").status == 404


def test_a_code_on_paper_leads_to_where_the_portal_is_seen() -> None:
    client = create_app(settings(is_behind_proxy=True, site=None), clock=lambda: TUESDAY).test_client()
    headers = {"X-Forwarded-Host": "stod.example.se", "X-Forwarded-Proto": "https", "X-Forwarded-Prefix": "/portal"}
    told = client.get("/fi/lekeberg/insatser/abc-3-12/leaflet", headers=headers).text
    code = qr_code("https://stod.example.se/portal/fi/lekeberg/insatser/abc-3-12")
    assert re.findall(r' d="([^"]+)"', code)[0] in told


# ----------------------------------------------------------------------------------------------- a chosen list


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_list_shows_what_its_address_names_in_that_order(visitor: Visitor, lang: str) -> None:
    page = visitor.get(f"/{lang}/lekeberg/my-list?i=cope-3-12&i=abc-3-12&i=cope-3-12")
    links = [link.get("href") for card in page.all("li", class_="card") for link in card.iter("a")]
    assert links == [f"/{lang}/lekeberg/insatser/{insats}" for insats in ("cope-3-12", "abc-3-12")]
    assert len(page.all("div", class_="contact")) == 1


def test_what_is_no_longer_there_is_counted(visitor: Visitor) -> None:
    page = visitor.get("/sv/lekeberg/my-list?i=abc-3-12&i=gone&i=%00&i=")
    assert len(page.all("li", class_="card")) == 1
    assert "3 stöd finns inte längre." in page.text


def test_an_empty_list_leads_on(visitor: Visitor) -> None:
    page = visitor.get("/sv/lekeberg/my-list")
    assert not page.all("li", class_="card")
    assert page.all("a", href=INSATSER)


def test_a_list_in_another_language_is_the_same_list(visitor: Visitor) -> None:
    page = visitor.get("/sv/lekeberg/my-list?i=abc-3-12&i=cope-3-12")
    (link,) = [link for link in page.one("nav", class_="languages").iter("a") if link.get("hreflang") == "ar"]
    assert link.get("href") == "/ar/lekeberg/my-list?i=abc-3-12&i=cope-3-12"


def test_a_list_of_thousands_is_cut(visitor: Visitor) -> None:
    page = visitor.get("/sv/lekeberg/my-list?" + "&".join(f"i=x{number}" for number in range(500)))
    assert page.status == 200
    assert "100 stöd finns inte längre." in page.text


def test_a_reader_of_feeds_gets_what_is_new_in_a_topic(app: Flask, lekeberg: Kommun) -> None:
    answer = app.test_client().get("/sv/lekeberg/insatser.rss?topic=parenting")
    assert (answer.status_code, answer.mimetype) == (200, "application/rss+xml")
    channel = ElementTree.fromstring(answer.data)[0]  # noqa: S314 - our own
    entries = channel.findall("item")
    named = {one.name.text for one in lekeberg.insatser.values() if "parenting" in one.topics and one.updated_at}
    assert 0 < len(entries) <= 30
    assert {entry.findtext("title") for entry in entries} <= named
    for entry in entries[:5]:
        address = entry.findtext("link") or ""
        assert app.test_client().get(address).status_code == 200
    assert app.test_client().get("/sv/lekeberg/insatser.rss?topic=gold").status_code == 422


def test_the_page_of_an_insats_begins_with_the_button_and_the_groups_and_says_each_number_once(
    visitor: Visitor, catalogue: Catalogue
) -> None:
    for kommun in catalogue.kommuner.values():
        for insats in kommun.insatser.values():
            page = visitor.get(f"/ti/{kommun.id}/insatser/{insats.id}")
            main = page.one("main")
            order = [
                one.get("class") or one.get("id") or one.tag for one in main.iter() if one.tag in ("a", "h2", "div")
            ]
            number = kommun.reached_by(kommun.contact_of(insats)).phone
            buttons = [place for place, name in enumerate(order) if "call" in name.split() and "button" in name.split()]
            assert len(buttons) == (1 if number else 0)
            first_heading = next(place for place, name in enumerate(order) if name == "h2")
            assert all(place < first_heading for place in buttons)
            if insats.in_groups:
                assert order.index("groups") < first_heading
            said = [link.get("href") for link in main.iter("a") if (link.get("href") or "").startswith("tel:")]
            assert len(said) == len(set(said)), f"{kommun.id}: {insats.id}"


def test_a_list_can_be_sent_to_ones_own_phone_and_tells_names_and_numbers_alone(visitor: Visitor) -> None:
    page = visitor.get("/ti/lekeberg/my-list?i=abc-3-12&i=cope-3-12&i=hemtjanst")
    links = [link.get("href") or "" for link in page.one("section", class_="share").iter("a")]
    assert [link.partition(":")[0] for link in links] == ["sms", "mailto"]
    (button,) = [one for one in page.all("button") if one.get("data-share") is not None]
    shared = button.get("data-share") or ""
    assert shared.count("0585-487 00") == 1
    assert "ABC" in shared
    assert "http" not in shared
    assert button.get("hidden") is not None, "only a phone that can share shows it"
    assert not visitor.get("/ti/lekeberg/my-list").all("section", class_="share")


def test_what_to_show_a_unit_names_her_language_and_the_unit(visitor: Visitor) -> None:
    page = visitor.get("/so/lekeberg/contacts/oppenvarden/card")
    (large,) = page.all("p", class_="large")
    assert (large.get("lang"), large.text) == (
        "sv",
        "Hej! Jag vill komma i kontakt med Socialförvaltningens öppenvård. Jag talar somaliska. Jag behöver tolk.",
    )
    assert visitor.get("/so/lekeberg/contacts/nobody/card").status == 404
