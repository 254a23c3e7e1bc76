"""The catalogue as open data, held to a small contract of our own; `make conform` asks the official schemas."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from rdflib import Graph, URIRef
from rdflib.namespace import DCTERMS, RDF

from portal.domain.catalogue.whole import Catalogue
from tests.apps import create_app
from tests.conftest import SITE, TUESDAY, settings

HSDS = "/api/hsds/v3"
PAGE = ("total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents")

# What HSDS 3.1 knows of a service, as far as we tell it; no other name may stand there.
IN_LIST = {
    "id", "organization_id", "name", "description", "url", "email", "status", "application_process",
    "fees_description", "eligibility_description", "minimum_age", "maximum_age", "assured_date", "alert",
    "last_modified",
}  # fmt: skip
WHOLE = IN_LIST | {
    "organization", "phones", "schedules", "service_areas", "service_at_locations", "languages", "cost_options",
    "attributes",
}  # fmt: skip
ORGANIZATION = {"id", "name", "alternate_name", "description", "email", "uri", "phones", "locations"}
HOURS = {
    "id", "service_id", "freq", "interval", "wkst", "byday", "opens_at", "closes_at", "description", "valid_from",
    "valid_to",
}  # fmt: skip
TERM = {"id", "code", "name", "description", "taxonomy", "taxonomy_id", "language"}


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Return a program that asks."""
    return app.test_client()


def asked(client: FlaskClient, address: str) -> Any:
    """Return the JSON of an answer that went well."""
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "application/json"), answer.text
    return answer.get_json()


def all_of(client: FlaskClient, what: str) -> list[dict[str, Any]]:
    """Return every record of a list, page by page, and hold each page to its eight members."""
    found: list[dict[str, Any]] = []
    page, last = 0, False
    while not last:
        page += 1
        told = asked(client, f"{HSDS}/{what}?page={page}")
        assert set(told) == set(PAGE)
        assert (told["page_number"], told["size"], told["first_page"]) == (page, len(told["contents"]), page == 1)
        assert told["empty"] is False
        found, last = found + told["contents"], told["last_page"]
        assert last is (page == told["total_pages"])
    assert len(found) == told["total_items"]
    return found


def values(node: Any) -> Iterator[Any]:
    """Yield everything within a record."""
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield inner
        yield from values(inner)


def ids(node: Any) -> Iterator[str]:
    """Yield every id within a record."""
    for inner in [node, *values(node)]:
        if isinstance(inner, Mapping):
            yield from (value for name, value in inner.items() if name == "id" or name.endswith("_id"))


def test_it_says_which_version_it_is(client: FlaskClient) -> None:
    told = asked(client, f"{HSDS}/")
    assert told["version"] == "3.1"
    assert told["openapi_url"] == f"{SITE}{HSDS}/openapi.json"
    described = asked(client, f"{HSDS}/openapi.json")
    assert set(described["paths"]) == {"/", "/services", "/services/{id}", "/organizations", "/organizations/{id}"}


def test_every_insats_is_a_service_and_keeps_its_id(client: FlaskClient, catalogue: Catalogue) -> None:
    found = all_of(client, "services")
    assert len(found) == sum(len(kommun.insatser) for kommun in catalogue.kommuner.values())
    assert len({one["id"] for one in found}) == len(found)
    for one in found:
        assert set(one) <= IN_LIST
        assert {"id", "name", "status", "organization_id", "description"} <= set(one)
        assert one["url"].startswith(f"{SITE}/sv/")
    course = next(one for one in found if one["url"].endswith("/lekeberg/insatser/abc-3-12"))
    # Another program has kept this id: it may never change.
    assert course["id"] == "913c22f6-b3b9-5cb2-9c75-e4513a9d67c2"


