"""The first pages: choosing a kommun, the start of a kommun, privacy and accessibility."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest
from flask import Flask

from portal.domain.catalogue.whole import Catalogue
from tests.apps import create_app
from tests.conftest import SITE, TUESDAY, settings
from tests.pages import Visitor
from tests.web.each_language import LANGUAGES


@pytest.mark.parametrize(
    ("accept", "lang", "direction"),
    [
        ("", "sv", "ltr"),
        ("en-GB,en;q=0.9", "en", "ltr"),
        ("ar-SY,ar;q=0.9,en;q=0.5", "ar", "rtl"),
        ("de,fr;q=0.8", "sv", "ltr"),
        (",;q=x,,*", "sv", "ltr"),
    ],
)
def test_the_first_page_speaks_the_language_that_the_browser_asks_for(
    visitor: Visitor, accept: str, lang: str, direction: str
) -> None:
    visitor.headers["Accept-Language"] = accept
    page = visitor.get("/")
    assert page.tree is not None
    assert (page.tree.get("lang"), page.tree.get("dir")) == (lang, direction)


def test_an_address_with_a_language_counts_for_more_than_the_browser(visitor: Visitor) -> None:
    visitor.headers["Accept-Language"] = "en"
    page = visitor.get("/ar/")
    assert page.tree is not None
    assert page.tree.get("lang") == "ar"


@pytest.mark.parametrize("path", ["/", "/sv/", "/en/", "/ar/"])
def test_every_kommun_can_be_chosen(visitor: Visitor, catalogue: Catalogue, path: str) -> None:
    page = visitor.get(path)
    lang = path.strip("/") or "sv"
    links = [link.get("href") for link in page.one("ul", class_="choices").iter("a")]
    assert links == [f"/{lang}/{kommun}/" for kommun in catalogue.kommuner]
    assert page.all("a", href="tel:112")


@pytest.mark.parametrize("sought", ["lekeberg", "LEKEBERGS kommun", " fjugesta ", "Mullhyttan", "lekeberg\x00"])
def test_a_kommun_is_found_by_its_name_or_a_town_of_its_own(visitor: Visitor, sought: str) -> None:
    page = visitor.get("/ar/", query_string={"q": sought})
    assert [link.get("href") for link in page.one("ul", class_="choices").iter("a")] == ["/ar/lekeberg/"]
    assert page.one("input", id="q").get("value") == sought.strip().strip("\x00")


@pytest.mark.parametrize("sought", ["Granby", "zzz", "<b>", "{stad}", "x" * 5000])
def test_a_kommun_that_is_not_there_is_not_a_dead_end(visitor: Visitor, sought: str) -> None:
    page = visitor.get("/sv/", query_string={"q": sought})
    assert page.status == 200
    assert not list(page.one("ul", class_="choices").iter("a"))
    assert page.one("div", id="found").find(".//a[@href='/sv/']") is not None
    assert page.all("a", href="tel:112")


def test_htmx_gets_the_kommuner_alone(visitor: Visitor) -> None:
    visitor.headers["HX-Request"] = "true"
    page = visitor.get("/sv/", query_string={"q": "alings"})
    assert [link.get("href") for link in page.all("a")] == ["/sv/alingsas/"]
    assert "<h1" not in page.response.text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_start_leads_to_the_self_check_and_says_whom_to_call(
    visitor: Visitor, catalogue: Catalogue, lang: str
) -> None:
    for kommun in catalogue.kommuner.values():
        page = visitor.get(f"/{lang}/{kommun.id}/")
        assert kommun.name in page.heading()
        for path in ("self-check", "insatser", "apply"):
            assert page.all("a", href=f"/{lang}/{kommun.id}/{path}"), path
        called = {link.get("href") for link in page.all("a")}
        for line in catalogue.helplines:
            assert "tel:" + line.phone.replace(" ", "").replace("-", "") in called, line.name
        centre = kommun.contacts[kommun.contact_centre]
        assert centre.phone is not None
        assert "tel:" + centre.phone.replace(" ", "").replace("-", "") in called


@pytest.mark.parametrize("lang", LANGUAGES)
def test_leaving_quickly_leads_away_without_saying_from_where(
    visitor: Visitor, catalogue: Catalogue, lang: str
) -> None:
    (leave,) = visitor.get(f"/{lang}/lekeberg/").all("a", class_="leave")
    assert (leave.get("href"), leave.get("rel")) == (catalogue.leave_to, "noreferrer")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", ["privacy", "accessibility"])
def test_what_the_portal_promises_is_a_page(visitor: Visitor, lang: str, path: str) -> None:
    page = visitor.get(f"/{lang}/lekeberg/{path}")
    assert page.status == 200
    assert len(page.all("h2")) >= 3


def test_an_unreviewed_translation_says_so_and_swedish_does_not(visitor: Visitor) -> None:
    for lang in LANGUAGES:
        assert bool(visitor.get(f"/{lang}/lekeberg/").all("div", class_="truth")) == (lang != "sv")


def test_a_monitor_is_told_that_the_portal_answers(app: Flask, catalogue: Catalogue) -> None:
    response = app.test_client().get("/healthz")
    assert response.get_json() == {"status": "ok", "kommuner": len(catalogue.kommuner)}


def test_no_phone_makes_a_call_of_a_reference_or_a_year(app: Flask) -> None:
    for path in ("/", "/sv/lekeberg/", "/ar/lekeberg/my-application", "/staff/sign-in"):
        text = app.test_client().get(path, follow_redirects=True).text
        assert text.count('<meta name="format-detection" content="telephone=no">') == 1, path


def test_search_engines_are_led_to_what_is_for_everybody(app: Flask) -> None:
    robots = app.test_client().get("/robots.txt").text.splitlines()
    assert robots[-1] == f"Sitemap: {SITE}/sitemap.xml"
    assert {"Disallow: /staff", "Disallow: /embed", "Disallow: /*/my-place"} <= set(robots)


def test_the_map_has_every_insats_in_every_language(app: Flask, catalogue: Catalogue) -> None:
    whole = ElementTree.fromstring(app.test_client().get("/sitemap.xml").data)  # noqa: S314 - our own
    pages = {entry[0].text: {link.get("hreflang"): link.get("href") for link in entry[1:]} for entry in whole}
    assert len(pages) == 1 + sum(6 + len(kommun.insatser) for kommun in catalogue.kommuner.values())
    course = pages[f"{SITE}/sv/lekeberg/insatser/abc-3-12"]
    assert list(course) == list(LANGUAGES)
    for address in [*course.values(), *list(pages)[:12]]:
        assert app.test_client().get(str(address).removeprefix(SITE)).status_code == 200


def test_a_map_without_an_own_address_is_refused() -> None:
    app = create_app(replace(settings(), site=None), clock=lambda: TUESDAY)
    assert app.test_client().get("/sitemap.xml").status_code == 503
    assert "Sitemap" not in app.test_client().get("/robots.txt").text


def test_a_page_says_its_own_address_and_name_and_no_more(visitor: Visitor) -> None:
    page = visitor.get("/en/lekeberg/insatser/abc-3-12?beside=sv")
    address = f"{SITE}/en/lekeberg/insatser/abc-3-12"
    assert page.one("link", rel="canonical").get("href") == address
    told = {meta.get("property"): meta.get("content") for meta in page.all("meta") if meta.get("property")}
    assert set(told) == {"og:url", "og:title", "og:site_name"}
    assert told["og:url"] == address
    assert page.heading() in str(told["og:title"])
    assert page.one("meta", name="format-detection").get("content") == "telephone=no"
    for nowhere in (visitor.get("/sv/lekeberg/nothing"), visitor.post("/sv/lekeberg/insatser", data={"q": "ABC"})):
        assert not nowhere.all("link", rel="canonical")