def test_a_service_tells_all_that_belongs_to_it(client: FlaskClient) -> None:
    for one in all_of(client, "services")[::7]:
        whole = asked(client, f"{HSDS}/services/{one['id']}")
        assert {name: whole[name] for name in one} == one
        assert set(whole) <= WHOLE
        assert None not in list(values(whole))
        assert [] not in list(values(whole))
        assert all(UUID(found) for found in ids(whole))
        for hours in whole.get("schedules", ()):
            assert set(hours) <= HOURS
            if "opens_at" in hours:
                assert re.fullmatch(r"\d\d:\d\d\+01:00", hours["opens_at"])
        for attribute in whole["attributes"]:
            assert set(attribute["taxonomy_term"]) == TERM


def test_ages_cost_phone_and_the_row_of_skr_stand_in_it(client: FlaskClient) -> None:
    found = {one["url"].rpartition("/sv/")[2]: one["id"] for one in all_of(client, "services")}
    course = asked(client, f"{HSDS}/services/{found['lekeberg/insatser/abc-3-12']}")
    assert course["phones"][0]["number"] == "+46585-48700" or course["phones"][0]["number"].startswith(("+46", "0"))
    assert "öppenvården" in course["phones"][0]["description"]
    assert [one["byday"] for one in course["schedules"]] == ["MO", "TU", "WE", "TH", "FR"] * 2
    assert "abc-alla-barn-i-centrum" in [one["taxonomy_term"]["code"] for one in course["attributes"]]
    assert "cost_options" not in course  # its source does not say
    assert course["service_at_locations"][0]["location"]["addresses"][0]["city"] == "Fjugesta"
    assert "utredning" in course["application_process"]
    ages = {one.get("minimum_age") for one in all_of(client, "services")}
    assert 65 in ages or 18 in ages


def test_a_coming_group_is_its_service_at_a_place(client: FlaskClient) -> None:
    course = asked(client, f"{HSDS}/services/913c22f6-b3b9-5cb2-9c75-e4513a9d67c2")
    coming = [one for one in course["service_at_locations"] if "schedules" in one]
    told = asked(client, "/api/v1/lekeberg/groups?insats=abc-3-12")["groups"]
    assert len(coming) == len(told) > 0
    for one in coming:
        assert one["description"].startswith("Exempel. ")
        assert one["location"]["location_type"] in ("physical", "virtual")
        assert one["location"]["languages"]
        for meeting in one["schedules"]:
            assert re.fullmatch(r"\d{4}-\d\d-\d\d", meeting["dtstart"])
            assert re.fullmatch(r"\d\d:\d\d\+0[12]:00", meeting["opens_at"])
    assert any("accessibility" in one["location"] for one in coming)


def test_kommuner_are_organizations(client: FlaskClient, catalogue: Catalogue) -> None:
    found = all_of(client, "organizations")
    assert [one["alternate_name"] for one in found] == [kommun.name for kommun in catalogue.kommuner.values()]
    for one in found:
        assert set(asked(client, f"{HSDS}/organizations/{one['id']}")) <= ORGANIZATION


def test_services_of_a_kommun_and_of_a_term(client: FlaskClient, catalogue: Catalogue) -> None:
    lekeberg = all_of(client, "organizations")[1]["id"]
    own = asked(client, f"{HSDS}/services?organization_id={lekeberg}&per_page=200")
    assert own["total_items"] == len(catalogue.kommuner["lekeberg"].insatser)
    course = asked(client, f"{HSDS}/services/913c22f6-b3b9-5cb2-9c75-e4513a9d67c2")
    term = course["attributes"][0]["taxonomy_term_id"]
    assert course["id"] in [one["id"] for one in asked(client, f"{HSDS}/services?taxonomy_term_id={term}")["contents"]]
    old, new = (f"{HSDS}/services?modified_after={year}-01-01T00:00:00Z" for year in (1990, 2200))
    assert (asked(client, old)["empty"], asked(client, new)["empty"]) == (False, True)
    nothing = asked(client, f"{HSDS}/services?taxonomy_term_id=nothing")
    assert (nothing["empty"], nothing["total_pages"], nothing["contents"]) == (True, 1, [])


@pytest.mark.parametrize(
    ("address", "status", "field"),
    [
        ("services?page=99", 404, "page"),
        ("services?per_page=201", 422, "per_page"),
        ("services?colour=red", 422, "colour"),
        ("services?organization_id=nobody", 422, "organization_id"),
        ("organizations?search=x", 422, "search"),
        ("services?modified_after=yesterday", 422, "modified_after"),
        ("services/00000000-0000-0000-0000-000000000000", 404, None),
        ("organizations/00000000-0000-0000-0000-000000000000", 404, None),
        ("services/1", 404, None),
    ],
)
def test_what_is_not_there_is_told(client: FlaskClient, address: str, status: int, field: str | None) -> None:
    answer = client.get(f"{HSDS}/{address}")
    told = answer.get_json()
    assert (answer.status_code, answer.mimetype, told["status"]) == (status, "application/problem+json", status)
    assert told["instance"].startswith(HSDS)
    assert told["detail"]
    assert [one["field"] for one in told.get("errors", [])] == ([field] if field else [])


def turtle(client: FlaskClient, address: str) -> Graph:
    """Return the graph of an answer."""
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "text/turtle")
    return Graph().parse(data=answer.data, format="turtle")


def test_insatser_are_public_services(client: FlaskClient, catalogue: Catalogue) -> None:
    space = "http://data.europa.eu/m8g/"
    for kommun in catalogue.kommuner.values():
        graph = turtle(client, f"/api/cpsv/{kommun.id}.ttl")
        found = set(graph.subjects(RDF.type, URIRef("http://purl.org/vocab/cpsv#PublicService")))
        assert len(found) == len(kommun.insatser)
        for service in found:
            for about in (DCTERMS.identifier, DCTERMS.title, DCTERMS.description):
                assert len(list(graph.objects(service, about))) == 1
            for about in ("hasCompetentAuthority", "contactPoint", "hasChannel"):
                assert list(graph.objects(service, URIRef(space + about)))
        # What is pointed at says what it is, for those who check look at the data alone.
        assert all((thing, RDF.type, None) in graph for thing in graph.objects() if f"{kommun.id}/#" in str(thing))
    assert client.get("/api/cpsv/nowhere.ttl").status_code == 404


def test_a_kommun_is_written_once_until_something_is_new(client: FlaskClient) -> None:
    first, second = (client.get("/api/cpsv/mellerud.ttl").data for _ in range(2))
    assert first == second


def test_the_catalogue_of_data_leads_to_what_is_there(client: FlaskClient, catalogue: Catalogue) -> None:
    graph = turtle(client, "/dcat.ttl")
    dcat = "http://www.w3.org/ns/dcat#"
    count = {kind: len(set(graph.subjects(RDF.type, URIRef(dcat + kind)))) for kind in ("Catalog", "Dataset")}
    assert count == {"Catalog": 1, "Dataset": len(catalogue.kommuner)}
    led_to = {str(found) for found in graph.objects(None, URIRef(f"{dcat}accessURL"))}
    assert len(led_to) == 6 * len(catalogue.kommuner)
    for address in led_to:
        assert address.startswith(f"{SITE}/")
        assert client.get(address.removeprefix(SITE)).status_code == 200, address
    xml = client.get("/datasets/dcat")
    assert xml.mimetype == "application/rdf+xml"
    assert len(Graph().parse(data=xml.data, format="xml")) == len(graph)


def test_who_answers_questions_stands_in_it_only_where_somebody_does() -> None:
    for email in ("", "data@example.se"):
        app = create_app(settings(data_contact=email, data_licence="CC-BY-4.0"), clock=lambda: TUESDAY)
        told = app.test_client().get("/dcat.ttl").text
        assert ("contactPoint" in told) is bool(email)
        assert "licenses/by/4.0" in told


def test_a_portal_that_does_not_know_its_address_gives_none() -> None:
    app = create_app(replace(settings(), site=None), clock=lambda: TUESDAY)
    for address in (f"{HSDS}/services", "/dcat.ttl", "/api/cpsv/lekeberg.ttl"):
        answer = app.test_client().get(address, headers={"Host": "evil.example"})
        assert answer.status_code == 503
        assert "evil" not in answer.text
        assert "PORTAL_SITE" in json.loads(answer.data)["detail"]
